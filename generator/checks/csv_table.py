"""A table in CSV, read once for all checks: how wide its rows are, and how they are credited."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from generator.base import tabular

Stated: TypeAlias = tuple[str, ...]
"""The last three cells of a row, which credit it."""


@dataclass(frozen=True, slots=True)
class Table:
    """What is looked at of a table; its rows are not held.

    Attributes:
        heading: the cells of its first line.
        rows: the number of rows below it.
        forms: for each form of a row the number of its first line: the number of its cells, the newest credit with
            words so far, the row's own included, and the row's own.
    """

    heading: list[str]
    rows: int
    forms: Mapping[tuple[int, Stated, Stated], int]

    @property
    def widths(self) -> set[int]:
        """Return how many cells its rows have, the heading included."""
        return {len(self.heading), *(width for width, _, _ in self.forms)}


def read(data: bytes) -> Table:
    """Return a table.

    Raises:
        ValueError: it has no line, or is not UTF-8.
        csv.Error: a quote stands in the wrong place.
    """
    lines = tabular.csv_rows(data, strict=True)
    heading = next(lines, None)
    if heading is None:
        raise ValueError("it has no heading")
    forms: dict[tuple[int, Stated, Stated], int] = {}
    above: list[str] = []
    in_words: Stated = ()
    number, width = 1, len(heading)
    for number, row in enumerate(lines, 2):
        # Most rows are like the one above.
        if row[-3:] != above or len(row) != width:
            width, above = len(row), row[-3:]
            stated = tuple(above)
            if any(stated[:1]):
                in_words = stated
            forms.setdefault((width, in_words, stated), number)
    return Table(heading, number - 1, forms)
