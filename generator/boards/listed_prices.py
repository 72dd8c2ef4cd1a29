"""The listed prices of a catalog entry as a whole, and how they differ from those before.

An entry states plain prices and others that hold above a length of prompt or at some hours. The plain
ones are those of the moment of the call: within such hours they show the price of the hours, and the
price of the other hours is hidden. So prices are compared case by case: for each length of prompt, each
kind of day and each part of the day, the price then with the price now.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, groupby, pairwise, product
from typing import Literal, TypeAlias

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

Kind = Literal["cheaper", "dearer", "mixed", "paid", "free"]

LEAST_CHANGE = 0.01
"""Price changes of less than one in a hundred are noise of conversions, not news."""

_OTHER_DAYS, _UNNAMED = "", "under unspecified conditions"
_DAY_END = 2400


@dataclass(frozen=True, slots=True, order=True)
class _Case:
    """A length of prompt in tokens, a kind of day, and a time of day (HHMM, UTC) from which prices may differ."""

    length: int
    day: str
    clock: int


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

    def price(self, field: str, case: _Case) -> Decimal | None:
        """Return a price in a case; None where it is not stated, hidden, or varies."""
        seen = self.plain.get(field)
        price = seen.price if seen else None
        for override in self.overrides:
            other = formats.decimal(getattr(override, field))
            if other is not None and _applies(override, case):
                price = other
        return None if price is None or price < 0 else price

    def last_shown(self, field: str, case: _Case) -> date:
        """Return the last day of a snapshot that shows the price of a case."""
        for override in self.overrides:
            if getattr(override, field) is not None and _applies(override, case):
                return self.last_day
        return self.plain[field].day

    def usual(self, field: str) -> Decimal | None:
        """Return a price for short prompts, where it is the same at all hours."""
        cases = _cases([self])
        prices = {self.price(field, case) for case in cases if case.length == 0}
        return prices.pop() if len(prices) == 1 else None

    @property
    def lengths(self) -> list[int]:
        """The tokens of prompt from which prices can differ, from 0 on."""
        return sorted({case.length for case in _cases([self])})

    @property
    def varies_by_hour(self) -> bool:
        """Whether some prices hold at some hours or on some days only."""
        return any(_has_hours(override) or override.utc_days for override in self.overrides)

    def average(self, field: str, length: int) -> Decimal | None:
        """Return the price for a length of prompt, averaged over the hours of a week for which it is known."""
        cases = [case for case in _cases([self]) if case.length == length]
        total, known = Decimal(0), 0
        for case in cases:
            price, minutes = self.price(field, case), _minutes_a_week(case, cases)
            if price is not None:
                total, known = total + price * minutes, known + minutes
        return total / known if known else None

    @property
    def is_free(self) -> bool:
        """Whether input and output are known, and no price in any case is above zero."""
        prices: set[Decimal | None] = set()
        for field, case in product(FIELDS, _cases([self])):
            price = self.price(field, case)
            if price is not None or field in ("prompt", "completion"):
                prices.add(price)
        return prices == {Decimal(0)}


def _hidden(pricing: Pricing) -> Iterator[str]:
    """Yield the fields whose plain price may be that of some hours, because it is equal to it."""
    for override, field in product(pricing.overrides, FIELDS):
        has_length = bool(override.min_prompt_tokens)
        price = formats.decimal(getattr(override, field))
        if not has_length and price == formats.decimal(getattr(pricing, field)):
            yield field


def _days(override: Override) -> tuple[str, ...]:
    """Return the days on which the override holds, as the source names them; empty for every day.

    An override without any condition holds on a kind of day of its own, as nothing says when it applies.
    """
    if override.utc_days:
        return tuple(formats.sanitize(str(day)) for day in override.utc_days)
    has_condition = override.min_prompt_tokens is not None or _has_hours(override)
    return () if has_condition else (_UNNAMED,)


def _has_hours(override: Override) -> bool:
    return override.utc_start is not None or override.utc_end is not None


def _hours(override: Override) -> tuple[int, int]:
    """Return the times of day (HHMM, UTC) from and to which the override holds; two equal ones mean all day."""
    return (override.utc_start or 0) % _DAY_END, (override.utc_end or 0) % _DAY_END


def _applies(override: Override, case: _Case) -> bool:
    days = _days(override)
    start, end = _hours(override)
    has_begun, has_ended = case.clock >= start, case.clock >= end
    # Hours that end before they start go on after midnight.
    in_hours = has_begun and not has_ended if start < end else has_begun or not has_ended
    is_long_enough = case.length >= (override.min_prompt_tokens or 0)
    return is_long_enough and in_hours and (not days or case.day in days)


def _cases(sheets: Iterable[Sheet]) -> list[_Case]:
    """Return all cases in which prices of the sheets can differ."""
    lengths, days, clocks = {0}, {_OTHER_DAYS}, {0}
    for sheet in sheets:
        for override in sheet.overrides:
            lengths.add(override.min_prompt_tokens or 0)
            days.update(_days(override))
            clocks.update(_hours(override))
    return sorted(_Case(*case) for case in product(lengths, days, clocks))


_DAYS_A_WEEK, _MINUTES_A_DAY = 7, 1440


def _minutes_a_week(case: _Case, cases: Iterable[_Case]) -> int:
    """Return the minutes of a week in which the case's prices hold: from its time of day to the next case's.

    Args:
        cases: all cases, this one included.
    """
    clocks = sorted({other.clock for other in cases})
    named_days = {other.day for other in cases} - {_OTHER_DAYS}
    later = [clock for clock in clocks if clock > case.clock]
    end = _minutes(later[0]) if later else _MINUTES_A_DAY
    days = _DAYS_A_WEEK - len(named_days) if case.day == _OTHER_DAYS else 1
    return (end - _minutes(case.clock)) * max(days, 0)


def _minutes(clock: int) -> int:
    hours, minutes = divmod(clock, 100)
    return hours * 60 + minutes


@dataclass(frozen=True, slots=True)
class Step:
    """One price before and after a change: US dollars per token or unit."""

    field: str
    before: Decimal
    now: Decimal

    @property
    def change(self) -> float | None:
        """The relative change, None from free or to free."""
        if not self.before or not self.now:
            return None
        return float(self.now / self.before - 1)

    @property
    def counts(self) -> bool:
        """Whether the change is large enough to be told."""
        change = self.change
        return change is None or abs(self.now - self.before) >= self.before * Decimal(
            str(LEAST_CHANGE)
        )


_Steps: TypeAlias = tuple[Step, ...]
_Times: TypeAlias = Mapping[tuple[str, int], _Steps]
"""The steps by kind of day and clock time."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How the prices of an entry differ from those before, with at least one step that counts.

    Attributes:
        kind: cheaper or dearer where all steps are, ``paid`` and ``free`` where the whole entry became so.
        last_seen: the last day on which all former prices that moved were shown.
        text: every step with its case: ``input $1 to $2 (+100%) per million tokens``.
        brief: the same, where all moved alike: ``…; also +100%: cache read and prices above 200K prompt tokens``.
        is_plain: only input and output moved, and by the same in all cases.
    """

    kind: Kind
    last_seen: date
    text: str
    brief: str
    is_plain: bool


def difference(before: Sheet, now: Sheet) -> Difference | None:
    """Return how two sheets differ, None where no price moved by one in a hundred."""
    cases = _cases([before, now])
    steps_by_case = {case: tuple(_steps(before, now, case)) for case in cases}
    steps = list(chain.from_iterable(steps_by_case.values()))
    if not any(step.counts for step in steps):
        return None

    moved = {step.field for step in steps}
    shown: list[date] = []
    for case, found in steps_by_case.items():
        shown += [before.last_shown(step.field, case) for step in found]
    return Difference(
        kind=_kind(before, now, steps),
        last_seen=min(shown),
        text=_text(steps_by_case),
        brief=_brief(steps_by_case) or _text(steps_by_case),
        is_plain=len(set(steps_by_case.values())) == 1 and moved <= {"prompt", "completion"},
    )


def _steps(before: Sheet, now: Sheet, case: _Case) -> Iterator[Step]:
    for field in FIELDS:
        old, new = before.price(field, case), now.price(field, case)
        if old is not None and new is not None and old != new:
            yield Step(field, old, new)


def _kind(before: Sheet, now: Sheet, steps: Iterable[Step]) -> Kind:
    if before.is_free:
        return "paid"
    if now.is_free:
        return "free"
    rises = {step.now > step.before for step in steps}
    if len(rises) > 1:
        return "mixed"
    return "dearer" if rises == {True} else "cheaper"


def percent(change: float) -> str:
    """Return a relative change as ``+120%``, ``−74%`` or, below ten percent, ``+1.4%``."""
    places = 0 if abs(change) >= 0.0995 else 1
    return f"{formats.signed(change * 100, places).removesuffix('.0')}%"


def _brief(steps_by_case: Mapping[_Case, _Steps]) -> str:
    """Return the steps of input and output for short prompts, and what else changed by the same ratio.

    Empty where some price changed by another ratio, at some hours only, or for some lengths of prompt only.
    """
    ratio = _common_percent(chain.from_iterable(steps_by_case.values()))
    by_length: dict[int, set[_Steps]] = {}
    for case, steps in steps_by_case.items():
        by_length.setdefault(case.length, set()).add(steps)
    depends_on_hour = any(len(alternatives) > 1 for alternatives in by_length.values())
    if depends_on_hour or not ratio:
        return ""

    steps_by_length = {length: steps.pop() for length, steps in by_length.items()}
    short = steps_by_length[0]
    main = tuple(step for step in short if step.field in ("prompt", "completion"))
    fields = {_fields_of(steps) for steps in steps_by_length.values()}
    if not main or len(fields) > 1:
        return ""

    labels = {**PER_TOKEN, **PER_UNIT}
    also = [labels[step.field].lower() for step in short if step not in main]
    for before, length in pairwise(steps_by_length):
        if steps_by_length[length] != steps_by_length[before]:
            also.append(f"prices above {formats.context(length)} prompt tokens")
    if not also:
        return ""
    return f"{_steps_in_words(main)}; also {ratio}: {formats.list_in_words(also)}"


def _common_percent(steps: Iterable[Step]) -> str:
    """Return the relative change of all steps as it is displayed; empty where they differ, or one has none."""
    changes = [step.change for step in steps]
    percents = {percent(change) for change in changes if change is not None}
    return percents.pop() if len(percents) == 1 and None not in changes else ""


def _fields_of(steps: _Steps) -> tuple[str, ...]:
    return tuple(step.field for step in steps)


def _text(steps_by_case: Mapping[_Case, _Steps]) -> str:
    """Return the steps with the lengths, days and hours that they hold for; what holds always has none."""
    times_by_length: dict[int, dict[tuple[str, int], _Steps]] = {}
    for case, steps in steps_by_case.items():
        times_by_length.setdefault(case.length, {})[case.day, case.clock] = steps

    parts: list[str] = []
    runs = [list(run) for _, run in groupby(times_by_length.items(), key=lambda item: item[1])]
    ends = [run[0][0] for run in runs[1:]]
    for run, end in zip(runs, [*ends, None], strict=True):
        start, times = run[0]
        for when, steps in _by_time(times):
            conditions = ", ".join(part for part in (_lengths(start, end), when) if part)
            lead = f"{conditions}: " if conditions else ""
            parts.append(f"{lead}{_steps_in_words(steps)}")
    return "; ".join(parts)


def _lengths(start: int, end: int | None) -> str:
    """Return ``above 200K prompt tokens``; empty for all lengths."""
    parts: list[str] = []
    if start:
        parts.append(f"above {formats.context(start)}")
    if end is not None:
        parts.append(f"up to {formats.context(end)}")
    return f"{' and '.join(parts)} prompt tokens" if parts else ""


def _by_time(times: _Times) -> Iterator[tuple[str, _Steps]]:
    """Yield each set of steps with its days and hours in words, empty where it holds always."""
    hours_by_day: dict[str, dict[int, _Steps]] = {}
    for (day, clock), steps in times.items():
        hours_by_day.setdefault(day, {})[clock] = steps

    same_hours: list[tuple[list[str], dict[int, _Steps]]] = []
    for day, hours in hours_by_day.items():
        days = next((days for days, known in same_hours if known == hours), None)
        if days is None:
            same_hours.append(([day], hours))
        else:
            days.append(day)

    for days, hours in same_hours:
        on = _days_in_words(days) if len(same_hours) > 1 else ""
        for at, steps in _by_hours(hours):
            if steps:
                yield ", ".join(part for part in (on, at) if part), steps


def _days_in_words(days: Sequence[str]) -> str:
    """Return ``on sat, sun``, or ``on other days`` for those that no condition names."""
    if _OTHER_DAYS in days:
        return "on other days"
    if _UNNAMED in days:
        return _UNNAMED
    return f"on {', '.join(days)}"


def _by_hours(hours: Mapping[int, _Steps]) -> Iterator[tuple[str, _Steps]]:
    """Yield each set of steps with its hours: ``09:00 to 18:00 UTC``; empty where it holds all day."""
    clocks = sorted(hours)
    # The part of the day before the first change goes on from the day before.
    turns = [
        clock for before, clock in pairwise([clocks[-1], *clocks]) if hours[before] != hours[clock]
    ]
    if not turns:
        yield "", hours[clocks[0]]
        return

    spans: dict[_Steps, list[str]] = {}
    for start, end in pairwise([*turns, turns[0]]):
        spans.setdefault(hours[start], []).append(f"{clock_time(start)} to {clock_time(end)}")
    for steps, parts in spans.items():
        yield f"{formats.list_in_words(parts)} UTC", steps


def clock_time(hhmm: int) -> str:
    """Return ``16:00`` from 1600."""
    return f"{hhmm // 100:02d}:{hhmm % 100:02d}"


def _steps_in_words(steps: _Steps) -> str:
    """Return ``input $4 to $2 (−50%), output $8 to $4 (−50%) per million tokens; image $0.01 to $0.02 (+100%) each``."""
    parts: list[str] = []
    for labels, unit in ((PER_TOKEN, "per million tokens"), (PER_UNIT, "each")):
        of_unit = [_step_in_words(step, labels) for step in steps if step.field in labels]
        if of_unit:
            parts.append(f"{', '.join(of_unit)} {unit}")
    return "; ".join(parts)


def _step_in_words(step: Step, labels: Mapping[str, str]) -> str:
    size = 1_000_000 if step.field in PER_TOKEN else 1
    shown = [
        formats.per_million(f"{price * size / 1_000_000:f}") for price in (step.before, step.now)
    ]
    if shown[0] == shown[1]:
        shown = [f"${(price * size).normalize():f}" for price in (step.before, step.now)]
    change = f" ({percent(step.change)})" if step.change is not None else ""
    return f"{labels[step.field].lower()} {shown[0]} to {shown[1]}{change}"
