"""What each model is chosen for above its weight."""

import math

from generator.base import formats
from generator.boards.board import AnyBoard, rows_of
from generator.boards.names import name_in_color
from generator.boards.task_lift import LiftRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import heatmap, phrases

MOST_TASKS = 16
_FULL = 3.0
"""At this many doublings, or halvings, a cell is as dark as cells get."""


def _cell(row: LiftRow) -> heatmap.Cell:
    tip = {
        "Lift": f"×{formats.number(row.lift)}",
        "Range": f"×{formats.number(row.least_lift)}–{formats.number(row.most_lift)}",
        "In the task": formats.share(row.tag_usage_share),
        "Overall": formats.share(row.overall),
    }
    model, task = row.model_permaslug, row.tag
    label = formats.fixed(row.lift, 0 if row.lift >= 9.95 else 1)
    shade = math.log2(max(row.lift, 0.5**_FULL)) / _FULL
    return heatmap.Cell(task.id, model.id, label, shade, tip, f"{model.name}: {task.name}")


def _draw(board: AnyBoard, size: Size) -> Drawing:
    rows = rows_of(board, LiftRow)
    foremost = sorted(rows, key=lambda row: (-row.lift, row.tag.id))
    every_task = {row.tag.id: row.tag.name for row in foremost}
    tasks = dict(list(every_task.items())[:MOST_TASKS])
    most_chosen = sorted(rows, key=lambda row: (-row.overall, row.model_permaslug.id))
    models = {row.model_permaslug.id: name_in_color(row.model_permaslug) for row in most_chosen}
    cells = [_cell(row) for row in rows if row.tag.id in tasks]
    return heatmap.drawing(tasks, models, cells, size)


CHART = Chart(
    id="task-lift",
    board="task-lift",
    title="What is each model used for more than usual?",
    subtitle=phrases.subtitle(
        "A model's share of a task's requests, divided by its share of all classified requests; "
        "1 = usual, gray = less; {when}."
    ),
    draw=_draw,
    notes=(
        "The most-used models, and the tasks in which one of them stands out the most.",
        "A dot is a task for which the source does not list the model, or where its share is below 0.5%.",
    ),
)
