"""The apps that grew the most, overall, by category and by subcategory."""

from generator.charts.chart import Chart
from generator.charts.kinds import app_bars, phrases

CHART = Chart(
    id="app-trend",
    board="apps.trending.",
    title=lambda board: board.title,
    subtitle=lambda board: (
        f"Fastest growth first: tokens {phrases.when(board)}, vs the average of the previous three periods. "
        "Bars show the period's tokens."
    ),
    alt=lambda board: board.finding,
    draw=app_bars.drawing,
    notes=(
        "The order is the source's own; the growth itself is not published, so bars do not fall from row to row.",
    ),
)
