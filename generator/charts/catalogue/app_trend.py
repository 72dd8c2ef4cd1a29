"""The apps that grew the most, overall, by category and by subcategory: a list, for the source states no growth."""

from generator.boards.board import AnyBoard, BoardRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import dots, phrases, ranked

MOST = 15
_COUNTS = {
    "Tokens": "total_tokens",
    "Tokens per request": "tokens_per_request",
    "Requests": "total_requests",
}


def _row(row: BoardRow) -> dots.Row:
    counts = {label: phrases.count(row.number(key)) for label, key in _COUNTS.items()}
    return dots.Row(ranked.item(row, "app", counts), list(counts.values()))


def _draw(board: AnyBoard, size: Size) -> Drawing:
    rows = list(map(_row, board.ranked[:MOST]))
    return dots.drawing(dots.LIST, rows, size, heads=("Tokens", "Per request", "Requests"))


CHART = Chart(
    id="app-trend",
    board="apps.trending.",
    subtitle=lambda board: (
        f"Ranked by growth in tokens, {phrases.when(board)}, from the average of the previous three periods. "
        "The source publishes the ranks and the tokens, not the growth."
    ),
    draw=_draw,
)
