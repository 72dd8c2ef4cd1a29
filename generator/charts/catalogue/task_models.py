"""Which models are chosen for one task."""

from generator.base import formats
from generator.boards import tasks
from generator.boards.board import AnyBoard, BoardRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases

_KEY = "model_permaslug"
_MOST = 10


def _entry(row: BoardRow) -> bars.Entry:
    usage, tokens = phrases.number(row, "tag_usage_share"), phrases.number(row, "tag_token_share")
    tip = phrases.tip(("Requests", formats.share(usage)), ("Tokens", formats.share(tokens)))
    fields = {_KEY: row.entity(_KEY).id, "tag_usage_share": usage, "tag_token_share": tokens}
    more = f"{formats.share(tokens)} of tokens"
    return bars.entry(
        row, _KEY, usage, formats.share(usage), more=more, also=tokens, tip=tip, fields=fields
    )


def _draw(board: AnyBoard, size: Size) -> Drawing:
    rows = [*bars.top(board, _MOST), *(row for row in board.rows if row.standing == "other")]
    return bars.drawing(bars.STROKES, [_entry(row) for row in rows], size)


CHART = Chart(
    id="task-models",
    board="task.",
    title=lambda board: board.title,
    subtitle=lambda board: (
        f"Share of the task's classified, sampled requests of seven days, {phrases.when(board)}. "
        "Tick: share of its tokens."
    ),
    alt=lambda board: tasks.task_finding(board.rows) or tasks.NO_SHARE,
    draw=_draw,
    notes=("The source lists only the leading models of a task; the rest is shown as one row.",),
)
