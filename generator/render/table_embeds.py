"""``embed/board-<id>/``: the first rows of a board as a page for frames, for every board that has a page of its own."""

from dataclasses import dataclass

from generator.boards.board import AnyBoard, is_withheld
from generator.boards.plain import plain
from generator.boards.site import Site
from generator.render import frames
from generator.render.board_pages import pages_of_boards
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
    embeds: dict[str, TableEmbed] = {}
    for id_, page in pages_of_boards(site, page_list).items():
        board = site.boards.get(id_)
        if board is not None and board.rows and not is_withheld(board):
            name = "board-" + id_.replace(":", "--").replace("/", ".")
            height = frames.table_height(board, frames.WIDTH, site)
            embeds[id_] = TableEmbed(name, plain(board), page, height)
    return embeds
