"""What a cell shows of how firmly its value is settled: a range, "at least", "not firm".

A row says it in fields named after the column: ``rank_low`` and ``rank_high``, ``<key>_low`` and
``<key>_high``, ``firm``, ``days`` and ``days_before``. A share is as firm as the tokens that it is of. Rows without
them are shown as they are.
"""

import html
from typing import Protocol

from generator.base import formats
from generator.boards.board import BoardRow, Column, Kind
from generator.boards.rank_stability import rank_words

_AT_LEAST, _AT_MOST = "≥", "≤"
_SIGNS = {
    _AT_LEAST: '<span aria-hidden="true">≥</span><span class="sr">at least </span>',
    _AT_MOST: '<span aria-hidden="true">≤</span><span class="sr">at most </span>',
}
"""By sign, the same as HTML."""
_NOT_FIRM = '<span class="sr"> (not firm)</span>'
_NOTHING = "±0"
_MOVES = ("moved", "difference")
_WAYS = (" up", " down", " fresh")
_FIRM_AS = {"share": "total_tokens"}
"""By column, the field whose bounds are its own where it has none: shares are of tokens that are known in full."""


class Fields(Protocol):
    """A row of a board, or what has the values of one as attributes."""

    def has(self, key: str) -> bool: ...


def may_say(column: Column, rows: type[BoardRow]) -> bool:
    """Return whether rows of a type have a field that says how firm the values of a column are."""
    fields = rows.__dataclass_fields__
    key = column.key
    firm_as = (key, _FIRM_AS.get(key, key))
    if key in _MOVES:
        return True
    return any(f"{name}_low" in fields or f"{name}_high" in fields for name in firm_as)


def may_miss(column: Column, rows: type[BoardRow]) -> bool:
    """Return whether rows of a type have a field that says more of a missing value of a column than a dash does."""
    fields = rows.__dataclass_fields__
    if column.kind == "tokens":
        return f"{column.key}_high" in fields
    return column.kind == "change" and "days_before" in fields


def settled(
    column: Column, value: object, row: BoardRow, shown: str, classes: str
) -> tuple[str, str]:
    """Return what the cell shows and its classes, after what the row says of the value.

    Args:
        value: not None.
        shown: the value as HTML.
        classes: with a leading space.
    """
    if column.kind == "rank":
        return _range(column, row) or shown, classes
    if isinstance(value, (int, float)):
        sign = _sign_before(column.key, value, row)
        if sign:
            shown = _as_bound(column.kind, value, _SIGNS[sign], shown)
    if column.key in _MOVES and _of(row, "firm") is False and classes in _WAYS:
        return shown + _NOT_FIRM, " not-firm"
    return shown, classes


def missing(column: Column, row: BoardRow) -> str:
    """Return what a cell without a value shows: a dash, or the most that is possible where that is known."""
    if column.kind == "tokens":
        high = _of(row, f"{column.key}_high")
        if isinstance(high, int):
            return f"{_SIGNS[_AT_MOST]}{formats.tokens_at_most(high)}"
    if column.kind == "change":
        days, before = _of(row, "days"), _of(row, "days_before")
        if isinstance(days, int) and isinstance(before, int) and days != before:
            return _not_known(days, before)
    return formats.MISSING


def _not_known(days: int, before: int) -> str:
    """Return the dash of a change that is not known, with the days in the top 50 that are: of now and a week before."""
    held = formats.counted(days, "day")
    title = f"Not known: in the daily top 50 on {held}, and on {before} a week before"
    return f'<span title="{title}">{formats.MISSING}</span><span class="sr">{title}</span>'


def _range(column: Column, row: BoardRow) -> str:
    """Return the ranks that are possible, with a tooltip; empty where there is one, or where a row knows none."""
    low, high = _of(row, f"{column.key}_low"), _of(row, f"{column.key}_high")
    if low == high:
        return ""
    if not (isinstance(low, int) and isinstance(high, int)):
        return ""
    title = f"Rank {row[column.key]}; {low} to {high} are possible"
    return f'<span title="{title}">{rank_words(low, high)}</span>'


def spoken(text: str) -> str:
    """Return such a text as HTML, its sign in words for those who do not see it."""
    sign = text[:1]
    return _SIGNS.get(sign, html.escape(sign)) + html.escape(text[1:])


def in_text(column: Column, value: float, row: Fields, shown: str) -> str:
    """Return what a table shows of a number, without markup, after what the row says of it: ``≥6.28 T``.

    Args:
        shown: the number as text, as if it were settled.
    """
    sign = _sign_before(column.key, value, row)
    if not sign:
        return shown
    return html.unescape(_as_bound(column.kind, value, sign, html.escape(shown)))


def _as_bound(kind: Kind, value: float, sign: str, shown: str) -> str:
    """Return what is shown of a bound as HTML, rounded toward zero so that it stays one, with its sign before it.

    A rise or fall that is certain, and too small for its places, is ``> 0`` or ``< 0``.
    """
    usual, bound = _usual_and_bound(kind, value)
    if value and bound.startswith(_NOTHING):
        beyond_nothing = "&gt; 0" if value > 0 else "&lt; 0"
        return shown.replace(html.escape(usual), beyond_nothing)
    if usual != bound:
        shown = shown.replace(html.escape(usual), html.escape(bound))
    return sign + shown


def _usual_and_bound(kind: Kind, value: float) -> tuple[str, str]:
    """Return how a number is written, and how a bound is; nothing for kinds that are not rounded."""
    if kind == "tokens":
        size = abs(int(value))
        return formats.tokens(size), formats.tokens_at_least(size)
    if kind == "share":
        return formats.share(value), formats.share_at_least(value)
    if kind == "points":
        return formats.points(value), formats.points(formats.toward_zero(value, 3))
    if kind == "change":
        return formats.change(value), formats.change_toward_zero(value)
    return "", ""


def _sign_before(key: str, value: float, row: Fields) -> str:
    """Return ``≥`` or ``≤`` before a bound, else nothing; a number may be as firm as another one of its row."""
    other = _FIRM_AS.get(key)
    if other is None or row.has(f"{key}_high"):
        return _sign(key, value, row)
    amount = _of(row, other)
    return _sign(other, amount, row) if isinstance(amount, int) else ""


def _sign(key: str, value: float, row: Fields) -> str:
    """Return ``≥`` or ``≤`` before a number that is one of two different bounds; one between them has none."""
    low, high = _of(row, f"{key}_low"), _of(row, f"{key}_high")
    if not row.has(f"{key}_low") and high is not None:
        low = value  # a sum is its own lower bound
    if low == high:
        return ""
    if value == low:
        return _AT_LEAST
    return _AT_MOST if value == high else ""


def _of(row: Fields, key: str) -> object:
    """Return a field of a row; None where it has no such field."""
    return getattr(row, key, None)
