"""All tokens of the newest weeks, by author."""

from generator.boards.board import AnyBoard
from generator.boards.use_history import LED, MOST
from generator.charts.chart import Chart
from generator.charts.kinds import phrases, stacked

_KEY = "author"


def _whose(board: AnyBoard) -> str:
    """Return which authors have a series of their own."""
    authors = {row.entity(_KEY).id for row in board.ranked}
    some = f"The {MOST} largest of the authors" if len(authors) == MOST else "Authors"
    return f"{some} among the first {LED} of any week"


CHART = Chart(
    id="tok-history",
    board="use-history.authors",
    title="How much is OpenRouter used, and whose models?",
    subtitle=lambda board: f"Tokens per week by author, {phrases.when(board)}. {_whose(board)}.",
    alt=lambda board: f"{stacked.newest_in_words(board)} {board.finding}".strip(),
    draw=lambda board, size: stacked.drawing(board, _KEY, size, shares=False),
    notes=("A day on which a model was outside the daily top 50 counts among all other models.",),
)
