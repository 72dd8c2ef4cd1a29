"""What models are used for: the most common tasks, by requests and by tokens."""

from dataclasses import replace

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards import tasks
from generator.boards.board import AnyBoard, BoardRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases

MOST = 15


def _entry(row: BoardRow) -> bars.Entry:
    usage, tokens = phrases.number(row, "usage_share"), phrases.number(row, "token_share")
    leader = row["leader"]
    tip = phrases.tip(
        ("Requests", formats.share(usage)),
        ("Tokens", formats.share(tokens)),
        ("Group", str(row["macro_category"] or "")),
        ("Top model", formats.sanitize(row.entity("leader").name) if leader is not None else ""),
    )
    fields = {"tag": row.entity("tag").id, "usage_share": usage, "token_share": tokens}
    more = f"{formats.share(tokens)} of tokens"
    entry = bars.entry(
        row, "tag", usage, formats.share(usage), more=more, also=tokens, tip=tip, fields=fields
    )
    # Light enough for the stroke to be seen on it.
    return replace(entry, colour=LIGHT.other)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    return bars.drawing(bars.STROKES, [_entry(row) for row in bars.top(board, MOST)], size)


CHART = Chart(
    id="task-share",
    board="tasks",
    title="What are models used for?",
    subtitle=lambda board: (
        f"Share of classified, sampled requests of seven days, {phrases.when(board)}. "
        "Tick: the task's share of tokens."
    ),
    alt=lambda board: tasks.tasks_finding(board.rows) or tasks.NO_SHARE,
    draw=_draw,
    notes=("A tick beyond the bar means long requests, one inside it short ones.",),
)
