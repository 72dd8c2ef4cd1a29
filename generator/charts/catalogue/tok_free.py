"""How much of the traffic goes to free listings, week by week."""

from generator.charts.chart import Chart
from generator.charts.kinds import phrases, stacked

CHART = Chart(
    id="tok-free",
    board="free-use.parts",
    title="How much of the traffic is free?",
    subtitle=phrases.subtitle(
        "Share of all tokens, weeks of {when}. What is not known lies between free and paid."
    ),
    draw=lambda board, size: stacked.drawing(board, "part", size, shares=True),
    notes=(
        "Free: :free variants, and listings whose prices for input and output are zero.",
        "Not known: listings without a price in any archived catalog, and models outside a day's top 50.",
    ),
)
