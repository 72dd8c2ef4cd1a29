"""Tables as Parquet, with a credit in the file's own description."""

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import duckdb
import msgspec

from generator.base.errors import LeaderboardsError
from generator.base.tabular import CREDIT_COLUMNS
from generator.endpoints.columns import Column, ColumnType

VERSION = duckdb.__version__
_COPY = """
COPY (SELECT * FROM read_json($lines, format = 'newline_delimited', columns = $columns))
TO $made (FORMAT parquet, COMPRESSION zstd, KV_METADATA {about})
"""
_BEYOND_64_BITS = "DECIMAL(38, 0)"
_TYPES = {
    ColumnType.INTEGER: "BIGINT",
    ColumnType.NUMBER: "DOUBLE",
    # Text, as in JSON and CSV: prices have come with 22 decimals and may have 40, more than any DECIMAL holds
    # beside a whole part, and a cast cuts without a word.
    ColumnType.DECIMAL: "VARCHAR",
    ColumnType.TOKENS: "BIGINT",
    ColumnType.DATE: "DATE",
    ColumnType.TIME: "VARCHAR",
    ColumnType.FLAG: "BOOLEAN",
    ColumnType.TEXT: "VARCHAR",
    ColumnType.TEXT_LIST: "VARCHAR",
}


def column_types(table: Sequence[Column]) -> dict[str, str]:
    """Return the columns of a file, named as in CSV, with their types; the credit of each row comes last."""
    types = {column.name: _TYPES[column.type] for column in table}
    return types | dict.fromkeys(CREDIT_COLUMNS, "VARCHAR")


def parquet_file(
    table: Sequence[Column],
    rows: Iterable[Mapping[str, object]],
    describe: Callable[[], Mapping[str, str]],
) -> bytes:
    """Return the rows as one file: the same rows give the same bytes.

    Args:
        table: the columns, but for the credit of each row.
        rows: with the credit of each.
        describe: returns what the file says of itself, by key; it is asked after the last row.

    Raises:
        LeaderboardsError: a value does not fit its column.
    """
    with tempfile.TemporaryDirectory() as folder:
        lines, made = Path(folder, "rows.ndjson"), Path(folder, "part.parquet")
        with lines.open("wb") as file:
            encoder = msgspec.json.Encoder()
            for row in rows:
                file.write(encoder.encode(row) + b"\n")
        about = describe()
        described = ", ".join(f"{name}: ${name}" for name in about)
        statement = _COPY.format(about="{" + described + "}")
        values = {"lines": str(lines), "made": str(made), **about}
        types = column_types(table)
        tokens = [column.name for column in table if column.type is ColumnType.TOKENS]
        wide = types | dict.fromkeys(tokens, _BEYOND_64_BITS)
        try:
            _made(statement, {**values, "columns": types}, {**values, "columns": wide})
        except duckdb.Error as error:
            raise LeaderboardsError(f"a row does not fit its columns: {error}") from error
        return made.read_bytes()


def _made(statement: str, values: Mapping[str, object], otherwise: Mapping[str, object]) -> None:
    """Write a file with these values; with the others, whose token counts may pass 64 bits, where that fails.

    Raises:
        duckdb.Error: it fails with both.
    """
    try:
        _engine().execute(statement, values)
    except duckdb.Error:
        _engine().execute(statement, otherwise)


def release() -> None:
    """Close the database that files are made with, if it is open; the next file opens it again, for 20 ms.

    Open, it keeps 15 MiB of what the rows of a month took.
    """
    if _engine.cache_info().currsize:
        _engine().close()
        _engine.cache_clear()


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    """Return a database in memory: one thread, so that the same rows give the same bytes, and nothing from the network."""
    return duckdb.connect(
        config={
            "threads": 1,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )
