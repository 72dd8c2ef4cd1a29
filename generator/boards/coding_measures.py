"""What three sources say of each model for coding: its share of requests, its index, its Elo; by canonical slug."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from generator.base import formats
from generator.base.attribution import Citation
from generator.boards.design_arena import places_of
from generator.boards.intervals import (
    Interval,
    at_least,
    at_most,
    elo_interval,
    interval_rank_ranges,
    tied_rank_ranges,
    unlisted_share,
)
from generator.boards.joined_models import sums
from generator.boards.names import Names
from generator.endpoints.benchmarks import AnalysisRow, ArenaRow
from generator.endpoints.endpoint import Facts
from generator.endpoints.task_classifications import TaskRow

KIND_OF_WORK = "code"
ARENA, CATEGORY = "models", "codecategories"
_SHARE_PLACES = 4


@dataclass(frozen=True, slots=True)
class Measured:
    """A model's value by one measure, and where it can lie."""

    value: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Placed:
    """A model's place by one measure.

    Attributes:
        rank: values that are displayed alike share it.
        low, high: the best and the worst that ties, the intervals of ratings, and lists that are cut leave.
    """

    rank: int
    low: int
    high: int


Write = Callable[[float], str]
"""Writes a value as pages show it."""


@dataclass(frozen=True, slots=True)
class _TaskShares:
    """The shares of one task's requests.

    Attributes:
        weight: of all requests of this kind of work, the share of the task.
        listed: of the task's requests, the share of each model that it lists.
        unlisted: the most that a model can have that it does not list.
    """

    weight: float
    listed: Mapping[str, float]
    unlisted: float


def coding_shares(tasks: Facts[TaskRow], names: Names) -> dict[str, Measured]:
    """Return each model's share of the classified coding requests, and the most that it can be.

    A task that does not list a model counts with nothing; at most it holds what its cut list leaves to one model.
    Models listed for no coding task are absent.
    """
    coding = [_shares_of(task, names) for task in tasks.rows if task.macro_category == KIND_OF_WORK]
    shares: dict[str, Measured] = {}
    for slug in dict.fromkeys(chain.from_iterable(task.listed for task in coding)):
        least = most = 0.0
        for task in coding:
            least += task.weight * task.listed.get(slug, 0.0)
            most += task.weight * task.listed.get(slug, task.unlisted)
        # Without the noise that adding floats makes.
        least, most = round(least, 12), round(most, 12)
        shares[slug] = Measured(least, Interval(least, most))
    return shares


def rounded_share(share: Interval) -> Interval:
    """Return a share with four places: an exact one is rounded to the nearest, bounds outward so that they stay bounds."""
    if share.low == share.high:
        nearest = round(share.low, _SHARE_PLACES)
        return Interval(nearest, nearest)
    return Interval(at_least(share.low, _SHARE_PLACES), at_most(share.high, _SHARE_PLACES))


def _shares_of(task: TaskRow, names: Names) -> _TaskShares:
    stated = [(model.id, model.tag_usage_share) for model in task.models]
    return _TaskShares(
        weight=task.category_usage_share,
        listed=sums(stated, names),
        unlisted=unlisted_share([share for _, share in stated]),
    )


def coding_indices(tests: Facts[AnalysisRow], names: Names) -> dict[str, Measured]:
    """Return each model's best coding index of all settings it was measured under."""
    scores: list[tuple[str, Measured]] = []
    for row in tests.rows:
        index = row.coding_index
        if index is not None:
            scores.append((row.model_permaslug, Measured(index, Interval(index, index))))
    return _best(scores, names)


def coding_ratings(arenas: tuple[Facts[ArenaRow], ...], names: Names) -> dict[str, Measured]:
    """Return each model's best Elo over all coding categories of the arena of models, with its interval."""
    ratings: list[tuple[str, Measured]] = []
    for facts in arenas:
        for row in facts.rows:
            if _is_of_code(row):
                rating = Measured(row.elo, elo_interval(row.elo, places_of(row)))
                ratings.append((row.model_permaslug, rating))
    return _best(ratings, names)


def rating_credits(arenas: tuple[Facts[ArenaRow], ...]) -> tuple[Citation, ...]:
    """Return the credits of the replies that :func:`coding_ratings` takes ratings from; of the first where none has any."""
    rated = [facts for facts in arenas if any(map(_is_of_code, facts.rows))]
    return tuple(facts.citations[0] for facts in rated or arenas[:1])


def _is_of_code(row: ArenaRow) -> bool:
    return (row.arena, row.category) == (ARENA, CATEGORY)


def _best(measured: Iterable[tuple[str, Measured]], names: Names) -> dict[str, Measured]:
    best: dict[str, Measured] = {}
    for permaslug, candidate in measured:
        slug = names.canonical(permaslug)
        if slug not in best or candidate.value > best[slug].value:
            best[slug] = candidate
    return best


def placed(measured: Mapping[str, Measured], write: Write = formats.number) -> dict[str, Placed]:
    """Return the place of each model, the highest value first, equal ones by slug."""
    ordered = sorted(measured, key=lambda slug: (-measured[slug].value, slug))
    shown = [write(measured[slug].value) for slug in ordered]
    ranges = interval_rank_ranges([measured[slug].interval for slug in ordered], shown)
    pairs = zip(tied_rank_ranges(shown), ranges, strict=True)
    places = [Placed(tied.low, among.low, among.high) for tied, among in pairs]
    return dict(zip(ordered, places, strict=True))
