"""Where the days of a time axis are labeled: single days of a short one, beginnings of months of a long one."""

from collections.abc import Sequence
from datetime import date

from generator.base import dates
from generator.charts.kinds import phrases

_LONG = 100
"""Days; a longer axis shows months, whose years are told."""
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


def time_ticks(days: Sequence[date], most: int) -> list[tuple[date, str]]:
    """Return the labeled days of an axis, at most ``most + 1`` of them, each with its label.

    Up to 100 days: ``17 Aug``, evenly apart, the newest always. More: the first of every month, quarter or
    year, the first of them and each January with its year (``Oct 2025``, ``Jan 2026``, ``Apr``).

    Args:
        days: ascending, not empty.
    """
    if (days[-1] - days[0]).days <= _LONG:
        step = max(1, (len(days) - 1) // most)
        chosen = days[::-1][::step][::-1]
        return [(day, phrases.short_day(day)) for day in chosen]
    starts = _month_starts(days[0], days[-1])
    for months in _STEPS:
        chosen = [day for day in starts if (day.year * 12 + day.month - 1) % months == 0]
        if len(chosen) <= most + 1:
            break
    return [(day, _month(day, first=day == chosen[0])) for day in chosen]


def _month_starts(first: date, last: date) -> list[date]:
    starts = []
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    for month in months:
        start = date(month // 12, month % 12 + 1, 1)
        if start >= first:
            starts.append(start)
    return starts


def _month(day: date, *, first: bool) -> str:
    _, month, year = dates.human_day(day).split()
    return f"{month} {year}" if first or day.month == 1 else month
