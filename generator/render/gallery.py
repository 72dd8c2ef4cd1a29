"""The gallery of charts: which question each belongs to, the flagship of each first, and the many of one kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from generator.boards.site import Site, chartable
from generator.charts.catalogue import CHARTS
from generator.charts.chart import Chart, DrawnChart, UndrawnChart
from generator.render.ordering import authors_by_use, models_by_use

AnyChart = DrawnChart | UndrawnChart


@dataclass(frozen=True, slots=True)
class Group:
    """The charts on one question.

    Attributes:
        id: of the heading on the page.
        question: the heading.
        charts: the flagship first, the others in the order of the catalog.
    """

    id: str
    question: str
    charts: tuple[AnyChart, ...]


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


_QUESTIONS = {
    "usage": ("Which models are used the most?", ("tok-top-stack", "tok-")),
    "quality": ("Which models score best?", ("aa-bars", "aa-", "da-", "use-test-taste")),
    "value": ("What do models cost?", ("fr-scatter", "fr-", "price-", "session-")),
    "uses": ("What are models used for?", ("task-share", "task-", "app-")),
    "offer": ("Which models are available?", ("mod-releases", "mod-")),
}
"""By the id of a heading the question and how the ids of its charts start, the flagship first."""
_MORE = ("more", "More charts")

_FAMILIES = {
    "app-top": "Top apps by category",
    "app-trend": "Fastest-growing apps by category",
    "da-elo": "Design Arena ratings by category",
    "da-heat": "Design Arena ratings by arena",
    "da-podium": "Design Arena podium places by category",
    "da-speed": "Design Arena ratings and speed by category",
    "task-models": "Models by task",
    "task-trend": "Task shares over time",
    "tok-author": "Weekly tokens by author",
    "tok-model": "Daily tokens by model",
}


def groups(charts: Mapping[str, AnyChart]) -> list[Group]:
    """Return the charts of the catalog, without its variants, by question."""
    left = [chart for id_, chart in charts.items() if "." not in id_]
    made: list[Group] = []
    for id_, (question, starts) in _QUESTIONS.items():
        own = _starting(left, starts)
        left = [chart for chart in left if chart not in own]
        made.append(Group(id_, question, tuple(own)))
    made.append(Group(*_MORE, tuple(left)))
    return [group for group in made if group.charts]


def _starting(charts: Iterable[AnyChart], starts: Iterable[str]) -> list[AnyChart]:
    """Return the charts whose ids start so, those of the first start before the others."""
    found: dict[str, AnyChart] = {}
    for start in starts:
        found |= {chart.id: chart for chart in charts if chart.id.startswith(start)}
    return list(found.values())


def families(charts: Mapping[str, AnyChart]) -> list[Family]:
    """Return the variants by the chart that they are of, in the order of the families' names."""
    variants: dict[str, list[AnyChart]] = {}
    for id_, chart in charts.items():
        family, dot, _ = id_.partition(".")
        if dot:
            variants.setdefault(family, []).append(chart)
    made = [Family(id_, _FAMILIES.get(id_, id_), tuple(own)) for id_, own in variants.items()]
    return sorted(made, key=lambda family: family.name)


def ids_of_families(site: Site, charts: Mapping[str, AnyChart]) -> list[str]:
    """Return the ids of the catalogue that are of drawings only, none of which has the id itself today."""
    if not charts:
        return []
    families = [one for one in CHARTS if one.board.endswith(".") and one.id not in charts]
    return [one.id for one in families if not _is_uncharted(one, site)]


def _is_uncharted(chart: Chart, site: Site) -> bool:
    """Return whether all data that the chart could be drawn from is not to be charted."""
    boards = [board for board in site.boards.values() if chart.id_for(board.id)]
    return bool(boards) and not chartable(boards, site.config.uncharted)


def family_pages(site: Site, charts: Mapping[str, AnyChart]) -> list[Family]:
    """Return what stands at the addresses of charts of which there are only variants.

    The leading one is that of the most-used model or author, else that of the first board.
    """
    boards = list(site.boards.values())
    boards += [model.usage_board for model in models_by_use(site) if model.usage_board]
    boards += [author.usage_board for author in authors_by_use(site) if author.usage_board]
    places = {str(board.id): place for place, board in enumerate(boards)}
    drawn = {family.id: family for family in families(charts)}
    pages = []
    for id_ in ids_of_families(site, charts):
        family = drawn.get(id_, Family(id_, _FAMILIES.get(id_, id_), ()))
        pages.append(replace(family, leading=_leading(family, places)))
    return pages


def _leading(family: Family, places: Mapping[str, int]) -> DrawnChart | None:
    drawn = [chart for chart in family.charts if isinstance(chart, DrawnChart)]
    last = len(places)
    return min(drawn, key=lambda chart: places.get(chart.board.id, last), default=None)
