"""Each dataset in two times: for which days a row holds, and from when until when a snapshot stated it so.

A row is closed by the first snapshot that states it otherwise or no longer has it, and is never changed again.
So the rows that were stated up to a day, and not superseded up to it, are the dataset as known on that day.

Rows are kept by month, so that a new day reads its own snapshot and the months that it closes rows of. What is
kept names the snapshots that it was read from, in their order, and the code that read them: where these are not
the archive's and this one's, all of it is made again from the archive, to the same bytes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import msgspec

from generator.archive import remembered
from generator.archive.coverage import is_provisional
from generator.archive.envelope import Credit
from generator.archive.history import History, Refused
from generator.archive.stored_snapshot import StoredSnapshot
from generator.base import dates, files
from generator.base.attribution import Citation
from generator.base.dates import Window
from generator.base.file_cache import FileCache
from generator.endpoints import columns, rankings_daily
from generator.endpoints.columns import Column
from generator.endpoints.endpoint import AnyEndpoint, Parsed
from generator.endpoints.rankings_daily import PROVISIONAL

CONFIRMED = columns.date("snapshot_date", "The newest snapshot that states the row so", always=True)
"""Of rows that state a day: whether they are provisional depends on it."""
TIMES: tuple[Column, ...] = (
    columns.date("valid_from", "The first UTC day that the row holds for", always=True),
    columns.date(
        "valid_to", "The last UTC day that it is known to hold for; empty while it still does"
    ),
    columns.date("stated_on", "The first snapshot that states the row so", always=True),
    columns.date(
        "superseded_on",
        "The snapshot that states it otherwise or no longer has it; empty while none does",
    ),
)
"""The columns that a dataset's table has beside those of its endpoint."""

_INDEX, _OPEN = "index", "open"
_MOST_LOADED = 150_000
"""Rows of months that are held in memory; above it, the month that was used longest ago is written and let go."""


class Row(msgspec.Struct, array_like=True):
    """A record of a dataset's table, and when it was stated.

    Attributes:
        cells: by the endpoint's columns.
        credit: the number of its credit among those of its month.
        valid_from, valid_to, stated_on, superseded_on: days (YYYY-MM-DD), as :data:`TIMES` says.
        snapshot_date: as :data:`CONFIRMED` says, for rows that state a day; else None.
    """

    cells: list[Any]
    credit: int
    valid_from: str
    valid_to: str | None
    stated_on: str
    superseded_on: str | None = None
    snapshot_date: str | None = None


class Month(msgspec.Struct):
    """The rows of one month, in the order in which they were stated, and their credits.

    A row that states a day is in the month of that day, any other in that of the snapshot that first stated it.
    """

    credits: list[Credit]
    rows: list[Row]


class Contents(msgspec.Struct, frozen=True):
    """What there is in a month.

    Attributes:
        sha256: of its rows as they are kept.
        rows: how many there are.
        models: the slugs of the models that they name, sorted.
    """

    sha256: str
    rows: int
    models: list[str]


class _Open(msgspec.Struct, array_like=True):
    """Where the row is that a record has at present, a digest of it, and the last day that it is known to hold for."""

    month: str
    at: int
    digest: str
    last: str


class _Index(msgspec.Struct):
    """The snapshots that a table was read from, its months, and the newest credit of each wording."""

    read: list[str] = []
    refused: list[str] = []
    months: dict[str, Contents] = {}
    open: str = ""
    credits: list[Credit] = []


@dataclass(frozen=True, slots=True)
class _Days:
    """For which days a record holds.

    Attributes:
        first, last: those that it is known to hold for when it is stated (YYYY-MM-DD).
        is_span: whether it says these days itself, so that its being stated again adds none.
        group: the day that it states; empty where records state the day of their snapshot.
    """

    first: str
    last: str
    is_span: bool
    group: str = ""


@dataclass(frozen=True, slots=True)
class _Stated:
    """A record as a snapshot states it, with a digest of its cells."""

    cells: list[Any]
    digest: str
    days: _Days
    citation: Citation


class _Unfit(Exception):
    """Something that was kept is missing or damaged."""


