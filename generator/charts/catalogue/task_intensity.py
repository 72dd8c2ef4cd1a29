"""Which tasks are heavy: their share of tokens over their share of requests."""

import math
from dataclasses import replace

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards import level_words
from generator.boards.board import AnyBoard, BoardRow
from generator.boards.rank_stability import Interval, at_least, at_most
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
    """Return ``3 to 5.7``: rounded outwards, with two places below 1."""
    interval = _interval(row)
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
        ("Tokens vs requests", f"×{formats.number(round(times, 2))}"),
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
    first, last = rows[0], rows[-1]
    name = level_words.name(first.entity("tag"))
    among = "with 0.5% or more of requests and of tokens"
    if len(rows) == 1:
        return f"{name} is the only task {among}: {_range(first, ' to ')} times the average."
    heavy = sum(_interval(row).high >= _interval(first).low for row in rows[1:])
    light = sum(_interval(row).low <= _interval(last).high for row in rows[:-1])
    return (
        f"Of {len(rows)} tasks {among}, {name} has the highest share of tokens for its requests, "
        f"{_range(first, ' to ')} times the average{_reaching(heavy)}; "
        f"{level_words.name(last.entity('tag'))} has the lowest, "
        f"{_range(last, ' to ')} times{_reaching(light)}."
    )


def _reaching(count: int) -> str:
    if not count:
        return ""
    return f" ({level_words.others(count)} could be level with it)"


def _counts(board: AnyBoard) -> str:
    """Return how many tasks are shown, which, and why the others are not."""
    weighed, every = len(_weighed(board)), len(board.ranked)
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
