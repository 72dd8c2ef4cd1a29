"""Points on two scales, each linear or logarithmic: a rail at the left for what is free, names where they fit."""

import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from generator.base.palette import LIGHT
from generator.charts.chart import Control, Drawing, Option, Rows, Size, Template
from generator.charts.kinds import phrases, text_width
from generator.charts.kinds.grammar import alt, at, chart, grid, spec, text, tick_labels
from generator.charts.kinds.labels import LABEL, RAIL, labels

_PRICES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0)
_PALER = 0.3


@dataclass(frozen=True, slots=True)
class Spot:
    """One point.

    Attributes:
        name: what the label says where there is room for it.
        x: the value along; in a drawing with a rail, 0 stands on it.
        y: the other value.
        weight: spots with a larger one are labelled first; 0 for never.
        strong: drawn full, the others paler and smaller.
        line: part of the stepped line.
    """

    name: str
    x: float
    y: float
    colour: str
    weight: float = 0.0
    strong: bool = True
    line: bool = False
    tip: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Axis:
    """One scale: its ends, its ticks with their labels, and what it says at its end."""

    low: float
    high: float
    ticks: Sequence[tuple[float, str]]
    title: str
    log: bool = False

    def part(self, value: float) -> float:
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


def prices(spots: Sequence[Spot], size: Size, *, log: bool = True) -> Axis:
    """Return an axis of US dollars per million tokens, for spots whose ``x`` is that."""
    paid = [spot.x for spot in spots if spot.x > 0]
    low, high = min(paid, default=0.1) / 1.25, max(paid, default=10.0) * 1.25
    title = "US dollars per million tokens →"
    if not log:
        round_prices = text_width.ticks(high, size.of(4, 6, 8))
        return Axis(0, max(high, round_prices[-1]), _dollar_ticks(round_prices), title)

    every = 2 if size.narrow else 1
    chosen = [price for n, price in enumerate(_PRICES) if low <= price <= high and n % every == 0]
    return Axis(low, high, _dollar_ticks(chosen), title, log=True)


def _dollar_ticks(at_prices: Sequence[float]) -> list[tuple[float, str]]:
    return [(price, phrases.dollars_tick(price)) for price in at_prices]


def linear(values: Sequence[float], step: float, title: str) -> Axis:
    """Return an axis around all values, not from zero, with a tick at every ``step``, or fewer of too many."""
    span = max(values) - min(values)
    if span / step > text_width.MOST_TICKS - 3:
        step = text_width.ticks(span, 10)[1]
    low, high = (
        math.floor(min(values) / step) * step,
        math.ceil((max(values) + step / 5) / step) * step,
    )
    ticks = [low + step * n for n in range(round((high - low) / step) + 1)]
    return Axis(low, high, [(tick, f"{tick:,g}") for tick in ticks], title)


def drawing(
    spots: Sequence[Spot],
    along: Axis,
    up: Axis,
    size: Size,
    *,
    rail: bool = False,
    other: Axis | None = None,
    older: Sequence[Mapping[str, Any]] = (),
    straight: bool = False,
) -> Drawing:
    """Return a scatter plot of the spots; labels go to the largest weights first, those without room are left out.

    Args:
        rail: whether spots at ``x`` 0 stand apart, left of the scale.
        other: another scale along, which the reader can choose instead.
        older: points ``x``, ``y``, ``run`` of further lines, paler.
        straight: lines go straight from point to point, not in steps.
    """
    free, paid = _apart(spots, rail=rail)
    height = size.of(330.0, 380.0, 420.0)
    left, right = 34 + (RAIL + 14 if free else 0), 14.0
    width = size.width - 2 * size.margin - left - right
    named = functools.partial(
        _named, spots=spots, up=up, plot=(width, height), size=size, rail=rail
    )
    return Drawing(
        template=STRAIGHT if straight else _TEMPLATES[along.log, up.log],
        data={
            "rows": [_shown(spot) for spot in sorted(paid, key=lambda spot: spot.strong)],
            "free": [_shown(spot) for spot in free],
            "line": [*({**point, "tint": _PALER} for point in older), *_joints(spots)],
            "along": _ticks(along),
            "ticks": [{"y": value, "label": label} for value, label in up.ticks],
            "labels": named(along),
            "titles": _titles(along, up, (left, width, height), free=bool(free)),
        },
        height=height,
        left=left,
        right=right,
        top=20,
        bottom=40,
        params={**_ends(along, up), "rail": -RAIL, "tick_x": 26 - left},
        controls=(_other_scale(along, other, named(other)),) if other else (),
    )


def _named(
    along: Axis,
    *,
    spots: Sequence[Spot],
    up: Axis,
    plot: tuple[float, float],
    size: Size,
    rail: bool,
) -> Rows:
    return labels(spots, _places(spots, along, up, plot, rail=rail), plot[0], size)


def _apart(spots: Sequence[Spot], *, rail: bool) -> tuple[list[Spot], list[Spot]]:
    """Return the spots on the rail, and those on the scale."""
    free = [spot for spot in spots if rail and spot.x <= 0]
    return free, [spot for spot in spots if not (rail and spot.x <= 0)]