class Table:
    """All rows of one dataset up to the day of a history.

    Args:
        history: the archive as of that day.
        endpoint: of the dataset.
        folder: of what is kept from one run to the next; None keeps nothing.
    """

    def __init__(self, history: History, endpoint: AnyEndpoint, folder: Path | None) -> None:
        self.endpoint = endpoint
        self._history = history
        self._names = [column.name for column in endpoint.columns]
        self._key_places = [self._names.index(name) for name in endpoint.key_columns]
        self._cache = FileCache(folder / endpoint.name if folder else None)
        self._snapshots = history.archive.snapshots(endpoint.name, history.today)
        self._forget()
        try:
            self._catch_up(self._kept_index())
        except _Unfit:
            self._rebuild()

    @property
    def months(self) -> Mapping[str, Contents]:
        """Return what there is of each month (YYYY-MM) with rows, the oldest first."""
        return dict(sorted(self._index.months.items()))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Return the newest credit in each wording of a source, those of the newest snapshot first."""
        return tuple(credit.citation() for credit in self._index.credits)

    @property
    def newest(self) -> date:
        """Return the day of the newest snapshot."""
        return self._snapshots[-1].day

    @property
    def refused(self) -> tuple[Refused, ...]:
        """Return the snapshots that this version cannot read, oldest first."""
        refused: list[Refused] = []
        for snapshot in self._snapshots:
            if snapshot.manifest.sha256 in self._index.refused:
                history = History(self._history.archive, snapshot.day)
                if not history.readable(snapshot):
                    refused += history.refused(self.endpoint.name)
        return tuple(refused)

    def records(self, month: str) -> Iterator[tuple[dict[str, object], Citation]]:
        """Yield the rows of a month, each with its credit: by the day that they state, then as they were stated."""
        try:
            contents = self._month(month)
        except _Unfit:
            self._rebuild()
            contents = self._month(month)
        citations = [credit.citation() for credit in contents.credits]
        rows = contents.rows
        if self.endpoint.row_day is not None:
            rows = sorted(rows, key=lambda row: row.valid_from)
        for row in rows:
            record = dict(zip(self._names, row.cells, strict=True))
            if row.snapshot_date is not None:
                last = row.valid_to or row.valid_from
                record[PROVISIONAL] = _is_provisional(last, row.snapshot_date)
                record[CONFIRMED.name] = row.snapshot_date
            record["valid_from"] = row.valid_from
            record["valid_to"] = row.valid_to
            record["stated_on"] = row.stated_on
            record["superseded_on"] = row.superseded_on
            yield record, citations[row.credit]

    def release(self) -> None:
        """Let go of the rows in memory; those that are asked for again are read again."""
        self._loaded.clear()
        self._searched.clear()
        self._open.clear()

    # What is kept

    def _forget(self) -> None:
        self._index = _Index()
        self._loaded: dict[str, Month] = {}
        self._changed: set[str] = set()
        self._searched: set[str] = set()
        self._open: dict[str, dict[str, _Open]] = {}

    def _kept_index(self) -> _Index:
        """Return the index that was kept, an empty one where it does not fit the archive."""
        data = self._cache.get(_INDEX, remembered.code())
        if data is None:
            return _Index()
        index = msgspec.json.decode(data, type=_Index)
        return index if self._checksums[: len(index.read)] == index.read else _Index()

    @property
    def _checksums(self) -> list[str]:
        return [snapshot.manifest.sha256 for snapshot in self._snapshots]

    def _rebuild(self) -> None:
        self._forget()
        self._catch_up(_Index())

    def _catch_up(self, index: _Index) -> None:
        """Add the snapshots that the index does not name, and keep what has changed.

        Raises:
            _Unfit: something that the index names is missing or damaged.
        """
        self._index = index
        unread = self._snapshots[len(index.read) :]
        if not unread:
            return
        is_by_day = self.endpoint.row_day is not None
        if index.open and not is_by_day:
            self._open[""] = msgspec.json.decode(
                self._kept(_OPEN, index.open), type=dict[str, _Open]
            )
        for snapshot in unread:
            replies = self._replies(snapshot)
            if replies is not None:
                self._add(snapshot, replies)
            index.read.append(snapshot.manifest.sha256)
        for month in sorted(self._changed):
            self._write_month(month)
        if not is_by_day:
            data = msgspec.json.encode(self._open.get("", {}))
            index.open = files.sha256(data)
            self._cache.put(_OPEN, index.open, data)
        # The index comes last: one that names what is not there yet would not be believed.
        self._cache.put(_INDEX, remembered.code(), msgspec.json.encode(index))
        self._cache.keep_only({_INDEX, _OPEN, *index.months})

    def _kept(self, name: str, key: str) -> bytes:
        data = self._cache.get(name, key)
        if data is None:
            raise _Unfit(name)
        return data

    def _month(self, name: str) -> Month:
        """Return a month, empty where it has no rows yet.

        Raises:
            _Unfit: its rows are missing or damaged.
        """
        month = self._loaded.pop(name, None)
        if month is None:
            contents = self._index.months.get(name)
            month = Month([], [])
            if contents is not None:
                month = msgspec.json.decode(self._kept(name, contents.sha256), type=Month)
            self._make_room(len(month.rows))
        self._loaded[name] = month
        return month

    def _make_room(self, rows: int) -> None:
        """Let go of the months that were used longest ago, until there is room for so many rows."""
        loaded = sum(len(month.rows) for month in self._loaded.values())
        while self._loaded and loaded + rows > _MOST_LOADED:
            oldest = next(iter(self._loaded))
            if oldest in self._changed:
                self._write_month(oldest)
            loaded -= len(self._loaded.pop(oldest).rows)

    def _write_month(self, name: str) -> None:
        month = self._loaded[name]
        data = msgspec.json.encode(month)
        contents = Contents(files.sha256(data), len(month.rows), self._models_of(month))
        self._cache.put(name, contents.sha256, data)
        self._index.months[name] = contents
        self._changed.discard(name)

    def _models_of(self, month: Month) -> list[str]:
        """Return the slugs of the models that the rows of a month name, sorted; none for a dataset of no models."""
        if self.endpoint.model_column not in self._names:
            return []
        place = self._names.index(self.endpoint.model_column)
        return sorted({row.cells[place] for row in month.rows} - {None})

    # What a snapshot states

    def _replies(self, snapshot: StoredSnapshot) -> tuple[Parsed[Any], ...] | None:
        """Return the parsed replies of a snapshot; None where this version cannot read it.

        The history remembers what it parses: only the newest snapshot, which boards ask for too, is its to read.
        """
        history = self._history
        if snapshot != self._snapshots[-1]:
            history = History(history.archive, snapshot.day)
        if history.readable(snapshot):
            return history.parsed(self.endpoint, snapshot)
        self._index.refused.append(snapshot.manifest.sha256)
        return None

    def _add(self, snapshot: StoredSnapshot, replies: tuple[Parsed[Any], ...]) -> None:
        """Open, confirm and close rows as a snapshot states them, but for days that are not believed."""
        self._credit(replies)
        day = str(snapshot.day)
        for group, stated in self._groups(snapshot, replies).items():
            open_rows = self._open_rows(group)
            if (snapshot.manifest.sha256, group) in self._unbelieved:
                continue
            self._restate(open_rows, stated, (group or day)[:7], day)
            for key in [key for key in open_rows if key not in stated]:
                self._close(open_rows.pop(key), day)

    def _restate(
        self, open_rows: dict[str, _Open], stated: Mapping[str, _Stated], month: str, day: str
    ) -> None:
        """Confirm the rows that a snapshot states again, and open one for each record that is new or another."""
        for key, record in stated.items():
            before = open_rows.get(key)
            if before is not None and before.digest == record.digest:
                self._confirm(before, record, day)
                continue
            if before is not None:
                self._close(before, day)
            open_rows[key] = self._opened(month, record, day)

    @cached_property
    def _unbelieved(self) -> frozenset[tuple[str, str]]:
        """The checksums of snapshots, each with a day of the rankings that the gates held back in it."""
        usage = self._history.daily_tokens if self.endpoint.name == rankings_daily.NAME else None
        if usage is None:
            return frozenset()
        return frozenset((checksum, str(day)) for checksum, day in usage.unbelieved)

    def _credit(self, replies: tuple[Parsed[Any], ...]) -> None:
        newest: dict[str, Credit] = {}
        for parsed in replies:
            newest.setdefault(_wording(parsed.citation), Credit.of(parsed.citation))
        for credit in self._index.credits:
            newest.setdefault(_wording(credit.citation()), credit)
        self._index.credits = list(newest.values())

    def _groups(
        self, snapshot: StoredSnapshot, replies: tuple[Parsed[Any], ...]
    ) -> dict[str, dict[str, _Stated]]:
        """Return what is stated by key: of each day that rows state, else in one group without a name."""
        row_day = self.endpoint.row_day
        groups: dict[str, dict[str, _Stated]] = {} if row_day is not None else {"": {}}
        # The source's order is no fact: the same rows in another one are the same table.
        records = sorted(
            self._records(snapshot, replies), key=lambda stated: self.endpoint.place(stated[0])
        )
        for record, days, citation in records:
            stated = self._stated(record, days, citation)
            _add_under(groups.setdefault(days.group, {}), self._key(stated.cells), stated)
        return groups

    def _records(
        self, snapshot: StoredSnapshot, replies: tuple[Parsed[Any], ...]
    ) -> Iterator[tuple[Mapping[str, object], _Days, Citation]]:
        """Yield each record of the days that were over, with the days that it holds for and its credit."""
        for parsed in replies:
            stated_day = min(parsed.citation.day, snapshot.day)
            for row in parsed.rows:
                days = self._days(row, stated_day)
                # A snapshot's own day is not over when it is taken.
                if days.group and days.last >= str(snapshot.day):
                    continue
                for record in self.endpoint.table(row):
                    yield record, days, parsed.citation

    def _days(self, row: Any, stated_day: date) -> _Days:
        window = self.endpoint.row_window(row)
        if self.endpoint.row_day is not None:
            day = self.endpoint.row_day(row)
            span = window or Window(day, day)
            return _Days(str(span.start), str(span.end), is_span=True, group=str(day))
        if window is not None:
            return _Days(str(window.start), str(window.end), is_span=True)
        return _Days(str(stated_day), str(stated_day), is_span=False)

    def _stated(self, record: Mapping[str, object], days: _Days, citation: Citation) -> _Stated:
        cells = [record.get(name) for name in self._names]
        return _Stated(cells, files.sha256(msgspec.json.encode(cells)), days, citation)

    def _key(self, cells: list[Any]) -> str:
        return msgspec.json.encode([cells[place] for place in self._key_places]).decode()

    # The rows that stand

    def _open_rows(self, group: str) -> dict[str, _Open]:
        """Return the open rows of a group by key; those of a day are found among the rows of its month."""
        if group and group[:7] not in self._searched:
            self._find_open(group[:7])
        return self._open.setdefault(group, {})

    def _find_open(self, name: str) -> None:
        self._searched.add(name)
        for at, row in enumerate(self._month(name).rows):
            if row.superseded_on is None:
                digest = files.sha256(msgspec.json.encode(row.cells))
                of_day = self._open.setdefault(row.valid_from, {})
                open_row = _Open(name, at, digest, row.valid_from)
                _add_under(of_day, self._key(row.cells), open_row)

    def _confirm(self, row: _Open, stated: _Stated, day: str) -> None:
        if self.endpoint.row_day is not None:
            self._month(row.month).rows[row.at].snapshot_date = day
            self._changed.add(row.month)
        row.last = max(row.last, stated.days.last)

    def _close(self, open_row: _Open, day: str) -> None:
        row = self._month(open_row.month).rows[open_row.at]
        row.superseded_on = day
        if row.valid_to is None:
            row.valid_to = max(open_row.last, row.valid_from)
        self._changed.add(open_row.month)

    def _opened(self, name: str, stated: _Stated, day: str) -> _Open:
        """Add a row to a month, stated first on a day, and return where it is."""
        month = self._month(name)
        credit = Credit.of(stated.citation)
        if credit not in month.credits[-1:]:
            month.credits.append(credit)
        month.rows.append(
            Row(
                cells=stated.cells,
                credit=len(month.credits) - 1,
                valid_from=stated.days.first,
                valid_to=stated.days.last if stated.days.is_span else None,
                stated_on=day,
                snapshot_date=day if self.endpoint.row_day is not None else None,
            )
        )
        self._changed.add(name)
        return _Open(name, len(month.rows) - 1, stated.digest, stated.days.last)


def _add_under(by_key: dict[str, Any], key: str, value: object) -> None:
    """Put a value under its key, and another of the same key under that and its number."""
    taken, number = key, 1
    while taken in by_key:
        number += 1
        taken = f"{key}{number}"
    by_key[taken] = value


def _wording(citation: Citation) -> str:
    return citation.text.replace(citation.as_of, "")


@cache
def _is_provisional(day: str, snapshot_day: str) -> bool:
    return is_provisional(dates.parse_day(day), dates.parse_day(snapshot_day))
