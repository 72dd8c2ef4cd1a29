"""Over how many authors use is spread, week by week."""

from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, rows_of
from generator.boards.concentration import ConcentrationRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import phrases, timelines

_KIND = timelines.Lines("counts", "format(datum.value, '~r')", height=260.0, days=7)


def _points(board: AnyBoard) -> list[timelines.Point]:
    points = []
    for row in rows_of(board, ConcentrationRow):
        low, effective, high = row.effective_low, row.effective, row.effective_high
        if effective is None:
            continue
        tip = {
            "Effective number of authors": f"{effective:.1f}",
            "At least": phrases.unless_missing(low, "{:.1f}".format),
            "At most": phrases.unless_missing(high, "{:.1f}".format),
            "Authors named": str(row.authors),
        }
        points.append(timelines.Point(row.week, effective, tip, low=low, high=high))
    return points


def _draw(board: AnyBoard, size: Size) -> Drawing:
    line = timelines.Line("effective", "", LIGHT.accent, _points(board))
    return timelines.drawing(_KIND, board, [line], size)


CHART = Chart(
    id="tok-concentration",
    board="concentration",
    title="Over how many authors is use spread?",
    subtitle=phrases.subtitle(
        "Effective number of authors by tokens, weeks of {when}: so many equal shares would be as concentrated. "
        "The band is what models outside the top 50 leave open."
    ),
    draw=_draw,
    notes=(
        "1 divided by the sum of the squared shares; the line counts all others as one author.",
    ),
    applies_to=lambda board: bool(_points(board)),
)
