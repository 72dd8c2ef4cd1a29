"""Names and prices of every catalogue entry over time, from all snapshots of the catalogue.

A model leaves the list and its tokens stay in the rankings, so its name must outlive it. Parsing every
catalogue ever archived would make a build slower each day: a file beside the snapshots holds the result,
with the snapshots it was read from, and is rebuilt from all of them whenever it does not fit the archive.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import msgspec

from generator.archive.store import Archive, StoredSnapshot
from generator.base import files, key_text
from generator.base.dates import parse_day
from generator.base.slugs import Slug
from generator.endpoints import models
from generator.endpoints.endpoint import rows_of_kind
from generator.endpoints.models import ModelRow

_FILE = "memory.json"

PricePoint = tuple[str, str, str]
"""A day (YYYY-MM-DD), and the prices of input and output from then on, in US dollars per token."""


class ListingHistory(msgspec.Struct, frozen=True, omit_defaults=True):
    """One catalogue entry over time.

    Attributes:
        id: the one that it is listed as.
        canonical_slug, name, created: as last listed.
        first_seen, last_seen: the first and the last day of a catalogue with it, as YYYY-MM-DD.
        alias_of: the slug that it stands for, None where it is a model of its own.
        prices: one point for each change of the prices, oldest first.
    """

    id: str
    canonical_slug: str
    name: str
    created: int
    first_seen: str
    last_seen: str
    alias_of: str | None = None
    prices: list[PricePoint] = []

    @property
    def is_alias(self) -> bool:
        """Whether it only leads to another entry, as ``~author/x-latest`` does."""
        return self.alias_of is not None or Slug.parse(self.id).alias


class Listings(msgspec.Struct, frozen=True):
    """All catalogue entries over time.

    Attributes:
        read: the sha256 of the snapshots that they were read from, sorted.
        entries: by id.
        absent: slugs that the API did not know, with the day of the look-up.
    """

    read: list[str]
    entries: list[ListingHistory]
    absent: dict[str, str]


@dataclass(frozen=True, slots=True)
class Recalled:
    """The listings, and the snapshots that could not be read for them, each with its error."""

    listings: Listings
    unreadable: tuple[tuple[StoredSnapshot, Exception], ...] = ()


def recall(archive: Archive, today: date) -> Listings:
    """Return the listings of all readable catalogue snapshots up to ``today``."""
    return read(archive, today).listings


def read(archive: Archive, today: date) -> Recalled:
    """Return the listings up to ``today``, from the stored ones where they fit the archive.

    A snapshot that cannot be read adds nothing, and is tried again the next time.
    """
    snapshots = archive.snapshots(models.NAME, today)
    checksums = {snapshot.manifest.sha256 for snapshot in snapshots}
    stored = _stored(archive)
    if stored is None or not checksums.issuperset(stored.read):
        stored = Listings([], [], {})
    unread = [snapshot for snapshot in snapshots if snapshot.manifest.sha256 not in stored.read]
    return _extended(archive, stored, unread)


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
        return msgspec.json.decode(data, type=Listings)
    except (OSError, msgspec.MsgspecError):
        return None


def _extended(archive: Archive, stored: Listings, unread: Iterable[StoredSnapshot]) -> Recalled:
    entries = {entry.id: entry for entry in stored.entries}
    absent = dict(stored.absent)
    checksums = list(stored.read)
    unreadable: list[tuple[StoredSnapshot, Exception]] = []
    for snapshot in unread:
        try:
            replies = archive.replies(models.ENDPOINT, snapshot)
            answers = [(reply, models.ENDPOINT.read(reply).rows) for reply in replies]
        except Exception as error:
            unreadable.append((snapshot, error))
            continue

        for reply, rows in answers:
            looked_up = reply.call.path.removeprefix(models.ONE)
            if reply.status == 404:
                absent[looked_up] = str(snapshot.day)
            for row in rows_of_kind(rows, ModelRow):
                entries[row.id] = _updated(entries.get(row.id), row, snapshot.day)
                absent.pop(looked_up, None)
        checksums.append(snapshot.manifest.sha256)

    by_id = sorted(entries.values(), key=lambda entry: entry.id)
    listings = Listings(sorted(checksums), by_id, dict(sorted(absent.items())))
    return Recalled(listings, tuple(unreadable))


def _updated(before: ListingHistory | None, row: ModelRow, day: date) -> ListingHistory:
    """Return the entry with the row of a day, which is the newest day or one that was read late."""
    if before is not None and day < parse_day(before.last_seen):
        first_seen = min(before.first_seen, str(day))
        return msgspec.structs.replace(before, first_seen=first_seen)

    return ListingHistory(
        id=row.id,
        canonical_slug=row.canonical_slug,
        name=row.name,
        created=row.created,
        first_seen=before.first_seen if before else str(day),
        last_seen=str(day),
        alias_of=row.alias_target.slug if row.alias_target else None,
        prices=_with_prices(before.prices if before else [], row, day),
    )


def _with_prices(points: list[PricePoint], row: ModelRow, day: date) -> list[PricePoint]:
    """Return the price points with those of the day, if they differ from the last."""
    prices = (row.pricing.prompt, row.pricing.completion)
    if points and points[-1][1:] == prices:
        return points
    return [*points, (str(day), *prices)]
