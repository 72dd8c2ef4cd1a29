"""Tokens of twelve weeks, by model."""

from generator.boards.weekly import LED
from generator.charts.chart import Chart
from generator.charts.kinds import phrases, stacked

CHART = Chart(
    id="tok-top-stack",
    board="models-weekly",
    title="Weekly tokens by model",
    subtitle=phrases.subtitle(
        f"Tokens per week, {{when}}. The newest week's largest models and the top {LED} of every week; "
        "all others in gray."
    ),
    draw=lambda board, size: stacked.drawing(board, "model_permaslug", size, shares=False),
    notes=(
        "A day on which a model was outside the daily top 50 counts among all others.",
        "One color or tones of it: models by the same author. A hatched week may still be restated.",
    ),
)
