"""``export``: the whole history as Parquet, for DuckDB on a laptop, or Spark, Trino or BigQuery on a cluster.

    <folder>/<dataset>/year=2026/month=8/part-0.parquet

One file a month, each replaced in one step and only when a snapshot it is made from has changed, so that a
daily export reads one month however long the history is.
"""

import json
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.archive.coverage import is_cut, stated_records
from generator.archive.history import History
from generator.archive.store import Archive, StoredSnapshot
from generator.base import files
from generator.base.attribution import Citation
from generator.base.errors import LeaderboardsError, UsageError
from generator.endpoints import ENDPOINTS
from generator.endpoints.columns import ColumnType
from generator.endpoints.endpoint import AnyEndpoint, Endpoint, Parsed, RowT

try:
    import duckdb
except ModuleNotFoundError as error:
    raise UsageError(
        'export needs DuckDB, which is not installed; install the extra "parquet" or the package duckdb'
    ) from error

FORMAT = 2
"""Part of every file's mark: after a change of the columns all months are written again."""
_COPY = """
COPY (SELECT * FROM read_json($lines, format = 'newline_delimited', columns = $columns))
TO $made (FORMAT parquet, COMPRESSION zstd, KV_METADATA {sources: $mark})
"""
_DUCKDB_TYPES = {
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

Month = tuple[int, int]
Said = tuple[Mapping[str, object], Citation]
"""A row of a dataset's table and its credit."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did: files written, and files that were as they should be."""

    written: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class _Read:
    """Where snapshots are, and the function that reports one that cannot be read."""

    archive: Archive
    say: Callable[[str], None]


def export(
    archive: Archive,
    folder: Path,
    say: Callable[[str], None],
    withheld: Collection[str] = frozenset(),
) -> Exported:
    """Write the files of every month that is new or has changed; those of a withheld dataset are removed.

    Raises:
        UsageError: the archive is empty, or the folder cannot be written.
        LeaderboardsError: a value does not fit its column.
    """
    files.usable_folder(folder)
    written = unchanged = 0
    for endpoint in ENDPOINTS:
        if endpoint.name in withheld:
            shutil.rmtree(folder / endpoint.name, ignore_errors=True)
            continue
        for (year, month), sources in _months(archive, endpoint).items():
            target = (
                folder / endpoint.name / f"year={year:04}" / f"month={month}" / "part-0.parquet"
            )
            mark = _mark(sources)
            if _mark_of(target) == mark:
                unchanged += 1
                continue
            _write(
                target, endpoint, _rows(_Read(archive, say), endpoint, (year, month), sources), mark
            )
            say(f"{endpoint.name}: wrote {year:04}-{month:02}")
            written += 1
    if not written + unchanged:
        raise UsageError(
            f"{archive.root} contains no snapshot to export; run leaderboards snapshot or build first"
        )
    return Exported(written, unchanged)


def _months(archive: Archive, endpoint: AnyEndpoint) -> dict[Month, list[StoredSnapshot]]:
    """Return the snapshots that each month is made from: those taken in it, or those with rows of it."""
    found: dict[Month, list[StoredSnapshot]] = {}
    for kept in archive.snapshots(endpoint.name):
        spoken = kept.manifest.days if endpoint.row_day else [str(kept.day)]
        for year, month in sorted({(int(day[:4]), int(day[5:7])) for day in spoken}):
            found.setdefault((year, month), []).append(kept)
    return dict(sorted(found.items()))


def _mark(sources: Iterable[StoredSnapshot]) -> str:
    return files.sha256(
        "\n".join([str(FORMAT), *(kept.manifest.sha256 for kept in sources)]).encode()
    )


def _mark_of(path: Path) -> str | None:
    """Return the mark that a file was written with, None when there is no readable one."""
    if not path.is_file():
        return None
    try:
        with _engine() as engine:
            found = engine.execute(
                "SELECT key, value FROM parquet_kv_metadata(?)", [str(path)]
            ).fetchall()
    except duckdb.Error:
        return None
    return next((bytes(value).decode() for key, value in found if bytes(key) == b"sources"), None)


def _rows(
    read: _Read, endpoint: AnyEndpoint, month: Month, sources: list[StoredSnapshot]
) -> Iterator[dict[str, object]]:
    if endpoint.row_day is not None:
        yield from _last_stated(read, endpoint, endpoint.row_day, month, sources)
        return
    # The last word of a day: a later revision repeats what stands, and adds what changed.
    newest = {kept.day: kept for kept in sources}
    for kept in newest.values():
        for row, citation in _said(read, endpoint, kept):
            yield {"snapshot_date": str(kept.day), **row, **_credit(citation)}


def _last_stated(
    read: _Read,
    endpoint: Endpoint[RowT],
    row_day: Callable[[RowT], date],
    month: Month,
    sources: list[StoredSnapshot],
) -> Iterator[dict[str, object]]:
    """Yield the rows of each day of the month as the newest snapshot that states the day in full has them."""
    days: dict[date, list[dict[str, object]]] = {}
    for snapshot in sources:
        stated: dict[date, list[dict[str, object]]] = {}
        for parsed in _replies(read, endpoint, snapshot):
            credit = _credit(parsed.citation)
            for row in parsed.rows:
                day = row_day(row)
                # A snapshot's own day is not over when it is taken.
                if (day.year, day.month) != month or day >= snapshot.day:
                    continue
                for record in stated_records(endpoint, row, snapshot.day):
                    dated = {"snapshot_date": str(snapshot.day), **record, **credit}
                    stated.setdefault(day, []).append(dated)
        for day, records in stated.items():
            if day not in days or not is_cut(_tokens(records), _tokens(days[day])):
                days[day] = records
    for day in sorted(days):
        yield from days[day]


def _tokens(records: Iterable[Mapping[str, object]]) -> dict[str, int]:
    """Return the tokens of a day by permaslug."""
    return {str(record["model_permaslug"]): int(str(record["total_tokens"])) for record in records}


def _said(read: _Read, endpoint: AnyEndpoint, kept: StoredSnapshot) -> Iterator[Said]:
    for parsed in _replies(read, endpoint, kept):
        for row in parsed.rows:
            for record in endpoint.table(row):
                yield record, parsed.citation


def _replies(
    read: _Read, endpoint: Endpoint[RowT], kept: StoredSnapshot
) -> tuple[Parsed[RowT], ...]:
    """Return the parsed replies of a snapshot; none where this version cannot read it, which is said."""
    # A history of its own for each snapshot: one that lives on remembers every reply it has parsed.
    history = History(read.archive, kept.day)
    if history.readable(kept):
        return history.parsed(endpoint, kept)
    for refused in history.refused(endpoint.name):
        read.say(str(refused))
    return ()


def _credit(citation: Citation) -> dict[str, str]:
    return {"citation": citation.full, "as_of": citation.as_of, "license": citation.licence}


def columns(endpoint: AnyEndpoint) -> dict[str, str]:
    """Return the file's columns, named as in CSV, with their DuckDB types."""
    types = {"snapshot_date": "DATE"}
    for column in endpoint.columns:
        types[column.name] = _DUCKDB_TYPES[column.type]
    return types | {"citation": "VARCHAR", "as_of": "VARCHAR", "license": "VARCHAR"}


def _write(
    target: Path, endpoint: AnyEndpoint, rows: Iterable[Mapping[str, object]], mark: str
) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=files.STAGING) as aside:
        lines, made = Path(aside, "rows.ndjson"), Path(aside, target.name)
        with lines.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
            for row in rows:
                file.write(json.dumps(row, allow_nan=False) + "\n")
        try:
            with _engine() as engine:
                asked = {
                    "lines": str(lines),
                    "columns": columns(endpoint),
                    "made": str(made),
                    "mark": mark,
                }
                engine.execute(_COPY, asked)
        except duckdb.Error as error:
            raise LeaderboardsError(
                f"{target}: {endpoint.name} does not fit its columns: {error}"
            ) from error
        made.chmod(0o644)
        made.replace(target)


def _engine() -> duckdb.DuckDBPyConnection:
    """Return a database in memory: one thread, so that the same rows give the same bytes, and nothing from the network."""
    return duckdb.connect(
        config={
            "threads": 1,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )
