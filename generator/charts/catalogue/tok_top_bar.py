"""The most used models of the last seven days."""

from generator.base import formats
from generator.boards.board import AnyBoard, BoardRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases, ranked

MOST = 10
_NAMED = 3
_KEY = "model_permaslug"


def _subtitle(board: AnyBoard) -> str:
    rows = ranked.top(board, MOST)
    together = formats.share(sum(phrases.number(row, "share") for row in rows))
    models = formats.counted(len(board.ranked), "model")
    largest = f"Top {len(rows)} of {models} ({together} of tokens)."
    compared = any(_change(row) for row in rows)
    arrows = "; arrows show the change in tokens from the previous week" if compared else ""
    return f"Share of all tokens on OpenRouter, {phrases.when(board)}{arrows}. {largest}"


def _alt(board: AnyBoard) -> str:
    first, *rest = ranked.top(board, _NAMED + 1)
    if rest and rest[0]["total_tokens"] == first["total_tokens"]:
        return f"{phrases.largest(board.ranked, _KEY, 'total_tokens')} of tokens."
    lead = _lead(first)
    # Of several that are level, some are not named before others.
    beyond = [phrases.number(row, "total_tokens") for row in rest[_NAMED - 1 :]]
    others = [
        f"{row.entity(_KEY).name} with {formats.share(phrases.number(row, 'share'))}"
        for row in rest[: _NAMED - 1]
        if phrases.number(row, "total_tokens") not in beyond
    ]
    return f"{lead}; then {formats.list_in_words(others)}." if others else f"{lead}."


def _lead(first: BoardRow) -> str:
    """Return the first row in words: it leads only where no day decides its rank and nobody is level."""
    name = first.entity(_KEY).name
    tokens = formats.tokens_in_words(int(phrases.number(first, "total_tokens")))
    share = formats.share(phrases.number(first, "share"))
    verb = "leads" if first["rank_high"] in (None, 1) else "comes first"
    lead = f"{name} {verb} with {share} of tokens ({tokens})"
    if first["change_low"] != first["change_high"]:
        return lead
    return lead + phrases.moved_in_words(first.number("change"))


def _change(row: BoardRow) -> float | None:
    """Return the change from the previous week, None where only a bound of it is known."""
    return row.number("change") if row["change_low"] == row["change_high"] else None


def _bar(row: BoardRow, size: Size) -> bars.Bar:
    tokens, change = int(phrases.number(row, "total_tokens")), _change(row)
    share = phrases.number(row, "share")
    item = ranked.item(
        row,
        _KEY,
        ("Tokens", phrases.count(tokens)),
        ("Share", formats.share(share)),
        ("Rank", phrases.ranks(row)),
        ("vs previous week", "" if change is None else formats.change(change)),
        total_tokens=tokens,
        share=share,
    )
    told = (
        [phrases.moved(change)] if size.narrow else [formats.tokens(tokens), phrases.moved(change)]
    )
    return bars.Bar(item, tokens, formats.share(share), "\u2002".join(filter(None, told)))


def _draw(board: AnyBoard, size: Size) -> Drawing:
    return bars.drawing([_bar(row, size) for row in ranked.top(board, MOST)], size)


CHART = Chart(
    id="tok-top-bar",
    board="models-7d",
    title="Which models are used the most?",
    subtitle=_subtitle,
    alt=_alt,
    draw=_draw,
    notes=("Tokens are counted by each provider's own tokenizer.",),
    applies_to=lambda board: bool(board.ranked),
)
