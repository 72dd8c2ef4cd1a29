"""The gallery of charts: which question each answers, the strongest of each first, and the many of one kind.

A new chart gets its place here: its id goes under its question in :data:`QUESTIONS`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from generator.boards.site import Site, chartable
from generator.charts.catalogue import CHARTS
from generator.charts.chart import Chart, DrawnChart, UndrawnChart
from generator.render.ordering import authors_by_use, models_by_use

AnyChart = DrawnChart | UndrawnChart


@dataclass(frozen=True, slots=True)
class Question:
    """What readers ask, and the charts that answer it.

    Attributes:
        id: of the heading on the page.
        name: the heading in a word or two, for the table of contents.
        text: the heading.
        words: what else readers type who look for these charts.
        charts: ids of the catalog, the strongest chart first.
    """

    id: str
    name: str
    text: str
    words: str = ""
    charts: tuple[str, ...] = ()


QUESTIONS = (
    Question(
        "usage",
        "Usage",
        "Which models are used the most?",
        "tokens traffic share rank popular growth open weights",
        (
            "tok-top-stack",
            "tok-top-bar",
            "tok-movers",
            "tok-adoption",
            "tok-open-weights",
            "tok-free",
            "tok-spend",
            "tok-rank-bump",
            "tok-other-share",
            "tok-restated",
            "tok-model",
        ),
    ),
    Question(
        "authors",
        "Authors",
        "Whose models are used the most?",
        "developers companies labs market share",
        (
            "tok-author-share",
            "tok-history",
            "tok-author-panels",
            "tok-concentration",
            "tok-author",
        ),
    ),
    Question(
        "scores",
        "Scores",
        "Which models score best?",
        "benchmarks quality intelligence coding design arena elo",
        (
            "aa-bars",
            "aa-pair",
            "use-test-taste",
            "use-score",
            "da-elo",
            "da-podium",
            "da-speed",
            "da-heat",
        ),
    ),
    Question(
        "value",
        "Price and value",
        "What do models cost, and which are worth it?",
        "prices dollars cheap frontier context",
        (
            "fr-scatter",
            "fr-time",
            "fr-cheapest",
            "session-cost",
            "price-steps",
            "price-index",
            "price-model",
            "price-context",
        ),
    ),
    Question(
        "tasks",
        "Tasks",
        "What are models used for?",
        "work requests coding specialization",
        (
            "task-share",
            "task-macro",
            "task-lift",
            "task-intensity",
            "task-models",
            "task-trend",
        ),
    ),
    Question(
        "apps",
        "Apps",
        "Which apps use the most tokens?",
        "agents tools products",
        (
            "app-top",
            "app-trend",
            "app-efficiency",
            "app-share-cat",
        ),
    ),
    Question(
        "catalog",
        "Catalog",
        "Which models are available?",
        "releases modalities parameters input output",
        (
            "mod-releases",
            "mod-matrix",
            "mod-params",
        ),
    ),
)
"""In the order of the page. A chart that no question has stands under :data:`MORE` until somebody adds it."""
MORE = Question("more", "More", "More charts")


@dataclass(frozen=True, slots=True)
class Card:
    """What the gallery shows of a chart, or of the many of one kind that have one page.

    Attributes:
        id: of the page below ``charts/``.
        title: of the chart, or the name of all of its kind.
        words: what a filter looks into.
        chart: what is drawn.
        count: how many drawings the page leads to; 0 for a chart of its own.
    """

    id: str
    title: str
    words: str
    chart: AnyChart
    count: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """The cards of one question, in its order."""

    question: Question
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """The drawings of one chart of which there is one for each model, author, task or category.

    Attributes:
        id: of the chart.
        name: what the drawings are called together.
        charts: the drawings, in the order of the catalogue.
        leading: the one to show where there is room for one; None where none could be drawn.
    """

    id: str
    name: str
    charts: tuple[AnyChart, ...]
    leading: DrawnChart | None = None


FAMILY_NAMES = {
    "app-top": "Top apps by category",
    "app-trend": "Fastest-growing apps by category",
    "da-elo": "Design Arena ratings by category",
    "da-heat": "Design Arena ratings by arena",
    "da-podium": "Design Arena first places by category",
    "da-speed": "Design Arena ratings and speed by category",
    "price-model": "List prices by model",
    "task-models": "Models by task",
    "task-trend": "Task shares over time",
    "tok-author": "Weekly tokens by author",
    "tok-model": "Daily tokens by model",
}
"""By the id of a chart of which there are many drawings, what they are called together."""


def groups(charts: Mapping[str, AnyChart], pages: Iterable[Family] = ()) -> list[Group]:
    """Return the cards of the gallery by question, without the questions that no chart answers today.

    Args:
        charts: everything drawn, and what could not be drawn today; variants are left out.
        pages: what stands at the addresses of charts of which there are only variants.
    """
    families = {page.id: page for page in pages if page.leading}
    own = {id_: chart for id_, chart in charts.items() if "." not in id_}
    placed = set(chain.from_iterable(question.charts for question in QUESTIONS))
    unplaced = [id_ for id_ in (*own, *families) if id_ not in placed]
    groups: list[Group] = []
    for question in (*QUESTIONS, replace(MORE, charts=tuple(unplaced))):
        cards = tuple(_cards(question, own, families))
        if cards:
            groups.append(Group(question, cards))
    return groups


def _cards(
    question: Question, own: Mapping[str, AnyChart], families: Mapping[str, Family]
) -> Iterator[Card]:
    """Yield the cards of the charts that there are today, and of pages that lead to many of one kind."""
    for id_ in question.charts:
        chart, family = own.get(id_), families.get(id_)
        if chart is not None:
            yield _card(id_, chart.title, chart, question)
        elif family is not None and family.leading:
            card = _card(id_, family.name, family.leading, question)
            yield replace(card, count=len(family.charts))


def _card(id_: str, title: str, chart: AnyChart, question: Question) -> Card:
    subtitle = "" if isinstance(chart, UndrawnChart) else chart.subtitle
    parts = (title, subtitle, question.text, question.name, question.words, id_)
    return Card(id_, title, " ".join(part for part in parts if part).lower(), chart)


def families(charts: Mapping[str, AnyChart]) -> list[Family]:
    """Return the variants by the chart that they are of, in the order of the families' names."""
    variants: dict[str, list[AnyChart]] = {}
    for id_, chart in charts.items():
        family, dot, _ = id_.partition(".")
        if dot:
            variants.setdefault(family, []).append(chart)
    families = [_family(id_, drawings) for id_, drawings in variants.items()]
    return sorted(families, key=lambda family: family.name)


