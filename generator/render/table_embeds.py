"""``embed/board-<id>/``: the first rows of a board as a page for frames, for every board that has a page of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.boards import categories
from generator.boards.board import AnyBoard, is_withheld
from generator.boards.design_arena import CategoryBoard
from generator.boards.plain import plain
from generator.boards.site import Site
from generator.boards.tasks import TaskBoard
from generator.render import frames
from generator.render.page_list import PageList

MOST_ROWS = 25
"""The number of rows that the page holds; style and script show as many as its address asks for."""


@dataclass(frozen=True, slots=True)
class TableEmbed:
    """The embed of one board.

    Attributes:
        id: the name of its folder.
        board: without links and bars.
        page: the path of the page that shows the whole board.
        height: in pixels, of a frame 800 pixels wide.
    """

    id: str
    board: AnyBoard
    page: str
    height: int


def table_embeds(site: Site, page_list: PageList) -> dict[str, TableEmbed]:
    """Return the embed of each board that has a page of its own and may be redistributed, by the board's id."""
    made: dict[str, TableEmbed] = {}
    for id_, page in pages_of_boards(site, page_list).items():
        board = site.boards.get(id_)
        if board is not None and board.rows and not is_withheld(board):
            name = "board-" + id_.replace(":", "--").replace("/", ".")
            height = frames.table_height(board, frames.WIDTH, site)
            made[id_] = TableEmbed(name, plain(board), page, height)
    return made


def pages_of_boards(site: Site, page_list: PageList) -> Mapping[str, str]:
    """Return the path of the page that is about a board, by the board's id."""
    pages = {id_: page_list.page_of_card(id_) for id_ in page_list.cards}
    for category in site.boards.of_type(CategoryBoard):
        pages[category.id] = category.path
    for task in site.boards.of_type(TaskBoard):
        pages[task.id] = task.path
    pages.update(_pages_of_apps(site))
    pages[categories.ID] = categories.PATH
    return pages


def _pages_of_apps(site: Site) -> Iterator[tuple[str, str]]:
    for board in site.boards.family("apps"):
        ranking, *part = board.id.parts
        if ranking == "popular" and part:
            yield board.id, f"apps/{'/'.join(part)}/"
