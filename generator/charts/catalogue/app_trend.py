"""The apps that grew the most, overall, by category and by subcategory: a list, for the source states no growth."""

from generator.boards.board import BoardRow
from generator.charts.chart import Chart
from generator.charts.kinds import dots, phrases, ranked

MOST = 15
_LIST = dots.Dots("none", ("Tokens", "Per request", "Requests"))
_COUNTS = {
    "Tokens": "total_tokens",
    "Tokens per request": "tokens_per_request",
    "Requests": "total_requests",
}


def _row(row: BoardRow) -> dots.Row:
    counts = {label: phrases.count(row.number(key)) for label, key in _COUNTS.items()}
    return dots.Row(ranked.item(row, "app", counts), list(counts.values()))


CHART = Chart(
    id="app-trend",
    board="apps.trending.",
    subtitle=lambda board: (
        f"Ranked by growth in tokens, {phrases.when(board)}, from the average of the previous three periods. "
        "The source publishes the ranks and the tokens, not the growth."
    ),
    draw=lambda board, size: dots.drawing(_LIST, list(map(_row, board.ranked[:MOST])), size),
)
