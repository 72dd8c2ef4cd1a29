"""The checksums of the files below ``data/v1/``, noted while they are made."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from generator.archive.stored_snapshot import StoredSnapshot
from generator.base.artifact import Artifact, Parts
from generator.render.latest import ROOT, Checksum


class ChecksumIndex:
    """The checksum of each file made so far; files are asked for by their path below ``data/v1/``.

    Attributes:
        published: the checksums by the files' paths inside the site.
    """

    def __init__(self) -> None:
        self.published: dict[str, Checksum] = {}

    def add(self, path: str, body: bytes) -> Artifact:
        """Return the file as an artifact, its checksum noted."""
        return self._noted(path, body, Checksum.of(body))

    def add_snapshot(self, path: str, snapshot: StoredSnapshot) -> Artifact:
        """Return a snapshot's file, linked unless it is packed, with the checksum that its manifest states."""
        source = snapshot.source
        body = source if isinstance(source, Path) else snapshot.read()
        checksum = Checksum(snapshot.manifest.sha256, snapshot.manifest.bytes)
        return self._noted(path, body, checksum)

    def add_parts(self, path: str, parts: Iterable[bytes]) -> Iterator[Artifact]:
        """Yield the file as an artifact, its checksum noted once it is written."""
        artifact = Artifact(f"{ROOT}/{path}", Parts(parts))
        yield artifact
        self.published[artifact.path] = Checksum(artifact.known_sum, artifact.size)

    def checksum(self, path: str) -> Checksum | None:
        """Return the checksum of a file, None where it was not made."""
        return self.published.get(f"{ROOT}/{path}")

    def below(self, folder: str) -> list[dict[str, Any]]:
        """Return path, sha256 and size of each file in a folder, and in those below it."""
        listed = []
        for path, checksum in self.published.items():
            inside = path.removeprefix(f"{ROOT}/")
            if inside.startswith(f"{folder}/"):
                listed.append({"path": inside, **checksum.record()})
        return listed

    def at_the_top(self) -> list[dict[str, Any]]:
        """Return path, sha256 and size of each file that is in no folder."""
        listed = []
        for path, checksum in self.published.items():
            inside = path.removeprefix(f"{ROOT}/")
            if "/" not in inside:
                listed.append({"path": inside, **checksum.record()})
        return listed

    def sums(self) -> str:
        """Return a line for each file, as ``sha256sum`` writes and reads them."""
        lines = []
        for path, checksum in sorted(self.published.items()):
            lines.append(f"{checksum.sha256}  {path.removeprefix(f'{ROOT}/')}\n")
        return "".join(lines)

    def _noted(self, path: str, body: bytes | Path, checksum: Checksum) -> Artifact:
        artifact = Artifact(f"{ROOT}/{path}", body, checksum.sha256)
        self.published[artifact.path] = checksum
        return artifact
