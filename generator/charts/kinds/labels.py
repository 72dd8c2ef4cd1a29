"""Names beside points: as many as fit, the most important first, none over another."""

from collections.abc import Sequence
from typing import Any, Protocol

from generator.charts.chart import Rows, Size
from generator.charts.kinds import text_width

LABEL = 12
RAIL = 26.0
"""How far left of its scale a drawing's rail is; points there have a negative place."""


class Named(Protocol):
    """A point that may get a name: the larger its weight, the sooner; 0 for never."""

    @property
    def name(self) -> str: ...

    @property
    def weight(self) -> float: ...

    @property
    def strong(self) -> bool: ...


_Box = tuple[float, float, float, float]


def labels(
    spots: Sequence[Named], places: Sequence[tuple[float, float]], width: float, size: Size
) -> Rows:
    """Return the labels that have room, those of the largest weights first, each at the first side that is free."""
    taken: list[_Box] = [
        (x - 4, y - 4, x + 4, y + 4)
        for spot, (x, y) in zip(spots, places, strict=True)
        if spot.strong
    ]
    rows: Rows = []
    order = sorted(range(len(spots)), key=lambda n: (-spots[n].weight, spots[n].name))
    for n in order[: size.of(7, 13, 22)]:
        if spots[n].weight <= 0:
            break
        name = text_width.fit(spots[n].name, LABEL, size.of(130, 150, 190))
        placed = _place(name, places[n], taken, width)
        if placed:
            row, box = placed
            taken.append(box)
            rows.append(row)
    return rows


def _place(
    name: str, place: tuple[float, float], taken: list[_Box], width: float
) -> tuple[dict[str, Any], _Box] | None:
    long = text_width.width(name, LABEL)
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
        inside = start >= (0 if x >= 0 else -RAIL) and start + long <= width + 14 and py > 0
        if inside and not any(_touch(box, other) for other in taken):
            return {"name": name, "px": round(px, 1), "py": round(py, 1), "side": side}, box
    return None


def _touch(box: _Box, other: _Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
