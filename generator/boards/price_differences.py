"""How the listed prices of a catalog entry differ from those before, case by case, and in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, pairwise
from typing import Literal, TypeAlias

from generator.base import formats
from generator.boards.board import grouped
from generator.boards.listed_prices import (
    FIELDS,
    INPUT_AND_OUTPUT,
    OTHER_DAYS,
    PER_TOKEN,
    PER_UNIT,
    UNSTATED,
    Case,
    Sheet,
    cases_of,
    clock_time,
)

Kind = Literal["cheaper", "dearer", "mixed", "paid", "free"]

LEAST_CHANGE = Decimal("0.01")
"""Relative price changes of less than this are noise of conversions, not news."""
_LABELS = {**PER_TOKEN, **PER_UNIT}


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
        if self.change is None:
            return True
        return abs(self.now - self.before) >= self.before * LEAST_CHANGE


_Steps: TypeAlias = tuple[Step, ...]
"""The prices that moved in one case, in the order of their fields."""
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
        short: each price that moved, in a few words: ``cache read +20%, input above 200K +50%``.
    """

    kind: Kind
    last_seen: date
    text: str
    brief: str
    is_plain: bool
    short: str


def difference(before: Sheet, now: Sheet) -> Difference | None:
    """Return how two sheets differ, None where no price moved by one in a hundred."""
    cases = cases_of([before, now])
    steps_by_case = {case: tuple(_steps(before, now, case)) for case in cases}
    steps = list(chain.from_iterable(steps_by_case.values()))
    if not any(step.counts for step in steps):
        return None

    last_shown: list[date] = []
    for case, of_case in steps_by_case.items():
        last_shown += [before.last_shown(step.field, case) for step in of_case]
    is_same_in_all_cases = len(set(steps_by_case.values())) == 1
    text = _text(steps_by_case)
    return Difference(
        kind=_kind(before, now, steps),
        last_seen=min(last_shown),
        text=text,
        brief=_brief(steps_by_case) or text,
        is_plain=is_same_in_all_cases and all(step.field in INPUT_AND_OUTPUT for step in steps),
        short=_short(steps_by_case),
    )


def _steps(before: Sheet, now: Sheet, case: Case) -> Iterator[Step]:
    """Yield the prices that moved in a case, of those that both sheets show."""
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
    rounds_to_ten_percent = abs(change) >= 0.0995
    places = 0 if rounds_to_ten_percent else 1
    return f"{formats.signed(change * 100, places).removesuffix('.0')}%"


def _brief(steps_by_case: Mapping[Case, _Steps]) -> str:
    """Return the steps of input and output for short prompts, and what else changed by the same ratio.

    Empty where some price changed by another ratio, at some hours only, or for some lengths of prompt only.
    """
    ratio = _common_percent(chain.from_iterable(steps_by_case.values()))
    steps_by_length = _at_any_time(steps_by_case)
    if not ratio or steps_by_length is None:
        return ""
    short = steps_by_length[0]
    main = tuple(step for step in short if step.field in INPUT_AND_OUTPUT)
    fields = {_fields_of(steps) for steps in steps_by_length.values()}
    if not main or len(fields) > 1:
        return ""

    also = [_LABELS[step.field].lower() for step in short if step not in main]
    for shorter, length in pairwise(steps_by_length):
        if steps_by_length[length] != steps_by_length[shorter]:
            also.append(f"prices above {formats.context(length)} prompt tokens")
    if not also:
        return ""
    return f"{_steps_in_words(main)}; also {ratio}: {formats.list_in_words(also)}"


def _short(steps_by_case: Mapping[Case, _Steps]) -> str:
    """Return each price that moved with its relative change, once; without one where it became free or paid."""
    parts: list[str] = []
    for case, steps in steps_by_case.items():
        length = f" above {formats.context(case.length)}" if case.length else ""
        for step in steps:
            change = f" {percent(step.change)}" if step.change is not None else ""
            label = _LABELS[step.field].lower()
            # What holds for all lengths is told by its first case.
            if f"{label}{change}" not in parts:
                parts.append(f"{label}{length}{change}")
    return ", ".join(dict.fromkeys(parts))


