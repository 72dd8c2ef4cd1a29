"""Tables that grow with the archive: of a long one a page has the newest days, and says where all rows are."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from generator.base.dates import Window
from generator.boards.board import AnyBoard, BoardRow
from generator.charts.chart import DrawnChart, UndrawnChart

MOST_ROWS = 500
"""The most rows of days, weeks or months that a page shows, but for those of one day.

A page of 2,000 weighs up to 2 MB, with 70 MiB more in memory while it is checked; nobody reads to its end.
"""
MOST_ROWS_OF_ONE = 100
"""The most such rows on the page of a chart of which there is one for each model, author or the like.

There can be thousands of these pages: 366 rows weigh 110 kB, which is most of such a page, and 100 weigh 30.
"""


@dataclass(frozen=True, slots=True)
class ShownTable:
    """What a page shows of a board.

    Attributes:
        board: with the rows that are shown.
        all_rows: how many the whole board has.
        window: the days of those that are shown; None where that is the whole board.
    """

    board: AnyBoard
    all_rows: int
    window: Window | None = None

    @property
    def note(self) -> str:
        """Return how many of the rows are shown, and of which days; an empty text where all are."""
        if self.window is None:
            return ""
        shown = len(self.board.rows)
        return f"The newest {shown:,} of {self.all_rows:,} rows: {self.window.human()}."


def newest(board: AnyBoard, most: int = MOST_ROWS) -> ShownTable:
    """Return what a page shows of a board: where its first column is a day, the newest days, each with all its rows.

    The column may also be a week or a month; any other board grows with what there is to rank, and not with time.

    Args:
        board: with all its rows.
        most: the number of rows that are shown, unless the newest day alone has more.
    """
    whole = ShownTable(board, len(board.rows))
    if len(board.rows) <= most or board.columns[0].kind != "day":
        return whole
    key = board.columns[0].key
    first = _first_day(board, key, most)
    rows = tuple(row for row in board.rows if _day(row, key) >= first)
    if len(rows) == len(board.rows):
        return whole
    window = Window(min(_start(row, key) for row in rows), max(_day(row, key) for row in rows))
    return ShownTable(replace(board, rows=rows), len(board.rows), window)


def most_rows(chart: DrawnChart | UndrawnChart) -> int:
    """Return the most rows of days, weeks or months that the page of a chart shows."""
    return MOST_ROWS_OF_ONE if chart.is_variant else MOST_ROWS


def _first_day(board: AnyBoard, key: str, most: int) -> date:
    """Return the oldest day that is shown; the newest is, however many rows it has."""
    rows_by_day = Counter(_day(row, key) for row in board.rows)
    first = max(rows_by_day)
    shown = 0
    for day in sorted(rows_by_day, reverse=True):
        shown += rows_by_day[day]
        if shown > most:
            break
        first = day
    return first


def _day(row: BoardRow, key: str) -> date:
    """Return the day of a row; of one without any a day before all others."""
    value = row[key]
    return value if isinstance(value, date) else date.min


def _start(row: BoardRow, key: str) -> date:
    """Return the first day that a row is of."""
    return row.own_window.start if row.own_window else _day(row, key)


def chart_with_rows(
    board: AnyBoard, charts: Mapping[str, DrawnChart | UndrawnChart]
) -> DrawnChart | UndrawnChart | None:
    """Return a chart whose CSV and JSON have all rows of a board; None where there is none."""
    for chart in charts.values():
        if chart.board.id == board.id and chart.has(".csv") and chart.has(".json"):
            return chart
    return None
