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
    if latest is None or "latest.csv" not in latest.files:
        return [], []
    rows = tabular.csv_rows(latest.files["latest.csv"])
    without_credit = [row[: -len(CREDIT_COLUMNS)] for row in islice(rows, MOST + 1)]
    heading, *first = without_credit
    return heading, [list(map(_cut, row)) for row in first]


def _cut(value: str) -> str:
    if len(value) <= LONGEST:
        return value
    return value[: LONGEST - 1] + "…"
