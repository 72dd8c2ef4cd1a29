"""A table in CSV, read once for all checks: how wide its rows are, and how they are credited."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
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
    lines = tabular.text_lines(data)
    heading = next(csv.reader(lines, strict=True), None)
    if heading is None:
        raise ValueError("it has no heading")
    forms: dict[tuple[int, Stated, Stated], int] = {}
    above: tuple[int, list[str]] | None = None
    in_words: Stated = ()
    number = 1
    for number, line in enumerate(lines, 2):
        form = _form(line, lines)
        # Most rows are like the one above.
        if form != above:
            above = form
            width, last = form
            stated = tuple(last)
            if any(stated[:1]):
                in_words = stated
            forms.setdefault((width, in_words, stated), number)
    return Table(heading, number - 1, forms)


def _form(line: str, lines: Iterator[str]) -> tuple[int, list[str]]:
    """Return the number of cells of the row that begins with a line, and its last three.

    A row without quotes is its line: to count its commas takes a fifth of what it takes to make its cells.

    Args:
        line: its first.
        lines: those that follow, of which one with quotes may take more.
    """
    row = line.rstrip("\r\n")
    if '"' not in row:
        return row.count(",") + 1, row.rsplit(",", 3)[-3:]
    cells = next(csv.reader(chain([line], lines), strict=True))
    return len(cells), cells[-3:]
