"""A snapshot as it is stored: the envelope around the replies, and the manifest beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from generator.base import files
from generator.base.attribution import Citation
from generator.endpoints.endpoint import Endpoint, Reply

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one run learned about one dataset."""

    endpoint: Endpoint
    day: date
    replies: tuple[Reply, ...]
    citations: tuple[Citation, ...]
    rows: int
    notes: tuple[str, ...]
    days: tuple[date, ...] = ()


class StoredCall(msgspec.Struct, frozen=True, omit_defaults=True):
    """One call of a snapshot with its reply, which is the very text that came."""

    path: str
    params: dict[str, str]
    reply: msgspec.Raw
    received_at: str
    status: int = 200


class Credit(msgspec.Struct, frozen=True):
    """A citation as it is stored."""

    text: str
    url: str | None
    as_of: str
    license: str

    @classmethod
    def of(cls, citation: Citation) -> "Credit":
        return cls(citation.text, citation.url, citation.as_of, citation.licence)

    def citation(self) -> Citation:
        return Citation(self.text, self.url, self.as_of, self.license)


class Envelope(msgspec.Struct, frozen=True):
    """A snapshot as it is stored, before compression."""

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
    """What the archive promises about one snapshot file.

    ``facts`` is a digest of what was said, without what changes from call to call; two replies that say
    the same have the same. ``notes`` name what was set aside or noticed while reading.
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
    notes: list[str] = []
    days: list[str] = []


def facts_digest(endpoint: Endpoint, replies: Sequence[Reply]) -> str:
    """The same for two sets of replies that state the same facts, in whatever order."""
    said = [
        [
            reply.call.path,
            dict(reply.call.params),
            reply.status,
            _stable(reply.value, endpoint.volatile),
        ]
        for reply in replies
    ]
    return files.sha256(msgspec.json.encode(said, order="sorted"))


def _stable(value: Any, volatile: frozenset[str]) -> Any:
    if isinstance(value, dict):
        return {
            name: _stable(member, volatile)
            for name, member in value.items()
            if name not in volatile
        }
    if isinstance(value, list):
        members = [_stable(member, volatile) for member in value]
        return sorted(members, key=lambda member: msgspec.json.encode(member, order="sorted"))
    return value


def document(snapshot: Snapshot, generator: str) -> bytes:
    fetched = max(reply.received_at for reply in snapshot.replies)
    envelope = Envelope(
        schema_version=SCHEMA_VERSION,
        dataset=snapshot.endpoint.name,
        snapshot_date=str(snapshot.day),
        fetched_at=_stamp(fetched),
        as_of=snapshot.citations[0].as_of,
        license=snapshot.citations[0].licence,
        citation=snapshot.citations[0].full,
        citations=[Credit.of(citation) for citation in snapshot.citations],
        generator=generator,
        calls=[
            StoredCall(
                reply.call.path,
                dict(reply.call.params),
                msgspec.Raw(reply.body),
                _stamp(reply.received_at),
                reply.status,
            )
            for reply in snapshot.replies
        ],
    )
    return msgspec.json.encode(envelope)


def manifest(snapshot: Snapshot, stem: str, packed: bytes, digest: str, generator: str) -> Manifest:
    return Manifest(
        schema_version=SCHEMA_VERSION,
        dataset=snapshot.endpoint.name,
        snapshot_date=str(snapshot.day),
        file=f"{stem}.json.gz",
        sha256=files.sha256(packed),
        bytes=len(packed),
        rows=snapshot.rows,
        as_of=snapshot.citations[0].as_of,
        license=snapshot.citations[0].licence,
        citation=snapshot.citations[0].full,
        calls=len(snapshot.replies),
        facts=digest,
        generator=generator,
        notes=list(snapshot.notes),
        days=[str(day) for day in snapshot.days],
    )


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
