"""Which days of a window the rankings hold whole, and where the numbers of each day come from."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from sys import intern
from typing import Any

from generator.base import formats
from generator.base.attribution import Citation
from generator.base.dates import Window, human_day
from generator.endpoints.endpoint import AnyEndpoint
from generator.endpoints.rankings_daily import OTHER, PROVISIONAL

SETTLING_DAYS = 3
"""A day stated so soon after its end may be restated: every change seen so far came within three days."""
MIN_DAY_RATIO = 0.75
"""A statement of a day with a smaller part of the rows or tokens of another one is cut short."""
_NEIGHBORS = 7
_LONG_LIST = 20
"""Shorter lists of a day are not compared with those of the days around it: they vary on their own."""
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Statement:
    """Where the tokens of a day come from.

    Attributes:
        snapshot_day: of the newest snapshot that states them.
        citation: the credit of that snapshot.
    """

    snapshot_day: date
    citation: Citation

    def provisional(self, day: date) -> bool:
        """Return whether the source may still restate the day that this states."""
        return is_provisional(day, self.snapshot_day)


@dataclass(frozen=True, slots=True)
class Revision:
    """A number that a later snapshot states otherwise.

    Attributes:
        day: that the number is about.
        slug: of the listing, or ``other``.
        before, after: tokens; None where the listing was not in the day's top 50.
        seen: the statement that has the later number.
    """

    day: date
    slug: str
    before: int | None
    after: int | None
    seen: Statement


@dataclass(frozen=True, slots=True)
class Restated:
    """The numbers of a day that one snapshot states otherwise.

    Attributes:
        day, seen: as of each :class:`Revision`.
        numbers: JSON: a list of slug, tokens before and tokens after, for each number.
    """

    day: date
    seen: Statement
    numbers: bytes

    def revisions(self) -> list[Revision]:
        """Return them one by one."""
        revisions: list[Revision] = []
        for slug, before, after in json.loads(self.numbers):
            revisions.append(Revision(self.day, intern(slug), before, after, self.seen))
        return revisions


@dataclass(frozen=True, slots=True)
class Revisions:
    """What later snapshots state otherwise, in the order in which it was seen.

    An object for each number takes 27 MiB with five years of days, their JSON 5: they are made for whoever goes
    through them, those of one day at a time.
    """

    restated: tuple[Restated, ...] = ()

    def within(self, window: Window) -> "Revisions":
        """Return those of the days of a window."""
        return Revisions(tuple(of_day for of_day in self.restated if of_day.day in window))

    def __iter__(self) -> Iterator[Revision]:
        for restated in self.restated:
            yield from restated.revisions()

    def __reversed__(self) -> Iterator[Revision]:
        for restated in reversed(self.restated):
            yield from reversed(restated.revisions())


@dataclass(frozen=True, slots=True)
class Coverage:
    """The days of a window, by what is known of them.

    Attributes:
        window: the days asked for.
        missing: those that no snapshot states, oldest first.
        cut: those whose list of models is cut short, oldest first; what they name is counted.
        provisional: those that the source may still restate, oldest first.
    """

    window: Window
    missing: tuple[date, ...] = ()
    cut: tuple[date, ...] = ()
    provisional: tuple[date, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether every day is held whole."""
        return not self.missing and not self.cut

    @property
    def held(self) -> int:
        """The number of days that are held whole."""
        return self.window.days - len(self.missing) - len(self.cut)

    @property
    def gaps(self) -> str:
        """``6 of 7 days; 17 Aug 2026 is missing``; empty for a whole window."""
        if self.whole:
            return ""
        return f"{self.held:,} of {formats.counted(self.window.days, 'day')}; {self.causes}"

    @property
    def causes(self) -> str:
        """``17 Aug 2026 is missing``; empty for a whole window."""
        causes = (_named(self.missing, "missing"), _named(self.cut, "cut short"))
        return ", ".join(filter(None, causes))

    @property
    def in_brackets(self) -> str:
        """`` (6 of 7 days; 17 Aug 2026 is missing)``, to stand behind a period; empty for a whole window."""
        if self.whole:
            return ""
        return f" ({self.gaps})"

    @property
    def settled(self) -> date | None:
        """The last day before the provisional days that end the window; None where all of it is provisional."""
        unsettled = {*self.provisional, *self.missing}
        for day in reversed(list(self.window)):
            if day not in unsettled:
                return day
        return None

    @property
    def provisional_days(self) -> str:
        """``last 3 days provisional``; empty where every day is settled."""
        count = len(self.provisional)
        if not count:
            return ""
        days = formats.inflected(count, "day", f"{count} days")
        if tuple(Window.ending(self.window.end, count)) == self.provisional:
            return f"last {days} provisional"
        return f"{formats.counted(count, 'day')} provisional"

    def within(self, window: Window) -> "Coverage":
        """Return the same for a shorter window inside this one."""
        parts = (self.missing, self.cut, self.provisional)
        missing, cut, provisional = (_inside(window, days) for days in parts)
        return Coverage(window, missing, cut, provisional)

    def qualified(self, sentence: str) -> str:
        """Return a sentence about the window, with the days that it lacks named before its full stop."""
        if self.whole or not sentence:
            return sentence
        return f"{sentence.removesuffix('.')}{self.in_brackets}."


