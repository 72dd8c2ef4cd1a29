"""The Vega spec of a picture: that of the browser without what only tooltips and choices of the reader need.

What a picture costs goes by the number of its scales and marks, hardly by that of its rows.
"""

import copy
import json
from collections.abc import Callable
from typing import Any

from generator.charts.kinds.theme import HOVER

Spec = dict[str, Any]

_RUN = "run"
"""The field of a broken line's rows that says to which of its unbroken parts they belong."""


def picture(live: Spec) -> Spec:
    """Return what draws the same picture as the spec for the browser, and measures no text."""
    spec = copy.deepcopy(live)
    spec["marks"] = [mark for mark in spec["marks"] if not mark.get("name", "").startswith(HOVER)]
    spec["config"] = {name: value for name, value in spec["config"].items() if name != "mark"}
    each_mark(spec, _keep_unmeasured)
    _keep_guides_unmeasured(spec)
    for scale in spec.get("scales", ()):
        _ask_no_rows_for_ends(scale)
    spec["marks"] = [_in_one_path(mark, spec["data"]) for mark in spec["marks"]]
    for mark in spec["marks"]:
        _clip_once(mark)
    return spec


def each_mark(spec: Spec, change: Callable[[Spec], None]) -> None:
    """Change every mark of a spec, those inside of groups too."""
    for mark in spec.get("marks", ()):
        change(mark)
        each_mark(mark, change)


def _keep_unmeasured(mark: Spec) -> None:
    update = mark.get("encode", {}).get("update")
    if update is None:
        return
    for channel in ("tooltip", "description", "cursor"):
        update.pop(channel, None)
    mark["aria"] = False
    if mark["type"] == "text":
        _move_words(update)


def _move_words(update: Spec) -> None:
    """Move the words of a text into the name of its font, and leave the text empty.

    vl-convert takes 2 ms to measure one text, nine tenths of a picture's time; nothing here depends on
    what it finds. :func:`generator.charts.svg.normalized` puts the words back.
    """
    words = update.get("text", {"field": "label"})
    if "field" in words:
        words = {"signal": f"datum[{json.dumps(words['field'])}]"}
    expression = words.get("signal") or json.dumps(words["value"])
    # The sign keeps a name that is empty from giving way to a default.
    update["font"], update["text"] = {"signal": f"'=' + ({expression})"}, {"value": ""}


def _keep_guides_unmeasured(spec: Spec) -> None:
    """Do the same to the labels and titles of axes, and to the lines of title and subtitle."""
    for axis in spec.get("axes", ()):
        encode = axis.setdefault("encode", {})
        if axis.get("labels", True):
            _move_words(encode.setdefault("labels", {}).setdefault("update", {}))
        text = axis.get("title")
        if text:
            if isinstance(text, str):
                text = {"value": text}
            _move_words(encode.setdefault("title", {}).setdefault("update", {"text": text}))
    title = spec["title"]
    for part, font, lines in (("text", "font", "headline"), ("subtitle", "subtitleFont", "byline")):
        title[font] = {"signal": f"'=' + join({lines}, '\\n')"}
        title[part] = {"signal": f"split(pad('', length({lines}) - 1, '\\n'), '\\n')"}


def _ask_no_rows_for_ends(scale: Spec) -> None:
    """Give a scale whose two ends are stated any domain: Vega would look for the ends in each data set, 3% of its time."""
    if "domainMin" in scale and "domainMax" in scale:
        scale["domain"] = [0, 1]


def _in_one_path(mark: Spec, data: list[Spec]) -> Spec:
    """Return the mark of a broken line, if it is one, with all runs of a line in one path.

    Vega builds a dataflow for each part that a mark is split into: a line of fifty runs takes 40 ms more than one of
    a single run. A row that is not drawn, before each run but the first, breaks the path instead.

    Args:
        mark: of the spec.
        data: of the spec; the data set with these rows is added.
    """
    facet = mark.get("from", {}).get("facet", {})
    if _RUN not in facet.get("groupby", ()):
        return mark
    line = mark["marks"][0]
    if line["type"] != "line":
        return mark
    update = line["encode"]["update"]
    split_by = [field for field in facet["groupby"] if field != _RUN]
    name = f"{mark['name']}_broken"
    data.append({"name": name, "source": facet["data"], "transform": _breaks(split_by)})
    known = update.get("defined", {"signal": "true"})["signal"]
    update["defined"] = {"signal": f"datum.drawn && ({known})"}
    if split_by:
        return {**mark, "from": {"facet": {**facet, "data": name, "groupby": split_by}}}
    return {**line, "from": {"data": name}}


def _breaks(split_by: list[str]) -> list[Spec]:
    """Return what repeats the first row of each run but the first as one that is not ``drawn``."""
    # The rows of a broken line stand in its order: their runs are counted in it.
    before = {"ops": ["lag"], "fields": [_RUN], "as": ["before"]}
    steps = f"datum.before == null || datum.before == datum.{_RUN} ? [true] : [false, true]"
    return [
        {"type": "window", **before, "groupby": split_by},
        {"type": "formula", "expr": steps, "as": "steps"},
        {"type": "flatten", "fields": ["steps"], "as": ["drawn"]},
    ]


def _clip_once(mark: Spec) -> None:
    """Clip the lines of a group together: one by one they make a bitmap take 50 ms longer for each."""
    lines = mark.get("marks", ())
    if lines and all(line.get("clip") is True for line in lines):
        mark["clip"] = True
        for line in lines:
            del line["clip"]
