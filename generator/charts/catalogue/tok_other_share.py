"""How much of the traffic lies outside the daily top fifty."""

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, BoardRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import phrases, text_width, timelines
from generator.charts.kinds.scatter import Axis


def _point(row: BoardRow, unsettled: set[str]) -> timelines.Point:
    share, day = phrases.number(row, "share"), phrases.day(row, "date")
    tip = phrases.tip(
        ("Share", formats.share(share)), ("Tokens", phrases.exact(row.number("other")))
    )
    return timelines.Point(day, share, tip, pale=str(day) in unsettled, fields={"share": share})


def _draw(board: AnyBoard, size: Size) -> Drawing:
    # A week is provisional as long as one of its days is.
    last = [str(row["date"]) for row in board.rows][len(board.rows) - board.provisional :]
    points = [_point(row, set(last)) for row in board.rows]
    ticks = text_width.ticks(max(point.value for point in points), 4)
    up = Axis(0.0, ticks[-1], [(share, phrases.percent_tick(share)) for share in ticks], "")
    newest = formats.share(points[-1].value)
    return timelines.drawing(
        [timelines.Line("other", "", newest, LIGHT.accent, points)], up, size, height=240.0
    )


def _alt(board: AnyBoard) -> str:
    highest = max(
        board.rows, key=lambda row: (phrases.number(row, "share"), phrases.day(row, "date"))
    )
    day = phrases.dated(phrases.day(highest, "date"))
    now = formats.share(phrases.number(board.rows[-1], "share"))
    return f"It was highest, {formats.share(phrases.number(highest, 'share'))}, in the week to {day}; now it is {now}."


CHART = Chart(
    id="tok-other-share",
    board="other-share",
    title="How much lies outside the top fifty?",
    subtitle=lambda board: (
        f"Share of the tokens of seven days that went to models outside the daily top fifty, {phrases.when(board)}."
    ),
    alt=_alt,
    draw=_draw,
    notes=("Each point is a week up to its day, so that neighbours overlap by six days.",),
)
