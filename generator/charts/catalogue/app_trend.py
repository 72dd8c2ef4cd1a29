"""The apps that grew the most, overall, by category and by subcategory: a list, for the source states no growth."""

from generator.boards.board import AnyBoard, BoardRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import dots, phrases, ranked

MOST = 15
_COUNTS = ("total_tokens", "tokens_per_request", "total_requests")
_HEADS = ("Tokens", "Per request", "Requests")


def _row(row: BoardRow) -> dots.Row:
    counts = [phrases.count(row.number(key)) for key in _COUNTS]
    tip = dict(zip(("Tokens", "Tokens per request", "Requests"), counts, strict=True))
    item = ranked.item(row, "app", tip)
    return dots.Row(item, counts)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    rows = [_row(row) for row in board.ranked[:MOST]]
    return dots.drawing(dots.LIST, rows, size, heads=_HEADS)


CHART = Chart(
    id="app-trend",
    board="apps.trending.",
    subtitle=lambda board: (
        f"Ranked by growth in tokens, {phrases.when(board)}, from the average of the previous three periods. "
        "The source publishes the ranks and the tokens, not the growth."
    ),
    draw=_draw,
)
