"""Names and prices of every catalog entry over time, from all snapshots of the catalog.

A model leaves the list and its tokens stay in the rankings, so its name must outlive it. Parsing every
catalog ever archived would make a build slower each day: a file beside the snapshots holds the result,
with the snapshots it was read from, and is rebuilt from all of them whenever it does not fit the archive.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

import msgspec

from generator.archive import remembered
from generator.archive.store import Archive
from generator.archive.stored_snapshot import StoredSnapshot
from generator.base import files, key_text
from generator.base.dates import parse_as_of
from generator.base.slugs import Slug
from generator.endpoints import models
from generator.endpoints.endpoint import Reply, rows_of_kind
from generator.endpoints.models import ModelRow, Pricing

_FILE = "memory.json"
_FORM = 3
"""The version of the stored file; one of another version is computed again from all snapshots."""
_LAST = "listings"
"""The listings that were read last, in memory: days that are rendered one after another each add their own snapshot."""


class PricePoint(msgspec.Struct, frozen=True):
    """All prices of an entry from a day (YYYY-MM-DD) on, as the catalog states them."""

    day: str
    pricing: Pricing


class Naming(msgspec.Struct, frozen=True, omit_defaults=True):
    """The words for an entry from a day (YYYY-MM-DD) on; ``created`` is in Unix seconds."""

    day: str
    name: str
    canonical_slug: str
    created: int
    is_alias: bool = False


class Retirement(msgspec.Struct, frozen=True):
    """The day (YYYY-MM-DD) on which an entry is to be retired, as stated from ``day`` on; None for no such day."""

    day: str
    date: str | None


class Span(msgspec.Struct, frozen=True):
    """The first and the last of successive snapshots that list an entry, as days (YYYY-MM-DD)."""

    first: str
    last: str


class ListingHistory(msgspec.Struct, frozen=True, omit_defaults=True):
    """One catalog entry over time.

    Attributes:
        id: the one that it is listed as.
        canonical_slug, name, created: as last listed.
        first_seen: the day of the first snapshot with it, in its list or its look-ups, as YYYY-MM-DD.
        last_seen: the last day as of which a list or a look-up names it, as YYYY-MM-DD.
        alias_of: the slug that it stands for, None where it is a model of its own.
        prices: one point for each change of the prices, oldest first.
        namings: one for each change of the words for it, oldest first.
        hugging_face_id: where its open weights are, as last listed; None where none are stated.
        retirements: one for each change of the day on which it is to be retired, oldest first.
        spans: the times for which it was listed without a break, oldest first; a look-up lists nothing.
    """

    id: str
    canonical_slug: str
    name: str
    created: int
    first_seen: str
    last_seen: str
    alias_of: str | None = None
    prices: list[PricePoint] = []
    namings: list[Naming] = []
    hugging_face_id: str | None = None
    retirements: list[Retirement] = []
    spans: list[Span] = []

    def naming(self, day: date) -> Naming:
        """Return the words for it on a day, those of its first day before that."""
        known = bisect_right(self.namings, str(day), key=lambda naming: naming.day)
        return self.namings[max(known - 1, 0)]

    def was_listed(self, day: str) -> bool:
        """Return whether one of its spans holds the day, given as YYYY-MM-DD."""
        return any(span.first <= day <= span.last for span in self.spans)

    def listed_from_first(self, days: Sequence[str]) -> Sequence[str]:
        """Return the days (YYYY-MM-DD), given oldest first, from the first on up to one that no span holds."""
        listed = 0
        for span in self.spans:
            if listed < len(days) and span.first <= days[listed]:
                listed = max(listed, bisect_right(days, span.last))
        return days[:listed]

    def changed_days(self) -> set[str]:
        """Return the days (YYYY-MM-DD) as of which its words, its prices or its retirement are new."""
        points: list[Naming | PricePoint | Retirement] = [*self.namings, *self.prices]
        points += self.retirements
        return {point.day for point in points}

    @property
    def first_named(self) -> str:
        """The first day as of which a list or a look-up names it, as YYYY-MM-DD."""
        return min([self.first_seen, *(naming.day for naming in self.namings[:1])])

    @property
    def is_alias(self) -> bool:
        """Whether it only leads to another entry, as ``~author/x-latest`` does."""
        return self.alias_of is not None or Slug.parse(self.id).alias


class Listings(msgspec.Struct, frozen=True):
    """All catalog entries over time.

    Attributes:
        read: the sha256 of the snapshots that they were read from, sorted.
        entries: by id.
        absent: slugs that the API did not know, or only as another name of an entry, with the day of the look-up.
        days: as of which these snapshots state the list, each once, oldest first, as YYYY-MM-DD.
        form: of the stored file.
    """

    read: list[str]
    entries: list[ListingHistory]
    absent: dict[str, str]
    days: list[str] = []
    form: int = 0

    def moved_days(self) -> list[str]:
        """Return the days whose list differs from the one before, with the first of all, oldest first.

        A list of hundreds that stands still may be an old one that is served again: what follows it is known
        to have happened after the first of its days, and no more.
        """
        moved = set(self.days[:1])
        for entry in self.entries:
            moved.update(day for day in entry.changed_days() if entry.was_listed(day))
            for span in entry.spans:
                moved.add(span.first)
                day_after = bisect_right(self.days, span.last)
                moved.update(self.days[day_after : day_after + 1])
        return sorted(moved)


@dataclass(frozen=True, slots=True)
class Recalled:
    """The listings, and the snapshots that could not be read for them, each with its error."""

    listings: Listings
    unreadable: tuple[tuple[StoredSnapshot, Exception], ...] = ()


@dataclass(frozen=True, slots=True)
class _Answer:
    """A reply, its rows, and the ids of all entries that it lists."""

    reply: Reply
    rows: tuple[msgspec.Struct, ...]
    listed: frozenset[str]


def recall(archive: Archive, today: date) -> Listings:
    """Return the listings of all readable catalog snapshots up to ``today``."""
    return read(archive, today).listings


def read(archive: Archive, today: date) -> Recalled:
    """Return the listings up to ``today``, from those in memory or stored where they fit the archive.

    A snapshot that cannot be read adds nothing, and is tried again the next time.
    """
    snapshots = archive.snapshots(models.NAME, today)
    known = _known(archive, {snapshot.manifest.sha256 for snapshot in snapshots})
    were_read = set(known.read)
    unread = [snapshot for snapshot in snapshots if snapshot.manifest.sha256 not in were_read]
    if any(_is_late(archive, known, snapshot) for snapshot in unread):
        known, unread = Listings([], [], {}), snapshots
    recalled = _extended(archive, known, unread)
    _in_memory(archive)[_LAST] = recalled.listings
    return recalled


def _known(archive: Archive, checksums: set[str]) -> Listings:
    """Return the listings in memory, or else the stored ones, if they are of none but these snapshots."""
    known = _in_memory(archive).get(_LAST)
    if known is None or not checksums.issuperset(known.read):
        known = _stored(archive)
    if known is None or not checksums.issuperset(known.read):
        known = Listings([], [], {})
    return known


def _in_memory(archive: Archive) -> dict[str, Listings]:
    return archive.remembered.values(_LAST, remembered.code(), Listings)


def _is_late(archive: Archive, known: Listings, snapshot: StoredSnapshot) -> bool:
    """Return whether a readable snapshot is older than others that were read: all are then read in their order."""
    if not known.days or str(snapshot.day) >= known.days[-1]:
        return False
    try:
        _answers(archive, snapshot)
    except Exception:
        return False
    return True


def _answers(archive: Archive, snapshot: StoredSnapshot) -> list[_Answer]:
    """Return the snapshot's replies with their rows.

    Raises:
        ReplyError: this version cannot read it.
    """
    answers: list[_Answer] = []
    for reply in archive.replies(models.ENDPOINT, snapshot):
        rows = models.ENDPOINT.read(reply).rows
        answers.append(_Answer(reply, rows, models.listed_ids(reply)))
    return answers


def remember(archive: Archive, today: date) -> None:
    """Store the listings beside the snapshots, if they have changed."""
    listings = recall(archive, today)
    if listings.read and listings != _stored(archive):
        data = msgspec.json.encode(listings)
        files.write_over(archive.root / models.NAME / _FILE, data + b"\n")


def _stored(archive: Archive) -> Listings | None:
    try:
        # An earlier version may have stored a text that looks like an API key.
        data = key_text.mask_json((archive.root / models.NAME / _FILE).read_bytes())
        listings = msgspec.json.decode(data, type=Listings)
    except (OSError, msgspec.MsgspecError):
        return None
    if listings.form != _FORM:
        return None
    return listings


def _extended(archive: Archive, known: Listings, unread: Iterable[StoredSnapshot]) -> Recalled:
    """Return the listings with what these snapshots, oldest first, state."""
    entries = {entry.id: entry for entry in known.entries}
    absent = dict(known.absent)
    checksums, days = list(known.read), list(known.days)
    unreadable: list[tuple[StoredSnapshot, Exception]] = []
    for snapshot in unread:
        try:
            answers = _answers(archive, snapshot)
        except Exception as error:
            unreadable.append((snapshot, error))
            continue

        stated = max([str(stated_day(snapshot)), *days[-1:]])
        earlier = [day for day in days if day < stated]
        before = max(earlier, default=None)
        listed = frozenset(chain.from_iterable(answer.listed for answer in answers))
        for answer in answers:
            _add_look_up(absent, answer, str(snapshot.day))
            # A look-up never contests the list: its prices may be those of another moment.
            elsewhere = listed - answer.listed
            for row in rows_of_kind(answer.rows, ModelRow):
                if row.id not in elsewhere:
                    _add_row(entries, row, stated, str(snapshot.day))
            for id_ in answer.listed & entries.keys():
                entries[id_] = _listed(entries[id_], stated, before)
        days = [*earlier, stated]
        checksums.append(snapshot.manifest.sha256)

    by_id = sorted(entries.values(), key=lambda entry: entry.id)
    listings = Listings(sorted(checksums), by_id, dict(sorted(absent.items())), days, _FORM)
    return Recalled(listings, tuple(unreadable))


def _add_look_up(absent: dict[str, str], answer: _Answer, snapshot_day: str) -> None:
    """Note in ``absent`` that the API has nothing of the name that was looked up, or that now it does.

    An old name can lead to an entry of another one.
    """
    path = answer.reply.call.path
    looked_up = path.removeprefix(models.ONE)
    named = {(row.id, row.canonical_slug) for row in rows_of_kind(answer.rows, ModelRow)}
    if any(looked_up in names for names in named):
        absent.pop(looked_up, None)
    elif path.startswith(models.ONE) and (named or answer.reply.status == 404):
        absent[looked_up] = snapshot_day


def stated_day(snapshot: StoredSnapshot) -> date:
    """Return the day as of which a snapshot of the catalog states the list: its own, or an earlier one."""
    return min(snapshot.day, parse_as_of(snapshot.manifest.as_of).date())


def _add_row(
    entries: dict[str, ListingHistory], row: ModelRow, stated: str, snapshot_day: str
) -> None:
    """Put the entry of a row, as it is stated for a day that is the newest so far, among the entries by id."""
    before = entries.get(row.id)
    if before is None:
        name, slug = row.name, row.canonical_slug
        before = ListingHistory(row.id, slug, name, row.created, snapshot_day, stated)
    entries[row.id] = _updated(before, row, stated)


def _updated(before: ListingHistory, row: ModelRow, today: str) -> ListingHistory:
    """Return the entry with the row of a day that is the newest so far."""
    return ListingHistory(
        id=row.id,
        canonical_slug=row.canonical_slug,
        name=row.name,
        created=row.created,
        first_seen=before.first_seen,
        last_seen=today,
        alias_of=row.alias_target.slug if row.alias_target else None,
        prices=_with_prices(before.prices, row, today),
        namings=_with_naming(before.namings, row, today),
        hugging_face_id=row.hugging_face_id or None,
        retirements=_with_retirement(before.retirements, row, today),
        spans=before.spans,
    )


def _with_prices(points: list[PricePoint], row: ModelRow, today: str) -> list[PricePoint]:
    """Return the price points with those of the day, if they differ from the last."""
    if points and points[-1].pricing == row.pricing:
        return points
    return [*points, PricePoint(today, row.pricing)]


def _with_naming(namings: list[Naming], row: ModelRow, today: str) -> list[Naming]:
    """Return the namings with that of the day, if it differs from the last."""
    naming = Naming(today, row.name, row.canonical_slug, row.created, row.is_alias)
    if namings and msgspec.structs.replace(namings[-1], day=today) == naming:
        return namings
    return [*namings, naming]


def _with_retirement(points: list[Retirement], row: ModelRow, today: str) -> list[Retirement]:
    """Return the retirements with that of the day, if it differs from the last."""
    stated = str(row.retires) if row.retires else None
    known = points[-1].date if points else None
    if stated == known:
        return points
    return [*points, Retirement(today, stated)]


def _listed(entry: ListingHistory, today: str, before: str | None) -> ListingHistory:
    """Return the entry as listed on a day; ``before`` is that of the snapshot before, None for the first."""
    spans = list(entry.spans)
    if spans and spans[-1].last in (today, before):
        spans[-1] = Span(spans[-1].first, today)
    else:
        spans.append(Span(today, today))
    return msgspec.structs.replace(entry, spans=spans)
