"""Which tasks are heavy: their share of tokens over their share of requests."""

import math
from collections.abc import Sequence
from dataclasses import replace

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards import level_words
from generator.boards.board import AnyBoard, BoardRow
from generator.boards.rank_stability import Interval, at_least, at_most, ties
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases, ranked

_EACH = 8
_KIND = bars.Diverging("times", "'×' + format(pow(2, datum.value), '~r')")


def _weighed(board: AnyBoard) -> list[BoardRow]:
    """Return the tasks with a known intensity, the most intensive first."""
    rows = [row for row in board.ranked if (row.number("intensity") or 0) > 0]
    return sorted(rows, key=lambda row: (-phrases.number(row, "intensity"), row.entity("tag").id))


def _shown(board: AnyBoard) -> list[BoardRow]:
    """Return the most intensive tasks first; beyond twice :data:`_EACH` the middle is left out."""
    rows = _weighed(board)
    return rows if len(rows) <= 2 * _EACH else rows[:_EACH] + rows[-_EACH:]


def _interval(row: BoardRow) -> Interval:
    low, high = row.number("least_intensity"), row.number("most_intensity")
    times = phrases.number(row, "intensity")
    return Interval(times, times) if low is None or high is None else Interval(low, high)


def _range(row: BoardRow, word: str) -> str:
    return _between(_interval(row), word)


def _between(interval: Interval, word: str) -> str:
    """Return ``3 to 5.7``: rounded outwards, with two places below 1."""
    places = 1 if interval.low >= 1 else 2
    low, high = at_least(interval.low, places), at_most(interval.high, places)
    return f"{formats.number(low)}{word}{formats.number(high)}"


def _bar(row: BoardRow, size: Size) -> bars.Bar:
    usage, tokens, times = (
        phrases.number(row, key) for key in ("usage_share", "token_share", "intensity")
    )
    item = ranked.item(
        row,
        "tag",
        ("Tokens vs requests", f"×{_ratio(times)}"),
        ("Range", f"×{_range(row, '–')}"),
        ("Requests", formats.share(usage)),
        ("Tokens", formats.share(tokens)),
        rank="",
        intensity=times,
    )
    group, colour = ("above", LIGHT.accent) if times > 1 else ("below", LIGHT.soft)
    label = f"×{times:.1f}" if times >= 0.95 else f"×{times:.2f}"
    more = "" if size.narrow else _range(row, "–")
    return bars.Bar(replace(item, group=group, colour=colour), math.log2(times), label, more)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    shown = [_bar(row, size) for row in _shown(board)]
    return bars.diverging(_KIND, shown, size, ticks=size.of((-2, 0, 2), *[range(-6, 7)] * 2))


def _alt(board: AnyBoard) -> str:
    rows = _weighed(board)
    among = "with 0.5% or more of requests and of tokens"
    groups = ties(rows, lambda row: _ratio(phrases.number(row, "intensity")))
    first, last = groups[0], groups[-1]
    highest, lowest = _reach(first), _reach(last)
    times = f"{_between(highest, ' to ')} times the average"
    if len(rows) == 1:
        return f"{level_words.name(first[0].entity('tag'))} is the only task {among}: {times}."
    if len(groups) == 1:
        return f"The {len(rows)} tasks {among} have the same share of tokens for their requests: {times}."

    heavy = sum(_interval(row).high >= highest.low for row in rows[len(first) :])
    light = sum(_interval(row).low <= lowest.high for row in rows[: -len(last)])
    its = "its" if len(first) == 1 else "their"
    return (
        f"Of {len(rows)} tasks {among}, {_have(first)} the highest share of tokens for {its} requests, "
        f"{times}{_reaching(heavy, first)}; {_have(last)} the lowest, "
        f"{_between(lowest, ' to ')} times{_reaching(light, last)}."
    )


def _ratio(times: float) -> str:
    """Return ``1.47``; tasks of which it is the same are level."""
    return formats.number(round(times, 2))


def _reach(level: Sequence[BoardRow]) -> Interval:
    """Return where the ratios of tasks lie that are level."""
    intervals = [_interval(row) for row in level]
    low = min(interval.low for interval in intervals)
    return Interval(low, max(interval.high for interval in intervals))


def _have(level: Sequence[BoardRow]) -> str:
    verb = "has" if len(level) == 1 else "have"
    return f"{level_words.names([row.entity('tag') for row in level])} {verb}"


def _reaching(count: int, level: Sequence[BoardRow]) -> str:
    if not count:
        return ""
    them = "it" if len(level) == 1 else "them"
    return f" ({level_words.others(count)} could be level with {them})"


def _counts(board: AnyBoard) -> str:
    """Return how many tasks are shown, which, and why the others are not."""
    weighed, every = len(_weighed(board)), len(board.ranked)
    if every == 1:
        return "The only task."
    shown = f"All {weighed} tasks" if weighed == every else f"{weighed} of {every} tasks"
    if len(_shown(board)) < weighed:
        shown = f"The {_EACH} highest and the {_EACH} lowest of {weighed} tasks"
    omitted = formats.counted(every - weighed, "task")
    few = (
        f"; {omitted} with under 0.5% of requests or of tokens left out" if weighed < every else ""
    )
    return f"{shown}{few}."


CHART = Chart(
    id="task-intensity",
    board="tasks",
    title="Which tasks use the most tokens per request?",
    subtitle=lambda board: (
        f"A task's share of tokens divided by its share of requests, {phrases.when(board)}; "
        f"×1 is the average, log scale. {_counts(board)}"
    ),
    alt=_alt,
    draw=_draw,
    notes=(
        "Shares are rounded to 0.1%: the range behind a value is what that leaves of the ratio.",
        "Tokens and requests are those of a classified sample of seven days.",
    ),
    applies_to=lambda board: bool(_weighed(board)),
)
