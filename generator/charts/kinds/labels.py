"""Names beside points: as many as fit, the most important first, none over a name, a point or a line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from generator.charts.chart import Rows, Size
from generator.charts.kinds import text_width
from generator.charts.kinds.theme import LABEL

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels."""
_Place = tuple[float, float]
_SIDES = {"right": -1.0, "left": 1.0, "center": 0.0}
_NEAR = (
    ("right", -8, 0),
    ("left", 8, 0),
    ("right", -4, -11),
    ("left", 4, -11),
    ("left", 4, 12),
    ("right", -4, 12),
    ("center", 0, -14),
    ("center", 0, 14),
)
"""Where a name may stand beside its point: how it is aligned, and how far its end is from the point."""
_AWAY = (
    ("right", -0.7, -0.7),
    ("left", 0.7, 0.7),
    ("left", 0.7, -0.7),
    ("right", -0.7, 0.7),
    ("center", 0, 1),
    ("center", 0, -1),
    ("right", -1, -0.25),
    ("left", 1, 0.25),
)
_REACHES = (22, 34, 48, 64)
"""How far from its point a name may stand that is joined to it by a line."""
_CLEAR = 4.0
_SHORT = 100.0
"""Pixels to which a name is cut that finds no room in full."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place that may get a name: the larger its weight, the sooner; with one of 0 never."""

    name: str
    x: float
    y: float
    weight: float
    half: float = 5.0  # from its middle to its edge, in pixels


def placed(points: Sequence[Point], walls: Sequence[Box], plot: Box, size: Size) -> Rows:
    """Return the names that have room inside the plot, each beside its point, or further off with a line to it.

    Args:
        walls: what no name may cover.
    """
    dots = list(map(_around, points))
    taken = list(walls)
    named = [point for point in points if point.weight > 0]
    named.sort(key=lambda point: (-point.weight, point.name))
    rows: Rows = []
    for point in named[: size.of(7, 13, 20)]:
        for room in (size.of(130, 150, 190), _SHORT):
            name = text_width.short(point.name, LABEL, room)
            reach = room + max(_REACHES)
            solid, others = _within(taken, point, reach), _within(dots, point, reach)
            place = _find(name, point, solid, others, plot)
            if place:
                row, box = place
                taken += [box, *_beads(row, point)]
                rows.append(row)
                break
    return rows


def _around(point: Point) -> Box:
    half = point.half
    return point.x - half, point.y - half, point.x + half, point.y + half


def _within(boxes: Sequence[Box], point: Point, reach: float) -> list[Box]:
    own = _around(point)
    around = (point.x - reach, point.y - 110, point.x + reach, point.y + 110)
    return [box for box in boxes if box != own and _touch(box, around)]


def _candidates(point: Point) -> Iterator[tuple[str, float, float, bool]]:
    """Yield places of a name from the best: its alignment, its end, and whether a line joins it to the point."""
    further = 1 + max(0.0, point.half - 5) / 8
    for side, dx, dy in _NEAR:
        yield side, point.x + dx * further, point.y + dy * further, False
    for reach in _REACHES:
        for side, along, down in _AWAY:
            yield side, point.x + along * reach, point.y + down * reach, True


def _find(
    name: str, point: Point, taken: Sequence[Box], dots: Sequence[Box], plot: Box
) -> tuple[dict[str, object], Box] | None:
    long = text_width.width(name, LABEL)
    for side, px, py, joined in _candidates(point):
        start = px - long * (1 - _SIDES[side]) / 2
        box = (start - 3, py - 7, start + long + 3, py + 7)
        if box[0] < plot[0] or box[1] < plot[1] or box[2] > plot[2] or box[3] > plot[3]:
            continue
        at = {"px": round(px, 1), "py": round(py, 1)}
        row: dict[str, object] = {"name": name, **at, "side": side}
        # A name without a line must be clearly nearer to its own point than to any other.
        gap = _CLEAR
        if joined:
            row |= _lead(point, side, (px, py))
            gap = 0
        parts = [box, *_beads(row, point)]
        wide = (box[0] - gap, box[1] - gap, box[2] + gap, box[3] + gap)
        if not (_hits(parts, taken) or _hits([wide, *parts], dots)):
            return row, box
    return None


def _lead(point: Point, side: str, end: _Place) -> dict[str, object]:
    """Return the ends of the line from the edge of the point to the name."""
    away = 3.0 * _SIDES[side]
    x, y = end[0] - away, end[1]
    if side == "center":
        y -= 7 if y > point.y else -7
    part = (point.half + 1) / max(((x - point.x) ** 2 + (y - point.y) ** 2) ** 0.5, 1.0)
    from_x, from_y = point.x + (x - point.x) * part, point.y + (y - point.y) * part
    ends = {"lx": from_x, "ly": from_y, "lx2": x, "ly2": y}
    return {name: round(value, 1) for name, value in ends.items()}


def _beads(row: dict[str, object], point: Point) -> list[Box]:
    """Return small boxes along the line to a name, which nothing else may cross."""
    if "lx" not in row:
        return []
    x, y = float(str(row["lx2"])), float(str(row["ly2"]))
    steps = max(2, int(max(abs(x - point.x), abs(y - point.y)) / 5))
    beads = []
    for step in range(1, steps):
        at_x, at_y = point.x + (x - point.x) * step / steps, point.y + (y - point.y) * step / steps
        if abs(at_x - point.x) > point.half or abs(at_y - point.y) > point.half:
            beads.append((at_x - 1, at_y - 1, at_x + 1, at_y + 1))
    return beads


def _hits(boxes: Sequence[Box], others: Sequence[Box]) -> bool:
    return any(_touch(*pair) for pair in product(boxes, others))


def _touch(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
