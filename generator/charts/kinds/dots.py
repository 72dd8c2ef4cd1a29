"""Ranked dots on a labeled scale, with their numbers in columns: for values that are compared by their place.

A row may have a line to its dot from a ring (before and now), or on both sides of it (an interval); and
two of them, one above the other. Without values it is a list of names and numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Any

from generator.base.palette import LIGHT
from generator.charts.chart import Drawing, Param, Rows, Size, Template
from generator.charts.kinds import ranked, text_width
from generator.charts.kinds.ranked import Item
from generator.charts.kinds.theme import LABEL, alt, between, color, placed, rows, spec, text

_BETWEEN = 16
_LANE = 9


@dataclass(frozen=True, slots=True)
class Point:
    """A dot."""

    value: float
    ring: float | None = None  # another value, shown as a ring with a line to the dot
    interval: tuple[float, float] | None = None  # the line's ends, where there is no ring
    group: str = ""
    color: str = ""  # in place of the item's, with its `group`

    def places(self) -> dict[str, float]:
        """Return where on the scale the point is, its ring, and both ends of its line, by the fields of a row."""
        places = {"value": self.value}
        ends = self.interval
        if self.ring is not None:
            places["ring"] = self.ring
            ends = ends or (self.ring, self.value)
        if ends:
            places["start"], places["stop"] = ends
        return places


@dataclass(frozen=True, slots=True)
class Row:
    """One row: at most two points, and what stands in its columns."""

    item: Item
    cells: Sequence[str]
    points: Sequence[Point] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line down all rows, with words above it."""

    value: float
    text: str


_NO_LINE = Line(0.0, "")


@dataclass(frozen=True, slots=True)
class Dots:
    """A kind of dots."""

    name: str  # of the spec; kinds of the same name differ in nothing but their heads
    # Titles of the columns; there are as many as there is room for, so the first are the most important.
    heads: Sequence[str]
    tick: str = ""  # an expression of the labels of the scale; without one there is no scale
    scale: str = "linear"  # its type: `linear` or `log`
    leads: bool = True  # whether the first column is what the dots show, in bolder type


def drawing(
    kind: Dots,
    listed: Sequence[Row],
    size: Size,
    *,
    ends: tuple[float, float] | None = None,
    line: Line = _NO_LINE,
) -> Drawing:
    """Return rows from the top down, on a scale with these ends, with a line at a value to compare them with."""
    heads = kind.heads[: size.of(2, 2, 3)]
    edges = _edges(heads, listed)
    lanes = max(len(row.points) for row in listed)
    layout = ranked.layout(
        [row.item for row in listed],
        size,
        count=len(listed),
        right=edges[-1],
        least=12.0,
        close=17.0 + _LANE * (lanes - 1),
        alone=not kind.tick,
    )
    points = list(chain.from_iterable(row.points for row in listed))
    named = zip(heads, edges, strict=True)
    return Drawing(
        template=Template(f"dots-{kind.name}", lambda: _dots(kind)),
        data={
            "rows": _rows(listed, edges, layout),
            "heads": [{"text": head, "edge": edge} for head, edge in named],
        },
        height=layout.step * len(listed),
        left=layout.left,
        right=edges[-1],
        top=16,
        bottom=24 if kind.tick else 0,
        params=_params(kind, layout, ends or _around(points, kind.scale), line),
        colors=_colors(listed, points),
    )


def _params(
    kind: Dots, layout: ranked.Layout, ends: tuple[float, float], line: Line
) -> dict[str, Param]:
    low, high = ends
    ticks = _ticks(kind, low, high, layout.plot)
    compared: dict[str, Param] = {"line": line.value, "said": line.text}
    return {**layout.params, "low": low, "high": high, "ticks": ticks, **compared}


def _rows(listed: Sequence[Row], edges: Sequence[float], layout: ranked.Layout) -> Rows:
    """Return a row for each point, one for words alone; only what is ``first`` of a place shows its words."""
    shown: Rows = []
    for place, row in enumerate(listed, 1):
        cells = {"edges": edges, "cells": list(row.cells[: len(edges)])}
        words = {**ranked.row(row.item, place, layout.name), **cells, "first": 1}
        if not row.points:
            shown.append(words)
        middle = (len(row.points) - 1) / 2
        for nth, point in enumerate(row.points):
            point_row = {
                **words,
                "first": int(nth == 0),
                "lane": (nth - middle) * _LANE,
                "group": point.group or row.item.group,
                **point.places(),
            }
            shown.append(point_row)
    return shown


