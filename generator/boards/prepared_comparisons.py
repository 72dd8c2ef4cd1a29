"""Comparisons that stand ready under addresses of their own, for those who have no scripts to choose with."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.boards import artificial_analysis, frontier, movers, use_test_taste
from generator.boards.artificial_analysis import AnalysisBoardRow
from generator.boards.board import BoardId, Boards, Entity, RowT
from generator.boards.comparison import key, models_with_pages
from generator.boards.frontier import FrontierRow
from generator.boards.model_profiles import ModelProfile
from generator.boards.movers import MoverRow
from generator.boards.site import Site
from generator.boards.use_test_taste import AgreementRow

MOST = 4
"""The most models of one comparison."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A few models side by side.

    Attributes:
        path: inside the site; that of the most used ones is the page of comparisons itself.
        title: which comparison this is.
        finding: which models, in a sentence.
        keys: of the models, two to four, as a comparison names them.
    """

    path: str
    title: str
    finding: str
    keys: tuple[str, ...]


_COUNTS: Mapping[int, str] = {2: "two", 3: "three", 4: "four"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that may be compared, and the value that puts it before the next.

    Attributes:
        most: the largest that the value can be, where only its least is known.
    """

    model: Entity
    value: float
    most: float | None = None

    @property
    def largest(self) -> float:
        """The largest that the value can be."""
        if self.most is None:
            return self.value
        return self.most


@dataclass(frozen=True, slots=True)
class _Kind:
    """A comparison before its models are known to have pages; ``what`` names them in the plural."""

    path: str
    title: str
    what: str
    candidates: Sequence[Candidate]


def prepared(site: Site) -> Iterator[Prepared]:
    """Yield the comparisons, the most used models first; one of fewer than two models is left out."""
    profiles = models_with_pages(site)
    known = {key(str(profile.model.path)) for profile in profiles}
    for kind in _kinds(site.boards, profiles):
        by_key = _by_key(kind.candidates)
        keys = [key_ for key_ in by_key if key_ in known][:MOST]
        if len(keys) > 1:
            chosen = [by_key[key_] for key_ in keys]
            sentence = finding(kind.what, chosen, list(by_key.values()))
            yield Prepared(kind.path, kind.title, sentence, tuple(keys))


def _by_key(candidates: Iterable[Candidate]) -> dict[str, Candidate]:
    """Return the candidates by the key of their model, which counts once however many variants it has."""
    by_key: dict[str, Candidate] = {}
    for candidate in candidates:
        by_key.setdefault(key(candidate.model.path or ""), candidate)
    return by_key


def finding(what: str, chosen: Sequence[Candidate], candidates: Sequence[Candidate]) -> str:
    """Return which models are compared: ``The two most used models, side by side.``

    Where another one is level with the last of them or comes before it, they are only some of these:
    ``Two of the most used models, side by side.``

    Args:
        what: what they have in common, in the plural.
        chosen: at least two.
        candidates: all that it is true of, the chosen included.
    """
    count = _COUNTS[len(chosen)]
    least = min(candidate.value for candidate in chosen)
    others = [candidate for candidate in candidates if candidate not in chosen]
    if any(candidate.largest >= least for candidate in others):
        return f"{count.capitalize()} of the {what}, side by side."
    return f"The {count} {what}, side by side."


def _kinds(boards: Boards, profiles: Sequence[ModelProfile]) -> Iterator[_Kind]:
    most_used = _most_used(profiles)
    if len(most_used) > 1:
        yield _Kind("compare/", "Most used", "most-used models this week", most_used)
    else:
        # The page of comparisons is there even when no ranking is.
        anything = [Candidate(profile.model, 0) for profile in profiles]
        yield _Kind("compare/", "Any models", "models that can be compared", anything)
    yield _Kind(
        "compare/highest-scores/",
        "Highest scores",
        "models with the highest intelligence index",
        _highest_scores(boards),
    )
    yield _Kind(
        "compare/best-for-the-price/",
        "Best value",
        "top-scoring models of those with the best value",
        _best_on_frontier(boards),
    )
    yield _Kind(
        "compare/rising/",
        "Rising",
        "models whose listings certainly gained the most tokens this week",
        _rising(boards),
    )
    yield _Kind(
        "compare/for-coding/",
        "For coding",
        "models with the most coding requests, of those that are also tested and rated for coding",
        _for_coding(boards),
    )


def _most_used(profiles: Sequence[ModelProfile]) -> list[Candidate]:
    """Return the models with a rank by tokens, in the order given; of two the smaller rank has the larger value."""
    ranked: list[Candidate] = []
    for profile in profiles:
        if profile.ranks is not None:
            ranked.append(Candidate(profile.model, -profile.ranks.high, -profile.ranks.low))
    return ranked


def _highest_scores(boards: Boards) -> list[Candidate]:
    """Return the models with an intelligence index, the highest first."""
    scored: list[Candidate] = []
    for row in _rows(boards, artificial_analysis.ID, AnalysisBoardRow):
        if row.intelligence_index is not None:
            scored.append(Candidate(row.model_permaslug, row.intelligence_index))
    return scored


def _best_on_frontier(boards: Boards) -> list[Candidate]:
    """Return the models that no other beats at their price, the best first."""
    unbeaten = [row for row in _rows(boards, frontier.ID, FrontierRow) if row.on_frontier]
    best_first = sorted(unbeaten, key=lambda row: -row.intelligence_index)
    return [Candidate(row.model_permaslug, row.intelligence_index) for row in best_first]


def _rising(boards: Boards) -> list[Candidate]:
    """Return the models that certainly gained tokens, the largest certain gain first."""
    gained: list[Candidate] = []
    for row in _rows(boards, movers.ID, MoverRow):
        if row.firm and row.difference > 0:
            gained.append(Candidate(row.model_permaslug, row.difference, row.difference_high))
    return gained


def _for_coding(boards: Boards) -> list[Candidate]:
    """Return the models that are used, tested and rated for coding, the most used first."""
    rows = _rows(boards, use_test_taste.ID, AgreementRow)
    return [Candidate(row.model_permaslug, row.use, row.use_high) for row in rows]


def _rows(boards: Boards, id_: BoardId, row_type: type[RowT]) -> tuple[RowT, ...]:
    """Return the rows of a board, none where it was not made."""
    board = boards.find(id_, row_type)
    if board is None:
        return ()
    return board.rows
