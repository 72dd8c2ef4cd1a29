"""Points over price: a logarithmic scale, a rail at the left for what is free, and names where they fit."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.charts import measure
from generator.charts.chart import Drawing, Rows, Size, Template
from generator.charts.grammar import alt, at, chart, grid, spec, text, tick_labels
from generator.palette import LIGHT

_LABEL = 11
_RAIL = 26.0
_PRICES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0)


@dataclass(frozen=True, slots=True)
class Spot:
    """One point.

    Attributes:
        name: what the label says where there is room for it.
        price: US dollars per million tokens; 0 stands on the rail.
        y: the other value.
        weight: spots with a larger one are labelled first; 0 for never.
        strong: drawn full, the others paler and smaller.
        line: part of the stepped line.
    """

    name: str
    price: float
    y: float
    colour: str
    weight: float = 0.0
    strong: bool = True
    line: bool = False
    tip: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vertical:
    """The scale of the other value: its ends, its ticks with their labels, and what it says above them."""

    low: float
    high: float
    ticks: Sequence[tuple[float, str]]
    title: str
    log: bool = False

    def part(self, value: float) -> float:
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


def drawing(spots: Sequence[Spot], vertical: Vertical, size: Size) -> Drawing:
    """The spots, the largest weight labelled first; a label that would touch another is left out."""
    paid = [spot for spot in spots if spot.price > 0]
    free = [spot for spot in spots if spot.price <= 0]
    low = min((spot.price for spot in paid), default=0.1) / 1.25
    high = max((spot.price for spot in paid), default=10.0) * 1.25
    height = 330.0 if size.narrow else 420.0
    left = 34 + (_RAIL + 14 if free else 0)
    right = 14.0
    width = size.width - 2 * size.margin - left - right
    places = [
        (-_RAIL if spot.price <= 0 else width * math.log(spot.price / low) / math.log(high / low),
         height * (1 - vertical.part(spot.y)))
        for spot in spots
    ]  # fmt: skip
    line = sorted((spot for spot in spots if spot.line), key=lambda spot: spot.price)
    every = 1 if not size.narrow else 2
    ticks = [price for n, price in enumerate(_PRICES) if low <= price <= high and n % every == 0]
    return Drawing(
        template=LOG_LOG if vertical.log else LOG,
        data={
            "rows": [_shown(spot) for spot in sorted(paid, key=lambda spot: spot.strong)],
            "free": [_shown(spot) for spot in free],
            "line": [{"price": spot.price, "y": spot.y} for spot in line],
            "prices": [
                {"price": price, "label": f"${price:g}" if price >= 1 else f"${price:.2f}", "align": "center"}
                for price in ticks
            ],
            "ticks": [{"y": value, "label": label} for value, label in vertical.ticks],
            "labels": _labels(spots, places, width, size),
            "titles": [
                {"label": vertical.title, "px": -left, "py": -12.0, "side": "left"},
                {"label": "per million tokens →", "px": width, "py": height + 34.0, "side": "right"},
                *([{"label": "free", "px": -_RAIL, "py": height + 13.0, "side": "center"}] if free else []),
            ],
        },
        height=height,
        left=left,
        right=right,
        top=20,
        bottom=40,
        params={
            "low": low,
            "high": high,
            "bottom_y": vertical.low,
            "top_y": vertical.high,
            "rail": -_RAIL,
            "tick_x": 26 - left,
        },
    )


def _shown(spot: Spot) -> dict[str, Any]:
    return {
        **spot.fields,
        "name": spot.name,
        "price": spot.price,
        "y": spot.y,
        "colour": spot.colour,
        "tint": 1.0 if spot.strong else 0.45,
        "area": 80 if spot.strong else 36,
        "tip": {"title": spot.name, **spot.tip},
    }


_Box = tuple[float, float, float, float]


def _labels(spots: Sequence[Spot], places: Sequence[tuple[float, float]], width: float, size: Size) -> Rows:
    """Greedy: above left, right, left, above, below; whatever collides with nothing placed so far."""
    taken: list[_Box] = [
        (x - 4, y - 4, x + 4, y + 4) for spot, (x, y) in zip(spots, places, strict=True) if spot.strong
    ]
    rows: Rows = []
    order = sorted(range(len(spots)), key=lambda n: (-spots[n].weight, spots[n].name))
    for n in order[: 7 if size.narrow else 22]:
        if spots[n].weight <= 0:
            break
        name = measure.fit(spots[n].name, _LABEL, 130 if size.narrow else 190)
        found = _place(name, places[n], taken, width)
        if found:
            row, box = found
            taken.append(box)
            rows.append(row)
    return rows


def _place(
    name: str, place: tuple[float, float], taken: list[_Box], width: float
) -> tuple[dict[str, Any], _Box] | None:
    long = measure.width(name, _LABEL)
    x, y = place
    for side, px, py in (
        ("right", x - 6, y - 8),
        ("left", x + 6, y + 10),
        ("left", x + 9, y),
        ("right", x - 9, y),
        ("left", x - 4, y - 12),
    ):
        start = px - long if side == "right" else px
        box = (start - 2, py - 6, start + long + 2, py + 6)
        inside = start >= (0 if x >= 0 else -_RAIL) and start + long <= width + 14 and py > 0
        if inside and not any(_touch(box, other) for other in taken):
            return {"name": name, "px": round(px, 1), "py": round(py, 1), "side": side}, box
    return None


def _touch(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _spec(log: bool) -> dict[str, Any]:
    ends = {"zero": False, "nice": False}
    price = alt.X("price:Q", axis=None, scale=alt.Scale(
        type="log", domainMin=alt.ExprRef("low"), domainMax=alt.ExprRef("high"), nice=False))  # fmt: skip
    kind: dict[str, Any] = {"type": "log", "nice": False} if log else ends
    scale = alt.Scale(domainMin=alt.ExprRef("bottom_y"), domainMax=alt.ExprRef("top_y"), **kind)
    y = alt.Y("y:Q", axis=None, scale=scale)
    looks: dict[str, Any] = {
        "fill": alt.Fill("colour:N", scale=None),
        "fillOpacity": alt.FillOpacity("tint:Q", scale=None),
        "size": alt.Size("area:Q", scale=None),
        "tooltip": alt.Tooltip("tip:N"),
    }
    spots: dict[str, Any] = {"shape": "circle", "filled": True, "opacity": 1, "stroke": LIGHT.paper, "strokeWidth": 0.8}
    line = chart("line").mark_line(interpolate="step-after", stroke=LIGHT.soft, strokeWidth=1.5)
    words = text("titles", "label", colour=LIGHT.soft, size=11, align=alt.ExprRef("datum.side"), baseline="middle")
    side = alt.ExprRef("datum.side")
    label = text("labels", "name", size=_LABEL, align=side, baseline="middle")
    # What keeps a label readable where it crosses a line; the letters themselves come on top of it.
    halo = text("labels", "name", size=_LABEL, align=side, baseline="middle", stroke=LIGHT.paper, strokeWidth=3)
    return spec(
        grid("ticks", "y", y),
        grid("prices", "x", price),
        line.encode(x=price, y=y),
        chart("rows").mark_point(**spots).encode(x=price, y=y, **looks),
        chart("free").mark_point(**spots).encode(x=at("x", "rail"), y=y, **looks),
        text("ticks", "label", colour=LIGHT.soft, size=11, align="right", baseline="middle").encode(
            y=y, x=at("x", "tick_x")
        ),
        tick_labels("prices", "x", price),
        words.encode(x=at("x", "datum.px"), y=at("y", "datum.py")),
        halo.encode(x=at("x", "datum.px"), y=at("y", "datum.py")),
        label.encode(x=at("x", "datum.px"), y=at("y", "datum.py")),
        params=("low", "high", "bottom_y", "top_y", "rail", "tick_x"),
    )


LOG = Template("scatter-log", lambda: _spec(log=False))
LOG_LOG = Template("scatter-log-log", lambda: _spec(log=True))
