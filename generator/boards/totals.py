"""Tokens over windows of days: totals, ranks, shares, and changes since the week before.

Whole weeks are compared with whole weeks: weekends run lower. A model outside a day's top 50 has no
number for that day, which is not zero: its tokens are inside ``other``.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from generator.archive.coverage import Coverage
from generator.archive.daily_tokens import DailyTokens
from generator.base import formats
from generator.base.dates import Window, human_day
from generator.boards.board import Moved
from generator.boards.rank_stability import (
    RankGain,
    RankRange,
    TokenBounds,
    certain_token_leader,
    named_listings,
    rank_gains,
    token_bounds,
    token_rank_ranges,
)
from generator.endpoints.rankings_daily import OTHER

SCOPE = (
    "Public traffic through OpenRouter only; tokens are counted by each provider's own tokenizer; "
    "only each day's top 50 models are listed."
)
ABSENT = (
    "Days a model spent outside the top 50 are counted with the other models, not in its own total."
)

RECENT_WEEKS = 12
"""The number of weeks that the boards over time look back."""
SHOWN_WEEKS = 104
"""The newest weeks that a board of the whole history has: its charts are drawn again every day."""
SHOWN_DAYS = 366
"""The newest days that a board has of which each day is a row."""
_WEEK = 7

Namer = Callable[[str], str]
"""Turns a permaslug into the name it is summed under."""

NameT = TypeVar("NameT")


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over a window, by any name.

    Attributes:
        window: the days asked for.
        coverage: which of them are held.
        by: tokens per name, ``other`` left out.
        other: tokens outside the daily top 50.
    """

    window: Window
    coverage: Coverage
    by: Mapping[str, int]
    other: int

    @property
    def all(self) -> int:
        """All tokens of the window, the other models included."""
        return sum(self.by.values()) + self.other

    @property
    def whole(self) -> bool:
        """Whether every day of the window is held whole."""
        return self.coverage.whole

    def share(self, tokens: int) -> float:
        """Return the fraction of all tokens, 0 for an empty window."""
        every = self.all
        if not every:
            return 0.0
        return tokens / every

    def ranked(self) -> list[str]:
        """Return the names by tokens, ties by name."""
        return most_first(self.by)

    def ranks(self) -> dict[str, int]:
        """Return the place of each name, from 1."""
        return {name: place for place, name in enumerate(self.ranked(), 1)}

    def shared_ranks(self) -> dict[str, int]:
        """Return the rank of each name, from 1, the most used first; equal tokens share the best one."""
        ranks: dict[str, int] = {}
        tokens, rank = -1, 0
        for place, name in enumerate(self.ranked(), 1):
            if self.by[name] != tokens:
                tokens, rank = self.by[name], place
            ranks[name] = rank
        return ranks


@dataclass(frozen=True, slots=True)
class WeekOnWeek:
    """The totals of a window and of the same window a week before."""

    now: Totals
    before: Totals

    @property
    def comparable(self) -> bool:
        """Whether both windows are whole: changes are stated of whole windows only."""
        return self.now.whole and self.before.whole


def most_first(amounts: Mapping[str, float]) -> list[str]:
    """Return the names by amount, the largest first, ties by name."""
    return sorted(amounts, key=lambda name: (-amounts[name], name))


def token_totals(daily: DailyTokens, window: Window, name: Namer | None = None) -> Totals:
    """Return the sums of a window, by permaslug or by what ``name`` makes of it (its author)."""
    by: dict[str, int] = {}
    other = 0
    for day in window:
        for slug, count in daily.days.get(day, {}).items():
            if slug == OTHER:
                other += count
            else:
                summed_as = name(slug) if name else slug
                by[summed_as] = by.get(summed_as, 0) + count
    return Totals(window, daily.coverage(window), by, other)


def week_on_week(daily: DailyTokens, window: Window, name: Namer | None = None) -> WeekOnWeek:
    """Return the totals of a window and of the same window seven days earlier."""
    return WeekOnWeek(
        now=token_totals(daily, window, name),
        before=token_totals(daily, window.shifted(-_WEEK), name),
    )


@dataclass(frozen=True, slots=True)
class BoundsWeekOnWeek:
    """What is known of the tokens of a window and of the same window a week before, of the same names."""

    now: TokenBounds
    before: TokenBounds


def bounds_week_on_week(
    daily: DailyTokens, window: Window, name: Namer | None = None
) -> BoundsWeekOnWeek:
    """Return the bounds of what some day of a window, or of the same window seven days earlier, names."""
    earlier = window.shifted(-_WEEK)
    listings = named_listings(daily.days, window, earlier)
    return BoundsWeekOnWeek(
        now=token_bounds(daily.days, window, listings, name),
        before=token_bounds(daily.days, earlier, listings, name),
    )


@dataclass(frozen=True, slots=True)
class RankByUse:
    """A name's rank by the tokens of a window.

    Attributes:
        ranks: the best and the worst rank that single days and those outside the top 50 leave open.
        moved: since the same window a week before.
        gain: the places that it can have gained since that window.
        firm: whether the rank certainly rose or certainly fell; None where it did neither.
    """

    name: str
    rank: int
    ranks: RankRange
    moved: Moved
    gain: RankGain
    firm: bool | None


