"""How authors share the tokens of twelve weeks."""

from generator.charts.chart import Chart
from generator.charts.kinds import phrases, stacked

CHART = Chart(
    id="tok-author-share",
    board="authors-weekly",
    title="Token share by author",
    subtitle=phrases.subtitle("Share of all tokens by author of the model, weekly, {when}."),
    draw=lambda board, size: stacked.drawing(board, "author", size, shares=True),
    notes=("Models outside a day's top 50 are counted as other, whoever made them.",),
)
