"""Kinds of work: how common each is, and how heavy."""

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards import tasks
from generator.boards.board import BoardRow
from generator.charts.chart import Chart
from generator.charts.kinds import phrases, usage
from generator.charts.kinds.ranked import Item


def _item(row: BoardRow) -> Item:
    key, name = str(row["macro_category"]), formats.sanitize(str(row["label"]))
    return Item(key, name, LIGHT.accent)


CHART = Chart(
    id="task-macro",
    board="tasks-macro",
    title="Which work is most common, and which uses the most tokens?",
    subtitle=lambda board: (
        "Share of requests (ring) and of tokens (dot) by type of work, classified sample of seven days, "
        f"{phrases.when(board)}."
    ),
    alt=lambda board: tasks.kinds_finding(board.rows) or tasks.NO_SHARE,
    draw=lambda board, size: usage.drawing(board.rows, _item, size),
)
