"""A board for places that stand alone: without links into the site and without bars."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from generator.boards.board import AnyBoard, BoardRow, Entity


def plain(board: AnyBoard) -> AnyBoard:
    """Return the board with bare names and without bars.

    The page of a name may be gone before the page that shows the board. A year of the pages of days is
    kept and checked by every build: bars and second lines were a third of their bytes.
    """
    columns = tuple(replace(column, bar=False) for column in board.columns)
    rows = tuple(with_entities(row, _bare) for row in board.rows)
    return replace(board, columns=columns, rows=rows)


def _bare(entity: Entity) -> Entity:
    return replace(entity, path=None, detail="")


def with_entities(row: BoardRow, change: Callable[[Entity], Entity]) -> BoardRow:
    """Return the row with each of its entities as ``change`` returns it."""
    changed: dict[str, Any] = {}
    for field in fields(row):
        value = getattr(row, field.name)
        if isinstance(value, Entity):
            changed[field.name] = change(value)
    return replace(row, **changed)
