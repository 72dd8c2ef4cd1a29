"""How much of the traffic goes to models with open weights, week by week."""

from generator.base.palette import AUTHORS, LIGHT
from generator.boards.board import AnyBoard
from generator.charts.chart import Chart
from generator.charts.kinds import phrases, stacked

_COLOURS = {
    "open": AUTHORS["google"],
    "unlisted": LIGHT.soft,
    "other": LIGHT.other,
    "closed": AUTHORS["openrouter"],
}
"""By part; no author is meant."""


def _subtitle(board: AnyBoard) -> str:
    return (
        f"Share of all tokens, weeks of {phrases.when(board)}. What is not known lies between open and closed: "
        "its lower edge is the least that open weights can have, its upper edge the most."
    )


CHART = Chart(
    id="tok-open-weights",
    board="open-weights.parts",
    title="How much of the traffic goes to open weights?",
    subtitle=_subtitle,
    alt=stacked.parts_in_words,
    draw=lambda board, size: stacked.drawing(board, "part", size, shares=True, colours=_COLOURS),
    notes=(
        "Open: the catalog names the model's weights on Hugging Face. Closed: it names none.",
        "Not known: models that no archived catalog lists, and those outside a day's top 50.",
    ),
)
