"""What models are used for: the most common tasks, by requests and by tokens."""

from generator.base.palette import LIGHT
from generator.boards import tasks
from generator.boards.board import BoardRow
from generator.charts.chart import Chart
from generator.charts.kinds import phrases, ranked, usage
from generator.charts.kinds.ranked import Item

MOST = 15


def _item(row: BoardRow) -> Item:
    leader = "" if row["leader"] is None else row.entity("leader").name
    tip = {"Group": str(row["macro_category"] or ""), "Top model": leader}
    return ranked.item(row, "tag", tip, look=("", LIGHT.accent))


CHART = Chart(
    id="task-share",
    board="tasks",
    title="What are models used for?",
    subtitle=lambda board: (
        "Share of requests (ring) and of tokens (dot) by task, classified sample of seven days, "
        f"{phrases.when(board)}. {phrases.most(len(board.ranked), MOST, 'most common', 'tasks')}"
    ).strip(),
    alt=lambda board: tasks.tasks_finding(board.rows) or tasks.NO_SHARE,
    draw=lambda board, size: usage.drawing(board.ranked[:MOST], _item, size),
    notes=("A dot right of the ring means long requests, one left of it short ones.",),
)
