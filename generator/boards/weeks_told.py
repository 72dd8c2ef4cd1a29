"""The weeks of the rankings as they were first told: who was in the top ten, and which ranks were open."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec

from generator.archive import remembered
from generator.archive.summaries import FirstStatement, Summary
from generator.base.attribution import Citation
from generator.base.dates import Window
from generator.boards import rank_stability, totals
from generator.boards.rank_stability import (
    RankRange,
    named_listings,
    token_bounds,
    token_rank_ranges,
)
from generator.boards.totals import token_totals

TOP = 10
"""The number of ranks that count as the top."""


class WeekTold(msgspec.Struct, frozen=True):
    """A week that was held whole when its last day was first stated.

    Attributes:
        day: its last.
        told_on: the day of the snapshot that first stated that day.
        citation: the credit of that snapshot.
        top: the listings with the most tokens, the first ten.
        ranges: the ranks that the week leaves open, of each listing that may be in the top ten.
    """

    day: date
    told_on: date
    citation: Citation
    top: list[str]
    ranges: Mapping[str, RankRange]


def _weeks(told: FirstStatement) -> list[WeekTold]:
    """Return the whole weeks that end on the days that a snapshot was the first to state."""
    weeks: list[WeekTold] = []
    days = told.daily.days
    for day in told.new_days:
        window = Window.ending(day, 7)
        week = token_totals(told.daily, window)
        top = week.ranked()[:TOP]
        if week.whole and top:
            bounds = token_bounds(days, window, named_listings(days, window))
            ranges = token_rank_ranges(bounds)
            near = {name: ranks for name, ranks in ranges.items() if ranks.low <= TOP}
            weeks.append(WeekTold(day, told.snapshot_day, told.daily.citation, top, near))
    return weeks


def _code() -> str:
    """Return a checksum of the code that weeks follow from."""
    modules = (__file__, rank_stability.__file__, totals.__file__)
    return remembered.code(*(Path(str(name)) for name in modules))


WEEKS = Summary("weeks-told", _weeks, WeekTold, _code)
"""What is kept of each snapshot that first states some days."""
