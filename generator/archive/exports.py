"""The source's own dated files as they were received, and how they agree with the archive.

data/exports/<YYYY-MM-DD>.gz     what one run received, word for word, and what it could not read
"""

import gzip
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec

from generator.archive.coverage import SETTLING_DAYS
from generator.archive.history import History
from generator.archive.store import StoredSnapshot
from generator.base import dates, files, formats, strict_json
from generator.endpoints import BY_NAME, exports, rankings_daily
from generator.endpoints.exports import Fact

FOLDER = "exports"
MOST_NAMED = 5
"""The differences that are told one by one."""


class ReceivedFile(msgspec.Struct, frozen=True):
    """A file as it came, which is text in UTF-8.

    Attributes:
        path: below the root of the API.
        body: word for word.
        received_at: when (YYYY-MM-DDTHH:MM:SSZ).
    """

    path: str
    body: str
    received_at: str

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]


class Reading(msgspec.Struct, frozen=True):
    """What one run received, and a sentence for each file that it could not read."""

    day: str
    received: list[ReceivedFile]
    unread: list[str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A dated file of the source beside what is held.

    Attributes:
        path: of the file, below the root of the API.
        day: that it is of.
        checksum: whether its manifest states its sha256; None where no manifest states one of it.
        compared: numbers of the file that are held too.
        equal: those that are the same as here, or as another snapshot held here states them.
        earlier: those of them that only another snapshot states: the source restated them.
        different: those that no snapshot held here states.
        missing_here, missing_there: numbers that only the file, or only this site has.
        differences: the first of those that differ, a sentence each; none of a dataset that is withheld.
        unreadable: why it could not be compared, empty where it was.
    """

    path: str
    day: date
    checksum: bool | None = None
    compared: int = 0
    equal: int = 0
    earlier: int = 0
    different: int = 0
    missing_here: int = 0
    missing_there: int = 0
    differences: tuple[str, ...] = ()
    unreadable: str = ""

    @property
    def agrees(self) -> bool:
        """Whether all that both have is the same, and the file is the one that its manifest names."""
        return not self.unreadable and not self.different and self.checksum is not False


@dataclass(frozen=True, slots=True)
class ExportsState:
    """The newest reading of the source's dated files.

    Attributes:
        read_on: the day of the run.
        comparisons: one for each dated file.
        unread: a sentence for each file that could not be read.
    """

    read_on: date
    comparisons: tuple[Comparison, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    """A number as it is held: as the newest snapshot that counts states it, and as others do."""

    now: Decimal
    others: frozenset[Decimal] = frozenset()


def settled_day(today: date) -> date:
    """Return the newest day whose rankings the source no longer restates."""
    return today - timedelta(days=SETTLING_DAYS + 1)


def path_of(root: Path, day: date) -> Path:
    """Return the file of a run in the archive at ``root``."""
    return root / FOLDER / f"{day}.gz"


def keep(root: Path, reading: Reading) -> None:
    """Store what a run received; nothing that is there already is written over."""
    path = path_of(root, dates.parse_day(reading.day))
    files.write_new(path, files.gzip_bytes(msgspec.json.encode(reading)))


def kept(root: Path) -> list[Path]:
    """Return the files of all runs in the archive at ``root``, oldest first."""
    return sorted((root / FOLDER).glob("*.gz"))


def is_whole(path: Path) -> bool:
    """Return whether the file of a run is as it was written: gzip has a checksum of what is in it."""
    return files.is_whole_gzip(path) and _read(path) is not None


def newest(root: Path, until: date) -> Reading | None:
    """Return the newest reading up to a day, None where there is none that can be read."""
    for path in reversed(kept(root)):
        reading = _read(path)
        if reading is not None and dates.parse_day(reading.day) <= until:
            return reading
    return None


def _read(path: Path) -> Reading | None:
    try:
        reading = msgspec.json.decode(gzip.decompress(path.read_bytes()), type=Reading)
        dates.parse_day(reading.day)
    except (OSError, EOFError, ValueError, zlib.error):
        return None
    return reading


def state(history: History) -> ExportsState | None:
    """Return how the newest reading agrees with the archive, None where no run has read anything."""
    reading = newest(history.archive.root, history.today)
    if reading is None:
        return None
    by_path = {one.path: one for one in reading.received}
    comparisons = [
        _compared(history, one, by_path) for one in reading.received if _day_of(one) is not None
    ]
    unread = tuple(formats.clean(sentence) for sentence in reading.unread)
    return ExportsState(dates.parse_day(reading.day), tuple(comparisons), unread)


def _day_of(one: ReceivedFile) -> date | None:
    """Return the day of a dated file of rows; None of an index or a manifest."""
    try:
        return dates.parse_day(one.name.removesuffix(".json").removesuffix(".csv"))
    except ValueError:
        return None


def _compared(
    history: History, one: ReceivedFile, by_path: Mapping[str, ReceivedFile]
) -> Comparison:
    day = _day_of(one) or history.today
    path = formats.sanitize(one.path)
    body = one.body.encode()
    manifest = by_path.get(f"{one.path.rpartition('.')[0]}.manifest.json")
    checksum = _checksum(manifest, one.name, body) if manifest else None
    try:
        stated = exports.numbers(body, day)
    except (ValueError, RecursionError) as error:
        why = formats.sanitize(str(error))
        return Comparison(path, day, checksum=checksum, unreadable=why)
    held = _held(history, stated, day)
    both = sorted(stated.keys() & held.keys())
    different = [fact for fact in both if stated[fact] not in (held[fact].now, *held[fact].others)]
    earlier = [fact for fact in both if fact not in different and stated[fact] != held[fact].now]
    told = [fact for fact in different if fact.dataset not in history.withheld]
    return Comparison(
        path,
        day,
        checksum=checksum,
        compared=len(both),
        equal=len(both) - len(different),
        earlier=len(earlier),
        different=len(different),
        missing_here=len(stated.keys() - held.keys()),
        missing_there=len(held.keys() - stated.keys()),
        differences=tuple(_told(fact, stated, held) for fact in told[:MOST_NAMED]),
    )


def _checksum(manifest: ReceivedFile, name: str, body: bytes) -> bool | None:
    try:
        value = strict_json.loads(manifest.body.encode())
    except ValueError:
        return None
    return exports.checksum_agrees(value, name, files.sha256(body))


def _told(fact: Fact, stated: Mapping[Fact, Decimal], held: Mapping[Fact, _Held]) -> str:
    day = f", {fact.day}" if fact.day else ""
    numbers = f"{stated[fact]:f} in the export, {held[fact].now:f} here"
    return formats.sanitize(f"{fact.model}, {fact.measure}{day}: {numbers}")


def _held(history: History, stated: Mapping[Fact, Decimal], day: date) -> dict[Fact, _Held]:
    """Return what is held of the datasets and days that a file states."""
    held: dict[Fact, _Held] = {}
    for dataset in sorted({fact.dataset for fact in stated}):
        if dataset == rankings_daily.NAME:
            held |= _held_rankings(history, {fact.day for fact in stated})
        else:
            held |= _held_scores(history, dataset, day, stated)
    return held


def _held_rankings(history: History, days: set[str]) -> dict[Fact, _Held]:
    if history.daily_tokens is None:
        return {}
    others: dict[Fact, set[Decimal]] = {}
    for revision in history.daily_tokens.revisions:
        fact = _tokens_of(revision.day, revision.slug)
        before_and_after = {revision.before, revision.after} - {None}
        others.setdefault(fact, set()).update(Decimal(str(one)) for one in before_and_after)
    held: dict[Fact, _Held] = {}
    for day, tokens in history.daily_tokens.days.items():
        if str(day) in days:
            for slug, count in tokens.items():
                fact = _tokens_of(day, slug)
                held[fact] = _Held(Decimal(count), frozenset(others.get(fact, ())))
    return held


def _tokens_of(day: date, slug: str) -> Fact:
    return Fact(rankings_daily.NAME, str(day), slug, "total_tokens")


def _held_scores(
    history: History, dataset: str, day: date, stated: Mapping[Fact, Decimal]
) -> dict[Fact, _Held]:
    """Return the scores of the newest snapshot up to a day, and what those around it state otherwise."""
    snapshots = history.snapshots(dataset)
    before = [one for one in snapshots if one.day <= day]
    after = [one for one in snapshots if one.day > day]
    # The first of them is the one that counts.
    around = [*reversed(before[-2:]), *after[:1]]
    if not around:
        return {}
    now, *others = [dict(_scores(history, one, day)) for one in around]
    lists = {fact.measure for fact in stated if fact.dataset == dataset}
    held: dict[Fact, _Held] = {}
    for fact, value in now.items():
        if fact.measure in lists:
            elsewhere = {other[fact] for other in others if fact in other}
            held[fact] = _Held(value, frozenset(elsewhere))
    return held


def _scores(
    history: History, snapshot: StoredSnapshot, day: date
) -> Iterator[tuple[Fact, Decimal]]:
    endpoint = BY_NAME[snapshot.manifest.dataset]
    for parsed in history.parsed(endpoint, snapshot):
        for row in parsed.rows:
            for record in endpoint.table(row):
                yield from exports.numbers_of(record, day)
