"""Score over price, and the frontier that nothing beats."""

from generator.boards import frontier
from generator.boards.board import AnyBoard, BoardRow, rows_of
from generator.boards.frontier import FrontierRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import blend, phrases, scatter

_KEY, _INDEX = "model_permaslug", "intelligence_index"
_KIND = scatter.Plane(
    "frontier", scatter.PRICE, "Artificial Analysis Intelligence Index", choice=True, blend=True
)


def _charted(board: AnyBoard) -> list[BoardRow]:
    return [
        row
        for row in board.rows
        if phrases.fixed(row, "blended") >= 0 and row.number(_INDEX) is not None
    ]


def _spot(row: BoardRow) -> scatter.Spot:
    index, best = phrases.number(row, _INDEX), row["on_frontier"] == "yes"
    return scatter.Spot(
        row.entity(_KEY),
        phrases.fixed(row, "blended"),
        index,
        weight=index if best else 0.0,
        strong=best,
    )


def _draw(board: AnyBoard, size: Size) -> Drawing:
    charted = _charted(board)
    spots = [_spot(row) for row in charted]
    best = sorted((spot.x, spot.y) for spot in spots if spot.strong and spot.x > 0)
    rows = [scatter.priced(row, size, place=place) for place, row in enumerate(charted)]
    line = scatter.Line("now", best)
    return scatter.blended(_KIND, rows, spots, [line], size, control=blend.control())


def _alt(board: AnyBoard) -> str:
    rows = rows_of(board, FrontierRow)
    said = f"{board.finding} {frontier.ends(rows)}".strip()
    return said or "No paid model has a score."


CHART = Chart(
    id="fr-scatter",
    board="frontier",
    title=lambda board: board.title,
    subtitle=lambda board: (
        f"Score vs blended price ({blend.WORDS}), {phrases.when(board)}. "
        "The line connects the best-value models."
    ),
    alt=_alt,
    draw=_draw,
    notes=(
        "Prices are on a logarithmic scale, unless a linear one is chosen.",
        "Free models are shown at far left.",
    ),
)
