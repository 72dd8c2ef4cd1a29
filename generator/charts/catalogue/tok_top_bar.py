"""The most used models of the last seven days."""

from generator.base import formats
from generator.boards.board import AnyBoard, rows_of
from generator.boards.models_used import ModelUseRow
from generator.charts.chart import Chart, Size
from generator.charts.kinds import bars, phrases, ranked

MOST = 10


def _top(board: AnyBoard) -> list[ModelUseRow]:
    return [row for row in rows_of(board, ModelUseRow) if row.standing == "ranked"][:MOST]


def _change(row: ModelUseRow) -> float | None:
    """Return the change from the previous week, None where only a bound of it is known."""
    return row.change if row.change_low == row.change_high else None


def _bar(row: ModelUseRow, size: Size) -> bars.Bar:
    change = _change(row)
    share, tokens = formats.share(row.share), phrases.count(row.total_tokens)
    if not row.exact:
        share = f"≥ {formats.share_at_least(row.share)}"
        tokens = f"≥ {formats.tokens_at_least(row.total_tokens)}"
    tip = {
        "Tokens": phrases.count_between(row.total_tokens, row.total_tokens_high),
        "Share": share,
        "Rank": phrases.ranks(row),
        "vs previous week": phrases.unless_missing(change, formats.change),
    }
    item = ranked.item(row, "model_permaslug", tip)
    more = phrases.moved(change)
    if not size.narrow:
        more = f"{tokens}\u2002{more}".strip()
    return bars.Bar(item, row.total_tokens, share, more)


def _subtitle(board: AnyBoard) -> str:
    top = _top(board)
    together = formats.share(sum(row.share for row in top))
    models = formats.counted(len(board.ranked), "model")
    compared = any(map(_change, top))
    arrows = "; arrows show the change in tokens from the previous week" if compared else ""
    return (
        f"Share of all tokens on OpenRouter, {phrases.when(board)}{arrows}. "
        f"Top {len(top)} of {models} ({together} of tokens)."
    )


CHART = Chart(
    id="tok-top-bar",
    board="models-7d",
    title="Which models are used the most?",
    subtitle=_subtitle,
    draw=lambda board, size: bars.drawing([_bar(row, size) for row in _top(board)], size),
    applies_to=lambda board: bool(board.ranked),
)
