"""One author's share of all tokens, week by week."""

from collections.abc import Iterator

from generator.base import formats, palette
from generator.boards.board import AnyBoard
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import phrases, strokes, timelines
from generator.charts.kinds.theme import PERCENT_TICK

_KIND = timelines.Lines("shares", PERCENT_TICK)


def _points(board: AnyBoard) -> Iterator[timelines.Point]:
    weeks = [phrases.day(row, "week") for row in board.rows]
    runs = strokes.runs([week.toordinal() for week in weeks], 7)
    for row, week, run in zip(board.rows, weeks, runs, strict=True):
        share = phrases.number(row, "share")
        tip = phrases.tip(
            ("Share", formats.share(share)),
            ("Tokens", phrases.count(row.number("total_tokens"))),
            ("Rank", phrases.ranks(row) if row["rank"] else ""),
        )
        yield timelines.Point(week, share, tip, run, timelines.is_open(board, week))


def _draw(board: AnyBoard, size: Size) -> Drawing:
    points = list(_points(board))
    colour = palette.author_colour(board.id.parts[0])
    newest = formats.share(points[-1].value)
    line = timelines.Line("share", "", newest, colour, points)
    last = board.window.end if board.window else None
    return timelines.drawing(
        _KIND, [line], size, height=220.0, last=last, days=7, marks=board.marks
    )


CHART = Chart(
    id="tok-author",
    board="author.",
    title=lambda board: board.title,
    subtitle=lambda board: (
        f"Share of all tokens, week by week to {phrases.dated(phrases.day(board.rows[-1], 'week'))}{phrases.known(board)}. "
        "The line breaks where none of its models was in a daily top 50."
    ),
    alt=lambda board: board.finding,
    draw=_draw,
    notes=(
        "Models outside the daily top 50 are not attributed to any author, so this is a lower bound.",
    ),
    applies_to=lambda board: len(board.rows) > 1,
    per_entity=True,
)
