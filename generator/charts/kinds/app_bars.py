"""What the two charts of apps have in common."""

from generator.base import formats
from generator.boards.apps import AppsBoard
from generator.boards.board import AnyBoard, BoardRow, narrowed
from generator.charts.chart import Drawing, Size
from generator.charts.kinds import bars, phrases

MOST = 15


def where(board: AnyBoard) -> str:
    """Return `` in cli agent`` for a category's board, empty for the whole list."""
    name = narrowed(board, AppsBoard).where
    return f" in {name}" if name else ""


def drawing(board: AnyBoard, size: Size) -> Drawing:
    """Return bars of the first apps in the source's own order, with their tokens of the window."""
    return bars.drawing(bars.BARS, [_entry(row) for row in bars.top(board, MOST)], size)


def _entry(row: BoardRow) -> bars.Entry:
    tokens, requests, each = (
        row.number(key) for key in ("total_tokens", "total_requests", "tokens_per_request")
    )
    tip = phrases.tip(
        ("Tokens", phrases.count(tokens)),
        ("Requests", phrases.count(requests)),
        ("Tokens per request", phrases.count(each)),
    )
    more = f"{formats.context(round(each))} tokens/request" if each else ""
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
