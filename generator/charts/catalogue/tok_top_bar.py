"""The most used models of the last seven days."""

from generator.base import formats
from generator.boards.board import AnyBoard, rows_of
from generator.boards.models_used import ModelUseRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases, ranked

MOST = 10
_NAMED = 3


def _subtitle(board: AnyBoard) -> str:
    rows = rows_of(board, ModelUseRow)
    top = [row for row in rows if row.standing == "ranked"][:MOST]
    together = formats.share(sum(row.share for row in top))
    models = formats.counted(len(board.ranked), "model")
    compared = any(map(_change, top))
    arrows = "; arrows show the change in tokens from the previous week" if compared else ""
    return (
        f"Share of all tokens on OpenRouter, {phrases.when(board)}{arrows}. "
        f"Top {len(top)} of {models} ({together} of tokens)."
    )


def _alt(board: AnyBoard) -> str:
    listed = [row for row in rows_of(board, ModelUseRow) if row.standing == "ranked"]
    first, *rest = listed[: _NAMED + 1]
    if rest and rest[0].total_tokens == first.total_tokens:
        return f"{phrases.largest(listed, 'model_permaslug', 'total_tokens')} of tokens."
    # Of several that are level, some are not named before others.
    beyond = [row.total_tokens for row in rest[_NAMED - 1 :]]
    named = [row for row in rest[: _NAMED - 1] if row.total_tokens not in beyond]
    others = [f"{row.model_permaslug.name} with {formats.share(row.share)}" for row in named]
    then = f"; then {formats.list_in_words(others)}" if others else ""
    return f"{_lead(first)}{then}."


def _lead(first: ModelUseRow) -> str:
    """Return the first row in words: it leads only where no day decides its rank and nobody is level."""
    tokens = formats.tokens_in_words(first.total_tokens)
    verb = "leads" if first.rank_high in (None, 1) else "comes first"
    name, share = first.model_permaslug.name, formats.share(first.share)
    return (
        f"{name} {verb} with {share} of tokens ({tokens}){phrases.moved_in_words(_change(first))}"
    )


def _change(row: ModelUseRow) -> float | None:
    """Return the change from the previous week, None where only a bound of it is known."""
    return row.change if row.change_low == row.change_high else None


def _bar(row: ModelUseRow, size: Size) -> bars.Bar:
    change, share = _change(row), formats.share(row.share)
    tokens = phrases.known_count(row.total_tokens, row.total_tokens_high)
    if phrases.is_least(row.total_tokens, row.total_tokens_high):
        share = f"≥ {formats.share_at_least(row.share)}"
    tip = {
        "Tokens": tokens,
        "Share": share,
        "Rank": phrases.ranks(row),
        "vs previous week": "" if change is None else formats.change(change),
    }
    item = ranked.item(row, "model_permaslug", tip)
    more = ["" if size.narrow else tokens, phrases.moved(change)]
    return bars.Bar(item, row.total_tokens, share, "\u2002".join(filter(None, more)))


def _draw(board: AnyBoard, size: Size) -> Drawing:
    listed = [row for row in rows_of(board, ModelUseRow) if row.standing == "ranked"]
    return bars.drawing([_bar(row, size) for row in listed[:MOST]], size)


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