def is_provisional(day: date, snapshot_day: date) -> bool:
    """Return whether the source may still restate a day that a snapshot of ``snapshot_day`` states."""
    return (snapshot_day - day).days <= SETTLING_DAYS


def stated_records(
    endpoint: AnyEndpoint, row: Any, snapshot_day: date
) -> Iterator[Mapping[str, object]]:
    """Yield the row's records; rows that state a day say whether it was provisional in that snapshot."""
    known: dict[str, object] = {}
    last = endpoint.last_day(row)
    if last is not None:
        known[PROVISIONAL] = is_provisional(last, snapshot_day)
    for record in endpoint.table(row):
        yield {**record, **known}


def _inside(window: Window, days: Sequence[date]) -> tuple[date, ...]:
    return tuple(day for day in days if day in window)


def _named(days: Sequence[date], state: str) -> str:
    """Return ``17 Aug 2026 is missing``, empty where no day is; of many days the number and the last."""
    if not days:
        return ""
    if len(days) == 1:
        return f"{human_day(days[0])} is {state}"
    if len(days) <= _MOST_NAMED:
        return f"{formats.list_in_words([human_day(day) for day in days])} are {state}"
    return f"{len(days)} are {state}, the last of them {human_day(days[-1])}"


def is_cut(came: Mapping[str, int], held: Mapping[str, int]) -> bool:
    """Return whether a statement of a day lost more than a quarter of the rows or tokens of the one held.

    Args:
        came, held: tokens by permaslug.
    """
    fewer_rows = len(came) < MIN_DAY_RATIO * len(held)
    fewer_tokens = sum(came.values()) < MIN_DAY_RATIO * sum(held.values())
    return fewer_rows or fewer_tokens


def cut_days(days: Mapping[date, Mapping[str, int]]) -> tuple[date, ...]:
    """Return the days whose list is much shorter than those around it, or lacks the ``other`` that they have.

    Args:
        days: tokens by day and permaslug.
    """
    ordered = sorted(days)
    cut: list[date] = []
    for place, day in enumerate(ordered):
        nearby = ordered[max(0, place - _NEIGHBORS) : place + _NEIGHBORS + 1]
        neighbors = [days[near] for near in nearby if near != day]
        if neighbors and _is_short_beside(days[day], neighbors):
            cut.append(day)
    return tuple(cut)


def _is_short_beside(tokens: Mapping[str, int], neighbors: Sequence[Mapping[str, int]]) -> bool:
    usual = median(map(len, neighbors))
    if usual < _LONG_LIST:
        return False
    with_other = sum(OTHER in near for near in neighbors)
    lacks_other = OTHER not in tokens and with_other > len(neighbors) / 2
    return lacks_other or len(tokens) < MIN_DAY_RATIO * usual
