"""How much of the traffic goes to free listings, week by week."""

from generator.base.palette import AUTHORS, LIGHT
from generator.charts.chart import Chart
from generator.charts.kinds import phrases, stacked

_COLOURS = {
    "free": AUTHORS["google"],
    "unpriced": LIGHT.soft,
    "other": LIGHT.other,
    "paid": AUTHORS["openrouter"],
}
"""By part; no author is meant."""


CHART = Chart(
    id="tok-free",
    board="free-use.parts",
    title="How much of the traffic is free?",
    subtitle=lambda board: (
        f"Share of all tokens, weeks of {phrases.when(board)}. What is not known lies between free and paid."
    ),
    alt=stacked.parts_in_words,
    draw=lambda board, size: stacked.drawing(board, "part", size, shares=True, colours=_COLOURS),
    notes=(
        "Free: :free variants, and listings whose prices for input and output are zero.",
        "Not known: listings without a price in any archived catalog, and models outside a day's top 50.",
    ),
)
