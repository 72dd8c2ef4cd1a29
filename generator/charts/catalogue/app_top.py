"""The apps that used the most tokens, overall, by category and by subcategory."""

from generator.charts.chart import Chart
from generator.charts.kinds import app_bars, phrases

CHART = Chart(
    id="app-top",
    board="apps.popular.",
    title=lambda board: board.title,
    subtitle=lambda board: f"Tokens through OpenRouter, {phrases.when(board)}.",
    alt=lambda board: board.finding,
    draw=app_bars.drawing,
    notes=("Apps that identify themselves to OpenRouter; an app can be in several subcategories.",),
)
