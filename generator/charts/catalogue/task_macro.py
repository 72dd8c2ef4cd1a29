"""Kinds of work: how common each is, and how heavy."""

from itertools import chain

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards import tasks
from generator.boards.board import AnyBoard, BoardRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases


def _pair(row: BoardRow) -> list[bars.Entry]:
    """Return two bars, and an empty row that keeps the pairs apart."""
    name, key = formats.sanitize(str(row["label"])), str(row["macro_category"])
    usage, tokens = phrases.number(row, "usage_share"), phrases.number(row, "token_share")
    tip = phrases.tip(
        ("title", name), ("Requests", formats.share(usage)), ("Tokens", formats.share(tokens))
    )

    def bar(shown: str, share: float, what: str, colour: str) -> bars.Entry:
        fields = {"macro_category": key, "of": what, "share": share}
        return bars.Entry(
            key, shown, share, formats.share(share), colour, more=what, tip=tip, fields=fields
        )

    return [
        bar(name, usage, "of requests", LIGHT.other),
        bar("", tokens, "of tokens", LIGHT.accent),
        bars.Entry(key, "", 0.0, "", LIGHT.paper),
    ]


def _draw(board: AnyBoard, size: Size) -> Drawing:
    entries = list(chain.from_iterable(_pair(row) for row in board.rows))
    # Nothing follows the last empty row.
    return bars.drawing(bars.BARS, entries[:-1], size, beside=True)


CHART = Chart(
    id="task-macro",
    board="tasks-macro",
    title="Requests vs tokens by type of work",
    subtitle=lambda board: (
        "Top bar: share of classified, sampled requests of seven days. "
        f"Bottom bar: share of their tokens; {phrases.when(board)}."
    ),
    alt=lambda board: tasks.kinds_finding(board.rows) or tasks.NO_SHARE,
    draw=_draw,
)
