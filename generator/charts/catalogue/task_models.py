"""Which models are chosen for one task."""

from generator.base import formats
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


def _alt(board: AnyBoard) -> str:
    first, *rest = board.ranked[:3] or board.rows[:1]
    share = formats.share(phrases.number(first, "tag_usage_share"))
    lead = f"{formats.sanitize(first.entity(_KEY).name)} leads with {share} of the task's requests"
    others = [
        f"{formats.sanitize(r.entity(_KEY).name)} with {formats.share(phrases.number(r, 'tag_usage_share'))}"
        for r in rest
    ]
    return f"{lead}; then {formats.list_in_words(others)}." if others else f"{lead}."


CHART = Chart(
    id="task-models",
    board="task.",
    title=lambda board: board.title,
    subtitle=lambda board: (
        f"Share of the task's classified, sampled requests of seven days, {phrases.when(board)}. "
        "The stroke marks the share of its tokens."
    ),
    alt=_alt,
    draw=_draw,
    notes=(
        "The source lists the leading models of a task only; what they leave is shown as one row.",
    ),
)
