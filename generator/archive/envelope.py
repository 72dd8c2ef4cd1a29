"""A snapshot's file formats: the envelope around the replies, and the manifest beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from sys import intern
from typing import Any

import msgspec

from generator.archive.gates import Objection
from generator.base import files, formats
from generator.base.attribution import Citation
from generator.endpoints.endpoint import AnyEndpoint, Reply

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The replies of one run about one dataset, with the facts that its manifest names.

    Attributes:
        endpoint: of the dataset.
        day: the UTC day of the run.
        replies: in the order of the calls, at least one.
        citations: of all replies, each once, at least one.
        rows: the number of rows in all replies.
        notes: one sentence for each thing that was set aside, noticed or doubted.
        days: the days that the rows state, for datasets whose rows state a day.
        held_back: why a gate holds it back; empty for a good one.
        releases: the files of earlier snapshots that were held back and are good from this one on.
        accepted: the owner of the site takes it as it is.
    """

    endpoint: AnyEndpoint
    day: date
    replies: tuple[Reply, ...]
    citations: tuple[Citation, ...]
    rows: int
    notes: tuple[str, ...]
    days: tuple[date, ...] = ()
    held_back: tuple[Objection, ...] = ()
    releases: tuple[str, ...] = ()
    accepted: bool = False


class StoredCall(msgspec.Struct, frozen=True, omit_defaults=True):
    """One call of a snapshot with its reply, word for word."""

    path: str
    params: dict[str, str]
    reply: msgspec.Raw
    received_at: str
    status: int = 200


class Credit(msgspec.Struct, frozen=True):
    """A citation, with the member names of the stored form."""

    text: str
    url: str | None
    as_of: str
    license: str

    @classmethod
    def of(cls, citation: Citation) -> "Credit":
        """Return the stored form of a citation."""
        return cls(citation.text, citation.url, citation.as_of, citation.license)

    def citation(self) -> Citation:
        """Return the citation that was stored."""
        return Citation(self.text, self.url, self.as_of, self.license)


class Envelope(msgspec.Struct, frozen=True):
    """The content of a snapshot file, before compression."""

    schema_version: int
    dataset: str
    snapshot_date: str
    fetched_at: str
    as_of: str
    license: str
    citation: str
    citations: list[Credit]
    generator: str
    calls: list[StoredCall]


class Manifest(msgspec.Struct, frozen=True, omit_defaults=True):
    """The description of one snapshot file, against which the file is checked.

    Attributes:
        file, sha256, bytes: name, checksum and size of the compressed file.
        rows, calls: the number of rows and of replies.
        facts: a digest of the replies without their volatile fields; equal for equal facts.
        notes: one sentence for each thing that was set aside, noticed or doubted.
        days: the days that the rows state, for datasets whose rows state a day.
        held_back: why a gate holds it back; empty for a good one. Nothing reads it before a later one releases it.
        releases: the files of earlier snapshots that were held back and are good from this one on.
        accepted: the owner of the site took it as it is.
    """

    schema_version: int
    dataset: str
    snapshot_date: str
    file: str
    sha256: str
    bytes: int
    rows: int
    as_of: str
    license: str
    citation: str
    calls: int
    facts: str
    generator: str
    notes: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    held_back: tuple[Objection, ...] = ()
    releases: tuple[str, ...] = ()
    accepted: bool = False

    def with_shared_texts(self) -> "Manifest":
        """Return the same, with one object for each text that other manifests state too.

        Saves 15 MiB of 29 with five years of days, together with tuples for lists and no path for each manifest.
        """
        return msgspec.structs.replace(
            self,
            dataset=intern(self.dataset),
            snapshot_date=intern(self.snapshot_date),
            as_of=intern(self.as_of),
            license=intern(self.license),
            generator=intern(self.generator),
            days=tuple(map(intern, self.days)),
        )


def facts_digest(endpoint: AnyEndpoint, replies: Sequence[Reply]) -> str:
    """Return a digest that is equal for two lists of replies with the same facts, in whatever order within."""
    facts: list[list[Any]] = []
    for reply in replies:
        value = _without_volatile(reply.value, endpoint.volatile)
        facts.append([reply.call.path, dict(reply.call.params), reply.status, value])
    return files.sha256(msgspec.json.encode(facts, order="sorted"))


def _without_volatile(value: Any, volatile: frozenset[str]) -> Any:
    """Return the value without volatile members, at any depth, and with all lists in one order."""
    if isinstance(value, dict):
        lasting: dict[str, Any] = {}
        for name, member in value.items():
            if name not in volatile:
                lasting[name] = _without_volatile(member, volatile)
        return lasting
    if isinstance(value, list):
        members = [_without_volatile(member, volatile) for member in value]
        return sorted(members, key=lambda member: msgspec.json.encode(member, order="sorted"))
    return value


def document(snapshot: Snapshot, generator: str) -> bytes:
    """Return the snapshot's envelope as JSON."""
    first = snapshot.citations[0]
    envelope = Envelope(
        schema_version=SCHEMA_VERSION,
        dataset=snapshot.endpoint.name,
        snapshot_date=str(snapshot.day),
        fetched_at=_stamp(max(reply.received_at for reply in snapshot.replies)),
        as_of=first.as_of,
        license=first.license,
        citation=first.full,
        citations=[Credit.of(citation) for citation in snapshot.citations],
        generator=generator,
        calls=[stored_call(reply) for reply in snapshot.replies],
    )
    return msgspec.json.encode(envelope)


def stored_call(reply: Reply) -> StoredCall:
    """Return the stored form of a reply and of its call."""
    return StoredCall(
        path=reply.call.path,
        params=dict(reply.call.params),
        reply=msgspec.Raw(reply.body),
        received_at=_stamp(reply.received_at),
        status=reply.status,
    )


def manifest(snapshot: Snapshot, stem: str, packed: bytes, digest: str, generator: str) -> Manifest:
    """Return the manifest of a snapshot's file.

    Args:
        stem: the file's name without its extensions.
        packed: the file's bytes.
        digest: of its facts.
        generator: the version that writes it.
    """
    first = snapshot.citations[0]
    return Manifest(
        schema_version=SCHEMA_VERSION,
        dataset=snapshot.endpoint.name,
        snapshot_date=str(snapshot.day),
        file=f"{stem}.json.gz",
        sha256=files.sha256(packed),
        bytes=len(packed),
        rows=snapshot.rows,
        as_of=first.as_of,
        license=first.license,
        citation=first.full,
        calls=len(snapshot.replies),
        facts=digest,
        generator=generator,
        notes=tuple(formats.clean(note) for note in snapshot.notes),
        days=tuple(str(day) for day in snapshot.days),
        held_back=snapshot.held_back,
        releases=snapshot.releases,
        accepted=snapshot.accepted,
    )


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
