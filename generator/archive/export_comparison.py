"""How the source's own dated files agree with the archive."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.archive.exports import ReceivedFile, newest
from generator.archive.history import History
from generator.archive.stored_snapshot import StoredSnapshot
from generator.base import dates, files, formats, strict_json
from generator.endpoints import BY_NAME, exports, rankings_daily
from generator.endpoints.endpoint import AnyEndpoint
from generator.endpoints.exports import Fact

MOST_NAMED = 5
"""The differences that are told one by one."""


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
class _HeldNumber:
    """A number as it is held.

    Attributes:
        now: as the snapshot states it that counts.
        others: as other snapshots state it.
    """

    now: Decimal
    others: frozenset[Decimal] = frozenset()


def state(history: History) -> ExportsState | None:
    """Return how the newest reading agrees with the archive, None where no run has read anything."""
    reading = newest(history.archive.root, history.today)
    if reading is None:
        return None
    by_path = {file.path: file for file in reading.received}
    comparisons = []
    for file in reading.received:
        day = _day_of(file)
        if day is not None:
            comparisons.append(_compared(history, file, day, by_path))
    unread = tuple(formats.clean(sentence) for sentence in reading.unread)
    return ExportsState(dates.parse_day(reading.day), tuple(comparisons), unread)


def _day_of(file: ReceivedFile) -> date | None:
    """Return the day of a dated file of rows; None of an index or a manifest."""
    try:
        return dates.parse_day(file.name.removesuffix(".json").removesuffix(".csv"))
    except ValueError:
        return None


def _compared(
    history: History, file: ReceivedFile, day: date, by_path: Mapping[str, ReceivedFile]
) -> Comparison:
    """Return how the file of a day agrees with the archive, and with its manifest among the files received."""
    path = formats.sanitize(file.path)
    body = file.body.encode()
    manifest = by_path.get(f"{file.path.rpartition('.')[0]}.manifest.json")
    checksum = _checksum(manifest, file.name, body)
    try:
        stated = exports.numbers(body, day)
    except (ValueError, RecursionError) as error:
        why = formats.sanitize(str(error))
        return Comparison(path, day, checksum=checksum, unreadable=why)

    held = _held_numbers(history, stated, day)
    both = sorted(stated.keys() & held.keys())
    earlier: list[Fact] = []
    different: list[Fact] = []
    for fact in both:
        if stated[fact] == held[fact].now:
            continue
        if stated[fact] in held[fact].others:
            earlier.append(fact)
        else:
            different.append(fact)
    named = [fact for fact in different if fact.dataset not in history.withheld]
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
        differences=tuple(_difference(fact, stated, held) for fact in named[:MOST_NAMED]),
    )


def _checksum(manifest: ReceivedFile | None, name: str, body: bytes) -> bool | None:
    """Return whether a manifest states the checksum of a file; None where there is none that states one."""
    if manifest is None:
        return None
    try:
        value = strict_json.loads(manifest.body.encode())
    except ValueError:
        return None
    return exports.checksum_agrees(value, name, files.sha256(body))


def _difference(
    fact: Fact, stated: Mapping[Fact, Decimal], held: Mapping[Fact, _HeldNumber]
) -> str:
    """Return ``a/one, total_tokens, 2026-08-17: 12 in the export, 13 here``."""
    what = f"{fact.model}, {fact.measure}"
    if fact.day:
        what += f", {fact.day}"
    return formats.sanitize(f"{what}: {stated[fact]:f} in the export, {held[fact].now:f} here")


def _held_numbers(
    history: History, stated: Mapping[Fact, Decimal], day: date
) -> dict[Fact, _HeldNumber]:
    """Return what is held of the datasets and days that a file states."""
    held: dict[Fact, _HeldNumber] = {}
    for dataset in sorted({fact.dataset for fact in stated}):
        of_dataset = [fact for fact in stated if fact.dataset == dataset]
        if dataset == rankings_daily.NAME:
            held |= _held_tokens(history, {fact.day for fact in of_dataset})
        else:
            held |= _held_scores(history, dataset, day, {fact.measure for fact in of_dataset})
    return held


def _held_tokens(history: History, days: set[str]) -> dict[Fact, _HeldNumber]:
    """Return the tokens of these days (YYYY-MM-DD), with what they were before a snapshot restated them."""
    rankings = history.daily_tokens
    if rankings is None:
        return {}
    others: dict[Fact, set[Decimal]] = {}
    for revision in rankings.revisions:
        fact = _tokens_of(revision.day, revision.slug)
        for tokens in (revision.before, revision.after):
            if tokens is not None:
                others.setdefault(fact, set()).add(Decimal(tokens))

    held: dict[Fact, _HeldNumber] = {}
    for day, by_slug in rankings.days.items():
        if str(day) not in days:
            continue
        for slug, tokens in by_slug.items():
            fact = _tokens_of(day, slug)
            held[fact] = _HeldNumber(Decimal(tokens), frozenset(others.get(fact, ())))
    return held


def _tokens_of(day: date, slug: str) -> Fact:
    return Fact(rankings_daily.NAME, str(day), slug, "total_tokens")


def _held_scores(
    history: History, dataset: str, day: date, measures: set[str]
) -> dict[Fact, _HeldNumber]:
    """Return these scores of the newest snapshot up to a day, and what those around it state otherwise."""
    snapshots = _around(history.snapshots(dataset), day)
    if not snapshots:
        return {}
    endpoint = BY_NAME[dataset]
    now, *others = [dict(_scores(history, endpoint, snapshot, day)) for snapshot in snapshots]
    held: dict[Fact, _HeldNumber] = {}
    for fact, value in now.items():
        if fact.measure in measures:
            elsewhere = {other[fact] for other in others if fact in other}
            held[fact] = _HeldNumber(value, frozenset(elsewhere))
    return held


def _around(snapshots: Sequence[StoredSnapshot], day: date) -> list[StoredSnapshot]:
    """Return the newest snapshot up to a day, the one before it, and the first after that day."""
    before = [snapshot for snapshot in snapshots if snapshot.day <= day]
    after = [snapshot for snapshot in snapshots if snapshot.day > day]
    return [*reversed(before[-2:]), *after[:1]]


def _scores(
    history: History, endpoint: AnyEndpoint, snapshot: StoredSnapshot, day: date
) -> Iterator[tuple[Fact, Decimal]]:
    for parsed in history.parsed(endpoint, snapshot):
        for row in parsed.rows:
            for record in endpoint.table(row):
                yield from exports.numbers_of(record, day)
