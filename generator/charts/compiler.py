"""From a template to what draws it: compiled once per kind, then only given rows and lengths."""

import copy
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import vl_convert

from generator.base.palette import LIGHT
from generator.charts.chart import Drawing, Rows, Template
from generator.charts.frame import Layout
from generator.charts.kinds.grammar import HOVER
from generator.charts.runtime import unsupported_transforms

VEGA_LITE = "6.4"
Spec = dict[str, Any]
_FIELD = re.compile(
    r'datum\.(?P<whole>\w+)|isValid\(datum\["(?P<text>\w+)"\]\) \? datum\["(?P=text)"\] : ""\+datum\["(?P=text)"\]'
)


@dataclass(frozen=True, slots=True)
class Compiled:
    """One kind in its three forms, all without rows.

    Attributes:
        lite: the Vega-Lite spec.
        live: the Vega spec for the browser: tooltips, and an outline under the pointer.
        still: the Vega spec for the picture: none of that, and no text is measured.
    """

    lite: Spec
    live: Spec
    still: Spec


# Saves 10 s of 32 s in the first render of the demo, which draws the same kinds for each of its days.
_known: dict[str, Compiled] = {}
"""By name, for the life of the program."""


def compiled(template: Template) -> Compiled:
    """Return the template built and compiled, which takes some 30 ms the first time.

    Raises:
        ValueError: the spec needs a transform that the browser's runtime does not have.
    """
    if template.name not in _known:
        _known[template.name] = _compiled(template)
    return _known[template.name]


def _compiled(template: Template) -> Compiled:
    lite = template.build()
    vega: Spec = vl_convert.vegalite_to_vega(lite, vl_version=VEGA_LITE)
    lacking = unsupported_transforms(vega)
    if lacking:
        raise ValueError(
            f"template {template.name} needs {', '.join(sorted(lacking))}, which the runtime leaves out"
        )
    _each_mark(vega, _read_fields)
    live, still = copy.deepcopy(vega), copy.deepcopy(vega)
    _each_mark(live, _answer_to_pointer)
    still["marks"] = [mark for mark in still["marks"] if not mark.get("name", "").startswith(HOVER)]
    still["config"] = {name: value for name, value in still["config"].items() if name != "mark"}
    _each_mark(still, _leave_unmeasured)
    return Compiled(lite, live, still)


def _each_mark(spec: Spec, change: Callable[[Spec], None]) -> None:
    for mark in spec.get("marks", ()):
        change(mark)
        _each_mark(mark, change)


def _read_fields(mark: Spec) -> None:
    """Replace expressions that only name a field by the field: each one costs time wherever the spec is run."""
    update = mark.get("encode", {}).get("update", {})
    for channel, value in update.items():
        match = (
            _FIELD.fullmatch(value["signal"])
            if isinstance(value, dict) and "signal" in value
            else None
        )
        if match:
            update[channel] = {"field": match["whole"] or match["text"]}


def _answer_to_pointer(mark: Spec) -> None:
    """Outline a mark that has a tooltip while the pointer is over it; others let the pointer through."""
    update = mark.get("encode", {}).get("update")
    if update is None:
        return
    if "tooltip" not in update:
        mark["interactive"] = False
        return
    update.setdefault("strokeWidth", {"value": 0})
    if mark["type"] == "rect" and "stroke" not in update:
        update["stroke"] = {"value": LIGHT.ink}
    hover = {"stroke": {"value": LIGHT.ink}, "strokeWidth": {"value": 1.5}}
    if mark.get("name", "").startswith(HOVER):
        hover["opacity"] = {"value": 1}
    mark["encode"]["hover"] = hover


def _leave_unmeasured(mark: Spec) -> None:
    """Move a text into the description of an empty text mark.

    vl-convert takes 2 ms to measure one text, nine tenths of a picture's time; nothing here depends on
    what it finds. :func:`generator.charts.svg.normalised` puts the words back.
    """
    update = mark.get("encode", {}).get("update")
    if update is None:
        return
    for channel in ("tooltip", "description", "cursor"):
        update.pop(channel, None)
    mark["aria"] = mark["type"] == "text"
    if mark["aria"]:
        update["description"], update["text"] = update["text"], {"value": ""}


def filled(spec: Spec, drawing: Drawing, framed: Layout) -> Spec:
    """Return a compiled spec with rows, texts and lengths.

    Raises:
        ValueError: the template and the drawing disagree on the names of data sets or parameters.
    """
    rows = {**drawing.data, **framed.texts}
    wanted = {entry["name"] for entry in spec["data"] if "source" not in entry}
    if wanted != set(rows):
        raise ValueError(
            f"template {drawing.template.name} draws {sorted(wanted)}, but was given {sorted(rows)}"
        )
    return {
        **spec,
        "width": framed.plot_width,
        "height": framed.plot_height,
        "padding": padding(framed),
        "signals": _signals(spec.get("signals", []), drawing.params),
        "data": [_with_rows(entry, rows) for entry in spec["data"]],
    }


def padding(framed: Layout) -> dict[str, float]:
    return {"left": framed.left, "top": framed.top, "right": framed.right, "bottom": framed.bottom}


def _signals(signals: list[Spec], params: Mapping[str, float | str]) -> list[Spec]:
    return [
        {**signal, "value": params[signal["name"]]} if signal["name"] in params else signal
        for signal in signals
    ]


def _with_rows(entry: Spec, rows: Mapping[str, Rows]) -> Spec:
    return {**entry, "values": rows[entry["name"]]} if entry["name"] in rows else entry
