"""The card of each page: what is said of a model, an author or a board where a link to its page is shared.

Every page has one: its own, that of the board it is about, or that of the page above it.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import chain, islice

from generator.base import dates, formats
from generator.base.attribution import Citation, distinct
from generator.base.palette import LIGHT
from generator.boards import authors_used, models_used, sentences
from generator.boards.author_profiles import AuthorProfile
from generator.boards.authors_used import AuthorUseRow
from generator.boards.board import AnyBoard, BoardRow, Column, Entity
from generator.boards.catalogue import created
from generator.boards.design_arena import CategoryBoard
from generator.boards.joined_models import ALSO_FREE, Offer
from generator.boards.model_findings import told_score
from generator.boards.model_profiles import ModelProfile
from generator.boards.model_scores import ScoreRow
from generator.boards.site import Site
from generator.boards.tasks import TaskBoard
from generator.charts.card import MOST_LEADERS, Card, Fact, Leader
from generator.charts.chart import DrawnChart, UndrawnChart
from generator.render import cell_values
from generator.render.context import Context
from generator.render.page_list import PageList

FOLDER = "cards/"
MOST_FACTS = 3
_MEASURED = ("tokens", "share", "score")
"""The kinds of a column that a board can lead by."""
_FROM_ZERO = ("tokens", "share")
"""Those of them that start at zero, so that a bar does not mislead."""


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
        self._by_path.update(self._pages_of_boards(site))
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
        named = [self._boards.get(id_) for id_ in self._page_list.cards]
        every = [*self._by_path.values(), *(card for card in named if card)]
        yield from {card.path: card for card in every}.values()

    def _add(self, path: str, card: Card, board: AnyBoard | None) -> None:
        """Keep the card of a model or an author for its page, and for the pages of its chart.

        One of which no source says anything, a name alone, has no card: it could state no credit.
        """
        if not card.citations:
            return
        self._by_path[path] = card
        if board:
            self._boards[board.id] = card

    def _pages_of_boards(self, site: Site) -> Iterator[tuple[str, Card]]:
        for category in site.boards.of_type(CategoryBoard):
            yield category.path, self._boards[category.id]
        for task in site.boards.of_type(TaskBoard):
            yield task.path, self._boards[task.id]
        for board in site.boards.family("apps"):
            ranking, *part = board.id.parts
            if ranking == "popular" and part:
                yield f"apps/{'/'.join(part)}/", self._boards[board.id]


def share_cards(context: Context) -> ShareCards:
    """Return the cards of a site with those left out that there is no room for."""
    without = context.left_out_today.cards
    return ShareCards(context.site, context.figures, context.page_list, without)


def model_card(profile: ModelProfile, site: Site) -> Card:
    """Return a model's rank, price and best-known score; of a model without them, the finding."""
    model = profile.model
    owner = site.authors.get(model.author)
    facts = list(islice(_model_facts(profile, site), MOST_FACTS))
    cited = distinct(chain.from_iterable(citations for _, citations in facts))
    return Card(
        path=f"{FOLDER}{str(model.path).rstrip('/')}.png",
        kicker=owner.author.name if owner else "",
        headline=model.name,
        citations=cited or profile.citations,
        facts=tuple(fact for fact, _ in facts),
        sentence=profile.finding,
        colour=model.colour or LIGHT.accent,
    )


def _model_facts(profile: ModelProfile, site: Site) -> Iterator[tuple[Fact, tuple[Citation, ...]]]:
    """Yield the facts of a model, the most telling first, with the sources of each."""
    week = site.boards.get(models_used.WEEK)
    if profile.ranks is not None and week:
        label = f"of {formats.counted(profile.of, 'model')} by tokens, {_days(week)}"
        yield Fact(f"#{profile.ranks.words}", label), week.citations
    if profile.offer and profile.prices:
        yield _price(profile.offer), profile.prices.citations
    score = told_score(profile.scores.rows) if profile.scores else None
    if profile.scores and score:
        place = f"#{score.ranks.words} of {formats.counted(score.of, 'model')}"
        label = f"{score.measure.name}, {place}"
        cited = _citations_of_score(profile.scores.citations, score)
        yield Fact(formats.number(score.score), label), cited
    if profile.offer and profile.prices:
        for fact in _offered(profile.offer):
            yield fact, profile.prices.citations


def _price(offer: Offer) -> Fact:
    price, also_free, _ = offer.price.partition(f", {ALSO_FREE}")
    label = "per million tokens, input / output" if " / " in price else "price of its tokens"
    return Fact(price, f"{label}, {ALSO_FREE}" if also_free else label)


