"""How much of the traffic lies outside the daily top fifty."""

from generator import formats
from generator.boards.board import Board, Row
from generator.charts import measure, timeline, words
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.scatter import Axis
from generator.palette import LIGHT


def _point(row: Row, unsettled: set[str]) -> timeline.Point:
    share, day = words.number(row, "share"), words.day(row, "date")
    tip = words.tip(("Share", formats.share(share)), ("Tokens", words.exact(row.number("other"))))
    return timeline.Point(day, share, tip, pale=str(day) in unsettled, fields={"share": share})


def _draw(board: Board, size: Size) -> Drawing:
    # A week is provisional as long as one of its days is.
    last = [str(row["date"]) for row in board.rows][len(board.rows) - board.provisional :]
    points = [_point(row, set(last)) for row in board.rows]
    ticks = measure.ticks(max(point.value for point in points), 4)
    up = Axis(0.0, ticks[-1], [(one, words.percent_tick(one)) for one in ticks], "")
    newest = formats.share(points[-1].value)
    return timeline.drawing([timeline.Line("other", "", newest, LIGHT.accent, points)], up, size, height=240.0)


def _alt(board: Board) -> str:
    highest = max(board.rows, key=lambda row: (words.number(row, "share"), words.day(row, "date")))
    day = words.dated(words.day(highest, "date"))
    now = formats.share(words.number(board.rows[-1], "share"))
    return f"It was highest, {formats.share(words.number(highest, 'share'))}, in the week to {day}; now it is {now}."


CHART = Chart(
    id="tok-other-share",
    board="other-share",
    title="How much lies outside the top fifty?",
    subtitle=lambda board: (
        f"Share of the tokens of seven days that went to models outside the daily top fifty, {words.when(board)}."
    ),
    alt=_alt,
    draw=_draw,
    notes=("Each point is a week up to its day, so that neighbours overlap by six days.",),
)
