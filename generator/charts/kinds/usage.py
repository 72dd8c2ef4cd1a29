"""Shares of requests and of tokens, side by side: a ring for requests, a dot for tokens."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from generator.base import formats
from generator.boards.board import BoardRow
from generator.charts.chart import Drawing, Size
from generator.charts.kinds import dots, phrases, theme
from generator.charts.kinds.ranked import Item

_KIND = dots.Dots("shares", ("○ Requests", "● Tokens"), theme.PERCENT_TICK)


def shares(row: BoardRow, prefix: str = "") -> tuple[float, float]:
    """Return the shares of requests and of tokens."""
    return phrases.number(row, f"{prefix}usage_share"), phrases.number(row, f"{prefix}token_share")


def drawing(
    rows: Iterable[BoardRow], item: Callable[[BoardRow], Item], size: Size, prefix: str = ""
) -> Drawing:
    """Return a line for each row of a board, with its two shares: of ``tag_usage_share`` the prefix is ``tag_``."""
    shown = []
    largest = 0.0
    for row in rows:
        requests, tokens = shares(row, prefix)
        largest = max(largest, requests, tokens)
        cells = [formats.share(requests), formats.share(tokens)]
        about = item(row)
        tip = {"Requests": cells[0], "Tokens": cells[1], **about.tip}
        shown.append(dots.Row(replace(about, tip=tip), cells, [dots.Point(tokens, ring=requests)]))
    ends = (0.0, (largest or 1.0) * 1.03)
    return dots.drawing(_KIND, shown, size, ends=ends)
