"""Names without a link where the board that their page shows could not be made."""

from collections.abc import Collection
from dataclasses import replace

from generator.boards.board import AnyBoard, Boards, Entity
from generator.boards.design_arena import CategoryBoard
from generator.boards.plain import with_entities
from generator.boards.tasks import TaskBoard

_PAGES_OF_BOARDS = ("tasks/", "benchmarks/design-arena/")
"""Below these addresses each page shows one board, which names the page itself."""


def without_lost_pages(boards: Boards) -> Boards:
    """Return the boards with plain names in place of links to pages for which there is no board."""
    pages = {board.path for board in boards.of_type(CategoryBoard)}
    pages |= {board.path for board in boards.of_type(TaskBoard)}
    return Boards(_linked(board, pages) for board in boards.values())


def _linked(board: AnyBoard, pages: Collection[str]) -> AnyBoard:
    """Return the board with the path taken from every entity whose page is not there."""

    def linked(entity: Entity) -> Entity:
        return replace(entity, path=None) if _is_lost(entity, pages) else entity

    return replace(board, rows=tuple(with_entities(row, linked) for row in board.rows))


def _is_lost(entity: Entity, pages: Collection[str]) -> bool:
    path = entity.path or ""
    return path.startswith(_PAGES_OF_BOARDS) and path not in pages
