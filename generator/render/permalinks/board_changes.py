"""What the boards of two days differ in, row by row."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any

from generator.boards.board import Column
from generator.boards.rank_stability import rank_words
from generator.render import cell_values, settled_cells
from generator.render.permalinks.day_boards import SHOWN_BY_ID, DayBoard, DayBoards, DayColumn, Row


@dataclass(frozen=True, slots=True)
class Changed:
    """A value before and after, as texts; None where one of them had no such value."""

    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row that two boards do not have alike.

    Attributes:
        name: what it is about.
        state: ``entered``, ``left`` or ``changed``.
        values: of the columns that are compared, in their order; None where the texts are the same.
    """

    name: str
    state: str
    values: tuple[Changed | None, ...]


@dataclass(frozen=True, slots=True)
class ChangedBoard:
    """A board of a day beside the same board of an earlier one: the columns that differ, and the rows that do."""

    before: DayBoard
    after: DayBoard
    columns: tuple[DayColumn, ...]
    rows: tuple[ChangedRow, ...]


def differences(before: DayBoards, after: DayBoards) -> list[ChangedBoard]:
    """Return the boards that both days have, each with the rows that differ."""
    changed: list[ChangedBoard] = []
    for board in after.boards:
        earlier = before.find(board.board)
        if earlier is not None:
            changed.append(_changed_board(earlier, board))
    return changed


def _changed_board(before: DayBoard, after: DayBoard) -> ChangedBoard:
    """Return the rows that differ, with the columns in which some of them do."""
    rows = list(_changed_rows(before, after))
    by_column = zip(*(row.values for row in rows), strict=True)
    differ = [any(values) for values in by_column]
    cut = [replace(row, values=tuple(compress(row.values, differ))) for row in rows]
    columns = compress(compared_columns(after), differ)
    return ChangedBoard(before, after, tuple(columns), tuple(cut))


def _changed_rows(before: DayBoard, after: DayBoard) -> Iterator[ChangedRow]:
    """Yield the rows of the later board that differ, in its order, then those that it has no more."""
    earlier, later = before.named(), after.named()
    for key, row in later.items():
        values = tuple(changed_values(after, earlier.get(key, {}), row))
        if key not in earlier:
            yield ChangedRow(_name(after, row), "entered", values)
        elif any(values):
            yield ChangedRow(_name(after, row), "changed", values)
    for key, row in earlier.items():
        if key not in later:
            yield ChangedRow(_name(before, row), "left", tuple(changed_values(after, row, {})))


def _name(board: DayBoard, row: Row) -> str:
    """Return what a row is about: its short names, or its texts where it has no names."""
    keys = SHOWN_BY_ID[board.board].names
    return " · ".join(str(row.get(f"{key}_short_name", row[key])) for key in keys)


def changed_values(board: DayBoard, before: Row, after: Row) -> Iterator[Changed | None]:
    """Yield for each column that is compared the two texts, None where they are the same."""
    for column in compared_columns(board):
        was, now = _text(column, before), _text(column, after)
        yield Changed(was, now) if was != now else None


def compared_columns(board: DayBoard) -> list[DayColumn]:
    """Return the columns of a board whose values are compared: not the row's name, and no change of rank."""
    names = SHOWN_BY_ID[board.board].names
    others = [column for column in board.columns if column.key not in names]
    return [column for column in others if column.kind != "moved"]


def _text(column: DayColumn, row: Row) -> str | None:
    """Return what a table shows of a value, with the sign of a bound or as a range of ranks; None where it is missing."""
    if column.kind == "entity":
        return row.get(f"{column.key}_short_name")
    value = row.get(column.key)
    if value is None:
        return None
    shown_as = Column(column.key, column.label, column.kind)
    text = cell_values.text(shown_as, value)
    if column.kind == "rank":
        low, high = row.get(f"{column.key}_low"), row.get(f"{column.key}_high")
        return rank_words(low, high) if low and high else text
    if isinstance(value, (int, float)):
        return settled_cells.in_text(shown_as, value, _Fields(row), text)
    return text


class _Fields:
    """A row's values as attributes, as boards have them."""

    def __init__(self, row: Row) -> None:
        self._row = row

    def has(self, key: str) -> bool:
        return key in self._row

    def __getattr__(self, key: str) -> Any:
        return self._row.get(key)
