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
_SEEN_OFF = 0.015
"""How far a relative change may be off that of the prices shown beside it, in itself or as a part of it."""
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
    steps_by_case: dict[Case, _Steps] = {}
    steps: list[Step] = []
    last_shown: list[date] = []
    for case in cases:
        steps_by_case[case] = tuple(_steps(before, now, case))
        for step in steps_by_case[case]:
            steps.append(step)
            last_shown.append(before.last_shown(step.field, case))
    if not any(step.counts for step in steps):
        return None

    text = _text(steps_by_case)
    is_same_in_all_cases = len(set(steps_by_case.values())) == 1
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
    rises = [step.now > step.before for step in steps]
    if all(rises):
        return "dearer"
    if any(rises):
        return "mixed"
    return "cheaper"


def percent(change: float) -> str:
    """Return a relative change as ``+120%``, ``−74%`` or, below ten percent, ``+1.4%``."""
    places = 1
    if abs(change) >= 0.1:
        places = 0
    return f"{formats.signed(change * 100, places).removesuffix('.0')}%"


def _brief(steps_by_case: Mapping[Case, _Steps]) -> str:
    """Return the steps of input and output for short prompts, and what else changed by the same ratio.

    Empty where some price changed by another ratio, at some hours only, or for some lengths of prompt only; and
    where nothing else changed.
    """
    ratio = _common_percent(chain.from_iterable(steps_by_case.values()))
    steps_by_length = _at_any_time(steps_by_case)
    if not ratio or steps_by_length is None:
        return ""
    if not _have_same_fields(steps_by_length.values()):
        return ""

    short = steps_by_length[0]
    main = [step for step in short if step.field in INPUT_AND_OUTPUT]
    others = [step for step in short if step not in main]
    also = [_LABELS[step.field].lower() for step in others]
    for length in _turns(steps_by_length)[1:]:
        also.append(f"prices above {formats.context(length)} prompt tokens")
    if not main or not also:
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
    """Return the relative change of all steps as it is displayed; empty where they differ, or one has none.

    Args:
        steps: at least one.
    """
    percents: set[str] = set()
    for step in steps:
        if step.change is None:
            return ""
        percents.add(percent(step.change))
    if len(percents) > 1:
        return ""
    return percents.pop()


def _have_same_fields(groups: Iterable[_Steps]) -> bool:
    """Return whether the steps of all groups are of the same prices."""
    fields: set[tuple[str, ...]] = set()
    for steps in groups:
        fields.add(tuple(step.field for step in steps))
    return len(fields) == 1


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
            part = _steps_in_words(steps)
            conditions = _joined(length, time)
            if conditions:
                part = f"{conditions}: {part}"
            parts.append(part)
    return "; ".join(parts)


def _turns(by_length: Mapping[int, _Times | _Steps]) -> list[int]:
    """Return the lengths of prompt from which the steps are others than for shorter prompts, the first included."""
    turns: list[int] = []
    for length, steps in by_length.items():
        if not turns or steps != by_length[turns[-1]]:
            turns.append(length)
    return turns


def _joined(*conditions: str) -> str:
    """Return the conditions that there are, with commas between."""
    return ", ".join(filter(None, conditions))


def _length(start: int, end: int | None) -> str:
    """Return ``above 200K prompt tokens``; empty for all lengths."""
    parts: list[str] = []
    if start:
        parts.append(f"above {formats.context(start)}")
    if end is not None:
        parts.append(f"up to {formats.context(end)}")
    if not parts:
        return ""
    return f"{' and '.join(parts)} prompt tokens"


def _by_time(times: _Times) -> Iterator[tuple[str, _Steps]]:
    """Yield each set of steps with its days and hours in words, empty where it holds always."""
    hours_by_day: dict[str, dict[int, _Steps]] = {}
    for (day, clock), steps in times.items():
        hours_by_day.setdefault(day, {})[clock] = steps

    days_by_hours = grouped(hours_by_day, lambda day: tuple(hours_by_day[day].items()))
    for hours, days in days_by_hours.items():
        on = ""
        if len(days_by_hours) > 1:
            on = _days_in_words(days)
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


def _steps_in_words(steps: Iterable[Step]) -> str:
    """Return ``input $4 to $2 (−50%), output $8 to $4 (−50%) per million tokens; image $0.01 to $0.02 (+100%) each``."""
    parts: list[str] = []
    for labels, unit in ((PER_TOKEN, "per million tokens"), (PER_UNIT, "each")):
        of_unit = [step for step in steps if step.field in labels]
        if of_unit:
            in_words = [_step_in_words(step, labels[step.field]) for step in of_unit]
            parts.append(f"{', '.join(in_words)} {unit}")
    return "; ".join(parts)


def _step_in_words(step: Step, label: str) -> str:
    """Return ``input $4 to $2 (−50%)``."""
    size = 1
    if step.field in PER_TOKEN:
        size = 1_000_000
    before, now = _dollars(step.before * size), _dollars(step.now * size)
    if before == now or _is_distorted(before, now, step.change):
        # What is rounded to the same, or to what changed by another ratio, is stated in full.
        before = formats.exact_dollars(step.before * size)
        now = formats.exact_dollars(step.now * size)
    in_words = f"{label.lower()} {before} to {now}"
    if step.change is None:
        return in_words
    return f"{in_words} ({percent(step.change)})"


def _is_distorted(before: str, now: str, change: float | None) -> bool:
    """Return whether prices as they are shown changed by another ratio than the prices themselves."""
    if change is None or not (before.startswith("$") and now.startswith("$")):
        return False
    old, new = (float(text.lstrip("$").replace(",", "")) for text in (before, now))
    return abs(new / old - 1 - change) > max(_SEEN_OFF, _SEEN_OFF * abs(change))


def _dollars(amount: Decimal) -> str:
    return formats.per_million(f"{amount / 1_000_000:f}")
