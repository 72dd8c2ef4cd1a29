"""The archive: what the API said on each day, word for word, never changed again.

data/<dataset>/<YYYY-MM-DD>.json.gz          the snapshot; .r2, .r3 when the same day brought other facts
data/<dataset>/<YYYY-MM-DD>.manifest.json    its sha256 and size; written first, so that a snapshot
                                             without a manifest never exists
data/runs/<YYYY-MM-DD>.json                  how the day's run went, dataset by dataset
"""

import gzip
import re
import zlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from generator.archive import envelope
from generator.archive.envelope import (
    SCHEMA_VERSION,
    Envelope,
    Manifest,
    Snapshot,
    StoredCall,
    facts_digest,
)
from generator.base import dates, files, strict_json
from generator.endpoints.endpoint import Call, Endpoint, Reply

_NAME = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:\.r(?P<revision>[0-9]{1,3}))?\.json\.gz", re.ASCII
)


@dataclass(frozen=True, slots=True)
class StoredSnapshot:
    """One snapshot file that is whole: it is what its manifest says."""

    day: date
    revision: int
    path: Path
    manifest: Manifest

    @property
    def manifest_path(self) -> Path:
        return self.path.with_name(self.path.name.removesuffix(".json.gz") + ".manifest.json")


@dataclass(frozen=True, slots=True)
class Damage:
    """A file of the archive that is not what was written there, and what to do about it."""

    path: Path
    what: str

    def __str__(self) -> str:
        return (
            f"{self.path}: {self.what}; restore the file (for example from version control), "
            "or delete it together with its manifest"
        )


class Archive:
    """The folder ``data`` of a site."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._checked: dict[Path, StoredSnapshot | Damage] = {}

    def snapshots(self, dataset: str, until: date | None = None) -> list[StoredSnapshot]:
        """The whole snapshots of a dataset, oldest first; damaged ones are left out (see :meth:`damages`)."""
        found = [one for one in self._entries(dataset) if isinstance(one, StoredSnapshot)]
        return sorted(
            (one for one in found if until is None or one.day <= until),
            key=lambda one: (one.day, one.revision),
        )

    def newest(self, dataset: str, until: date | None = None) -> StoredSnapshot | None:
        return next(iter(reversed(self.snapshots(dataset, until))), None)

    def damages(self, dataset: str) -> list[Damage]:
        return [one for one in self._entries(dataset) if isinstance(one, Damage)]

    def datasets(self) -> list[str]:
        """The names of the folders that hold snapshots."""
        folders = sorted(folder for folder in self.root.glob("*") if folder.is_dir())
        return [folder.name for folder in folders if any(folder.glob("*.json.gz"))]

    def _entries(self, dataset: str) -> list[StoredSnapshot | Damage]:
        entries = []
        for path in sorted((self.root / dataset).glob("*.json.gz")):
            if path not in self._checked:
                self._checked[path] = _checked(path)
            entries.append(self._checked[path])
        return entries

    def opened(self, kept: StoredSnapshot) -> Envelope:
        """The stored snapshot, its replies still as text."""
        return msgspec.json.decode(strict_json.without_halves(self.unpacked(kept)), type=Envelope)

    def unpacked(self, kept: StoredSnapshot) -> bytes:
        """The stored snapshot as it was written, with every reply word for word."""
        return _unpacked(kept.path.read_bytes())

    def replies(self, endpoint: Endpoint, kept: StoredSnapshot) -> list[Reply]:
        """The stored replies, ready to be parsed again."""
        return [_reply(endpoint, asked) for asked in self.opened(kept).calls]

    def keep(self, snapshot: Snapshot, generator: str) -> StoredSnapshot | None:
        """Stores a snapshot beside what the day already has; None when the day's newest says the same."""
        digest = facts_digest(snapshot.endpoint, snapshot.replies)
        name = snapshot.endpoint.name
        today = [one for one in self.snapshots(name) if one.day == snapshot.day]
        if today and today[-1].manifest.facts == digest:
            return None
        taken = [
            match
            for path in (self.root / name).glob("*.json.gz")
            if (match := _NAME.fullmatch(path.name))
        ]
        used = [int(match["revision"] or 1) for match in taken if match["day"] == str(snapshot.day)]
        revision = max(used, default=0) + 1
        stem = f"{snapshot.day}" if revision == 1 else f"{snapshot.day}.r{revision}"
        packed = files.gzip_bytes(envelope.document(snapshot, generator))
        manifest = envelope.manifest(snapshot, stem, packed, digest, generator)
        path = self.root / name / f"{stem}.json.gz"
        manifest_path = path.with_name(f"{stem}.manifest.json")
        # A manifest without its snapshot is what a killed run leaves; the snapshot's appearance decides.
        files.write_over(
            manifest_path, msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
        )
        files.write_new(path, packed)
        kept = StoredSnapshot(snapshot.day, revision, path, manifest)
        self._checked[path] = kept
        return kept

    def runs(self, until: date | None = None) -> list[tuple[date, dict[str, Any]]]:
        """The reports of all runs, oldest first; what has not the form of a report is left out."""
        reports = []
        for path in sorted((self.root / "runs").glob("*.json")):
            try:
                day, report = dates.parse_day(path.stem), strict_json.loads(path.read_bytes())
            except (ValueError, OSError):
                continue
            if _is_report(report) and (until is None or day <= until):
                reports.append((day, report))
        return reports

    def report(self, day: date, report: dict[str, Any]) -> None:
        """Stores how the day's run went, if that differs from what is stored."""
        path = self.root / "runs" / f"{day}.json"
        data = msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n"
        if not path.exists() or path.read_bytes() != data:
            files.write_over(path, data)


def _reply(endpoint: Endpoint, asked: StoredCall) -> Reply:
    body = bytes(asked.reply)
    call = Call(
        endpoint.name, asked.path, tuple(asked.params.items()), optional=asked.status == 404
    )
    return Reply(
        call, body, strict_json.loads(body), dates.parse_as_of(asked.received_at), asked.status
    )


def _is_report(value: Any) -> bool:
    datasets = value.get("datasets", {}) if isinstance(value, dict) else None
    if not isinstance(datasets, dict):
        return False
    return all(
        isinstance(one, dict) and isinstance(one.get("state", ""), str) for one in datasets.values()
    )


def _checked(path: Path) -> StoredSnapshot | Damage:
    match = _NAME.fullmatch(path.name)
    try:
        day = dates.parse_day(match["day"]) if match else None
    except ValueError:
        day = None
    if match is None or day is None:
        return Damage(path, "its name is not that of a snapshot")
    beside = path.with_name(path.name.removesuffix(".json.gz") + ".manifest.json")
    try:
        manifest = msgspec.json.decode(beside.read_bytes(), type=Manifest)
    except FileNotFoundError:
        return Damage(path, "its manifest is missing")
    except (msgspec.MsgspecError, OSError):
        return Damage(path, "its manifest cannot be read")
    wrong = _odd_in(manifest, path.parent.name) or _unlike(manifest, path)
    if wrong:
        return Damage(path, wrong)
    return StoredSnapshot(day, int(match["revision"] or 1), path, manifest)


def _odd_in(manifest: Manifest, dataset: str) -> str:
    """Return why later steps could not understand the manifest, as a sentence; empty when they could."""
    if manifest.schema_version > SCHEMA_VERSION:
        return f"it was written by a newer generator (schema {manifest.schema_version})"
    if manifest.dataset != dataset:
        return f'its manifest is of the dataset "{manifest.dataset[:40]}"'
    try:
        dates.parse_as_of(manifest.as_of)
        for day in manifest.days:
            dates.parse_day(day)
    except ValueError as error:
        return f"its manifest cannot be read: {error}"
    return ""


def _unlike(manifest: Manifest, path: Path) -> str:
    """Return how the snapshot differs from what its manifest says of it, as a sentence; empty when it does not."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return f"it cannot be read: {error.strerror}"
    if files.sha256(data) != manifest.sha256:
        return (
            "its contents are not what its manifest says (sha256 differs): it was edited or cut off"
        )
    return ""


def _unpacked(data: bytes) -> bytes:
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"not a whole gzip file: {error}") from error
