"""The apps that used the most tokens, overall, by category and by subcategory."""

from generator.base import formats
from generator.boards.board import AnyBoard, BoardRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases, ranked

MOST = 15


def _bar(row: BoardRow) -> bars.Bar:
    tokens, requests, each = (
        row.number(key) for key in ("total_tokens", "total_requests", "tokens_per_request")
    )
    item = ranked.item(
        row,
        "app",
        ("Tokens", phrases.count(tokens)),
        ("Requests", phrases.count(requests)),
        ("Tokens per request", phrases.count(each)),
        total_tokens=tokens or 0,
    )
    more = f"{formats.context(round(each))} per request" if each else ""
    return bars.Bar(item, tokens or 0.0, formats.tokens(int(tokens or 0)), more)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    return bars.drawing([_bar(row) for row in ranked.top(board, MOST)], size)


CHART = Chart(
    id="app-top",
    board="apps.popular.",
    title=lambda board: board.title,
    subtitle=lambda board: (
        f"Tokens sent through OpenRouter, with tokens per request, {phrases.when(board)}. "
        f"{phrases.most(len(board.ranked), MOST, 'largest', 'listed apps')}"
    ).strip(),
    alt=lambda board: board.finding,
    draw=_draw,
    notes=("Apps that identify themselves to OpenRouter; an app can be in several subcategories.",),
)
