"""The rows of a month of a dataset's history, as CSV, JSON or Parquet."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from generator.base import tabular
from generator.base.attribution import Citation
from generator.endpoints.columns import Column, ColumnType
from generator.render.parquet_file import parquet_file

Row = tuple[dict[str, object], Citation]
"""A record, and whom it is credited to."""

_FRACTIONS = (ColumnType.NUMBER, ColumnType.DECIMAL)
_PLAIN = (*_FRACTIONS, ColumnType.INTEGER, ColumnType.TOKENS, ColumnType.DATE)
_POINT = re.compile(r"[.eE]")


def plain_columns(columns: Iterable[Column]) -> set[str]:
    """Return the names of the columns whose values a spreadsheet takes for nothing else: numbers and days."""
    return {column.name for column in columns if column.type in _PLAIN}


def in_csv(_dataset: str, columns: Sequence[Column], rows: Iterable[Row]) -> bytes:
    """Return the lines of a table, without its heading."""
    names = [column.name for column in columns]
    return tabular.csv_lines(names, _with_points(columns, rows), plain_columns(columns))


def in_json(_dataset: str, _columns: Sequence[Column], rows: Iterable[Row]) -> bytes:
    """Return the records, one a line, with a comma between two; each has its ``as_of``."""
    encode = msgspec.json.Encoder().encode
    lines = (encode(record | {"as_of": cited.as_of}) for record, cited in rows)
    return b",\n".join(lines)


def in_parquet(dataset: str, columns: Sequence[Column], rows: Iterable[Row]) -> bytes:
    """Return the records as a file that names the dataset and its credit; each record has its own, too.

    Raises:
        LeaderboardsError: a value does not fit its column.
    """
    credits_: dict[Citation, dict[str, str]] = {}

    def about() -> dict[str, str]:
        header = tabular.header(tabular.first_of_each_source(reversed(credits_)))
        stated = {name: str(header[name]) for name in tabular.CREDIT_COLUMNS}
        return {"dataset": dataset, **stated}

    return parquet_file(columns, _credited(rows, credits_), about)


def _credited(
    rows: Iterable[Row], credits_: dict[Citation, dict[str, str]]
) -> Iterator[Mapping[str, object]]:
    """Yield the records with their credit; each credit is noted when it first comes."""
    for record, citation in rows:
        if citation not in credits_:
            credits_[citation] = tabular.credit(citation)
        yield {**record, **credits_[citation]}


def _with_points(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows with a decimal point in fractions: from a hundred without one, readers guess at integers."""
    names = [column.name for column in columns if column.type in _FRACTIONS]
    for record, citation in rows:
        for name in names:
            value = record[name]
            if value is not None and not _POINT.search(str(value)):
                record[name] = f"{value}.0"
        yield record, citation
