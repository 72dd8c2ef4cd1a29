"""Kinds of work: how common each is, and how heavy."""

from itertools import chain

from generator.base import formats
from generator.base.palette import LIGHT
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


def _alt(board: AnyBoard) -> str:
    first = max(board.rows, key=lambda row: phrases.number(row, "usage_share"))
    heavy = max(board.rows, key=lambda row: phrases.number(row, "token_share"))
    lead = (
        f"{formats.sanitize(str(first['label']))} leads with "
        f"{formats.share(phrases.number(first, 'usage_share'))} of requests "
        f"and takes {formats.share(phrases.number(first, 'token_share'))} of tokens"
    )
    if heavy is first:
        return lead + "."
    share = formats.share(phrases.number(heavy, "token_share"))
    return f"{lead}; {formats.sanitize(str(heavy['label']))} takes most tokens, {share}."


CHART = Chart(
    id="task-macro",
    board="tasks-macro",
    title="Which kinds of work are common, and which are heavy?",
    subtitle=lambda board: (
        "Upper bar: share of classified, sampled requests of seven days; "
        f"lower bar: of their tokens; {phrases.when(board)}."
    ),
    alt=_alt,
    draw=_draw,
)
