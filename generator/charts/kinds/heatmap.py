"""A table of shaded cells: names down the side, upright names along the top, a number in each cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from generator.base import palette
from generator.base.palette import LIGHT
from generator.charts.chart import Drawing, Size, Template
from generator.charts.kinds import phrases, text_width
from generator.charts.kinds.theme import LABEL, alt, placed, rows, spec, text

_GAP = 7
"""Between the numbers of neighboring cells, at least."""
_WIDEST = 110.0
"""Of columns."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its row and column, what stands in it, its shade, and its tooltip."""

    down: str
    along: str
    label: str
    shade: float  # 0 to 1 from the palest to the fullest; below 0 the same in gray
    tip: Mapping[str, str] = field(default_factory=dict)
    title: str = ""


def drawing(
    down: Mapping[str, str], along: Mapping[str, str], cells: Sequence[Cell], size: Size
) -> Drawing:
    """Return the drawing of a table; where there is a name and no cell, a dot says so, and tells nothing.

    Columns are as wide as there is room for, within limits; those for whose numbers there is none are left out.

    Args:
        down, along: the names that are shown, by their keys, in order.
    """
    left = min(size.of(150.0, 180.0, 240.0), text_width.widest(down.values(), LABEL)) + 12
    room = size.room - left
    widest = text_width.widest((cell.label for cell in cells), LABEL)
    along = dict(list(along.items())[: max(1, int(room / (widest + _GAP)))])
    wide = min(room / len(along), _WIDEST)
    top = min(150.0, text_width.widest(along.values(), LABEL))
    shown: dict[tuple[str, str], dict[str, Any]] = {}
    for row, column in product(down, along):
        shown[row, column] = {"down": row, "along": column, "label": "·", "tint": LIGHT.paper}
    for cell in cells:
        if (cell.down, cell.along) in shown:
            shown[cell.down, cell.along] = _shown(cell)
    return Drawing(
        template=Template("heat", _spec),
        data={"rows": list(shown.values())},
        height=size.of(24.0, 22.0, 20.0) * len(down),
        left=left,
        right=room - wide * len(along),
        top=top + 12,
        bottom=4,
        params={
            "down_names": [text_width.short(name, LABEL, left - 12) for name in down.values()],
            "along_names": [text_width.short(name, LABEL, top) for name in along.values()],
        },
    )


def _shown(cell: Cell) -> dict[str, Any]:
    tints = palette.tints(LIGHT.soft if cell.shade < 0 else LIGHT.accent, LIGHT.paper)
    return {
        "down": cell.down,
        "along": cell.along,
        "label": cell.label,
        "tint": tints[round(min(1.0, abs(cell.shade)) * (len(tints) - 1))],
        "tip": phrases.tip(cell.title, cell.tip),
    }


def _names(axis: str) -> str:
    """Return an expression of the name of an axis' band."""
    bands = f"length(domain('{axis}'))"
    names = {"x": "along_names", "y": "down_names"}
    return f"{names[axis]}[round(datum.index * ({bands} - 1))]"


def _spec() -> dict[str, Any]:
    ink: dict[str, Any] = {"labelColor": LIGHT.ink, "grid": False}
    bands = alt.Scale(paddingInner=0, paddingOuter=0)
    upright: dict[str, Any] = {"labelAngle": -90, "labelAlign": "left", "labelBaseline": "middle"}
    top = alt.Axis(orient="top", labelExpr=_names("x"), **upright, **ink)
    side = alt.Axis(labelExpr=_names("y"), **ink)
    x = alt.X("along:O", sort=None, scale=bands, axis=top)
    y = alt.Y("down:O", sort=None, scale=bands, axis=side)
    cells = rows().mark_rect(stroke=LIGHT.paper, strokeWidth=1.5)
    return spec(
        placed(cells, x=x, y=y, fill="datum.tint", tooltip="datum.tip"),
        text(rows(), "label", x, y, align="center"),
    )