def _at_any_time(steps_by_case: Mapping[Case, _Steps]) -> dict[int, _Steps] | None:
    """Return the steps by length of prompt, the shortest first; None where they depend on the day or hour."""
    steps_by_length: dict[int, _Steps] = {}
    for case, steps in steps_by_case.items():
        if steps_by_length.setdefault(case.length, steps) != steps:
            return None
    return steps_by_length


def _common_percent(steps: Iterable[Step]) -> str:
    """Return the relative change of all steps as it is displayed; empty where they differ, or one has none."""
    changes = [step.change for step in steps]
    percents = {percent(change) for change in changes if change is not None}
    return percents.pop() if len(percents) == 1 and None not in changes else ""


def _fields_of(steps: _Steps) -> tuple[str, ...]:
    return tuple(step.field for step in steps)


def _text(steps_by_case: Mapping[Case, _Steps]) -> str:
    """Return the steps with the lengths, days and hours that they hold for; what holds always has none."""
    times_by_length: dict[int, dict[tuple[str, int], _Steps]] = {}
    for case, steps in steps_by_case.items():
        times_by_length.setdefault(case.length, {})[case.day, case.clock] = steps

    parts: list[str] = []
    starts = _turns(times_by_length)
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        length = _length(start, end)
        for time, steps in _by_time(times_by_length[start]):
            conditions = _joined(length, time)
            lead = f"{conditions}: " if conditions else ""
            parts.append(f"{lead}{_steps_in_words(steps)}")
    return "; ".join(parts)


def _turns(times_by_length: Mapping[int, _Times]) -> list[int]:
    """Return the lengths of prompt from which the steps are others than for shorter prompts, the first included."""
    turns: list[int] = []
    for length, times in times_by_length.items():
        if not turns or times != times_by_length[turns[-1]]:
            turns.append(length)
    return turns


def _joined(*conditions: str) -> str:
    """Return the conditions that there are, with commas between."""
    return ", ".join(condition for condition in conditions if condition)


def _length(start: int, end: int | None) -> str:
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

    days_by_hours = grouped(hours_by_day, lambda day: tuple(hours_by_day[day].items()))
    for hours, days in days_by_hours.items():
        on = _days_in_words(days) if len(days_by_hours) > 1 else ""
        for at, steps in _by_hours(dict(hours)):
            if steps:
                yield _joined(on, at), steps


def _days_in_words(days: Sequence[str]) -> str:
    """Return ``on sat, sun``, or ``on other days`` for those that no condition names."""
    if OTHER_DAYS in days:
        return "on other days"
    if UNSTATED in days:
        return UNSTATED
    return f"on {', '.join(days)}"


def _by_hours(hours: Mapping[int, _Steps]) -> Iterator[tuple[str, _Steps]]:
    """Yield each set of steps with its hours: ``09:00 to 18:00 UTC``; empty where it holds all day."""
    clocks = sorted(hours)
    # The part of the day before the first change goes on from the day before.
    neighbors = pairwise([clocks[-1], *clocks])
    turns = [clock for before, clock in neighbors if hours[before] != hours[clock]]
    if not turns:
        yield "", hours[clocks[0]]
        return

    spans: dict[_Steps, list[str]] = {}
    for start, end in pairwise([*turns, turns[0]]):
        spans.setdefault(hours[start], []).append(f"{clock_time(start)} to {clock_time(end)}")
    for steps, parts in spans.items():
        yield f"{formats.list_in_words(parts)} UTC", steps


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
    before, now = _dollars(step.before * size), _dollars(step.now * size)
    if before == now:
        # What is rounded to the same is stated in full.
        before = formats.exact_dollars(step.before * size)
        now = formats.exact_dollars(step.now * size)
    change = f" ({percent(step.change)})" if step.change is not None else ""
    return f"{labels[step.field].lower()} {before} to {now}{change}"


def _dollars(amount: Decimal) -> str:
    return formats.per_million(f"{amount / 1_000_000:f}")
