"""Tokens over windows of days: totals, ranks, shares, and what changed since the week before.

Whole weeks are compared with whole weeks: weekends run lower. A model outside a day's top fifty has no
number for that day, which is not zero: its tokens are inside ``other``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.archive.history import SETTLING_DAYS, DailyTokens
from generator.base.dates import Window
from generator.boards.board import Moved
from generator.endpoints.rankings_daily import OTHER

SCOPE = (
    "Public traffic through OpenRouter only; tokens are counted by each provider's own tokenizer; "
    "only the top fifty of each day are named."
)
ABSENT = "A day on which a model was outside the top fifty adds nothing to its sum here; it is part of the other models."


Namer = Callable[[str], str]
"""Turns a permaslug into the name it is summed under."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over a window, by any name.

    Attributes:
        window: the days asked for.
        days: how many of them are held.
        by: tokens per name, ``other`` left out.
        other: tokens outside the daily top fifty.
    """

    window: Window
    days: int
    by: Mapping[str, int]
    other: int

    @property
    def all(self) -> int:
        return sum(self.by.values()) + self.other

    @property
    def whole(self) -> bool:
        return self.days == self.window.days

    def share(self, tokens: int) -> float:
        return tokens / self.all if self.all else 0.0

    def ranked(self) -> list[str]:
        """Names by tokens, ties by name."""
        return sorted(self.by, key=lambda name: (-self.by[name], name))

    def ranks(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.ranked(), 1)}


def totals(usage: DailyTokens, window: Window, name: Namer | None = None) -> Totals:
    """The sums of a window, by permaslug or by what ``name`` makes of it (its author)."""
    by: dict[str, int] = {}
    other = days = 0
    for day in window:
        tokens = usage.days.get(day)
        days += tokens is not None
        for slug, count in (tokens or {}).items():
            if slug == OTHER:
                other += count
            else:
                called = name(slug) if name else slug
                by[called] = by.get(called, 0) + count
    return Totals(window, days, by, other)


def moved(
    name: object, rank: int, before: Mapping[Any, int] | None, *, seen_earlier: bool
) -> Moved:
    """The change of rank against ``before``, or what happened instead; unknown without a comparison."""
    if before is None:
        return Moved(None, "unknown")
    if name in before:
        places = before[name] - rank
        return Moved(places, "up" if places > 0 else "down" if places < 0 else "same")
    return Moved(None, "returned" if seen_earlier else "new")


def change(now: int, before: int | None) -> float | None:
    """Relative change, None where there is nothing to compare with."""
    return now / before - 1 if before else None


def ever_before(usage: DailyTokens, window: Window) -> frozenset[str]:
    """All slugs that some day before the window names."""
    return frozenset(
        slug for day, tokens in usage.days.items() if day < window.start for slug in tokens
    )


def provisional(usage: DailyTokens, window: Window, today_ordinal: int) -> int:
    """How many days of the window are younger than three days, so that they may still be restated."""
    young = (date.fromordinal(today_ordinal - age) for age in range(SETTLING_DAYS + 1))
    return sum(1 for day in young if window.start <= day <= window.end and day in usage.days)


def weeks(usage: DailyTokens, count: int) -> list[Window]:
    """The newest whole weeks, oldest first, as far back as the history goes."""
    first = min(usage.days)
    newest = usage.window(7)
    found = [newest.shifted(-7 * back) for back in range(count)]
    return [week for week in reversed(found) if week.start >= first]


def largest(now: Totals, count: int) -> list[str]:
    return now.ranked()[:count]


def weeks_in_front(usage: DailyTokens, leader: str, name: Namer | None = None) -> int:
    """For how many whole weeks up to now the leader has led without a break."""
    run = 0
    for week in reversed(weeks(usage, 104)):
        first = largest(totals(usage, week, name), 1)
        if first != [leader]:
            break
        run += 1
    return run


def missing_days(window: Window, held: Iterable[object]) -> str:
    """A note on days of the window for which nothing is held, empty when there are none."""
    have = set(held)
    gaps = [day for day in window if day not in have]
    if not gaps:
        return ""
    days = "day is" if len(gaps) == 1 else "days are"
    return f"{len(gaps)} of {window.days} {days} missing, so changes are not stated."
