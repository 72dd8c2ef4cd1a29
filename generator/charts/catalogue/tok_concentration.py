"""Over how many authors use is spread, week by week."""

from functools import partial

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, rows_of
from generator.boards.concentration import ConcentrationRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import phrases, timelines

_KIND = timelines.Lines("counts", "format(datum.value, '~r')", height=260.0, days=7, breaks=True)


def _known(board: AnyBoard) -> list[ConcentrationRow]:
    """Return the weeks of which there are tokens."""
    return [row for row in rows_of(board, ConcentrationRow) if row.effective is not None]


def _point(row: ConcentrationRow) -> timelines.Point:
    low, effective, high = row.effective_low, row.effective or 0.0, row.effective_high
    tip = {
        "Effective number of authors": formats.fixed(effective, 1),
        "At least": phrases.unless_missing(low, partial(formats.fixed, places=1)),
        "At most": phrases.unless_missing(high, partial(formats.fixed, places=1)),
        "Authors named": str(row.authors),
    }
    return timelines.Point(row.week, effective, tip, low=low, high=high)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    line = timelines.Line("effective", "", LIGHT.accent, list(map(_point, _known(board))))
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
    applies_to=lambda board: bool(_known(board)),
)
