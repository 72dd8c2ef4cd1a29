"""The apps that use most tokens, overall, by category and by subcategory."""

from generator.boards.board import AnyBoard
from generator.charts.chart import Chart
from generator.charts.kinds import app_bars, phrases


def _alt(board: AnyBoard) -> str:
    name, tokens = app_bars.leader(board)
    return f"{name} leads{app_bars.where(board)} with {tokens} tokens{app_bars.after(board)}."


CHART = Chart(
    id="app-top",
    board="apps.popular.",
    title=lambda board: f"Which apps use most tokens{app_bars.where(board)}?",
    subtitle=lambda board: f"Tokens through OpenRouter, {phrases.when(board)}.",
    alt=_alt,
    draw=app_bars.drawing,
    notes=("Apps that identify themselves to OpenRouter; an app can be in several subcategories.",),
)