def ranks_by_use(
    weeks: WeekOnWeek, bounds: BoundsWeekOnWeek, seen_earlier: Collection[str]
) -> Iterator[RankByUse]:
    """Yield the rank of each name, the most used first.

    Args:
        seen_earlier: names that some day before the window names.
    """
    ranks_before = weeks.before.ranks() if weeks.comparable else None
    ranges = token_rank_ranges(bounds.now)
    gains = rank_gains(bounds.now, bounds.before)
    for rank, name in enumerate(weeks.now.ranked(), 1):
        moved = rank_change(name, rank, ranks_before, seen_earlier=name in seen_earlier)
        has_moved = moved.how not in ("same", "unknown")
        gain = gains[name]
        firm = gain.firm if has_moved else None
        yield RankByUse(name, rank, ranges[name], moved, gain, firm)


def rank_change(
    name: NameT, rank: int, before: Mapping[NameT, int] | None, *, seen_earlier: bool
) -> Moved:
    """Return the change of rank against ``before``, or what happened instead; unknown without a comparison."""
    if before is None:
        return Moved(None, "unknown")
    if name not in before:
        return Moved(None, "returned" if seen_earlier else "new")
    places = before[name] - rank
    if places > 0:
        return Moved(places, "up")
    if places < 0:
        return Moved(places, "down")
    return Moved(places, "same")


def relative_change(now: int, before: int | None) -> float | None:
    """Return the relative change (0.125 is 12.5% more), None where there is nothing to compare with."""
    if not before:
        return None
    return now / before - 1


def slugs_before(daily: DailyTokens, window: Window) -> frozenset[str]:
    """Return all slugs that some day before the window names."""
    slugs: set[str] = set()
    for day, tokens in daily.days.items():
        if day < window.start:
            slugs.update(tokens)
    return frozenset(slugs)


def whole_weeks(daily: DailyTokens, count: int) -> list[Window]:
    """Return the newest weeks that the history reaches back to, oldest first, at most ``count``."""
    first, newest = daily.first, daily.window(_WEEK)
    weeks = [newest.shifted(-_WEEK * back) for back in range(count)]
    return [week for week in reversed(weeks) if week.start >= first]


def recent_weeks(daily: DailyTokens) -> list[Window]:
    """Return the newest whole weeks, oldest first; before the first is whole, the newest seven days."""
    return whole_weeks(daily, RECENT_WEEKS) or [daily.window(_WEEK)]


def every_week(daily: DailyTokens) -> list[Window]:
    """Return all whole weeks of the history, as :func:`recent_weeks` does the newest."""
    days = Window(daily.first, daily.last).days
    return whole_weeks(daily, days // _WEEK) or [daily.window(_WEEK)]


def shown_weeks(daily: DailyTokens) -> list[Window]:
    """Return the newest whole weeks of the history, at most :data:`SHOWN_WEEKS`."""
    return every_week(daily)[-SHOWN_WEEKS:]


def shown_days(daily: DailyTokens) -> Window:
    """Return the newest days of the history, at most :data:`SHOWN_DAYS`."""
    return Window(max(daily.first, daily.window(SHOWN_DAYS).start), daily.last)


def not_shown(daily: DailyTokens, first: date, shown: str) -> tuple[str, ...]:
    """Return a note on where the days before the first are, none where less than a week of them is held.

    Args:
        shown: what the board has: ``104 weeks``.
    """
    if (first - daily.first).days < _WEEK:
        return ()
    return (
        (
            f"Shown are the newest {shown}; the history of the daily rankings has all days since "
            f"{human_day(daily.first)}."
        ),
    )


def weeks_leading(daily: DailyTokens, leader: str) -> int:
    """Return how many windows of seven days, end to end up to the newest, the model alone certainly led.

    A window with a day that is not held whole ends the run.
    """
    run = 0
    for week in reversed(every_week(daily)):
        if not daily.coverage(week).whole:
            break
        bounds = token_bounds(daily.days, week, named_listings(daily.days, week))
        if certain_token_leader(bounds) != leader:
            break
        run += 1
    return run


def missing_days_notes(daily: DailyTokens, window: Window) -> tuple[str, ...]:
    """Return notes on the days that the window, or the one a week before, lacks; none where both are whole."""
    now = daily.coverage(window)
    before = daily.coverage(window.shifted(-_WEEK))
    notes: list[str] = []
    for days, state in ((now.missing, "missing"), (now.cut, "cut short")):
        if days:
            are = formats.inflected(len(days), "is", "are")
            notes.append(
                f"{len(days):,} of {window.days:,} days {are} {state}, so changes are not shown."
            )
    # Before the first day held nothing is missing: there is nothing to compare with yet.
    reaches_back = before.window.start >= daily.first
    if now.whole and not before.whole and reaches_back:
        notes.append(f"Changes are not shown: in the period a week earlier, {before.causes}.")
    return tuple(notes)
