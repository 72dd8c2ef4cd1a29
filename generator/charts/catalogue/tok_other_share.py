"""How much of the traffic lies outside the daily top 50."""

from collections.abc import Iterator
from datetime import timedelta

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards import sentences
from generator.boards.board import AnyBoard, BoardRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import phrases, timelines
from generator.charts.kinds.theme import PERCENT_TICK

_KIND = timelines.Lines("shares", PERCENT_TICK)


def _point(row: BoardRow, board: AnyBoard, run: int) -> timelines.Point:
    share, day = phrases.number(row, "share"), phrases.day(row, "date")
    tip = phrases.tip(
        ("Share", formats.share(share)), ("Tokens", phrases.count(row.number("other")))
    )
    return timelines.Point(
        day, share, tip, run, timelines.is_open(board, day), fields={"share": share}
    )


def _points(board: AnyBoard) -> Iterator[timelines.Point]:
    """Yield a point for each row; nothing joins those on two sides of a week that is not whole."""
    run, before = 0, None
    for row in board.rows:
        day = phrases.day(row, "date")
        run += before is not None and day - before > timedelta(days=1)
        before = day
        yield _point(row, board, run)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    points = list(_points(board))
    newest = formats.share(points[-1].value)
    line = timelines.Line("other", "", newest, LIGHT.accent, points)
    return timelines.drawing(_KIND, [line], size, height=240.0, marks=board.marks)


def _alt(board: AnyBoard) -> str:
    highest = sentences.at_top(board.rows, lambda row: phrases.number(row, "share"))
    first, last = board.rows[0], board.rows[-1]
    share = formats.share(phrases.number(last, "share"))
    newest = phrases.day(last, "date")
    day = phrases.dated(newest)
    if len(board.rows) == 1:
        return f"Usage outside the top 50 was {share} in the week to {day}."
    peak = formats.share(phrases.number(highest[0], "share"))
    if all(formats.share(phrases.number(row, "share")) == peak for row in board.rows):
        since = phrases.dated(phrases.day(first, "date"))
        return f"Usage outside the top 50 was {peak} in every whole week, from the one to {since} to the one to {day}."
    now = f"now it is {share}"
    if board.window is not None and newest < board.window.end:
        now = f"in the newest whole week, to {day}, it was {share}"
    days = [phrases.dated(phrases.day(row, "date")) for row in highest]
    weeks = f"week to {days[0]}" if len(days) == 1 else f"{len(days)} weeks, the last to {days[-1]}"
    return f"Usage outside the top 50 peaked at {peak} ({weeks}); {now}."


CHART = Chart(
    id="tok-other-share",
    board="other-share",
    title="How much usage is outside the top 50?",
    subtitle=lambda board: (
        f"Share of seven-day tokens that went to models outside the daily top 50, {phrases.when(board)}."
    ),
    alt=_alt,
    draw=_draw,
    notes=(
        "Each point is a week up to its day, so that neighbours overlap by six days.",
        "The line breaks where a day of the week is missing.",
    ),
)
