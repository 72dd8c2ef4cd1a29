"""Which tasks are heavy: their share of tokens over their share of requests."""

import math

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards import task_intensity
from generator.boards.board import AnyBoard, rows_of
from generator.boards.task_intensity import in_words
from generator.boards.tasks import TaskBoardRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases, ranked

_EACH = 8
_TICK = "'×' + format(pow(2, datum.value), '~r')"


def _weighed(board: AnyBoard) -> list[TaskBoardRow]:
    return task_intensity.weighed(rows_of(board, TaskBoardRow))


def _bar(row: TaskBoardRow, size: Size) -> bars.Bar:
    times, between = task_intensity.times(row), in_words(task_intensity.reach([row]), "–")
    tip = {
        "Tokens vs requests": f"×{task_intensity.shown(row)}",
        "Range": f"×{between}",
        "Requests": formats.share(row.usage_share),
        "Tokens": formats.share(row.token_share),
    }
    look = ("above", LIGHT.accent) if times > 1 else ("below", LIGHT.soft)
    item = ranked.item(row, "tag", tip, rank="", look=look)
    label = f"×{formats.fixed(times, 1 if times >= 0.95 else 2)}"
    return bars.Bar(item, math.log2(times), label, size.of("", between, between))


def _draw(board: AnyBoard, size: Size) -> Drawing:
    shown = [_bar(row, size) for row in ranked.both_ends(_weighed(board), _EACH)]
    ticks = size.of((-2, 0, 2), range(-6, 7), range(-6, 7))
    return bars.diverging("times", shown, size, tick=_TICK, ticks=ticks)


def _counts(board: AnyBoard) -> str:
    """Return how many tasks are shown, which, and why the others are not."""
    weighed, every = len(_weighed(board)), len(board.ranked)
    if every == 1:
        return "The only task."
    shown = f"{weighed} of {every} tasks"
    if weighed > 2 * _EACH:
        shown = f"The {_EACH} highest and the {_EACH} lowest of {weighed} tasks"
    elif weighed == every:
        return f"All {weighed} tasks."
    if weighed < every:
        omitted = formats.counted(every - weighed, "task")
        shown += f"; {omitted} with under 0.5% of requests or of tokens left out"
    return f"{shown}."


CHART = Chart(
    id="task-intensity",
    board="tasks",
    title="Which tasks use the most tokens per request?",
    subtitle=lambda board: (
        f"A task's share of tokens divided by its share of requests, {phrases.when(board)}; "
        f"×1 is the average, log scale. {_counts(board)}"
    ),
    alt=lambda board: task_intensity.finding(_weighed(board)),
    draw=_draw,
    notes=(
        "Shares are rounded to 0.1%: the range behind a value is what that leaves of the ratio.",
        "Tokens and requests are those of a classified sample of seven days.",
    ),
    applies_to=lambda board: bool(_weighed(board)),
)
