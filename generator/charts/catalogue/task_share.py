"""What models are used for: the most common tasks, by requests and by tokens."""

from dataclasses import replace

from generator import formats
from generator.boards.board import Board, Row
from generator.charts import ranked, words
from generator.charts.chart import Chart, Drawing, Size
from generator.palette import LIGHT

MOST = 15


def _entry(row: Row) -> ranked.Entry:
    usage, tokens = words.number(row, "usage_share"), words.number(row, "token_share")
    leader = row["leader"]
    tip = words.tip(
        ("Requests", formats.share(usage)),
        ("Tokens", formats.share(tokens)),
        ("Group", str(row["macro_category"] or "")),
        ("Most chosen", formats.clean(row.entity("leader").name) if leader is not None else ""),
    )
    fields = {"tag": row.entity("tag").id, "usage_share": usage, "token_share": tokens}
    more = f"{formats.share(tokens)} of tokens"
    one = ranked.entry(row, "tag", usage, formats.share(usage), more=more, also=tokens, tip=tip, fields=fields)
    # Light enough for the stroke to be seen on it.
    return replace(one, colour=LIGHT.other)


def _draw(board: Board, size: Size) -> Drawing:
    return ranked.drawing(ranked.STROKES, [_entry(row) for row in ranked.top(board, MOST)], size)


def _alt(board: Board) -> str:
    first, *rest = ranked.top(board, 3)
    share = formats.share(words.number(first, "usage_share"))
    lead = f"{formats.clean(first.entity('tag').name)} leads with {share} of requests"
    others = [
        f"{formats.clean(r.entity('tag').name)} with {formats.share(words.number(r, 'usage_share'))}" for r in rest
    ]
    return f"{lead}; then {words.listed(others)}." if others else f"{lead}."


CHART = Chart(
    id="task-share",
    board="tasks",
    title="What are models used for?",
    subtitle=lambda board: (
        f"Share of classified, sampled requests of seven days, {words.when(board)}. "
        "The stroke marks the task's share of tokens."
    ),
    alt=_alt,
    draw=_draw,
    notes=("A stroke beyond its bar means long requests, one inside it short ones.",),
)
