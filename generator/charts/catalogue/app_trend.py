"""The apps that grow most, overall, by category and by subcategory."""

from generator.boards.board import AnyBoard
from generator.charts.chart import Chart
from generator.charts.kinds import app_bars, phrases


def _alt(board: AnyBoard) -> str:
    name, tokens = app_bars.leader(board)
    return f"{name} leads in growth{app_bars.where(board)}{app_bars.after(board)}; it used {tokens} tokens in the window."


CHART = Chart(
    id="app-trend",
    board="apps.trending.",
    title=lambda board: f"Which apps grow most{app_bars.where(board)}?",
    subtitle=lambda board: (
        f"In order of growth: tokens {phrases.when(board)}, above the mean of the three windows before. "
        "Bars show the window's tokens."
    ),
    alt=_alt,
    draw=app_bars.drawing,
    notes=(
        "The order is the source's own; the growth itself is not published, so bars do not fall from row to row.",
    ),
)
