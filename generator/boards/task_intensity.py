"""The intensity of tasks, their share of tokens over that of requests: what rounded shares leave of it, and who is level."""

from collections.abc import Iterable, Sequence

from generator.base import formats
from generator.boards import level_words
from generator.boards.intervals import Interval, at_least, at_most, ties
from generator.boards.tasks import TaskBoardRow

_AMONG = "with 0.5% or more of requests and of tokens"
"""The tasks that have an intensity."""


def weighed(rows: Iterable[TaskBoardRow]) -> list[TaskBoardRow]:
    """Return the tasks with a known intensity, the most intensive first."""
    known = [row for row in rows if row.standing == "ranked" and times(row) > 0]
    return sorted(known, key=lambda row: (-times(row), row.tag.id))


def times(row: TaskBoardRow) -> float:
    """Return the intensity of a task that has one, else 0."""
    return row.intensity or 0.0


def shown(row: TaskBoardRow) -> str:
    """Return ``1.47``; tasks of which it is the same are level."""
    return formats.number(round(times(row), 2))


def reach(level: Sequence[TaskBoardRow]) -> Interval:
    """Return where the intensities lie of tasks that are level."""
    intervals = [_interval(row) for row in level]
    low = min(interval.low for interval in intervals)
    high = max(interval.high for interval in intervals)
    return Interval(low, high)


def _interval(row: TaskBoardRow) -> Interval:
    """Return where the intensity lies; what it is where no range is known."""
    low, high = row.least_intensity, row.most_intensity
    if low is None or high is None:
        return Interval(times(row), times(row))
    return Interval(low, high)


def in_words(interval: Interval, word: str) -> str:
    """Return ``3 to 5.7``: rounded outwards, with two places below 1.

    Args:
        interval: of intensities.
        word: what stands between its ends, such as `` to ``.
    """
    places = 1
    if interval.low < 1:
        places = 2
    low, high = at_least(interval.low, places), at_most(interval.high, places)
    return f"{formats.number(low)}{word}{formats.number(high)}"


def finding(rows: Sequence[TaskBoardRow]) -> str:
    """Return the sentence on the most and the least intensive tasks, and on how many could be level with them.

    Args:
        rows: from :func:`weighed`.
    """
    groups = ties(rows, shown)
    first, last = groups[0], groups[-1]
    highest, lowest = reach(first), reach(last)
    heavy_times = f"{formats.times(in_words(highest, ' to '))} the average"
    if len(rows) == 1:
        return f"{level_words.name(first[0].tag)} is the only task {_AMONG}: {heavy_times}."
    if len(groups) == 1:
        return f"The {len(rows)} tasks {_AMONG} have the same share of tokens for their requests: {heavy_times}."

    lighter, heavier = rows[len(first) :], rows[: -len(last)]
    as_heavy = [row for row in lighter if _interval(row).high >= highest.low]
    as_light = [row for row in heavier if _interval(row).low <= lowest.high]
    its = formats.inflected(len(first), "its", "their")
    return (
        f"Of {len(rows)} tasks {_AMONG}, {_have(first)} the highest share of tokens for {its} requests, "
        f"{heavy_times}{_reaching(len(as_heavy), first)}; {_have(last)} the lowest, "
        f"{formats.times(in_words(lowest, ' to '))}{_reaching(len(as_light), last)}."
    )


def _have(level: Sequence[TaskBoardRow]) -> str:
    verb = formats.inflected(len(level), "has", "have")
    return f"{level_words.names([row.tag for row in level])} {verb}"


def _reaching(count: int, level: Sequence[TaskBoardRow]) -> str:
    """Return `` (3 others could be level with it)``, empty without others."""
    if not count:
        return ""
    them = formats.inflected(len(level), "it", "them")
    return f" ({level_words.others(count)} could be level with {them})"
