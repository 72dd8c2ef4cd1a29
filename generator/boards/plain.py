"""A board for places that stand alone: without links into the site and without bars."""

from dataclasses import fields, replace
from typing import Any

from generator.boards.board import AnyBoard, BoardRow, Entity


def plain(board: AnyBoard) -> AnyBoard:
    """Return the board with bare names and without bars.

    The page of a name may be gone before the page that shows the board. A year of the pages of days is
    kept and checked by every build: bars and second lines were a third of their bytes.
    """
    columns = tuple(replace(column, bar=False) for column in board.columns)
    return replace(board, columns=columns, rows=tuple(_bare(row) for row in board.rows))


def _bare(row: BoardRow) -> BoardRow:
    """Return the row with its entities as bare names."""
    bare: dict[str, Any] = {}
    for field in fields(row):
        value = getattr(row, field.name)
        if isinstance(value, Entity):
            bare[field.name] = replace(value, path=None, detail="")
    return replace(row, **bare)
