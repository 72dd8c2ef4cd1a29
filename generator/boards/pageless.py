"""Names without a link where the board that their page shows could not be made."""

from collections.abc import Mapping
from dataclasses import replace

from generator.boards.board import Board, Entity, Row

_PAGES_OF_BOARDS = ("tasks/", "benchmarks/design-arena/")
"""Below these addresses each page shows one board, which names the page itself."""


def without_lost_pages(boards: Mapping[str, Board]) -> dict[str, Board]:
    """Return the boards by id; what leads to a page for which there is no board stands there as a bare name."""
    pages = {str(board.extra["path"]) for board in boards.values() if "path" in board.extra}
    return {
        id_: replace(board, rows=tuple(_bare(row, pages) for row in board.rows))
        for id_, board in boards.items()
    }


def _bare(row: Row, pages: set[str]) -> Row:
    values = {key: _named(value, pages) for key, value in row.values.items()}
    return Row(values, row.standing)


def _named(value: object, pages: set[str]) -> object:
    lost = isinstance(value, Entity) and value.path and value.path.startswith(_PAGES_OF_BOARDS)
    return (
        replace(value, path=None)
        if isinstance(value, Entity) and lost and value.path not in pages
        else value
    )
