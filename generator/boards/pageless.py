"""Names without a link where the board that their page shows could not be made."""

from dataclasses import fields, replace
from typing import Any

from generator.boards.board import AnyBoard, BoardRow, Boards, Entity
from generator.boards.design_arena import CategoryBoard
from generator.boards.tasks import TaskBoard

_PAGES_OF_BOARDS = ("tasks/", "benchmarks/design-arena/")
"""Below these addresses each page shows one board, which names the page itself."""


def without_lost_pages(boards: Boards) -> Boards:
    """Return the boards with plain names in place of links to pages for which there is no board."""
    pages = {board.path for board in boards.of_type(CategoryBoard)}
    pages |= {board.path for board in boards.of_type(TaskBoard)}
    return Boards(_linked(board, pages) for board in boards.values())


def _linked(board: AnyBoard, pages: set[str]) -> AnyBoard:
    return replace(board, rows=tuple(_bare(row, pages) for row in board.rows))


def _bare(row: BoardRow, pages: set[str]) -> BoardRow:
    """Return the row with the path taken from every entity whose page is not there."""
    bare: dict[str, Any] = {}
    for field in fields(row):
        value = getattr(row, field.name)
        if isinstance(value, Entity) and _is_lost(value, pages):
            bare[field.name] = replace(value, path=None)
    return replace(row, **bare) if bare else row


def _is_lost(entity: Entity, pages: set[str]) -> bool:
    path = entity.path or ""
    return path.startswith(_PAGES_OF_BOARDS) and path not in pages