def _family(id_: str, charts: Iterable[AnyChart]) -> Family:
    """Return the drawings of a chart under the name of all of them."""
    return Family(id_, FAMILY_NAMES.get(id_, id_), tuple(charts))


def ids_of_families(site: Site, charts: Mapping[str, AnyChart]) -> list[str]:
    """Return the ids of the catalogue that are of drawings only, none of which has the id itself today."""
    if not charts:
        return []
    ids: list[str] = []
    for chart in CHARTS:
        has_many = chart.board.endswith(".") and chart.id not in charts
        if has_many and not _is_uncharted(chart, site):
            ids.append(chart.id)
    return ids


def _is_uncharted(chart: Chart, site: Site) -> bool:
    """Return whether all data that the chart could be drawn from is not to be charted."""
    boards = [board for board in site.boards.values() if chart.id_for(board.id)]
    return bool(boards) and not chartable(boards, site.config.uncharted)


def family_pages(site: Site, charts: Mapping[str, AnyChart]) -> list[Family]:
    """Return what stands at the addresses of charts of which there are only variants.

    The leading one is that of the most-used model or author, else that of the first board.
    """
    places = _places_by_use(site)
    drawn = {family.id: family for family in families(charts)}
    pages: list[Family] = []
    for id_ in ids_of_families(site, charts):
        family = drawn.get(id_) or _family(id_, ())
        pages.append(replace(family, leading=_leading(family, places)))
    return pages


def _places_by_use(site: Site) -> dict[str, int]:
    """Return the place of each board by its id: those of models and authors by use, after all others."""
    models = models_by_use(site)
    boards = [
        *site.boards.values(),
        *(model.usage_board for model in models),
        *(model.price_history for model in models),
        *(author.usage_board for author in authors_by_use(site)),
    ]
    places: dict[str, int] = {}
    for place, board in enumerate(boards):
        if board is not None:
            places[str(board.id)] = place
    return places


def _leading(family: Family, places: Mapping[str, int]) -> DrawnChart | None:
    """Return the drawing of the first board; None where none could be drawn."""
    drawn = [chart for chart in family.charts if isinstance(chart, DrawnChart)]
    last = len(places)
    return min(drawn, key=lambda chart: places.get(chart.board.id, last), default=None)
