"""All tokens of every week that is held, by author."""

from generator.base import formats
from generator.boards.board import AnyBoard
from generator.boards.use_history import LED
from generator.charts.chart import Chart
from generator.charts.kinds import phrases, stacked

_KEY = "author"


def _alt(board: AnyBoard) -> str:
    *_, (newest, rows) = stacked.rows_by_week(board).items()
    total = formats.tokens_in_words(round(sum(phrases.number(row, "total_tokens") for row in rows)))
    week = f"{total} tokens in {phrases.week_to(board, newest)}"
    largest = phrases.largest(rows, _KEY, "total_tokens")
    # Its models outside a day's top 50 are counted as other.
    lead = f"{week}; as far as the daily top 50 shows, {largest} of them."
    return f"{lead} {board.finding}".strip()


CHART = Chart(
    id="tok-history",
    board="use-history.authors",
    title="How much is OpenRouter used, and whose models?",
    subtitle=lambda board: (
        f"Tokens per week by author, {phrases.when(board)}. Authors among the first {LED} of any week."
    ),
    alt=_alt,
    draw=lambda board, size: stacked.drawing(board, _KEY, size, shares=False),
    notes=("A day on which a model was outside the daily top 50 counts among all other models.",),
)
