"""The archive's files: the API's replies of each day, word for word, never changed again.

data/<dataset>/<YYYY-MM-DD>.json.gz          the snapshot; .r2, .r3 when the same day brought other facts
data/<dataset>/<YYYY-MM-DD>.manifest.json    its sha256 and size; written first, so that a snapshot
                                             without a manifest never exists; says too why a snapshot is
                                             held back, and which earlier ones it releases
data/<dataset>/<YYYY-MM-DD>.unused.gz        replies that made no snapshot; see :mod:`generator.archive.unused`
data/<dataset>/<YYYY>.zip                    snapshots and manifests of a finished year; see :mod:`generator.archive.packs`
data/runs/<YYYY-MM-DD>.json                  the outcome of the day's run, dataset by dataset
"""

import contextlib
import gzip
import os
import zlib
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from generator.archive import envelope, packs, stored_snapshot
from generator.archive.envelope import Envelope, Snapshot, StoredCall, facts_digest
from generator.archive.packs import Packed
from generator.archive.remembered import Remembered
from generator.archive.stored_snapshot import RESTORE, SNAPSHOT, Damage, StoredSnapshot
from generator.base import dates, files, strict_json
from generator.endpoints.endpoint import AnyEndpoint, Call, Parsed, Reply

Answers = tuple[tuple[Call, Parsed[Any]], ...]
"""The calls of a snapshot, each with its parsed reply."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """What a folder was found to hold: the snapshots that are files, by name, the good ones of all, and the damaged ones.

    Attributes:
        file_names: of the snapshots that are files of their own; zips are read once.
        undamaged: oldest first.
        damages: of zips and of snapshots.
    """

    file_names: set[str]
    undamaged: list[StoredSnapshot]
    damages: list[Damage]


class Archive:
    """The folder ``data`` of a site.

    Args:
        root: the folder.
        kept: the folder of what is remembered from one run to the next; None remembers it for this run alone.
    """

    def __init__(self, root: Path, kept: Path | None = None) -> None:
        self.root = root
        self.remembered = Remembered(kept)
        # Saves 0.04 s of 8 s in a render of the demo, and more with each day of the archive.
        self._checked: dict[str, dict[str, tuple[StoredSnapshot | Damage, ...]]] = {}
        # Saves 2 s of 9 s in the boards of five years: asked for 80 times in a render.
        self._listed: dict[str, _Listed] = {}
        self._packed: dict[str, Packed] = {}
        # Asked for once for each dataset.
        self._reports: dict[Path, tuple[date, dict[str, Any]] | None] = {}

    def snapshots(self, dataset: str, until: date | None = None) -> list[StoredSnapshot]:
        """Return the good snapshots of a dataset up to a day, oldest first.

        Those that a gate holds back on that day are :meth:`set_aside`, those that are damaged :meth:`damages`.
        """
        undamaged = self._undamaged(dataset, until)
        released = _released(undamaged)
        return [snapshot for snapshot in undamaged if not _is_set_aside(snapshot, released)]

    def set_aside(self, dataset: str, until: date | None = None) -> list[StoredSnapshot]:
        """Return the snapshots of a dataset up to a day that a gate holds back on that day, oldest first."""
        undamaged = self._undamaged(dataset, until)
        released = _released(undamaged)
        return [snapshot for snapshot in undamaged if _is_set_aside(snapshot, released)]

    def _undamaged(self, dataset: str, until: date | None) -> list[StoredSnapshot]:
        undamaged = self._entries(dataset).undamaged
        if until is None:
            return list(undamaged)
        return undamaged[: bisect_right(undamaged, until, key=lambda snapshot: snapshot.day)]

    def newest(self, dataset: str, until: date | None = None) -> StoredSnapshot | None:
        """Return the newest good snapshot up to a day, None where there is none."""
        snapshots = self.snapshots(dataset, until)
        if not snapshots:
            return None
        return snapshots[-1]

    def damages(self, dataset: str) -> list[Damage]:
        """Return the damaged snapshots of a dataset by name."""
        return list(self._entries(dataset).damages)

    def datasets(self) -> list[str]:
        """Return the names of the folders with snapshots, sorted."""
        folders = {path.parent for path in self.root.glob(f"*/*{SNAPSHOT}")}
        folders |= {path.parent for path in self.root.glob("*/*.zip") if packs.zips(path.parent)}
        return sorted(folder.name for folder in folders)

    def pack_finished_years(self, today: date) -> Iterator[str]:
        """Pack the snapshots of finished years; yield a sentence for each zip made.

        Raises:
            ArchiveDamaged: a zip does not hold what was written into it; no snapshot is lost.
        """
        for dataset in self.datasets():
            snapshots = self._undamaged(dataset, None)
            pairs = [(snapshot.path, snapshot.manifest_path) for snapshot in snapshots]
            for sentence in packs.pack_finished_years(self.root / dataset, pairs, today):
                yield sentence
                self._forget(dataset)

    def _entries(self, dataset: str) -> _Listed:
        """Return what is in a folder, looked at again where it has other files than the last time."""
        folder = self.root / dataset
        names = self._file_names(dataset)
        file_names = set(_snapshot_names(names))
        listed = self._listed.get(dataset)
        if listed is not None and listed.file_names == file_names:
            return listed
        packed = self._in_zips(dataset)
        damages = [Damage(path, why, RESTORE) for path, why in packed.broken.items()]
        undamaged: list[StoredSnapshot] = []
        checked = self._checked.setdefault(dataset, {})
        for name in _snapshot_names({*packed.members, *names}):
            if name not in checked:
                checked[name] = tuple(stored_snapshot.examined(folder, name, packed, names))
            for entry in checked[name]:
                if isinstance(entry, Damage):
                    damages.append(entry)
                else:
                    undamaged.append(entry)
        undamaged.sort(key=lambda snapshot: (snapshot.day, snapshot.revision))
        self._listed[dataset] = _Listed(file_names, undamaged, damages)
        return self._listed[dataset]

    def _names(self, dataset: str) -> list[str]:
        """Return the names of the snapshots in a folder and in its zips, sorted."""
        return _snapshot_names({*self._in_zips(dataset).members, *self._file_names(dataset)})

    def _file_names(self, dataset: str) -> set[str]:
        """Return the names of what is in a folder."""
        with contextlib.suppress(OSError), os.scandir(self.root / dataset) as found:
            return {entry.name for entry in found}
        return set()

    def _in_zips(self, dataset: str) -> Packed:
        if dataset not in self._packed:
            self._packed[dataset] = packs.packed(self.root / dataset)
        return self._packed[dataset]

    def _forget(self, dataset: str) -> None:
        """Look at a folder again the next time."""
        self._packed.pop(dataset, None)
        self._listed.pop(dataset, None)
        self._checked.pop(dataset, None)

    def opened(self, snapshot: StoredSnapshot) -> Envelope:
        """Return the envelope of a snapshot, its replies still as text."""
        text = strict_json.without_halves(self.unpacked(snapshot))
        return msgspec.json.decode(text, type=Envelope)

    def unpacked(self, snapshot: StoredSnapshot) -> bytes:
        """Return the text of a snapshot as it was written, with every reply word for word.

        Raises:
            ValueError: the file is not a whole gzip file.
        """
        return _unpacked(snapshot.read())

    def replies(self, endpoint: AnyEndpoint, snapshot: StoredSnapshot) -> list[Reply]:
        """Return the stored replies, ready to be parsed again."""
        return [_reply(endpoint, call) for call in self.opened(snapshot).calls]

    def keep(self, snapshot: Snapshot, generator: str) -> StoredSnapshot | None:
        """Store a snapshot beside those of the same day; return None when the day's newest has the same facts.

        One that is no longer held back, or that the owner accepts, is stored all the same.
        """
        dataset = snapshot.endpoint.name
        digest = facts_digest(snapshot.endpoint, snapshot.replies)
        stored_before = self._undamaged(dataset, snapshot.day)
        if stored_before and _is_the_same(stored_before[-1], snapshot, digest):
            return None

        revision = self._next_revision(dataset, snapshot.day)
        stem = str(snapshot.day)
        if revision > 1:
            stem += f".r{revision}"
        packed = files.gzip_bytes(envelope.document(snapshot, generator))
        manifest = envelope.manifest(snapshot, stem, packed, digest, generator)
        path = self.root / dataset / f"{stem}{SNAPSHOT}"
        # A manifest without its snapshot is left by a killed run; the snapshot's appearance decides.
        files.write_over(stored_snapshot.manifest_path(path), _indented(manifest))
        files.write_new(path, packed)

        stored = StoredSnapshot(snapshot.day, revision, path.parent, path.name, manifest)
        self._checked.setdefault(dataset, {})[path.name] = (stored,)
        self._listed.pop(dataset, None)
        return stored

    def _next_revision(self, dataset: str, day: date) -> int:
        revisions = [0]
        for name in self._names(dataset):
            named = stored_snapshot.day_and_revision(name)
            # A damaged snapshot has its revision, too: its file is never written over.
            if named is not None and named[0] == day:
                revisions.append(named[1])
        return max(revisions) + 1

    def runs(
        self, until: date | None = None, most: int | None = None
    ) -> list[tuple[date, dict[str, Any]]]:
        """Return the reports of the runs up to a day, oldest first; files of another form are left out.

        Args:
            until: the day.
            most: so many of the newest; None for all. Of five years they take 6 MiB.
        """
        reports: list[tuple[date, dict[str, Any]]] = []
        # Names, not paths: to sort those of five years takes 0.3 s in a render, which asks 12 times.
        names = [name for name in self._file_names("runs") if name.endswith(".json")]
        for name in sorted(names, reverse=True):
            if len(reports) == most:
                break
            path = self.root / "runs" / name
            if path not in self._reports:
                self._reports[path] = _read_report(path)
            stored = self._reports[path]
            if stored is not None and (until is None or stored[0] <= until):
                reports.append(stored)
        return reports[::-1]

    def report(self, day: date, report: dict[str, Any]) -> None:
        """Store the report of the day's run, if it differs from the stored one."""
        path = self.root / "runs" / f"{day}.json"
        data = _indented(report)
        if not path.exists() or path.read_bytes() != data:
            files.write_over(path, data)
            self._reports.pop(path, None)


