"""Tokens of twelve weeks, by model."""

from generator.base import formats
from generator.boards.board import AnyBoard
from generator.boards.weekly import LED
from generator.charts.chart import Chart
from generator.charts.kinds import phrases, stacked

_KEY = "model_permaslug"


def _subtitle(board: AnyBoard) -> str:
    return (
        f"Tokens per week, {phrases.when(board)}. The newest week's largest models and the top {LED} of every week; "
        "all others in gray."
    )


def _alt(board: AnyBoard) -> str:
    *_, (newest, rows) = stacked.rows_by_week(board).items()
    total = formats.tokens_in_words(round(sum(phrases.number(row, "total_tokens") for row in rows)))
    week = f"{total} tokens in {phrases.week_to(board, newest)}"
    largest = phrases.largest(rows, _KEY, "total_tokens")
    # A day on which a model is outside the top 50 is not in its sum.
    return f"{week}; as far as the daily top 50 shows, {largest} of them."


CHART = Chart(
    id="tok-top-stack",
    board="models-weekly",
    title="Weekly tokens by model",
    subtitle=_subtitle,
    alt=_alt,
    draw=lambda board, size: stacked.drawing(board, _KEY, size, shares=False),
    notes=(
        "A day on which a model was outside the daily top 50 counts among all others.",
        "Tones of one color: models by the same author. A hatched week may still be restated.",
    ),
)
