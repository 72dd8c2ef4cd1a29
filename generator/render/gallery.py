"""The gallery of charts: which question each belongs to, the flagship of each first, and the many of one kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.charts.chart import DrawnChart, UndrawnChart

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
    """The drawings of one chart of which there is one for each model, author, task or category."""

    name: str
    charts: tuple[AnyChart, ...]


_QUESTIONS = {
    "usage": ("Which models are used the most?", ("tok-top-stack", "tok-")),
    "quality": ("Which models score best?", ("aa-bars", "aa-", "da-", "use-test-taste")),
    "value": ("What do models cost?", ("fr-scatter", "fr-", "price-")),
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
    made = [Family(_FAMILIES.get(id_, id_), tuple(own)) for id_, own in variants.items()]
    return sorted(made, key=lambda family: family.name)