def _is_the_same(stored: StoredSnapshot, snapshot: Snapshot, digest: str) -> bool:
    """Return whether a stored snapshot has the day and the facts of another, and is as good."""
    known = stored.manifest
    is_better = bool(known.held_back) and not snapshot.held_back
    is_accepted = snapshot.accepted and not known.accepted
    releases_more = not set(snapshot.releases) <= set(known.releases)
    same_facts = stored.day == snapshot.day and known.facts == digest
    return same_facts and not (is_better or is_accepted or releases_more)


def _snapshot_names(names: Iterable[str]) -> list[str]:
    """Return those of some names that are of snapshots, sorted."""
    return sorted(name for name in names if name.endswith(SNAPSHOT))


def _released(snapshots: Sequence[StoredSnapshot]) -> set[str]:
    """Return the names of the files that some of the snapshots release."""
    names: set[str] = set()
    for snapshot in snapshots:
        names.update(snapshot.manifest.releases)
    return names


def _is_set_aside(snapshot: StoredSnapshot, released: Collection[str]) -> bool:
    """Return whether a gate holds a snapshot back whose file is not among those released."""
    return bool(snapshot.manifest.held_back) and snapshot.name not in released


def _indented(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def _reply(endpoint: AnyEndpoint, stored: StoredCall) -> Reply:
    body = bytes(stored.reply)
    params = tuple(stored.params.items())
    is_optional = stored.status == 404 or endpoint.is_look_up(stored.path)
    call = Call(endpoint.name, stored.path, params, optional=is_optional)
    received_at = dates.parse_as_of(stored.received_at)
    return Reply(call, body, strict_json.loads(body), received_at, stored.status)


def _read_report(path: Path) -> tuple[date, dict[str, Any]] | None:
    """Return the day and the report in a file, None where it is of another form."""
    try:
        day = dates.parse_day(path.stem)
        report = strict_json.loads(path.read_bytes())
    except (ValueError, OSError):
        return None
    if not _is_report(report):
        return None
    return day, report


def _is_report(value: Any) -> bool:
    """Return whether a value has the form of a report, with the outcomes of datasets by their names."""
    if not isinstance(value, dict):
        return False
    datasets = value.get("datasets", {})
    return isinstance(datasets, dict) and all(map(_is_outcome, datasets.values()))


def _is_outcome(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("state", ""), str)


def _unpacked(data: bytes) -> bytes:
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"incomplete gzip file: {error}") from error
