"""Shares of requests and of tokens, side by side: a ring for requests, a dot for tokens."""

from collections.abc import Sequence

from generator.base import formats
from generator.boards.board import BoardRow
from generator.charts.chart import Drawing, Size
from generator.charts.kinds import dots, phrases
from generator.charts.kinds.ranked import Item
from generator.charts.kinds.theme import PERCENT_TICK

_KIND = dots.Dots("shares", PERCENT_TICK)


def drawing(pairs: Sequence[tuple[Item, BoardRow]], prefix: str, size: Size) -> Drawing:
    """Return a row for each item, with the two shares of its board's row.

    Args:
        prefix: of the columns with the shares: ``tag_`` for ``tag_usage_share``.
    """
    keys = (f"{prefix}usage_share", f"{prefix}token_share")
    rows = []
    largest = 0.0
    for item, row in pairs:
        requests, tokens = (phrases.number(row, key) for key in keys)
        largest = max(largest, requests, tokens)
        cells = [formats.share(requests), formats.share(tokens)]
        rows.append(dots.Row(item, cells, [dots.Point(tokens, ring=requests)]))
    ends = (0.0, (largest or 1.0) * 1.03)
    return dots.drawing(_KIND, rows, size, heads=("○ Requests", "● Tokens"), ends=ends)
