"""Which page is about which board."""

from collections.abc import Iterator, Mapping

from generator.boards import categories
from generator.boards.design_arena import CategoryBoard
from generator.boards.site import Site
from generator.boards.tasks import TaskBoard
from generator.render.page_list import PageList


def pages_of_boards(site: Site, page_list: PageList) -> Mapping[str, str]:
    """Return the path of the page that is about a board, by the board's id."""
    pages = {id_: page_list.page_of_card(id_) for id_ in page_list.cards}
    pages.update(pages_of_collections(site))
    return pages


def pages_of_collections(site: Site) -> Iterator[tuple[str, str]]:
    """Yield id and page of each board that is one of many with such a page: by category, by task, by kind of app.

    So is the one of all categories of requests, which only some sites have.
    """
    for category in site.boards.of_type(CategoryBoard):
        yield category.id, category.path
    for task in site.boards.of_type(TaskBoard):
        yield task.id, task.path
    for board in site.boards.family("apps"):
        ranking, *part = board.id.parts
        if ranking == "popular" and part:
            yield board.id, f"apps/{'/'.join(part)}/"
    if categories.ID in site.boards:
        yield categories.ID, categories.PATH
