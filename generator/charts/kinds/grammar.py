"""The words in which templates are written: Altair on named data, without rows, texts or sizes.

Templates draw no axes and no legends. Grid lines, tick labels and direct labels are rows like all others
(:func:`grid`, :func:`tick_labels`, :func:`end_labels`), so that every number is written by
:mod:`generator.base.formats` and every label has the room that was measured for it.
"""

import importlib.util
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from generator.base.palette import LIGHT

if TYPE_CHECKING:
    import altair as alt
else:

    def _lazily(name: str) -> ModuleType:
        """Return the module, imported at its first use: saves 0.4 s of 8 s in a render of the demo from a warm cache."""
        if name in sys.modules:
            return sys.modules[name]
        module_spec = importlib.util.find_spec(name)
        module_spec.loader = importlib.util.LazyLoader(module_spec.loader)
        module = importlib.util.module_from_spec(module_spec)
        sys.modules[name] = module
        module_spec.loader.exec_module(module)
        return module

    alt = _lazily("altair")

__all__ = ["HOVER", "alt", "at", "chart", "end_labels", "grid", "spec", "text", "tick_labels"]

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""The first is what vl-convert brings; the second and third have the same widths."""
HOVER = "hover"
"""Name of a layer that only the interactive version has."""


def chart(data: str) -> "alt.Chart":
    """Return a chart of the rows in the data set of that name."""
    return alt.Chart(alt.NamedData(data))


def at(channel: str, expression: str) -> Any:
    """Return a position in pixels: an expression of ``width``, ``height``, the template's parameters and ``datum``."""
    values: dict[str, Any] = {
        "x": alt.XValue,
        "y": alt.YValue,
        "x2": alt.X2Value,
        "y2": alt.Y2Value,
    }
    return values[channel](alt.ExprRef(expression))


def text(data: str, field: str, *, colour: str = LIGHT.ink, size: float = 12, **mark: Any) -> Any:
    """Return text marks, one for each row; ``mark`` may hold expressions of ``datum``."""
    return (
        chart(data)
        .mark_text(fontSize=size, fill=colour, **mark)
        .encode(text=alt.Text(f"{field}:N"))
    )


def grid(data: str, channel: str, shorthand: Any) -> Any:
    """Return hairlines over the whole plot, across ``channel`` (``x`` or ``y``)."""
    rules = chart(data).mark_rule(stroke=LIGHT.line, strokeWidth=1)
    if channel == "y":
        return rules.encode(y=shorthand, x=at("x", "0"), x2=at("x2", "width"))
    return rules.encode(x=shorthand, y=at("y", "0"), y2=at("y2", "height"))


def tick_labels(data: str, channel: str, shorthand: Any) -> Any:
    """Return the rows' ``label`` below the plot (``x``), or left of it (``y``)."""
    if channel == "y":
        marks = text(data, "label", colour=LIGHT.soft, size=12, align="right", baseline="middle")
        return marks.encode(y=shorthand, x=at("x", "-8"))
    marks = text(
        data, "label", colour=LIGHT.soft, size=12, align=alt.ExprRef("datum.align"), baseline="top"
    )
    return marks.encode(x=shorthand, y=at("y", "height + 8"))


def end_labels(data: str) -> tuple[Any, ...]:
    """Return direct labels right of the plot, each joined to its mark.

    The rows hold ``from`` and ``py`` (pixels), ``colour``, ``name``, ``more``, and how far ``more`` is shifted.
    """
    colour = alt.Stroke("colour:N", scale=None)
    lead = (
        chart(data)
        .mark_rule(strokeWidth=1.5)
        .encode(
            x=at("x", "width + 3"),
            x2=at("x2", "width + 12"),
            y=at("y", "datum.from"),
            y2=at("y2", "datum.py"),
            stroke=colour,
        )
    )
    name = text(data, "name", align="left", baseline="middle").encode(
        x=at("x", "width + 16"), y=at("y", "datum.py")
    )
    more = text(data, "more", colour=LIGHT.soft, align="left", baseline="middle")
    return lead, name, more.encode(x=at("x", "width + 16 + datum.shift"), y=at("y", "datum.py"))


_FRAME = (
    ("headline", LIGHT.ink, 16, "bold"),
    ("byline", LIGHT.soft, 13, "normal"),
    ("credit", LIGHT.soft, 10.5, "normal"),
)


def spec(*layers: Any, params: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return a whole template: the layers, with the frame's texts over them and the site's style."""
    frame = [
        text(
            name,
            "text",
            colour=colour,
            size=size,
            fontWeight=weight,
            align="left",
            baseline="alphabetic",
        ).encode(x=at("x", "datum.px"), y=at("y", "datum.py"))
        for name, colour, size, weight in _FRAME
    ]
    # Validating a template takes longer than compiling it; the tests do that.
    made: dict[str, Any] = alt.layer(*layers, *frame).to_dict(validate=False)
    made["params"] = [{"name": name, "value": 0} for name in params]
    # Any numbers: without them a band scale would choose the size of the plot itself.
    made["width"], made["height"] = 100, 100
    made["autosize"] = {"type": "none"}
    made["background"] = LIGHT.paper
    made["config"] = {"font": FONT, "view": {"stroke": None}, "mark": {"aria": False}}
    return made
