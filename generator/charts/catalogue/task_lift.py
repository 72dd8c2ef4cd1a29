"""What each model is chosen for above its weight."""

import math

from generator.base import formats
from generator.boards.board import AnyBoard, BoardRow, Entity
from generator.boards.names import name_in_colour
from generator.boards.task_lift import finding
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import heatmap, phrases

MOST_TASKS = 16
_KEY = "model_permaslug"
_FULL = 3.0
"""At this many doublings, or halvings, a cell is as dark as cells get."""


def _models(board: AnyBoard) -> list[Entity]:
    """Return the models, the most chosen over all tasks first."""
    overall = {row.entity(_KEY): phrases.number(row, "overall") for row in board.rows}
    return sorted(overall, key=lambda model: (-overall[model], model.id))


def _tasks(board: AnyBoard) -> list[Entity]:
    """Return the tasks in which some model stands out most."""
    best: dict[Entity, float] = {}
    for row in board.rows:
        task = row.entity("tag")
        best[task] = max(best.get(task, 0.0), phrases.number(row, "lift"))
    return sorted(best, key=lambda task: (-best[task], task.id))[:MOST_TASKS]


def _range(row: BoardRow) -> str:
    low, high = row.number("least_lift"), row.number("most_lift")
    return "" if low is None or high is None else f"×{formats.number(low)}–{formats.number(high)}"


def _cell(row: BoardRow) -> heatmap.Cell:
    model, task, lift = row.entity(_KEY), row.entity("tag"), phrases.number(row, "lift")
    tip = phrases.tip(
        ("title", f"{formats.sanitize(model.name)}: {formats.sanitize(task.name)}"),
        ("Lift", f"×{formats.number(lift)}"),
        ("Range", _range(row)),
        ("In the task", formats.share(phrases.number(row, "tag_usage_share"))),
        ("Overall", formats.share(phrases.number(row, "overall"))),
    )
    label = f"{lift:.0f}" if lift >= 9.95 else f"{lift:.1f}"
    shade = max(-1.0, math.log2(lift) / _FULL) if lift > 0 else -1.0
    fields = {_KEY: model.id, "tag": task.id, "lift": lift}
    return heatmap.Cell(task.id, model.id, label, shade, tip, fields)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    tasks = [(task.id, formats.sanitize(task.name)) for task in _tasks(board)]
    models = [(model.id, formats.sanitize(name_in_colour(model))) for model in _models(board)]
    chosen = dict(tasks)
    cells = [_cell(row) for row in board.rows if row.entity("tag").id in chosen]
    return heatmap.drawing(tasks, models, cells, size)


CHART = Chart(
    id="task-lift",
    board="task-lift",
    title="What is each model used for more than usual?",
    subtitle=lambda board: (
        "A model's share of a task's requests, divided by its share of all classified requests; "
        f"1 = usual, gray = less; {phrases.when(board)}."
    ),
    alt=lambda board: finding(board.rows),
    draw=_draw,
    notes=(
        "The most-used models, and the tasks in which one of them stands out the most.",
        "A dot is a task for which the source does not list the model, or where its share is below 0.5%.",
    ),
)
