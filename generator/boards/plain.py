"""A board for places that stand alone: without links into the site and without bars."""

from collections.abc import Mapping
from dataclasses import replace

from generator.boards.board import Board, Entity, Row


def plain(board: Board) -> Board:
    """Return the board with bare names, since what a name leads to may be gone before the page is, and without bars.

    A year of the pages of days is kept and checked by every build: bars and second lines were a third of their bytes.
    """
    columns = tuple(replace(column, bar=False) for column in board.columns)
    return replace(
        board,
        columns=columns,
        rows=tuple(Row(_bare(row.values), row.standing) for row in board.rows),
    )


def _bare(values: Mapping[str, object]) -> dict[str, object]:
    return {
        key: replace(value, path=None, detail="") if isinstance(value, Entity) else value
        for key, value in values.items()
    }
