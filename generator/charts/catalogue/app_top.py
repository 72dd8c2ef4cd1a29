"""The apps that used the most tokens, overall, by category and by subcategory."""

from generator.base import formats
from generator.boards.board import BoardRow
from generator.charts.chart import Chart
from generator.charts.kinds import bars, phrases, ranked

MOST = 15


def _bar(row: BoardRow) -> bars.Bar:
    tokens, each = phrases.number(row, "total_tokens"), phrases.number(row, "tokens_per_request")
    tip = {
        "Tokens": phrases.count(tokens),
        "Requests": phrases.count(row.number("total_requests")),
        "Tokens per request": phrases.count(row.number("tokens_per_request")),
    }
    more = f"{formats.context(round(each))} per request" if each else ""
    return bars.Bar(ranked.item(row, "app", tip), tokens, formats.tokens(int(tokens)), more)


CHART = Chart(
    id="app-top",
    board="apps.popular.",
    subtitle=lambda board: (
        f"Tokens sent through OpenRouter, with tokens per request, {phrases.when(board)}. "
        f"{phrases.most(len(board.ranked), MOST, 'largest', 'listed apps')}"
    ).strip(),
    draw=lambda board, size: bars.drawing(list(map(_bar, board.ranked[:MOST])), size),
)
