"""The apps that use most tokens, overall, by category and by subcategory."""

from generator.boards.board import Board
from generator.charts import apps, words
from generator.charts.chart import Chart


def _alt(board: Board) -> str:
    name, tokens = apps.leader(board)
    return f"{name} leads{apps.where(board)} with {tokens} tokens{apps.after(board)}."


CHART = Chart(
    id="app-top",
    board="apps.popular.",
    title=lambda board: f"Which apps use most tokens{apps.where(board)}?",
    subtitle=lambda board: f"Tokens through OpenRouter, {words.when(board)}.",
    alt=_alt,
    draw=apps.drawing,
    notes=("Apps that identify themselves to OpenRouter; an app can be in several subcategories.",),
)
