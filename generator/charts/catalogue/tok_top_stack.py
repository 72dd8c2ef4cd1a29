"""Tokens of twelve weeks, by model."""

from generator.boards.weekly import LED
from generator.charts.chart import Chart
from generator.charts.kinds import phrases, stacked

_KEY = "model_permaslug"


CHART = Chart(
    id="tok-top-stack",
    board="models-weekly",
    title="Weekly tokens by model",
    subtitle=phrases.subtitle(
        f"Tokens per week, {{when}}. The newest week's largest models and the top {LED} of every week; "
        "all others in gray."
    ),
    alt=lambda board: stacked.newest_in_words(board, _KEY),
    draw=lambda board, size: stacked.drawing(board, _KEY, size, shares=False),
    notes=(
        "A day on which a model was outside the daily top 50 counts among all others.",
        "One color or tones of it: models by the same author. A hatched week may still be restated.",
    ),
)
