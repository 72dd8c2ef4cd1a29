"""A table of shaded cells: names down the side, names along the top, a number in each cell."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.base.palette import LIGHT
from generator.charts.chart import Control, Drawing, Size, Template
from generator.charts.kinds import text_width
from generator.charts.kinds.grammar import alt, at, chart, spec, text

PALEST, FULLEST = 0.08, 0.5
"""Shades between which the ink of the numbers keeps its contrast in both themes."""
_NAME = 12
_CORNER = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: which row and column, what stands in it, and how dark it is, 0 to 1; None leaves it blank."""

    down: str
    along: str
    label: str
    shade: float | None
    tip: dict[str, str] = field(default_factory=dict)
    fields: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Grid:
    """How the cells are laid out.

    Attributes:
        down, along: keys with the names that are shown, in order.
        corner: what stands where both meet.
        step: height of a row; upright: column names stand on end, so that many fit.
    """

    down: Sequence[tuple[str, str]]
    along: Sequence[tuple[str, str]]
    corner: str = ""
    step: float = 26.0
    upright: bool = True


def drawing(
    grid: Grid, cells: Sequence[Cell], size: Size, controls: tuple[Control, ...] = ()
) -> Drawing:
    """Return the drawing of a grid of cells; columns are as wide as there is room for, within limits."""
    left = (
        min(
            size.of(150.0, 180.0, 240.0),
            max(text_width.width(name, _NAME) for _, name in grid.down),
        )
        + 12
    )
    left = max(left, text_width.width(grid.corner, _CORNER) + 12)
    longest = max(text_width.width(name, _NAME) for _, name in grid.along)
    top = min(165.0, longest) + 12 if grid.upright else 30.0
    room = size.width - 2 * size.margin - left
    column = min(room / len(grid.along), 64.0 if grid.upright else 110.0)
    return Drawing(
        template=UPRIGHT if grid.upright else LEVEL,
        data={
            "rows": [_shown(cell) for cell in cells],
            "downs": [
                {"down": key, "label": text_width.short(name, _NAME, left - 12)}
                for key, name in grid.down
            ],
            "alongs": [
                {"along": key, "label": text_width.short(name, _NAME, top - 12)}
                for key, name in grid.along
            ]
            if grid.upright
            else [{"along": key, "label": name} for key, name in grid.along],
            "titles": [{"label": grid.corner}],
        },
        height=grid.step * len(grid.down),
        left=left,
        right=room - column * len(grid.along),
        top=top,
        bottom=4,
        params={"letters": 12},
        controls=controls,
    )


def _shown(cell: Cell) -> dict[str, Any]:
    shade = (
        0.0
        if cell.shade is None
        else round(PALEST + (FULLEST - PALEST) * min(1.0, max(0.0, cell.shade)), 3)
    )
    return {
        **cell.fields,
        "down": cell.down,
        "along": cell.along,
        "label": cell.label,
        "strength": shade,
        "tip": cell.tip,
    }


def _spec(*, upright: bool) -> dict[str, Any]:
    x = alt.X("along:O", axis=None, sort=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    y = alt.Y("down:O", axis=None, sort=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    cells = chart("rows").mark_rect(fill=LIGHT.accent, stroke=LIGHT.paper, strokeWidth=1.5)
    strength = alt.FillOpacity("strength:Q", scale=None)
    turned: dict[str, Any] = {"angle": 270, "align": "left", "baseline": "middle"}
    heads = text(
        "alongs", "label", **(turned if upright else {"align": "center", "baseline": "bottom"})
    )
    letters = text("rows", "label", align="center", baseline="middle")
    letters.mark.fontSize = alt.ExprRef("letters")
    return spec(
        # The names come first: they decide the order of rows and columns.
        text("downs", "label", align="right", baseline="middle").encode(x=at("x", "-10"), y=y),
        heads.encode(x=x, y=at("y", "-8")),
        cells.encode(x=x, y=y, fillOpacity=strength, tooltip=alt.Tooltip("tip:N")),
        letters.encode(x=x, y=y),
        text(
            "titles", "label", colour=LIGHT.soft, size=_CORNER, align="right", baseline="bottom"
        ).encode(x=at("x", "-10"), y=at("y", "-8")),
        params=("letters",),
    )


LEVEL = Template("heat-level", lambda: _spec(upright=False))
UPRIGHT = Template("heat-upright", lambda: _spec(upright=True))
