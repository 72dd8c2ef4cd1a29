"""Over how many authors use is spread, week by week."""

from collections.abc import Iterator

from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import phrases, timelines

_KIND = timelines.Lines("counts", "format(datum.value, '~r')")


def _points(board: AnyBoard) -> Iterator[timelines.Point]:
    for row in board.rows:
        effective = row.number("effective")
        if effective is None:
            continue
        low, high = row.number("effective_low"), row.number("effective_high")
        tip = phrases.tip(
            ("Effective number of authors", f"{effective:.1f}"),
            ("At least", "" if low is None else f"{low:.1f}"),
            ("At most", "" if high is None else f"{high:.1f}"),
            ("Authors named", str(row["authors"])),
        )
        week = phrases.day(row, "week")
        yield timelines.Point(
            week, effective, tip, pale=timelines.is_open(board, week), low=low, high=high
        )


def _draw(board: AnyBoard, size: Size) -> Drawing:
    points = list(_points(board))
    newest = f"{points[-1].value:.1f}"
    line = timelines.Line("effective", "", newest, LIGHT.accent, points)
    return timelines.drawing(_KIND, [line], size, height=260.0, days=7, marks=board.marks)


CHART = Chart(
    id="tok-concentration",
    board="concentration",
    title="Over how many authors is use spread?",
    subtitle=lambda board: (
        f"Effective number of authors by tokens, weeks of {phrases.when(board)}: so many equal shares would be as "
        "concentrated. The band is what models outside the top 50 leave open."
    ),
    alt=lambda board: board.finding,
    draw=_draw,
    notes=(
        "1 divided by the sum of the squared shares; the line counts all others as one author.",
    ),
    applies_to=lambda board: any(row.number("effective") is not None for row in board.rows),
)