def _titles(along: Axis, up: Axis, room: tuple[float, float, float], *, free: bool) -> Rows:
    """Return the titles of both scales, and the word below the rail.

    Args:
        room: what is left of the plot, the plot's width and its height.
    """
    left, width, height = room
    return [
        {"label": up.title, "px": -left, "py": -12.0, "side": "left"},
        {"label": along.title, "px": width, "py": height + 34.0, "side": "right"},
        *([{"label": "free", "px": -RAIL, "py": height + 13.0, "side": "center"}] if free else []),
    ]


def _ends(along: Axis, up: Axis) -> dict[str, float]:
    return {"low": along.low, "high": along.high, "bottom_y": up.low, "top_y": up.high}


def _other_scale(along: Axis, other: Axis, changed: Rows) -> Control:
    names = {True: ("log", "Log"), False: ("linear", "Linear")}
    value, label = names[other.log]
    option = Option(
        value,
        label,
        data={"along": _ticks(other), "labels": changed},
        scales={"x": {"type": value}},
        params={"low": other.low, "high": other.high},
    )
    return Control("scale", "Scale", (Option("", names[along.log][1]), option))


def _ticks(along: Axis) -> Rows:
    return [{"x": value, "label": label, "align": "center"} for value, label in along.ticks]


def _places(
    spots: Sequence[Spot], along: Axis, up: Axis, plot: tuple[float, float], *, rail: bool
) -> list[tuple[float, float]]:
    width, height = plot
    return [
        (
            -RAIL if rail and spot.x <= 0 else width * along.part(spot.x),
            height * (1 - up.part(spot.y)),
        )
        for spot in spots
    ]


def _joints(spots: Sequence[Spot]) -> Rows:
    """Return the points of the line, from left to right."""
    line = sorted((spot for spot in spots if spot.line), key=lambda spot: spot.x)
    return [{"x": spot.x, "y": spot.y, "run": "now", "tint": 1.0} for spot in line]


def _shown(spot: Spot) -> dict[str, Any]:
    return {
        **spot.fields,
        "name": spot.name,
        "x": spot.x,
        "y": spot.y,
        "colour": spot.colour,
        "tint": 1.0 if spot.strong else 0.45,
        "area": 80 if spot.strong else 36,
        "tip": {"title": spot.name, **spot.tip},
    }


def _axis(low: str, high: str, *, log: bool) -> Any:
    kind: dict[str, Any] = {"type": "log"} if log else {"zero": False}
    return alt.Scale(domainMin=alt.ExprRef(low), domainMax=alt.ExprRef(high), nice=False, **kind)


def _spec(*, log_x: bool, log_y: bool, steps: bool = True) -> dict[str, Any]:
    x = alt.X("x:Q", axis=None, scale=_axis("low", "high", log=log_x))
    y = alt.Y("y:Q", axis=None, scale=_axis("bottom_y", "top_y", log=log_y))
    looks: dict[str, Any] = {
        "fill": alt.Fill("colour:N", scale=None),
        "fillOpacity": alt.FillOpacity("tint:Q", scale=None),
        "size": alt.Size("area:Q", scale=None),
        "tooltip": alt.Tooltip("tip:N"),
    }
    spots: dict[str, Any] = {
        "shape": "circle",
        "filled": True,
        "opacity": 1,
        "stroke": LIGHT.paper,
        "strokeWidth": 0.8,
    }
    line = chart("line").mark_line(
        interpolate="step-after" if steps else "linear", stroke=LIGHT.soft, strokeWidth=1.5
    )
    tint = alt.StrokeOpacity("tint:Q", scale=None)
    words = text(
        "titles",
        "label",
        colour=LIGHT.soft,
        size=12,
        align=alt.ExprRef("datum.side"),
        baseline="middle",
    )
    side = alt.ExprRef("datum.side")
    label = text("labels", "name", size=LABEL, align=side, baseline="middle")
    # What keeps a label readable where it crosses a line; the letters themselves come on top of it.
    halo = text(
        "labels",
        "name",
        size=LABEL,
        align=side,
        baseline="middle",
        stroke=LIGHT.paper,
        strokeWidth=3,
    )
    return spec(
        grid("ticks", "y", y),
        grid("along", "x", x),
        line.encode(x=x, y=y, detail="run:N", strokeOpacity=tint),
        chart("rows").mark_point(**spots).encode(x=x, y=y, **looks),
        chart("free").mark_point(**spots).encode(x=at("x", "rail"), y=y, **looks),
        text("ticks", "label", colour=LIGHT.soft, size=12, align="right", baseline="middle").encode(
            y=y, x=at("x", "tick_x")
        ),
        tick_labels("along", "x", x),
        words.encode(x=at("x", "datum.px"), y=at("y", "datum.py")),
        halo.encode(x=at("x", "datum.px"), y=at("y", "datum.py")),
        label.encode(x=at("x", "datum.px"), y=at("y", "datum.py")),
        params=("low", "high", "bottom_y", "top_y", "rail", "tick_x"),
    )


def _template(*, log_x: bool, log_y: bool) -> Template:
    name = f"scatter-{'log' if log_x else 'linear'}-{'log' if log_y else 'linear'}"
    return Template(name, lambda: _spec(log_x=log_x, log_y=log_y))


_TEMPLATES = {
    (log_x, log_y): _template(log_x=log_x, log_y=log_y)
    for log_x, log_y in product((False, True), repeat=2)
}
STRAIGHT = Template("scatter-log-log-straight", lambda: _spec(log_x=True, log_y=True, steps=False))
