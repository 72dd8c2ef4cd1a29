"""How wide a table has to be for each of its columns, so that a narrow one shows those that fit.

The room that a column needs follows from its kind and its heading and not from its values: otherwise the columns that
a reader sees would change from day to day. All lengths are in rem, as in ``site.css``.
"""

from collections.abc import Mapping, Sequence

from generator.boards.board import Column, Kind

WIDTHS = (26, 34, 41, 48, 56, 64, 71)
"""The widths of a table from which it shows more columns: half a page and a whole one, from a tablet to a desktop."""

_VALUES: Mapping[Kind, float] = {
    "rank": 4,
    "moved": 4.75,
    "entity": 8,
    "tokens": 5.25,
    "integer": 4,
    "share": 4.5,
    "change": 6,
    "points": 5,
    "price": 5,
    "dollars": 5.25,
    "cost": 5.25,
    "score": 4,
    "context": 5,
    "day": 7.25,
    "text": 6.5,
    "flag": 4,
    "spark": 7.25,
}
"""The room for values of a kind, with the gap to the next column."""
_NAME = 13.0
"""The room for the names of the rows."""
_SHORT_NAME = 10.0
"""The room for the names of the rows in the first rows of a board."""
_BAR = 6.5
_LETTER = 0.45
_ARROW_AND_GAP = 1.8
_BAR_AND_GAP = 7.25


def widths(
    columns: Sequence[Column], folded: Sequence[int], *, short: bool = False
) -> dict[int, int]:
    """Return the least width of the table for each folded column, by its number from 1.

    The other columns come first, because they are always shown; then the folded ones from left to right.

    Args:
        columns: of the table.
        folded: the numbers of the columns that phones fold away.
        short: whether the table has the first rows of a board alone, which stand in half a page.
    """
    rooms = [_room(column) for column in columns]
    for place, column in enumerate(columns):
        if column.kind == "entity":
            rooms[place] = _SHORT_NAME if short else _NAME
            break
    taken = sum(room for number, room in enumerate(rooms, 1) if number not in folded)
    least: dict[int, int] = {}
    for number in folded:
        taken += rooms[number - 1]
        least[number] = _least_width(taken)
    return least


def _least_width(taken: float) -> int:
    """Return the first width from which so much room is there, the widest where none has it."""
    for width in WIDTHS:
        if width >= taken:
            return width
    return WIDTHS[-1]


def _room(column: Column) -> float:
    """Return the room for a column: for its values, or for the longest word of its heading."""
    longest = max(len(word) for word in column.label.split())
    if column.bar:
        return max(_VALUES[column.kind] + _BAR, longest * _LETTER + _BAR_AND_GAP)
    return max(_VALUES[column.kind], longest * _LETTER + _ARROW_AND_GAP)
