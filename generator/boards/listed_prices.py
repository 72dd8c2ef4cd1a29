"""The listed prices of a catalog entry as a whole, for each case in which they can differ.

An entry states plain prices and others that hold above a length of prompt or at some hours. The plain
ones are those of the moment of the call: within such hours they show the price of the hours, and the
price of the other hours is hidden. So prices are read case by case: for each length of prompt, each
kind of day and each part of the day. How two such sheets differ: :mod:`generator.boards.price_differences`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product

from generator.base import formats
from generator.endpoints.models import Override, Pricing

PER_TOKEN: Mapping[str, str] = {
    "prompt": "Input",
    "completion": "Output",
    "input_cache_read": "Cache read",
    "input_cache_write": "Cache write",
    "input_cache_write_1h": "Cache write, 1 h",
    "internal_reasoning": "Reasoning",
    "audio": "Audio input",
    "audio_output": "Audio output",
    "input_audio_cache": "Audio cache read",
    "image_token": "Image tokens",
}
"""The labels of prices per token, by field."""
PER_UNIT: Mapping[str, str] = {
    "image": "Image",
    "image_output": "Image output",
    "request": "Request",
    "web_search": "Web search",
}
"""The labels of prices per unit, by field."""
FIELDS = (*PER_TOKEN, *PER_UNIT)
INPUT_AND_OUTPUT = ("prompt", "completion")

OTHER_DAYS = ""
"""The kind of day of all days that no condition names."""
UNSTATED = "under unspecified conditions"
"""The kind of day of prices that hold under a condition which is not stated."""
_DAY_END = 2400
"""In HHMM."""
_DAYS_A_WEEK, _MINUTES_A_DAY = 7, 1440


@dataclass(frozen=True, slots=True, order=True)
class Case:
    """A length of prompt in tokens, a kind of day, and a time of day (HHMM, UTC) from which prices may differ."""

    length: int
    day: str
    clock: int


_ALWAYS = Case(0, OTHER_DAYS, 0)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A plain price, and the last day on which it was shown."""

    price: Decimal
    day: date


@dataclass(frozen=True, slots=True)
class Sheet:
    """All listed prices of a time.

    Attributes:
        last_day: the last day of a snapshot that states them.
        plain: by field; a price that the hours hide is the one last shown, or missing.
        overrides: the prices above a length of prompt or at some hours, the later of which prevails.
    """

    last_day: date
    plain: Mapping[str, _Seen]
    overrides: tuple[Override, ...]

    @classmethod
    def read(cls, pricing: Pricing, last_day: date, before: "Sheet | None" = None) -> "Sheet":
        """Return the prices of a pricing object; ``before`` has those until then, for what the hours hide."""
        plain: dict[str, _Seen] = {}
        hidden = set(_hidden(pricing))
        for field in FIELDS:
            price = formats.decimal(getattr(pricing, field))
            if field in hidden:
                if before is not None and field in before.plain:
                    plain[field] = before.plain[field]
            elif price is not None:
                plain[field] = _Seen(price, last_day)
        return cls(last_day, plain, pricing.overrides)

    def price(self, field: str, case: Case) -> Decimal | None:
        """Return a price in a case; None where it is not stated, hidden, or varies."""
        price = None
        if field in self.plain:
            price = self.plain[field].price
        for override in self.overrides:
            other = formats.decimal(getattr(override, field))
            if other is not None and _applies(override, case):
                price = other
        if price is None or price < 0:
            return None
        return price

    def last_shown(self, field: str, case: Case) -> date:
        """Return the last day of a snapshot that shows the price of a case."""
        for override in self.overrides:
            if getattr(override, field) is not None and _applies(override, case):
                return self.last_day
        return self.plain[field].day

    def usual(self, field: str) -> Decimal | None:
        """Return a price for short prompts, where it is the same at all hours."""
        cases = cases_of([self])
        prices = {self.price(field, case) for case in cases if case.length == 0}
        if len(prices) > 1:
            return None
        return prices.pop()

    @property
    def lengths(self) -> list[int]:
        """The tokens of prompt from which prices can differ, from 0 on."""
        return sorted({case.length for case in cases_of([self])})

    @property
    def varies_by_hour(self) -> bool:
        """Whether some prices hold at some hours or on some days only."""
        return any(_has_hours(override) or override.utc_days for override in self.overrides)

    def average(self, field: str, length: int) -> Decimal | None:
        """Return the price for a length of prompt, averaged over the hours of a week for which it is known.

        Prices under a condition that is not stated do not count.
        """
        if not self.overrides and not length:
            # The same price at all hours, as nearly every sheet has it, takes a tenth of the time.
            return self.price(field, _ALWAYS)
        cases = [case for case in cases_of([self]) if case.length == length]
        total, known_minutes = Decimal(0), 0
        for case in cases:
            price = self.price(field, case)
            if price is not None:
                minutes = _minutes_a_week(case, cases)
                total += price * minutes
                known_minutes += minutes
        if not known_minutes:
            return None
        return total / known_minutes

    @property
    def is_free(self) -> bool:
        """Whether input and output are known, and no price in any case is above zero."""
        for field, case in product(FIELDS, cases_of([self])):
            price = self.price(field, case)
            if price is None and field in INPUT_AND_OUTPUT:
                return False
            if price is not None and price > 0:
                return False
        return True


