"""What the catalogue has ever said about a model's name and price: a permanent memory, made from the snapshots.

A model leaves the list and its tokens stay in the rankings, so its name must outlive it. Reading every
catalogue ever kept would make a build slower each day; the memory holds what they said, remembers which
snapshots it has read, and is made anew from all of them whenever it does not fit the archive.
"""

from collections.abc import Callable, Iterable
from datetime import date

import msgspec

from generator.archive.store import Archive, StoredSnapshot
from generator.base import files, key_text
from generator.base.dates import parse_day
from generator.base.slugs import Slug
from generator.endpoints import models
from generator.endpoints.models import ModelRow

_FILE = "memory.json"

Refuse = Callable[[StoredSnapshot, Exception], None]
"""Hears of a snapshot that cannot be read."""


class ListingHistory(msgspec.Struct, frozen=True, omit_defaults=True):
    """One catalogue entry over time, under the ``id`` it was listed as."""

    id: str
    canonical_slug: str
    name: str
    created: int
    first_seen: str
    last_seen: str
    alias_of: str | None = None
    prices: list[tuple[str, str, str]] = []
    """Change points: the day on which the catalogue first said it, input and output in USD per token."""

    @property
    def is_alias(self) -> bool:
        """Whether it only leads to another entry, as ``~author/x-latest`` does."""
        return self.alias_of is not None or Slug.parse(self.id).alias


class Listings(msgspec.Struct, frozen=True):
    """Every entry ever seen, the slugs the API did not know, and the sha256 of the snapshots read."""

    read: list[str]
    entries: list[ListingHistory]
    absent: dict[str, str]


def recall(archive: Archive, today: date, refuse: Refuse = lambda _kept, _error: None) -> Listings:
    """Return the memory of all good catalogue snapshots up to ``today``, from the stored one where it fits.

    A snapshot that cannot be read teaches it nothing; ``refuse`` hears of it, and it is tried again next time.
    """
    kept = archive.snapshots(models.NAME, today)
    stored = _stored(archive)
    hashes = {one.manifest.sha256 for one in kept}
    if stored is None or not set(stored.read) <= hashes:
        stored = Listings([], [], {})
    return _extended(
        archive, stored, [one for one in kept if one.manifest.sha256 not in stored.read], refuse
    )


def remember(archive: Archive, today: date) -> None:
    """Stores the memory beside the snapshots, if it has learned anything."""
    memory = recall(archive, today)
    if memory.read and memory != _stored(archive):
        data = msgspec.json.encode(memory)
        files.write_over(archive.root / models.NAME / _FILE, data + b"\n")


def _stored(archive: Archive) -> Listings | None:
    try:
        # What an earlier version remembered may hold a text that looks like an API key.
        data = key_text.mask_json((archive.root / models.NAME / _FILE).read_bytes())
        return msgspec.json.decode(data, type=Listings)
    except (OSError, msgspec.MsgspecError):
        return None


def _extended(
    archive: Archive, memory: Listings, unread: Iterable[StoredSnapshot], refuse: Refuse
) -> Listings:
    entries = {entry.id: entry for entry in memory.entries}
    absent = dict(memory.absent)
    read = list(memory.read)
    for kept in unread:
        try:
            answers = [
                (reply, models.ENDPOINT.read(reply).rows)
                for reply in archive.replies(models.ENDPOINT, kept)
            ]
        except Exception as error:
            refuse(kept, error)
            continue
        for reply, rows in answers:
            slug = reply.call.path.removeprefix(models.ONE)
            if reply.status == 404:
                absent[slug] = str(kept.day)
                continue
            for row in rows:
                if isinstance(row, ModelRow):
                    entries[row.id] = _seen(entries.get(row.id), row, kept.day)
                    absent.pop(slug, None)
        read.append(kept.manifest.sha256)
    return Listings(
        sorted(read),
        sorted(entries.values(), key=lambda entry: entry.id),
        dict(sorted(absent.items())),
    )


def _seen(before: ListingHistory | None, row: ModelRow, day: date) -> ListingHistory:
    newer = before is None or day >= parse_day(before.last_seen)
    if before is not None and not newer:
        return msgspec.structs.replace(before, first_seen=min(before.first_seen, str(day)))
    return ListingHistory(
        id=row.id,
        canonical_slug=row.canonical_slug,
        name=row.name,
        created=row.created,
        first_seen=before.first_seen if before else str(day),
        last_seen=str(day),
        alias_of=row.alias_target.slug if row.alias_target else None,
        prices=_priced(before.prices if before else [], row, day),
    )


def _priced(
    points: list[tuple[str, str, str]], row: ModelRow, day: date
) -> list[tuple[str, str, str]]:
    """The change points with the day's prices, if they are others than the last."""
    now = (row.pricing.prompt, row.pricing.completion)
    return points if points and points[-1][1:] == now else [*points, (str(day), *now)]
