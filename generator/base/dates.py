"""UTC days, windows of days, and the three forms in which replies write their ``as_of``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# One object for each day of all windows: rows of a day hold many.
_day = lru_cache(maxsize=8192)(date.fromordinal)


def parse_day(text: str) -> date:
    """Return the day of ``YYYY-MM-DD``; :meth:`date.fromisoformat` alone also accepts ``2026-W20-1``.

    Raises:
        ValueError: the text has another form or names no day of the calendar.
    """
    if not _DAY.fullmatch(text):
        raise ValueError(f'expected a day as YYYY-MM-DD, got "{text[:40]}"')
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} is not a valid date") from None


def parse_as_of(text: str) -> datetime:
    """Return the moment of an ``as_of`` in UTC: with ``Z``, with a numeric offset, or a bare day (its midnight).

    Raises:
        ValueError: the text is none of these.
    """
    if _DAY.fullmatch(text):
        return datetime.combine(parse_day(text), datetime.min.time(), UTC)
    if not _DAY.match(text) or "T" not in text:
        raise ValueError(f'expected an ISO 8601 time, got "{text[:40]}"')
    moment = datetime.fromisoformat(text)
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"{text[:40]} lies outside the calendar in UTC") from None


def human_day(day: date) -> str:
    """Return a day as ``20 Nov 2026``, which reads the same in every country and locale."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def human_as_of(text: str) -> str:
    """Return an ``as_of`` as ``21 Nov 2026, 06:17 UTC``, or as the day alone when it is only a day."""
    moment = parse_as_of(text)
    if _DAY.fullmatch(text):
        return human_day(moment.date())
    return f"{human_day(moment.date())}, {moment:%H:%M} UTC"


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Successive UTC days, from ``start`` to ``end``, both included."""

    start: date
    end: date

    @classmethod
    def ending(cls, end: date, days: int) -> "Window":
        """Return the window of so many days that ends on ``end``."""
        return cls(end - timedelta(days=days - 1), end)

    @property
    def days(self) -> int:
        """The number of days."""
        return (self.end - self.start).days + 1

    def shifted(self, days: int) -> "Window":
        """Return the window of the same length so many days later, or earlier if negative."""
        step = timedelta(days=days)
        return Window(self.start + step, self.end + step)

    def __iter__(self) -> Iterator[date]:
        return map(_day, range(self.start.toordinal(), self.end.toordinal() + 1))

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end

    def human(self) -> str:
        """Return the window as ``3 to 9 Nov 2026``, with months and years only where they differ."""
        if self.start == self.end:
            return human_day(self.end)
        if (self.start.year, self.start.month) == (self.end.year, self.end.month):
            return f"{self.start.day} to {human_day(self.end)}"
        if self.start.year == self.end.year:
            return f"{self.start.day} {_MONTHS[self.start.month - 1]} to {human_day(self.end)}"
        return f"{human_day(self.start)} to {human_day(self.end)}"


def between(after: date, day: date) -> str:
    """Return ``between 22 and 26 Aug 2026`` for what happened after one day and up to another.

    Empty where the two follow on each other, so that the second is the day on which it happened.
    """
    if (day - after).days <= 1:
        return ""
    return f"between {Window(after, day).human().replace(' to ', ' and ')}"
