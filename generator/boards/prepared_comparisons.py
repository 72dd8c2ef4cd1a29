"""Comparisons that stand ready under addresses of their own, for those who have no scripts to choose with."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.boards import artificial_analysis, frontier, movers, use_test_taste
from generator.boards.artificial_analysis import AnalysisBoardRow
from generator.boards.board import Boards, Entity
from generator.boards.comparison import key, models_with_pages
from generator.boards.frontier import FrontierRow
from generator.boards.movers import MoverRow
from generator.boards.site import Site
from generator.boards.use_test_taste import AgreementRow

MOST = 4


@dataclass(frozen=True, slots=True)
class Prepared:
    """A few models side by side.

    Attributes:
        path: inside the site; that of the most used ones is the page of comparisons itself.
        title: which comparison this is.
        said: which models, in a sentence.
        keys: of the models, two to four, as a comparison names them.
    """

    path: str
    title: str
    said: str
    keys: tuple[str, ...]


_COUNTS: Mapping[int, str] = {2: "two", 3: "three", 4: "four"}


@dataclass(frozen=True, slots=True)
class _Kind:
    """A comparison before its models are known to have pages; ``{}`` stands for their number."""

    path: str
    title: str
    sentence: str
    models: Iterable[Entity]


def prepared(site: Site) -> Iterator[Prepared]:
    """Yield the comparisons, the most used models first; one of fewer than two models is left out."""
    profiles = models_with_pages(site)
    known = {key(str(profile.model.path)) for profile in profiles}
    for kind in _kinds(site.boards, [profile.model for profile in profiles]):
        paths = (model.path or "" for model in kind.models)
        # Each model once, however many variants it has.
        keys = [name for name in dict.fromkeys(map(key, paths)) if name in known][:MOST]
        if len(keys) > 1:
            sentence = kind.sentence.format(_COUNTS[len(keys)])
            yield Prepared(kind.path, kind.title, sentence, tuple(keys))


def _kinds(boards: Boards, most_used: list[Entity]) -> Iterator[_Kind]:
    yield _Kind(
        "compare/", "Most used", "The {} most used models this week, side by side.", most_used
    )
    yield _Kind(
        "compare/highest-scores/",
        "Highest scores",
        "The {} models with the highest intelligence index, side by side.",
        _highest_scores(boards),
    )
    yield _Kind(
        "compare/best-for-the-price/",
        "Best for the price",
        "The {} best models that none beats for the same price or less, side by side.",
        _best_on_frontier(boards),
    )
    yield _Kind(
        "compare/rising/",
        "Rising",
        "Of the models whose tokens certainly rose this week, {} with large gains, side by side.",
        _rising(boards),
    )
    yield _Kind(
        "compare/for-coding/",
        "For coding",
        "The {} models chosen most for coding that are also tested and rated for it, side by side.",
        _for_coding(boards),
    )


def _highest_scores(boards: Boards) -> Iterator[Entity]:
    board = boards.find(artificial_analysis.ID, AnalysisBoardRow)
    for row in board.rows if board else ():
        yield row.model_permaslug


def _best_on_frontier(boards: Boards) -> Iterator[Entity]:
    """Models that nothing beats at their price, the best first."""
    board = boards.find(frontier.ID, FrontierRow)
    unbeaten = [row for row in board.rows if row.on_frontier] if board else []
    for row in sorted(unbeaten, key=lambda row: -row.intelligence_index):
        yield row.model_permaslug


def _rising(boards: Boards) -> Iterator[Entity]:
    board = boards.find(movers.ID, MoverRow)
    for row in board.rows if board else ():
        if row.firm and row.difference > 0:
            yield row.model_permaslug


def _for_coding(boards: Boards) -> Iterator[Entity]:
    board = boards.find(use_test_taste.ID, AgreementRow)
    for row in board.rows if board else ():
        yield row.model_permaslug
