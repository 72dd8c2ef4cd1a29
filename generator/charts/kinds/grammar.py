"""The words in which templates are written: Altair on named data, without rows, texts or sizes.

Templates draw no axes and no legends. Grid lines, tick labels and direct labels are rows like all others
(:func:`grid`, :func:`tick_labels`, :func:`end_labels`), so that every number is written by
:mod:`generator.base.formats` and every label has the room that was measured for it.
"""

from typing import Any

from generator.base.palette import LIGHT
from generator.charts.kinds import theme
from generator.charts.kinds.theme import FONT, HOVER, alt, at

__all__ = [
    "FONT",
    "HOVER",
    "alt",
    "at",
    "chart",
    "end_labels",
    "grid",
    "spec",
    "text",
    "tick_labels",
]


def chart(data: str) -> "alt.Chart":
    """Return a chart of the rows in the data set of that name."""
    return alt.Chart(alt.NamedData(data))


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


def spec(*layers: Any, params: tuple[str, ...] = ()) -> dict[str, Any]:
    return theme.spec(*layers, params=dict.fromkeys(params, 0))
