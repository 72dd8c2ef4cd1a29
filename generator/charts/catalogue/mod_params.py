"""Which parameters models take."""

from generator.base import formats
from generator.boards.board import BoardRow
from generator.charts.chart import Chart
from generator.charts.kinds import bars, phrases
from generator.charts.kinds.ranked import Item

MOST = 20


def _bar(row: BoardRow) -> bars.Bar:
    name = str(row["parameter"])
    models, share = phrases.number(row, "models"), phrases.number(row, "share")
    tip = {"Models": phrases.count(models), "Share": formats.share(share)}
    item = Item(name, formats.sanitize(name), tip=tip)
    return bars.Bar(item, share, formats.share(share), f"{models:,.0f}")


CHART = Chart(
    id="mod-params",
    board="parameters",
    title="Which API parameters do models support?",
    subtitle=lambda board: (
        "Share and number of available models and variants that support a parameter, "
        f"{phrases.when(board)}. {phrases.most(len(board.ranked), MOST, 'most common', 'parameters')}"
    ).strip(),
    draw=lambda board, size: bars.drawing(list(map(_bar, board.ranked[:MOST])), size),
    notes=("What the catalog lists for a model; a provider can support fewer.",),
)