def _offered(offer: Offer) -> Iterator[Fact]:
    if offer.listing.context_length:
        yield Fact(formats.context(offer.listing.context_length), "tokens of context")
    day = created(offer.listing)
    if day:
        yield Fact(dates.human_day(day), "added to OpenRouter")


def _citations_of_score(citations: tuple[Citation, ...], score: ScoreRow) -> tuple[Citation, ...]:
    own = tuple(
        citation for citation in citations if score.source.casefold() in citation.text.casefold()
    )
    return own or citations


def _days(week: AnyBoard) -> str:
    """Return ``7 days``, or ``6 of 7 days, provisional`` of a week with a hole that the source may still restate."""
    coverage = week.coverage
    days = f"{coverage.held} of 7 days" if coverage and not coverage.whole else "7 days"
    return f"{days}, provisional" if week.provisional else days


def author_card(profile: AuthorProfile, site: Site) -> Card:
    """Return an author's rank and share, and the number of its models."""
    facts: list[Fact] = []
    cited: list[Citation] = []
    week = site.boards.find(authors_used.WEEK, AuthorUseRow)
    ranked = week.ranked if week else ()
    place = next((row for row in ranked if row.author.id == profile.author.id), None)
    if week and place and place.ranks:
        label = f"of {formats.counted(len(ranked), 'author')} by tokens, {_days(week)}"
        facts.append(Fact(f"#{place.ranks.words}", label))
        exact = place.total_tokens == place.total_tokens_high
        share = sentences.share_of(place.share, exact=exact)
        facts.append(Fact(share, f"of all published tokens, {_days(week)}"))
        cited += week.citations
    listed, catalogue = _listed(profile, site), site.boards.get("catalogue")
    if profile.models and listed:
        facts.append(Fact(str(listed), "models available" if listed > 1 else "model available"))
        cited += profile.models.citations if catalogue is None else catalogue.citations[:1]
    return Card(
        path=f"{FOLDER}{str(profile.author.path).rstrip('/')}.png",
        kicker="AI models by",
        headline=profile.author.name,
        citations=distinct(cited) or profile.citations,
        facts=tuple(facts),
        sentence=profile.finding,
        colour=profile.author.colour or LIGHT.accent,
    )


def _listed(profile: AuthorProfile, site: Site) -> int:
    """Return the number of an author's models that are in the newest catalog."""
    models = [model for model in site.profiles.values() if model.model.author == profile.author.id]
    return sum(1 for model in models if model.listed)


def board_card(board: AnyBoard) -> Card:
    """Return a board's question and its leaders; of a board that ranks nothing, the finding."""
    column = _measure(board)
    leaders = tuple(_leaders(board, column)) if column else ()
    window = board.window.human() if board.window else ""
    settled = board.coverage.provisional_days if board.coverage else ""
    measured = column.label if column and leaders else ""
    return Card(
        path=f"{FOLDER}boards/{board.id}.png",
        kicker=", ".join(part for part in (measured, window, board.gaps, settled) if part),
        headline=board.title,
        citations=board.citations,
        leaders=leaders,
        sentence=board.finding,
    )


def _measure(board: AnyBoard) -> Column | None:
    """Return the column that a board leads by: the one with bars, else the first number."""
    measured = [column for column in board.columns if column.kind in _MEASURED and column.in_table]
    return next((column for column in measured if column.bar), next(iter(measured), None))


def _leaders(board: AnyBoard, column: Column) -> Iterator[Leader]:
    """Yield the first rows of a ranking of one window; nothing of any other board."""
    named = next((column.key for column in board.columns if column.kind == "entity"), "")
    rows = [row for row in board.ranked if row.own_window is None]
    if not named or len(rows) < len(board.ranked):
        return
    longest = max((row.number(column.key) or 0 for row in rows[:MOST_LEADERS]), default=0)
    for row in rows[:MOST_LEADERS]:
        yield _leader(row, row[named], column, longest)


def _leader(row: BoardRow, entity: object, column: Column, longest: float) -> Leader:
    value = row[column.key]
    number = row.number(column.key)
    is_drawn = column.bar or column.kind in _FROM_ZERO
    return Leader(
        name=entity.name if isinstance(entity, Entity) else formats.MISSING,
        value=formats.MISSING if value is None else cell_values.text(column, value),
        part=number / longest if is_drawn and number is not None and longest > 0 else None,
        colour=entity.colour if isinstance(entity, Entity) else "",
    )
