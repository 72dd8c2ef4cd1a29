"""What the two charts of apps have in common."""

from generator.base import formats
from generator.boards.board import Board, Row
from generator.charts.chart import Drawing, Size
from generator.charts.kinds import bars, phrases

MOST = 15


def where(board: Board) -> str:
    """`` in cli agent`` for a category's board, empty for the whole list."""
    name = str(board.extra.get("where", ""))
    return f" in {name}" if name else ""


def drawing(board: Board, size: Size) -> Drawing:
    """The first apps in the source's own order, with the tokens of the window."""
    return bars.drawing(bars.BARS, [_entry(row) for row in bars.top(board, MOST)], size)


def _entry(row: Row) -> bars.Entry:
    tokens, requests, each = (
        row.number(key) for key in ("total_tokens", "total_requests", "tokens_per_request")
    )
    tip = phrases.tip(
        ("Tokens", phrases.exact(tokens)),
        ("Requests", phrases.exact(requests)),
        ("Tokens per request", phrases.exact(each)),
    )
    more = f"{formats.tokens(int(each))} a request".replace(" K", "K") if each else ""
    fields = {"app_id": row.entity("app").id, "total_tokens": tokens or 0}
    return bars.entry(
        row,
        "app",
        tokens or 0.0,
        formats.tokens(int(tokens or 0)),
        more=more,
        tip=tip,
        fields=fields,
    )


def leader(board: Board) -> tuple[str, str]:
    """Name and tokens, in words, of the first."""
    first = board.rows[0]
    tokens = formats.tokens_in_words(int(phrases.number(first, "total_tokens")))
    return formats.sanitize(first.entity("app").name), tokens


def after(board: Board) -> str:
    """``, ahead of B and C``, as far as there are others."""
    names = [formats.sanitize(row.entity("app").name) for row in board.rows[1:3]]
    return f", ahead of {phrases.listed(names)}" if names else ""
