"""Kinds of work: how common each is, and how heavy."""

from generator import formats
from generator.boards.board import Board, Row
from generator.charts import ranked, words
from generator.charts.chart import Chart, Drawing, Size
from generator.palette import LIGHT


def _pair(row: Row) -> list[ranked.Entry]:
    """Two bars, and an empty row that keeps the pairs apart."""
    name, key = formats.clean(str(row["label"])), str(row["macro_category"])
    usage, tokens = words.number(row, "usage_share"), words.number(row, "token_share")
    tip = words.tip(("title", name), ("Requests", formats.share(usage)), ("Tokens", formats.share(tokens)))

    def bar(shown: str, share: float, what: str, colour: str) -> ranked.Entry:
        fields = {"macro_category": key, "of": what, "share": share}
        return ranked.Entry(key, shown, share, formats.share(share), colour, more=what, tip=tip, fields=fields)

    return [
        bar(name, usage, "of requests", LIGHT.other),
        bar("", tokens, "of tokens", LIGHT.accent),
        ranked.Entry(key, "", 0.0, "", LIGHT.paper),
    ]


def _draw(board: Board, size: Size) -> Drawing:
    entries = [one for row in board.rows for one in _pair(row)][:-1]
    return ranked.drawing(ranked.BARS, entries, size, beside=True)


def _alt(board: Board) -> str:
    first = max(board.rows, key=lambda row: words.number(row, "usage_share"))
    heavy = max(board.rows, key=lambda row: words.number(row, "token_share"))
    lead = (
        f"{formats.clean(str(first['label']))} leads with "
        f"{formats.share(words.number(first, 'usage_share'))} of requests "
        f"and takes {formats.share(words.number(first, 'token_share'))} of tokens"
    )
    if heavy is first:
        return lead + "."
    share = formats.share(words.number(heavy, "token_share"))
    return f"{lead}; {formats.clean(str(heavy['label']))} takes most tokens, {share}."


CHART = Chart(
    id="task-macro",
    board="tasks-macro",
    title="Which kinds of work are common, and which are heavy?",
    subtitle=lambda board: (
        "Upper bar: share of classified, sampled requests of seven days; "
        f"lower bar: of their tokens; {words.when(board)}."
    ),
    alt=_alt,
    draw=_draw,
)
