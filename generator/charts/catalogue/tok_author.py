"""One author's share of all tokens, week by week."""

from generator.base import palette
from generator.base.dates import human_day
from generator.boards.author_profiles import AuthorWeekRow, AuthorWeeksBoard
from generator.boards.board import AnyBoard, narrowed, rows_of
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import phrases, theme, timelines

_KIND = timelines.Lines("shares", theme.PERCENT_TICK, height=220.0, days=7, breaks=True)


def _point(row: AuthorWeekRow) -> timelines.Point:
    tip = {
        "Share": phrases.share_between(row.share, row.share_high),
        "Tokens": phrases.count_between(row.total_tokens, row.total_tokens_high),
        "Rank": phrases.ranks(row),
    }
    return timelines.Point(row.week, row.share, tip)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    weeks = rows_of(board, AuthorWeekRow)
    color = palette.author_color(narrowed(board, AuthorWeeksBoard).author.id)
    newest = phrases.share_or_more(weeks[-1].share, weeks[-1].share_high)
    line = timelines.Line("share", "", color, list(map(_point, weeks)), newest)
    last = board.window.end if board.window else None
    return timelines.drawing(_KIND, board, [line], size, last=last)


CHART = Chart(
    id="tok-author",
    board="author.",
    subtitle=lambda board: (
        f"Share of all tokens, week by week to {human_day(phrases.day(board.rows[-1], 'week'))}{phrases.known(board)}. "
        "The line breaks where none of its models was in a daily top 50."
    ),
    draw=_draw,
    notes=(
        "Models outside the daily top 50 are not attributed to any author, so this is a lower bound.",
    ),
    applies_to=lambda board: len(board.rows) > 1,
    per_entity=True,
)
