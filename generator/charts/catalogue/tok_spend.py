"""What the tokens of each week come to at list prices: a band."""

from dataclasses import replace

from generator.base import formats
from generator.base.dates import human_day
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, rows_of
from generator.boards.implied_spend import SpendWeekRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import phrases, timelines

_TICK = "'$' + format(datum.value / 1e6, ',~r') + ' M'"
_KIND = timelines.Lines("millions", _TICK, height=260.0, days=7, breaks=True)


def _priced(board: AnyBoard) -> list[SpendWeekRow]:
    """Return the weeks with tokens whose price is known; what others would cost is not known, and no nothing."""
    return [row for row in rows_of(board, SpendWeekRow) if row.covered]


def _point(row: SpendWeekRow) -> timelines.Point:
    tip = {
        "At least": f"${row.spend_low / 1e6:,.1f} M",
        "At most": f"${row.spend_high / 1e6:,.1f} M",
        "Tokens with a known price": formats.share(row.covered),
        "Prices of": human_day(row.prices_of),
    }
    low, high = row.spend_low, row.spend_high
    return timelines.Point(row.week, low, tip, low=low, high=high)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    low = list(map(_point, _priced(board)))
    high = [replace(point, value=point.high or 0.0, low=None, high=None) for point in low]
    lines = [
        timelines.Line("low", "At least", LIGHT.accent, low),
        timelines.Line("high", "At most", LIGHT.soft, high, high[-1].tip["At most"]),
    ]
    return timelines.drawing(_KIND, board, lines, size)


CHART = Chart(
    id="tok-spend",
    board="implied-spend",
    title="What would the tokens cost at list prices?",
    subtitle=phrases.subtitle(
        "US dollars per week, {when}. Between all tokens at the lower and all at the higher of each "
        "listing's prices for input and output: a band, not revenue."
    ),
    draw=_draw,
    applies_to=lambda board: bool(_priced(board)),
    notes=(
        "Only tokens with a known list price are counted; discounts, caching and batches are not known.",
    ),
)
