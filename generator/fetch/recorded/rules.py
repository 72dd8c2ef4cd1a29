"""The documented rules for query parameters: refusals, limits and defaults."""

import re
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from generator.base.dates import Window, parse_day

FIRST_DAY = date(2025, 1, 1)
LONGEST_SPAN = 366
DEFAULT_SPAN = 30

Params = Mapping[str, str]


class RefusedError(Exception):
    """The request breaks a documented rule: its text completes ``Invalid request parameters: ``."""


def window(today: date, params: Params) -> Window:
    """Return the days that are answered: never today, never before the data begins.

    Raises:
        RefusedError: there are no such days, or too many.
    """
    yesterday = today - timedelta(days=1)
    end = min(day(params, "end_date", yesterday), yesterday)
    if end < FIRST_DAY:
        raise RefusedError(f"end_date is before {FIRST_DAY}")
    start = max(day(params, "start_date", end - timedelta(days=DEFAULT_SPAN - 1)), FIRST_DAY)
    if start > end:
        raise RefusedError("start_date is after end_date")
    window = Window(start, end)
    if window.days > LONGEST_SPAN:
        raise RefusedError(f"the window spans more than {LONGEST_SPAN} days")
    return window


def day(params: Params, name: str, default: date) -> date:
    """Return a day that is asked for, the default where there is none.

    Raises:
        RefusedError: it is none of the calendar.
    """
    try:
        return parse_day(params[name]) if name in params else default
    except ValueError as error:
        raise RefusedError(f"{name} is not a day of the calendar") from error


def one_of(params: Params, name: str, values: Collection[str]) -> str | None:
    """Return a parameter that has one of these values, None where it is not sent.

    Raises:
        RefusedError: it has another value.
    """
    value = params.get(name)
    if value is not None and value not in values:
        raise RefusedError(f"{name} must be one of {', '.join(values)}")
    return value


def whole(params: Params, name: str, default: int, allowed: range) -> int:
    """Return a whole number within a range, the default where it is not sent.

    Raises:
        RefusedError: it is none, or outside of the range.
    """
    text = params.get(name, str(default))
    if not re.fullmatch("[0-9]{1,7}", text) or int(text) not in allowed:
        raise RefusedError(f"{name} must be a whole number from {allowed[0]} to {allowed[-1]}")
    return int(text)
