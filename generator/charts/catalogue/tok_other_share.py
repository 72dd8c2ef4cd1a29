"""How much of the traffic lies outside the daily top 50."""

from generator.base import formats
from generator.base.dates import human_day
from generator.base.palette import LIGHT
from generator.boards import sentences
from generator.boards.board import AnyBoard, rows_of
from generator.boards.outside_top_fifty import OutsideRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import phrases, strokes, theme, timelines

_KIND = timelines.Lines("shares", theme.PERCENT_TICK, height=240.0)


def _point(row: OutsideRow, run: int) -> timelines.Point:
    tip = {"Share": formats.share(row.share), "Tokens": phrases.count(row.other)}
    return timelines.Point(row.date, row.share, tip, run)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    days = rows_of(board, OutsideRow)
    # Nothing joins the points on two sides of a week that is not whole.
    runs = strokes.runs([row.date.toordinal() for row in days])
    line = timelines.Line("other", "", LIGHT.accent, list(map(_point, days, runs)))
    return timelines.drawing(_KIND, board, [line], size)


def _alt(board: AnyBoard) -> str:
    rows = rows_of(board, OutsideRow)
    highest = sentences.at_top(rows, lambda row: row.share)
    share, peak = formats.share(rows[-1].share), formats.share(highest[0].share)
    first, newest = human_day(rows[0].date), human_day(rows[-1].date)
    if len(rows) == 1:
        return f"Usage outside the top 50 was {share} in the week to {newest}."
    if all(formats.share(row.share) == peak for row in rows):
        return f"Usage outside the top 50 was {peak} in every whole week, from the one to {first} to the one to {newest}."
    now = f"now it is {share}"
    if board.window is not None and rows[-1].date < board.window.end:
        now = f"in the newest whole week, to {newest}, it was {share}"
    last = human_day(highest[-1].date)
    weeks = f"week to {last}" if len(highest) == 1 else f"{len(highest)} weeks, the last to {last}"
    return f"Usage outside the top 50 peaked at {peak} ({weeks}); {now}."


CHART = Chart(
    id="tok-other-share",
    board="other-share",
    title="How much usage is outside the top 50?",
    subtitle=phrases.subtitle(
        "Share of seven-day tokens that went to models outside the daily top 50, {when}."
    ),
    alt=_alt,
    draw=_draw,
    notes=(
        "Each point is a week up to its day, so that neighbours overlap by six days.",
        "The line breaks where a day of the week is missing.",
    ),
)
