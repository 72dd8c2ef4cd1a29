"""``history.csv``, ``history.json`` and Parquet: each dataset's table in two times, as files.

A month is made once for each state of its rows and of the names of its models: a build makes those again that a
new day has changed, and puts the files together from these and from what earlier builds kept.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from itertools import chain
from pathlib import Path

import msgspec

from generator import endpoints
from generator.archive import tables
from generator.archive.history import History
from generator.archive.tables import Table
from generator.base import files, isolation, tabular
from generator.base.file_cache import FileCache
from generator.base.isolation import Failure
from generator.boards.names import Names
from generator.endpoints import ENDPOINTS, models
from generator.endpoints.columns import Column
from generator.endpoints.endpoint import AnyEndpoint
from generator.render import history_formats, parquet_file, schemas
from generator.render.history_formats import Row, in_csv, in_json, in_parquet
from generator.render.json_headers import dataset_header

LARGEST_TEXT = 16_000_000
"""In bytes: ``history.csv`` and ``history.json`` each have the newest whole months that fit, and at least one.

So the histories of all datasets stay a fifth of what a host of static sites takes, however long they are.
"""

_CSV, _JSON, _PARQUET = "csv", "json", "parquet"
_MAKERS = {_CSV: in_csv, _JSON: in_json, _PARQUET: in_parquet}
Named = Callable[[str], tuple[str | None, str | None]]
"""Returns the name and the author of the model that has a slug, each None where it is not known."""


class HistoryFiles:
    """The files of one dataset.

    Args:
        table: all its rows.
        named: the names of models today.
        folder: of what is kept from one run to the next; None keeps nothing.
    """

    def __init__(self, table: Table, named: Named, folder: Path | None) -> None:
        self.table = table
        self._named = named
        self._cache = FileCache(folder / table.endpoint.name if folder else None)
        self._asked: set[str] = set()

    @property
    def months(self) -> tuple[str, ...]:
        """Return the months with rows (YYYY-MM), oldest first."""
        return tuple(self.table.months)

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Return each month with the path of its Parquet file, oldest first."""
        return tuple((month, parquet_path(month)) for month in self.months)

    @property
    def complete(self) -> bool:
        """Return whether ``history.json`` has every month; ``history.csv``, which is smaller, then has them too."""
        return len(self._held[_JSON]) == len(self.months)

    @property
    def size(self) -> int:
        """Return the bytes of the rows in all files together; those kept need not be read for it."""
        size = 0
        for kind, months in {**self._held, _PARQUET: self.months}.items():
            for month in months:
                size += self._size(month, kind)
        return size

    def prepare(self) -> None:
        """Make every month in every format that it is published in.

        Raises:
            LeaderboardsError: a value does not fit its column.
        """
        # Which months fit into a file of text is known once they are made.
        _ = self._held
        for month in self.months:
            self._size(month, _PARQUET)
        self._cache.keep_only(self._asked)
        self.table.release()

    def parquet(self) -> Iterator[tuple[str, bytes]]:
        """Yield path and bytes of each month, oldest first.

        Raises:
            LeaderboardsError: a value does not fit its column.
        """
        for month, path in self.parts:
            yield path, self._made(month, _PARQUET)

    def texts(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        """Yield name and bytes, month by month, of ``history.csv``, ``history.json`` and the schema of the latter."""
        endpoint, citations = self.table.endpoint, self.table.citations
        heading = tabular.csv_heading([column.name for column in self._columns])
        lines = (self._made(month, _CSV) for month in self._held[_CSV])
        yield "history.csv", chain([heading], lines)
        top = {
            **dataset_header(citations, endpoint.name, str(self.table.newest)),
            "complete": self.complete,
        }
        parts = (self._made(month, _JSON) for month in self._held[_JSON])
        yield "history.json", tabular.json_parts(top, parts)
        yield "history.schema.json", (tabular.indented(schemas.history(endpoint)),)

    # Saves the reading of every month in these files for each question about them.
    @cached_property
    def _held(self) -> Mapping[str, Sequence[str]]:
        """Return the months in each file of text, oldest first, by its format."""
        return {kind: self._newest_months(kind) for kind in (_CSV, _JSON)}

    def _newest_months(self, kind: str) -> list[str]:
        held: list[str] = []
        size = 0
        for month in reversed(self.months):
            size += self._size(month, kind)
            if held and size > LARGEST_TEXT:
                break
            held.insert(0, month)
        return held

    @property
    def _columns(self) -> Sequence[Column]:
        return schemas.history_columns(self.table.endpoint)

    def _made(self, month: str, kind: str) -> bytes:
        """Return the rows of a month in one format."""
        name, key = self._place(month, kind)
        made = self._cache.get(name, key)
        if made is None:
            rows = self._rows(month, self._names(month))
            made = _MAKERS[kind](self.table.endpoint.name, self._columns, rows)
            self._cache.put(name, key, made)
        return made

    def _size(self, month: str, kind: str) -> int:
        """Return the number of bytes of a month in one format, which is made where it is not kept."""
        size = self._cache.size(*self._place(month, kind))
        if size is None:
            return len(self._made(month, kind))
        return size

    def _place(self, month: str, kind: str) -> tuple[str, str]:
        """Return under which name and key a month is kept in one format."""
        inputs = [_code(), kind, self.table.months[month].sha256, self._names(month)]
        name = f"{month}.{kind}"
        self._asked.add(name)
        return name, files.sha256(msgspec.json.encode(inputs))

    def _names(self, month: str) -> Mapping[str, tuple[str | None, str | None]]:
        return {slug: self._named(slug) for slug in self.table.months[month].models}

    def _rows(
        self, month: str, names: Mapping[str, tuple[str | None, str | None]]
    ) -> Iterator[Row]:
        """Yield the records of a month with the names of their models, each with its credit."""
        column = self.table.endpoint.model_column
        for record, citation in self.table.records(month):
            if column:
                name, author = names.get(str(record[column]), (None, None))
                record[schemas.MODEL_NAME.name] = name
                record[schemas.MODEL_AUTHOR.name] = author
            yield record, citation


def parquet_path(month: str) -> str:
    """Return where a month (YYYY-MM) lies below the folder of its dataset."""
    year, number = month.split("-")
    return f"history/year={year}/month={int(number)}/part-0.parquet"


@dataclass(frozen=True, slots=True)
class Histories:
    """The files of each dataset's history, by dataset, and a sentence for each dataset that has none for a fault."""

    files: Mapping[str, HistoryFiles]
    failures: tuple[str, ...] = ()


def history_files(history: History, folder: Path | None) -> Histories:
    """Return the files of every dataset that has a readable snapshot and may be redistributed.

    Every month has been made once then: what names these files knows that they can be had.

    Args:
        folder: of what is kept from one run to the next; None keeps it for this run alone.
    """
    named = model_names(history)
    found, failures = {}, []
    for endpoint in ENDPOINTS:
        what = f"the history of {endpoint.name}"
        made = isolation.attempt(partial(_prepared, history, endpoint, named, folder), what)
        if isinstance(made, Failure):
            failures.append(made.sentence)
        elif made is not None:
            found[endpoint.name] = made
    parquet_file.release()
    return Histories(found, tuple(failures))


def _prepared(
    history: History, endpoint: AnyEndpoint, named: Named, folder: Path | None
) -> HistoryFiles | None:
    made = files_of(history, endpoint, named, folder)
    if made is not None:
        made.prepare()
    return made


def files_of(
    history: History, endpoint: AnyEndpoint, named: Named, folder: Path | None
) -> HistoryFiles | None:
    """Return the files of one dataset; None where nothing of it can be read or it may not be redistributed."""
    if endpoint.name in history.withheld:
        return None
    table = Table(history, endpoint, folder / "tables" if folder else None)
    kept = folder / "history" if folder else None
    if not table.citations:
        return None
    return HistoryFiles(table, named, kept)


def model_names(history: History) -> Named:
    """Return the function that names models as of the history's day; without the catalog it knows their authors alone."""
    names = Names(history.listings, ())

    def named(slug: str) -> tuple[str | None, str | None]:
        model = names.model(slug)
        name = None
        if not model.is_slug and model.author and models.NAME not in history.withheld:
            name = model.source_name
        return name, model.author or None

    return named


@cache
def _code() -> str:
    """Return a digest of everything besides rows and names that decides what a file holds."""
    modules = (history_formats, parquet_file, schemas, tables, tabular)
    paths = [Path(__file__), *(Path(str(module.__file__)) for module in modules)]
    paths += Path(str(endpoints.__file__)).parent.glob("*.py")
    return files.sha256(f"{files.code_digest(paths)} {parquet_file.VERSION}".encode())
