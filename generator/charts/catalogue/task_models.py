"""Which models are chosen for one task."""

from generator.base import formats
from generator.boards import tasks
from generator.boards.board import AnyBoard
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import phrases, ranked, usage

_KEY = "model_permaslug"
_MOST = 10
_PREFIX = "tag_"


def _draw(board: AnyBoard, size: Size) -> Drawing:
    rows = board.ranked[:_MOST]
    return usage.drawing(rows, lambda row: ranked.item(row, _KEY), size, _PREFIX)


def _rest(board: AnyBoard) -> str:
    """Return what the models that the source does not name have, empty where it names all."""
    rest = [row for row in board.rows if row.standing == "other"]
    if not rest:
        return ""
    requests, tokens = (formats.share(share) for share in usage.shares(rest[0], _PREFIX))
    return f" Models that the source does not list: {requests} of requests, {tokens} of tokens."


CHART = Chart(
    id="task-models",
    board="task.",
    subtitle=lambda board: (
        "Share of the task's requests (ring) and of its tokens (dot), classified sample of seven days, "
        f"{phrases.when(board)}.{_rest(board)}"
    ),
    alt=lambda board: tasks.task_finding(board.rows) or tasks.NO_SHARE,
    draw=_draw,
    applies_to=lambda board: bool(board.ranked),
    notes=("The source lists only the leading models of a task.",),
)
