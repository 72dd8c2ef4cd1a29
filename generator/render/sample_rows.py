"""The first rows of a dataset's newest table, for its page."""

from itertools import islice

from generator.base import tabular
from generator.base.tabular import CREDIT_COLUMNS
from generator.render.latest import LatestFiles

MOST = 10
LONGEST = 60
"""Characters of a value; the page cuts a longer one."""


def sample_rows(latest: LatestFiles | None) -> tuple[list[str], list[list[str]]]:
    """Return the heading and the first rows of ``latest.csv`` without the credit, which the page shows below them."""
    table = latest.files.get("latest.csv", b"") if latest else b""
    rows = tabular.csv_rows(table)
    credit = len(CREDIT_COLUMNS)
    heading, *first = [row[:-credit] for row in islice(rows, MOST + 1)] or [[]]
    return heading, [list(map(_cut, row)) for row in first]


def _cut(value: str) -> str:
    return value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
