"""The card of each page: what is said of a model, an author or a board where a link to its page is shared.

Every page has one: its own, that of the board it is about, or that of the page above it.
"""

from collections.abc import Collection, Iterator, Mapping

from generator.boards.board import AnyBoard
from generator.boards.site import Site
from generator.charts.card import Card
from generator.charts.chart import DrawnChart, UndrawnChart
from generator.render.board_pages import pages_of_collections
from generator.render.card_contents import author_card, board_card, model_card
from generator.render.context import Context
from generator.render.page_list import PageList


class ShareCards:
    """The cards of a site.

    Args:
        site: whose models, authors and boards have them.
        figures: every chart that has a page, by id.
        page_list: says which board stands for a page, and for those below it.
        without: the paths of the models that have none.
    """

    def __init__(
        self,
        site: Site,
        figures: Mapping[str, DrawnChart | UndrawnChart],
        page_list: PageList,
        without: Collection[str] = (),
    ) -> None:
        self._page_list = page_list
        self._boards = {str(board.id): board_card(board) for board in site.boards.values()}
        self._by_path: dict[str, Card] = {}
        for profile in site.profiles.values():
            if profile.model.path and profile.model.path not in without:
                self._add(profile.model.path, model_card(profile, site), profile.usage_board)
        for owner in site.authors.values():
            if owner.author.path:
                self._add(owner.author.path, author_card(owner, site), owner.usage_board)
        for board_id, path in pages_of_collections(site):
            self._by_path[path] = self._boards[board_id]
        for chart in figures.values():
            card = self._boards.get(chart.board.id)
            if card:
                self._by_path[f"charts/{chart.id}/"] = card

    def at(self, path: str) -> Card | None:
        """Return the card of the page at an address; None on a site without boards."""
        if path in self._by_path:
            return self._by_path[path]
        nearest = self._boards.get(self._page_list.card(path))
        return nearest or self._boards.get(self._page_list.card(""))

    def __iter__(self) -> Iterator[Card]:
        """Yield each card once."""
        cards = list(self._by_path.values())
        for board_id in self._page_list.cards:
            if board_id in self._boards:
                cards.append(self._boards[board_id])
        yield from {card.path: card for card in cards}.values()

    def _add(self, path: str, card: Card, board: AnyBoard | None) -> None:
        """Keep the card of a model or an author for its page, and for the pages of its chart.

        One of which no source says anything, a name alone, has no card: it could state no credit.
        """
        if not card.citations:
            return
        self._by_path[path] = card
        if board:
            self._boards[board.id] = card


def share_cards(context: Context) -> ShareCards:
    """Return the cards of a site with those left out that there is no room for."""
    without = context.left_out_today.cards
    return ShareCards(context.site, context.figures, context.page_list, without)
