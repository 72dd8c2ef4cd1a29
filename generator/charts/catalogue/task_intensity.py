"""Which tasks are heavy: their share of tokens over their share of requests."""

import math
from dataclasses import replace

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, BoardRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases

_EACH = 8


def _weighed(board: AnyBoard) -> list[BoardRow]:
    """Heaviest first; beyond twice :data:`_EACH` the middle is left out."""
    rows = [row for row in board.ranked if (row.number("intensity") or 0) > 0]
    rows.sort(key=lambda row: (-phrases.number(row, "intensity"), row.entity("tag").id))
    return rows if len(rows) <= 2 * _EACH else rows[:_EACH] + rows[-_EACH:]


def _entry(row: BoardRow) -> bars.Entry:
    usage, tokens, times = (
        phrases.number(row, key) for key in ("usage_share", "token_share", "intensity")
    )
    tip = phrases.tip(
        ("Tokens over requests", f"×{formats.number(round(times, 2))}"),
        ("Requests", formats.share(usage)),
        ("Tokens", formats.share(tokens)),
    )
    label = f"×{times:.1f}" if times >= 0.95 else f"×{times:.2f}"
    fields = {"tag": row.entity("tag").id, "intensity": times}
    entry = bars.entry(row, "tag", math.log2(times), label, tip=tip, fields=fields)
    return replace(entry, rank="", colour=LIGHT.accent if times > 1 else LIGHT.other)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    return bars.diverging([_entry(row) for row in _weighed(board)], size)


def _alt(board: AnyBoard) -> str:
    rows = _weighed(board)
    first, last = rows[0], rows[-1]
    return (
        f"{formats.sanitize(first.entity('tag').name)} is heaviest and takes most tokens for its requests, "
        f"{formats.number(round(phrases.number(first, 'intensity'), 1))} times the average; "
        f"{formats.sanitize(last.entity('tag').name)} takes the least, "
        f"{formats.number(round(phrases.number(last, 'intensity'), 2))} times."
    )


CHART = Chart(
    id="task-intensity",
    board="tasks",
    title="Which tasks are heavy?",
    subtitle=lambda board: (
        f"A task's share of tokens over its share of requests, {phrases.when(board)}. "
        "Bars start at 1, the average; each step of the scale doubles."
    ),
    alt=_alt,
    draw=_draw,
    notes=("Tokens and requests are those of a classified sample of seven days.",),
    applies_to=lambda board: bool(_weighed(board)),
)
