"""Whose tokens rose and fell most against the week before."""

from generator.base.palette import LIGHT
from generator.boards import mover_words
from generator.boards.board import AnyBoard, rows_of
from generator.boards.movers import MoverRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases, ranked


def _bar(row: MoverRow, size: Size) -> bars.Bar:
    label, relative = mover_words.difference(row), mover_words.change(row)
    tip = {
        "Change, tokens": label,
        "This week": phrases.count_between(row.total_tokens, row.total_tokens_high),
        "Previous week": phrases.count_between(row.before, row.before_high),
        "Change, %": relative,
    }
    look = None
    more = []
    if size.wide and relative:
        more.append(relative)
    if size.wide and row.before is None:
        more.append("new in the top 50")
    if row.firm is False:
        tip["Firm"] = "no: the sign depends on one weekday"
        look = ("not firm", LIGHT.other)
        more.append("not firm")
    item = ranked.item(row, "model_permaslug", tip, rank="", look=look)
    return bars.Bar(item, row.difference, label, ", ".join(more))


def _draw(board: AnyBoard, size: Size) -> Drawing:
    changes = [_bar(row, size) for row in rows_of(board, MoverRow)]
    return bars.diverging("tokens", sorted(changes, key=lambda bar: -bar.value), size)


CHART = Chart(
    id="tok-movers",
    board="movers-7d",
    title="Which models gained and lost the most use this week?",
    subtitle=phrases.subtitle("Change in tokens, {when}, from the previous seven days."),
    alt=lambda board: board.finding or "No change between the two weeks is firm.",
    draw=_draw,
    notes=(
        "A day outside the top 50 counts with the least and the most that it can have held; ≥ and ≤ show what is certain.",
        "Gray bars are not firm: their sign depends on one weekday.",
    ),
)
