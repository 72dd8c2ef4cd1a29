"""The frontier of the newest day beside that of an earlier one: who is on it since, and where both are furthest apart."""

import math
from collections.abc import Sequence
from itertools import pairwise

from generator.base import formats
from generator.boards.board import Entity, grouped
from generator.boards.frontier_history import LONGEST, FrontierDayRow


def price(row: FrontierDayRow) -> float:
    """Return the blended price in US dollars per million tokens."""
    return formats.dollars_per_million(row.blended) or 0.0


def first_and_newest(
    rows: Sequence[FrontierDayRow],
) -> tuple[list[FrontierDayRow], list[FrontierDayRow]]:
    """Return the models on the frontier of the first day of the newest era, at most a year ago, and of the newest day.

    They are in the order of their prices. There are none of the first day where that is the newest one.
    """
    last = rows[-1]
    era = [row.day for row in rows if row.era == last.era and last.day - row.day <= LONGEST]
    by_day = grouped(sorted(rows, key=price), lambda row: row.day)
    newest = by_day.pop(last.day)
    return by_day.get(min(era), []), newest


def joined(earlier: Sequence[FrontierDayRow], now: Sequence[FrontierDayRow]) -> set[Entity]:
    """Return the models that are on the frontier now and were not then; none where there is no earlier day."""
    if not earlier:
        return set()
    return {row.model_permaslug for row in now} - {row.model_permaslug for row in earlier}


def score(rows: Sequence[FrontierDayRow], most: float) -> float:
    """Return the score that a price buys: 0 below the lowest price."""
    return max((row.intelligence_index for row in rows if price(row) <= most), default=0.0)


def furthest_apart(earlier: Sequence[FrontierDayRow], now: Sequence[FrontierDayRow]) -> float:
    """Return a price at which the scores of both days differ the most."""
    prices = sorted({price(row) for row in (*earlier, *now)})
    between = [math.sqrt(low * high) for low, high in pairwise(prices)] or prices
    return max(between, key=lambda at: abs(score(now, at) - score(earlier, at)))