def _colors(listed: Sequence[Row], points: Sequence[Point]) -> dict[str, str]:
    """Return the color of each group, of items and of points."""
    # Where each point has the color of a group, that of the item is nowhere.
    in_own_color = []
    for row in listed:
        if not all(point.group for point in row.points):
            in_own_color.append(row.item)
    of_points = {point.group: point.color for point in points if point.group}
    return {**ranked.colors(in_own_color), **of_points}


def _around(points: Sequence[Point], scale: str) -> tuple[float, float]:
    """Return ends of a scale that has a little room on both sides of all that the points show."""
    if not points:
        return 0.0, 1.0
    values: list[float] = []
    for point in points:
        values += point.places().values()
    low, high = min(values), max(values)
    if scale == "log":
        return low / 1.25, high * 1.25
    room = (high - low) * 0.06 or 1.0
    return low - room, high + room


def _ticks(kind: Dots, low: float, high: float, plot: float) -> list[float]:
    if not kind.tick:
        return []
    if kind.scale == "log":
        fine = text_width.decades(low, high, (1, 3))
        if len(fine) * 60 <= plot:
            return fine
        return text_width.decades(low, high)
    step = text_width.ticks(high - low, max(2, int(plot / 90)))[1]
    first, last = int(low / step), int(high / step) + 1
    return [n * step for n in range(first, last) if low <= n * step <= high]


def _edges(heads: Sequence[str], listed: Sequence[Row]) -> list[float]:
    """Return the right edges of the columns, in pixels right of the plot."""
    widths = []
    for column, head in enumerate(heads):
        words = text_width.widest((row.cells[column] for row in listed), LABEL, bold=column == 0)
        widths.append(max(text_width.width(head, LABEL), words) + _BETWEEN)
    return [round(edge, 1) for edge in accumulate(widths)]


def _dots(kind: Dots) -> dict[str, Any]:
    scale = between("low", "high", type=kind.scale)
    look: dict[str, Any] = {"scale": scale, "axis": ranked.axis(kind.tick)}
    lane, sink = alt.ExprRef("sink + datum.lane"), alt.ExprRef("sink")
    points = ranked.shown().transform_filter("isValid(datum.value)")
    rule = points.transform_filter("isValid(datum.start)").mark_rule(strokeWidth=2, yOffset=lane)
    ring = points.transform_filter("isValid(datum.ring)").mark_point(
        size=44, filled=False, fill=LIGHT.paper, strokeWidth=1.6, yOffset=lane
    )
    dot = points.mark_point(size=64, yOffset=lane)
    firsts = ranked.shown().transform_filter("datum.first")
    hair = firsts.mark_rule(stroke=LIGHT.line, strokeWidth=1, yOffset=sink)
    cells = firsts.transform_flatten(["cells", "edges"]).transform_window(
        nth="row_number()", groupby=["place"]
    )
    down = ranked.down()
    weight = alt.ExprRef("datum.nth == 1 ? 'bold' : 'normal'") if kind.leads else "normal"
    right: dict[str, Any] = {"align": "right"}
    above: dict[str, Any] = {"soft": True, "baseline": "bottom"}
    # In each row by itself, so that it crosses no name.
    compared = firsts.transform_filter("said")
    line = compared.mark_rule(stroke=LIGHT.soft, strokeWidth=1.5, strokeDash=[4, 3])
    middle = "scale('y', datum.place) + bandwidth('y') / 2 + sink"
    first = compared.transform_filter("datum.place == 1").transform_calculate(said="said")
    return spec(
        placed(hair, x="0", x2="width", y=down),
        placed(line, x="scale('x', line)", y=f"{middle} - reach", y2=f"{middle} + reach"),
        text(first, "said", "scale('x', line)", "-4", align="center", **above),
        placed(rule, x=alt.X("start:Q", **look), x2=alt.X2("stop:Q"), y=down, color=color("group")),
        placed(ring, x=alt.X("ring:Q", **look), y=down, stroke=color("group", "stroke")),
        placed(dot, x=alt.X("value:Q", **look), y=down, color=color("group")),
        text(cells, "cells", "width + datum.edges", down, dy=sink, fontWeight=weight, **right),
        text(rows("heads"), "text", "width + datum.edge", "-4", **right, **above),
        *ranked.words(firsts),
        ranked.hover_areas(firsts),
        derived={**ranked.DERIVED, "reach": "bandwidth('y') / 2 - (above ? 9 : 0)"},
    )
