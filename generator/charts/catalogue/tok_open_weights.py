"""How much of the traffic goes to models with open weights, week by week."""

from generator.charts.chart import Chart
from generator.charts.kinds import phrases, stacked

CHART = Chart(
    id="tok-open-weights",
    board="open-weights.parts",
    title="How much of the traffic goes to open weights?",
    subtitle=phrases.subtitle(
        "Share of all tokens, weeks of {when}. What is not known lies between open and closed: "
        "its lower edge is the least that open weights can have, its upper edge the most."
    ),
    draw=lambda board, size: stacked.drawing(board, "part", size, shares=True),
    notes=(
        "Open: the catalog names the model's weights on Hugging Face. Closed: it names none.",
        "Not known: models that no archived catalog lists, and those outside a day's top 50.",
    ),
)
