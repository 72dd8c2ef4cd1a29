"""How firmly scores, ratings and shares are settled: by ties as displayed, by intervals and by rounding.

Each function states its rule. Ranks by tokens: :mod:`generator.boards.rank_stability`.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from generator.boards.rank_stability import RankRange

LEVEL_ELO = 10.0
"""Elo ratings without tournament counts that lie this far apart or less are level: 10 points are 51 wins of 100."""
SHARE_STEP = 0.001
"""The source rounds shares to this step, so a share can be half a step away from what is stated."""
LEAST_RATIO_SHARE = 0.005
"""No ratio is formed of a smaller share: half a step is already a tenth of this one."""
_Z = 1.96
_ELO_PER_LOGIT = 400 / math.log(10)
_BEATEN = (1.0, 2 / 3, 1 / 3, 0.0)
"""The share of its three opponents that a model beats by coming first, second, third and fourth."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Interval:
    """The smallest and the largest value that a number can have."""

    low: float
    high: float


def ties(ordered: Iterable[_T], shown: Callable[[_T], str]) -> list[list[_T]]:
    """Return the items in their order, in groups whose scores are displayed as the same text.

    Args:
        ordered: the highest score first.
        shown: the text of an item's score on the page.
    """
    return [list(group) for _, group in groupby(ordered, key=shown)]


def tied_rank_ranges(shown: Sequence[str]) -> list[RankRange]:
    """Return the ranks of displayed scores, the highest first; equal texts share one range.

    With ``a`` scores before a tie and ``t`` scores in it, its range is ``a + 1`` to ``a + t``.
    """
    ranges: list[RankRange] = []
    for group in ties(shown, str):
        above = len(ranges)
        ranges += [RankRange(above + 1, above + len(group))] * len(group)
    return ranges


def elo_interval(elo: float, places: tuple[int, int, int, int] | None) -> Interval:
    """Return where an Elo rating lies, from how often the model came first, second, third and fourth.

    A tournament gives the share ``x`` of the three opponents that were beaten: 1, 2/3, 1/3 or 0. One
    tournament is added at each place, so that four equal results still have a spread. Over the then ``n``
    tournaments ``x`` has the mean ``m`` and the variance ``v``. A rating grows with ``400 log10(m / (1 - m))``,
    so its 95% interval is ``elo ± 1.96 (400 / ln 10) sqrt(v / n) / (m (1 - m))``. The ratings of the
    opponents count as known.

    Without places it is ``elo ± 5``, by which ratings at most ten points apart overlap. This is a
    convention, no 95% interval.

    Returns:
        Elo points, rounded to the two places that the page shows.
    """
    half = LEVEL_ELO / 2
    if places is not None and sum(places) > 0:
        counts = [count + 1 for count in places]
        number = sum(counts)
        weighted = list(zip(counts, _BEATEN, strict=True))
        mean = sum(count * beaten for count, beaten in weighted) / number
        squares = sum(count * (beaten - mean) ** 2 for count, beaten in weighted)
        error = math.sqrt(squares) / number
        half = _Z * _ELO_PER_LOGIT * error / (mean * (1 - mean))
    return Interval(round(elo - half, 2), round(elo + half, 2))


def interval_rank_ranges(intervals: Sequence[Interval], shown: Sequence[str]) -> list[RankRange]:
    """Return the ranks that intervals leave open; rows displayed with the same score share one range.

    The best rank is 1 and one more for each interval that lies wholly above, the worst is the number of
    rows less one for each that lies wholly below. Of rows with the same text it is the widest range.

    Args:
        intervals: of the rows, in the order of their scores.
        shown: the text of each row's score.
    """
    lows = sorted(interval.low for interval in intervals)
    highs = sorted(interval.high for interval in intervals)
    count = len(intervals)
    ranges: list[RankRange] = []
    for group in ties(zip(intervals, shown, strict=True), lambda pair: pair[1]):
        highest = max(interval.high for interval, _ in group)
        lowest = min(interval.low for interval, _ in group)
        above = count - bisect_right(lows, highest)
        below = bisect_left(highs, lowest)
        ranges += [RankRange(above + 1, count - below)] * len(group)
    return ranges


def wilson_interval(hits: float, of: float) -> Interval:
    """Return the 95% interval of a rate, by Wilson's score: never below 0 or above 1.

    With the rate ``p = hits / of`` it is ``(p + z²/2n ± z sqrt((p (1 - p) + z²/4n) / n)) / (1 + z²/n)``
    for ``n = of`` and ``z = 1.96``.
    """
    rate, spread = hits / of, _Z * _Z / of
    middle = rate + spread / 2
    half = _Z * math.sqrt((rate * (1 - rate) + spread / 4) / of)
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    return Interval(max(0.0, low), min(1.0, high))


def share_interval(share: float) -> Interval:
    """Return where a share lies that was rounded to 0.001: half a step to both sides, within 0 to 1."""
    half = SHARE_STEP / 2
    return Interval(max(0.0, share - half), min(1.0, share + half))


def ratio_interval(part: float, whole: float) -> Interval | None:
    """Return where the ratio of two rounded shares lies: ``(part - h) / (whole + h)`` to ``(part + h) / (whole - h)``.

    ``h`` is half a step of rounding. None where one of the shares is below 0.5%.
    """
    if min(part, whole) < LEAST_RATIO_SHARE:
        return None
    parts, wholes = share_interval(part), share_interval(whole)
    return Interval(parts.low / wholes.high, parts.high / wholes.low)


def lift_interval(share: float, weight: float, rest: Interval) -> Interval | None:
    """Return where a model's share of one task over its share of all tasks lies.

    The share of all tasks is ``weight × share + rest``. Of ``s / (w s + r)`` the smallest value has the
    smallest ``s`` and the largest ``w`` and ``r``, the largest value the opposite, within half a step of rounding.

    Args:
        share: of the task's requests, ``s``.
        weight: the task's share of all requests, ``w``.
        rest: where the model's share of all requests lies that it has from the other tasks, ``r``.

    Returns:
        None where the share is below 0.5%.
    """
    if share < LEAST_RATIO_SHARE:
        return None
    shares, weights = share_interval(share), share_interval(weight)
    low = shares.low / (weights.high * shares.low + rest.high)
    least_overall = weights.low * shares.high + rest.low
    if least_overall <= 0:
        return None
    return Interval(low, shares.high / least_overall)


def unlisted_share(listed: Sequence[float]) -> float:
    """Return the largest share that a model can have of a task which does not list it.

    The source lists the models with most requests and cuts the list. A model behind the cut has at most the
    smallest listed share, and at most what all listed shares leave; both count with half a step of rounding.
    """
    half = SHARE_STEP / 2
    remainder = 1.0 - sum(max(0.0, share - half) for share in listed)
    smallest = min(listed, default=1.0) + half
    return max(0.0, min(remainder, smallest))


def rounded(value: float | None, places: int) -> float | None:
    """Return a number with so many places, None where it is not known."""
    if value is None:
        return None
    return round(value, places)


def at_least(value: float, places: int = 1) -> float:
    """Return a lower bound with so many places, rounded down so that it stays one."""
    size = float(10**places)
    return math.floor(round(value * size, 6)) / size


def at_most(value: float, places: int = 1) -> float:
    """Return an upper bound with so many places, rounded up so that it stays one."""
    size = float(10**places)
    return math.ceil(round(value * size, 6)) / size
