"""How much of the traffic lies outside the daily top 50."""

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, rows_of
from generator.boards.outside_top_fifty import OutsideRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import phrases, theme, timelines

_KIND = timelines.Lines("shares", theme.PERCENT_TICK, height=240.0, breaks=True)


def _point(row: OutsideRow) -> timelines.Point:
    tip = {"Share": formats.share(row.share), "Tokens": phrases.count(row.other)}
    return timelines.Point(row.date, row.share, tip)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    # Nothing joins the points on two sides of a week that is not whole.
    points = list(map(_point, rows_of(board, OutsideRow)))
    line = timelines.Line("other", "", LIGHT.accent, points)
    return timelines.drawing(_KIND, board, [line], size)


CHART = Chart(
    id="tok-other-share",
    board="other-share",
    title="How much usage is outside the top 50?",
    subtitle=phrases.subtitle(
        "Share of seven-day tokens that went to models outside the daily top 50, {when}."
    ),
    draw=_draw,
    notes=(
        "Each point is a week up to its day, so that neighbors overlap by six days.",
        "The line breaks where a day of the week is missing.",
    ),
)
