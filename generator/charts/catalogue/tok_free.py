"""How much of the traffic goes to free listings, week by week."""

from generator.base import formats
from generator.base.palette import AUTHORS, LIGHT
from generator.boards.board import AnyBoard
from generator.charts.chart import Chart
from generator.charts.kinds import phrases, stacked

_COLOURS = {
    "free": AUTHORS["google"],
    "unpriced": LIGHT.soft,
    "other": LIGHT.other,
    "paid": AUTHORS["openrouter"],
}
"""By part; no author is meant."""


def _alt(board: AnyBoard) -> str:
    *_, newest = stacked.rows_by_week(board).values()
    shares = [
        f"{row.entity('part').name.lower()} {formats.share(phrases.number(row, 'share'))}"
        for row in newest
    ]
    return f"{board.finding} The newest week: {formats.list_in_words(shares)}."


CHART = Chart(
    id="tok-free",
    board="free-use.parts",
    title="How much of the traffic is free?",
    subtitle=lambda board: (
        f"Share of all tokens, weeks of {phrases.when(board)}. What is not known lies between free and paid."
    ),
    alt=_alt,
    draw=lambda board, size: stacked.drawing(board, "part", size, shares=True, colours=_COLOURS),
    notes=(
        "Free: :free variants, and listings whose prices for input and output are zero.",
        "Not known: listings without a price in any archived catalog, and models outside a day's top 50.",
    ),
)