def _hidden(pricing: Pricing) -> Iterator[str]:
    """Yield the fields whose plain price may be that of some hours, because it is equal to it."""
    at_some_hours = [override for override in pricing.overrides if not override.min_prompt_tokens]
    for override, field in product(at_some_hours, FIELDS):
        price = formats.decimal(getattr(override, field))
        if price == formats.decimal(getattr(pricing, field)):
            yield field


def _days(override: Override) -> tuple[str, ...]:
    """Return the days on which the override holds, as the source names them; empty for every day.

    An override without any condition holds on a kind of day of its own, as nothing says when it applies.
    """
    if override.utc_days:
        return tuple(formats.sanitize(str(day)) for day in override.utc_days)
    if override.min_prompt_tokens is not None or _has_hours(override):
        return ()
    return (UNSTATED,)


def _has_hours(override: Override) -> bool:
    return override.utc_start is not None or override.utc_end is not None


def _hours(override: Override) -> tuple[int, int]:
    """Return the times of day (HHMM, UTC) from and to which the override holds; two equal ones mean all day."""
    return (override.utc_start or 0) % _DAY_END, (override.utc_end or 0) % _DAY_END


def _applies(override: Override, case: Case) -> bool:
    days = _days(override)
    is_long_enough = case.length >= (override.min_prompt_tokens or 0)
    is_on_day = not days or case.day in days
    return is_long_enough and is_on_day and _is_within(*_hours(override), case.clock)


def _is_within(start: int, end: int, clock: int) -> bool:
    """Return whether a time of day is from ``start`` on and before ``end``, which may be that of the next day."""
    if start < end:
        return start <= clock < end
    return clock >= start or clock < end


def cases_of(sheets: Iterable[Sheet]) -> list[Case]:
    """Return all cases in which prices of the sheets can differ."""
    lengths, days, clocks = {0}, {OTHER_DAYS}, {0}
    for sheet in sheets:
        for override in sheet.overrides:
            lengths.add(override.min_prompt_tokens or 0)
            days.update(_days(override))
            clocks.update(_hours(override))
    return sorted(Case(*case) for case in product(lengths, days, clocks))


def _minutes_a_week(case: Case, cases: Iterable[Case]) -> int:
    """Return the minutes of a week in which the case's prices hold: from its time of day to the next case's.

    Args:
        cases: all cases, this one included.
    """
    if case.day == UNSTATED:
        return 0
    later = [_minutes(other.clock) for other in cases if other.clock > case.clock]
    minutes_a_day = min(later, default=_MINUTES_A_DAY) - _minutes(case.clock)
    if case.day != OTHER_DAYS:
        return minutes_a_day
    named_days = {other.day for other in cases} - {OTHER_DAYS, UNSTATED}
    return minutes_a_day * max(_DAYS_A_WEEK - len(named_days), 0)


def _minutes(clock: int) -> int:
    """Return the minutes since midnight of a time of day in HHMM."""
    hours, minutes = divmod(clock, 100)
    return hours * 60 + minutes


def clock_time(hhmm: int) -> str:
    """Return ``16:00`` from 1600."""
    return f"{hhmm // 100:02d}:{hhmm % 100:02d}"
