"""The most used models of the last seven days."""

from generator import formats
from generator.boards.board import Board, Row
from generator.charts import ranked, words
from generator.charts.chart import Chart, Drawing, Size

MOST = 10
_KEY = "model_permaslug"


def _subtitle(board: Board) -> str:
    rows = ranked.top(board, MOST)
    together = formats.share(sum(words.number(row, "share") for row in rows))
    largest = f"The largest {len(rows)} of {len(board.ranked)} named models, together {together}."
    return f"Share of all tokens, {words.when(board)}. {largest}"


def _alt(board: Board) -> str:
    first, *rest = ranked.top(board, 3)
    name = formats.clean(first.entity(_KEY).name)
    tokens = formats.tokens_in_words(int(words.number(first, "total_tokens")))
    share = formats.share(words.number(first, "share"))
    lead = f"{name} leads with {share} of all tokens ({tokens}){words.moved_in_words(first.number('change'))}"
    others = [f"{formats.clean(r.entity(_KEY).name)} with {formats.share(words.number(r, 'share'))}" for r in rest]
    return f"{lead}; then {words.listed(others)}." if others else f"{lead}."


def _entry(row: Row) -> ranked.Entry:
    tokens, change = int(words.number(row, "total_tokens")), row.number("change")
    share = words.number(row, "share")
    tip = words.tip(
        ("Tokens", words.exact(tokens)),
        ("Share", formats.share(share)),
        ("Rank", str(row["rank"])),
        ("Week before", "" if change is None else formats.change(change)),
    )
    more = "\u2002".join(part for part in (formats.tokens(tokens), words.moved(change)) if part)
    fields = {_KEY: row.entity(_KEY).id, "total_tokens": tokens, "share": share}
    return ranked.entry(row, _KEY, tokens, formats.share(share), more=more, tip=tip, fields=fields)


def _draw(board: Board, size: Size) -> Drawing:
    return ranked.drawing(ranked.BARS, [_entry(row) for row in ranked.top(board, MOST)], size)


CHART = Chart(
    id="tok-top-bar",
    board="models-7d",
    title="Which models are used most?",
    subtitle=_subtitle,
    alt=_alt,
    draw=_draw,
    notes=(
        "Tokens are counted by each provider's own tokenizer.",
        "Arrows compare with the same seven days a week before.",
    ),
)
