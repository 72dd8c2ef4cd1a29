"""Which parameters models take."""

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, BoardRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases

MOST = 20


def _entry(row: BoardRow) -> bars.Entry:
    name, models, share = (
        str(row["parameter"]),
        phrases.number(row, "models"),
        phrases.number(row, "share"),
    )
    return bars.Entry(
        key=name,
        name=formats.sanitize(name),
        value=share,
        label=formats.share(share),
        colour=LIGHT.other,
        more=f"{models:,.0f} models",
        tip={"Models": phrases.count(models), "Share": formats.share(share)},
        fields={"parameter": name, "models": models},
    )


def _draw(board: AnyBoard, size: Size) -> Drawing:
    return bars.drawing(bars.BARS, [_entry(row) for row in bars.top(board, MOST)], size, high=1.0)


CHART = Chart(
    id="mod-params",
    board="parameters",
    title="Which API parameters do models support?",
    subtitle=lambda board: (
        f"Share of available models and variants that support a parameter, {phrases.when(board)}. "
        f"The {min(MOST, len(board.ranked))} most common of {len(board.ranked)}."
    ),
    alt=lambda board: board.finding,
    draw=_draw,
    notes=("What the catalog lists for a model; a provider can support fewer.",),
)
