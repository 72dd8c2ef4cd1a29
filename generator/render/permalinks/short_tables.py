"""The tables of a day's page, as HTML, cut to their first rows: all of them stay in the day's boards as data."""

import re
from collections.abc import Collection

_BOARD = re.compile(
    r'<section class="brief" data-sources="(?P<datasets>[^"]*)">.*?</section>', re.DOTALL
)
_ROWS = re.compile(r"(?<=<tbody>\n).*?(?=</tbody>)", re.DOTALL)
_END = "</tr>\n"


def with_first_rows(tables: str, rows: int, withheld: Collection[str]) -> str:
    """Return tables with so many rows each.

    Args:
        tables: as ``partials/day-boards.html.j2`` makes them.
        rows: the number of rows that each has at most.
        withheld: the datasets whose rows are nowhere else on the site: their tables stay whole.
    """

    def cut(board: re.Match[str]) -> str:
        if not set(withheld).isdisjoint(board["datasets"].split()):
            return board[0]
        return _ROWS.sub(lambda body: _first(body[0], rows), board[0])

    return _BOARD.sub(cut, tables)


def _first(body: str, rows: int) -> str:
    """Return the first of these ``<tr>``."""
    return "".join(f"{row}{_END}" for row in body.split(_END)[:-1][:rows])
