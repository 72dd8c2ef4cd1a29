"""What the tokens of each week come to at list prices: a band."""

from collections.abc import Iterator

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import phrases, timelines

_TICK = "'$' + format(datum.value / 1e6, ',~r') + ' M'"
_KIND = timelines.Lines("millions", _TICK)


def _millions(dollars: float) -> str:
    return f"${dollars / 1e6:,.1f} M"


def _points(board: AnyBoard) -> Iterator[timelines.Point]:
    for row in board.rows:
        low, high = phrases.number(row, "spend_low"), phrases.number(row, "spend_high")
        week = phrases.day(row, "week")
        tip = phrases.tip(
            ("At least", _millions(low)),
            ("At most", _millions(high)),
            ("Tokens with a known price", formats.share(phrases.number(row, "covered"))),
            ("Prices of", phrases.dated(phrases.day(row, "prices_of"))),
        )
        pale = timelines.is_open(board, week)
        yield timelines.Point(week, low, tip, pale=pale, low=low, high=high)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    points = list(_points(board))
    last = points[-1]
    lines = [
        timelines.Line("low", "At least", _millions(last.value), LIGHT.accent, points),
        timelines.Line("high", "At most", _millions(last.high or 0.0), LIGHT.soft, _upper(points)),
    ]
    return timelines.drawing(_KIND, lines, size, height=260.0, days=7, marks=board.marks)


def _upper(points: list[timelines.Point]) -> list[timelines.Point]:
    return [
        timelines.Point(point.day, point.high or 0.0, point.tip, pale=point.pale)
        for point in points
    ]


CHART = Chart(
    id="tok-spend",
    board="implied-spend",
    title="What would the tokens cost at list prices?",
    subtitle=lambda board: (
        f"US dollars per week, {phrases.when(board)}. Between all tokens at the lower and all at the higher of each "
        "listing's prices for input and output: a band, not revenue."
    ),
    alt=lambda board: board.finding,
    draw=_draw,
    applies_to=lambda board: any(phrases.number(row, "spend_high") for row in board.rows),
    notes=(
        "Only tokens with a known list price are counted; discounts, caching and batches are not known.",
    ),
)
