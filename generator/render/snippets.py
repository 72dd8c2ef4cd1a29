"""Code that reads the files of a dataset, for the page about it."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from generator.endpoints.columns import ColumnType
from generator.render.dataset_descriptions import DatasetDescription, DatasetFile, Table
from generator.render.latest import ROOT

STAND_IN = "https://example.org/"
"""The address in the snippets of a site that does not know its own; the page's script puts in the real one."""
_NAMES = {"latest.csv": "newest", "history.csv": "history"}
"""The variable that holds each table; other tables of a dataset have no snippet."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of code, and the program that runs it."""

    program: str
    code: str


def snippets(dataset: DatasetDescription, address: str) -> Iterator[Snippet]:
    """Yield a snippet for each program, which reads the newest rows and, where there is one, the history.

    Args:
        dataset: with its files.
        address: of the site, with a slash at its end.
    """
    folder = f"{address}{ROOT}/{dataset.name}/"
    tables = [table for table in dataset.tables if table.file.name in _NAMES]
    if not tables:
        return
    yield Snippet("curl", _each(tables, folder, _curl))
    if dataset.snapshots:
        code = _checked(dataset.snapshots[0], folder)
        yield Snippet("curl: one day, checked against its checksum", code)
    pandas = _each(tables, folder, _pandas)
    yield Snippet("Python, pandas", f"import pandas as pd\n\n{pandas}")
    polars = _each(tables, folder, _polars)
    yield Snippet("Python, polars", f"import polars as pl\n\n{polars}")
    yield Snippet("DuckDB", _each(tables, folder, _duckdb))
    if len(tables) > 1:
        yield Snippet("DuckDB: the rows as known on a day", _known_on(dataset, folder))
    yield Snippet("R", _each(tables, folder, _r))
    yield Snippet("JavaScript", _javascript(folder, dataset.file("history.json") is not None))
    yield Snippet("Google Sheets", _each(tables, folder, _sheets))
    yield Snippet("Excel, Power Query", _excel(tables[-1], folder))


def _each(tables: Iterable[Table], folder: str, line: Callable[[Table, str], str]) -> str:
    """Return a line for each table."""
    return "\n".join(line(table, folder) for table in tables)


def _curl(table: Table, folder: str) -> str:
    return f"curl -fsSO {folder}{table.file.name}"


def _checked(snapshot: DatasetFile, folder: str) -> str:
    """Return commands that download a snapshot, compare it with its checksum, and unpack it."""
    check = f"echo '{snapshot.checksum.sha256}  {snapshot.name}' | sha256sum --check"
    return f"curl -fsSO {folder}{snapshot.name}\n{check}\ngunzip --keep {snapshot.name}"


def _pandas(table: Table, folder: str) -> str:
    address = f"{folder}{table.file.name}"
    types = {column.name: "Int64" for column in table.columns if column.type is ColumnType.TOKENS}
    if not types:
        return f'{_name(table)} = pd.read_csv("{address}")'
    return f'{_name(table)} = pd.read_csv("{address}", dtype={json.dumps(types)})'


def _polars(table: Table, folder: str) -> str:
    # Without it the type of a column is that of its first hundred values.
    return f'{_name(table)} = pl.read_csv("{folder}{table.file.name}", infer_schema_length=None)'


def _duckdb(table: Table, folder: str) -> str:
    return f"CREATE TABLE {_name(table)} AS FROM read_csv('{folder}{table.file.name}', sample_size = -1);"


def _known_on(dataset: DatasetDescription, folder: str) -> str:
    day = dataset.newest
    return (
        f"FROM read_csv('{folder}history.csv', sample_size = -1)\n"
        f"WHERE stated_on <= '{day}' AND (superseded_on IS NULL OR superseded_on > '{day}');"
    )


def _r(table: Table, folder: str) -> str:
    return f'{_name(table)} <- read.csv("{folder}{table.file.name}")'


def _javascript(folder: str, has_history: bool) -> str:
    name = "history" if has_history else "latest"
    return (
        f'const response = await fetch("{folder}{name}.json");\n'
        "const { rows, citation } = await response.json();\n"
        "console.log(rows.length, rows[0], citation);"
    )


def _sheets(table: Table, folder: str) -> str:
    return f'=IMPORTDATA("{folder}{table.file.name}")'


def _excel(table: Table, folder: str) -> str:
    return (
        "let\n"
        f'  File = Web.Contents("{folder}{table.file.name}"),\n'
        '  Rows = Csv.Document(File, [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]),\n'
        "  Table = Table.PromoteHeaders(Rows)\n"
        "in\n"
        "  Table"
    )


def _name(table: Table) -> str:
    return _NAMES[table.file.name]
