"""``data/v1/<dataset>/latest.json`` and ``latest.csv``: each dataset's newest rows as files.

They are written before all other artifacts, because pages and manifests state their checksums.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from generator.archive.coverage import stated_records
from generator.archive.history import History
from generator.archive.stored_snapshot import StoredSnapshot
from generator.base import files, tabular
from generator.base.attribution import Citation
from generator.boards.site import DatasetState, Site
from generator.endpoints import BY_NAME, rankings_daily
from generator.endpoints.endpoint import AnyEndpoint
from generator.endpoints.rankings_daily import RankingRow
from generator.render.json_headers import dataset_header

ROOT = "data/v1"


class Checksum(NamedTuple):
    """The sha256 of a file, in hex, and its size in bytes."""

    sha256: str
    size: int

    @classmethod
    def of(cls, body: bytes) -> "Checksum":
        """Return the checksum of these bytes."""
        return cls(files.sha256(body), len(body))

    def record(self) -> dict[str, object]:
        """Return the members that state it in a published JSON file."""
        return {"sha256": self.sha256, "bytes": self.size}


@dataclass(frozen=True, slots=True)
class LatestFiles:
    """The newest rows of one dataset.

    Attributes:
        header: the members that stand at the top of each JSON file about the dataset.
        rows: how many there are.
        files: bytes by file name.
    """

    header: Mapping[str, object]
    rows: int
    files: Mapping[str, bytes]

    def checksums(self) -> dict[str, Checksum]:
        """Return the checksum of each file, by name."""
        return {name: Checksum.of(body) for name, body in self.files.items()}


def latest_files(history: History, site: Site) -> dict[str, LatestFiles]:
    """Return the files of every dataset that has a snapshot and may be redistributed, by dataset."""
    latest: dict[str, LatestFiles] = {}
    for state in site.datasets:
        if state.day and state.redistributable:
            latest[state.name] = _latest_of(history, state)
    return latest


def _latest_of(history: History, state: DatasetState) -> LatestFiles:
    endpoint = BY_NAME[state.name]
    records = sorted(_records(history, endpoint), key=lambda pair: endpoint.place(pair[0]))
    header = {**dataset_header(state.citations, state.name, str(state.day)), "stale": state.stale}
    columns = [column.name for column in endpoint.columns]
    rows: list[dict[str, object]] = []
    for record, citation in records:
        row = {name: record.get(name) for name in columns}
        if len(state.citations) > 1:
            row["as_of"] = citation.as_of
        rows.append(row)
    bodies = {
        "latest.json": tabular.json_file(header, rows),
        "latest.csv": tabular.csv_file(columns, records),
    }
    return LatestFiles(header, len(records), bodies)


def _records(
    history: History, endpoint: AnyEndpoint
) -> Iterator[tuple[Mapping[str, object], Citation]]:
    newest = history.newest(endpoint.name)
    if newest is None:
        return
    held_back = _held_back_days(history, endpoint, newest)
    for parsed in history.parsed(endpoint, newest):
        for row in parsed.rows:
            if endpoint.row_day is not None and endpoint.row_day(row) in held_back:
                continue
            for record in stated_records(endpoint, row, newest.day):
                yield record, parsed.citation
    yield from _last_good(history, held_back)


def _held_back_days(
    history: History, endpoint: AnyEndpoint, newest: StoredSnapshot
) -> frozenset[date]:
    """Return the days of the rankings that the gates hold back in the newest snapshot."""
    if endpoint.name != rankings_daily.NAME or history.daily_tokens is None:
        return frozenset()
    checksum = newest.manifest.sha256
    return frozenset(day for sha256, day in history.daily_tokens.unbelieved if sha256 == checksum)


def _last_good(
    history: History, held_back: Collection[date]
) -> Iterator[tuple[Mapping[str, object], Citation]]:
    """Yield the records of days that are held back as an earlier snapshot stated them, oldest first."""
    for day in sorted(held_back):
        usage = history.daily_tokens
        if usage is None or day not in usage.days:
            continue
        statement = usage.stated[day]
        for slug, tokens in usage.days[day].items():
            row = RankingRow(day, slug, str(tokens))
            for record in stated_records(rankings_daily.ENDPOINT, row, statement.snapshot_day):
                yield record, statement.citation
