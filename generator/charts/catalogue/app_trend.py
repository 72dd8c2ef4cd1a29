"""The apps that grow most, overall, by category and by subcategory."""

from generator.boards.board import Board
from generator.charts import apps, words
from generator.charts.chart import Chart


def _alt(board: Board) -> str:
    name, tokens = apps.leader(board)
    return f"{name} leads in growth{apps.where(board)}{apps.after(board)}; it used {tokens} tokens in the window."


CHART = Chart(
    id="app-trend",
    board="apps.trending.",
    title=lambda board: f"Which apps grow most{apps.where(board)}?",
    subtitle=lambda board: (
        f"In order of growth: tokens {words.when(board)}, above the mean of the three windows before. "
        "Bars show the window's tokens."
    ),
    alt=_alt,
    draw=apps.drawing,
    notes=("The order is the source's own; the growth itself is not published, so bars do not fall from row to row.",),
)
