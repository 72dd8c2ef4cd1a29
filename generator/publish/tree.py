"""The files of a site, written into a folder that nobody reads yet, and the checksum of every one of them."""

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.base import files
from generator.base.artifact import Artifact, Omission, Parts, Slice
from generator.base.errors import LeaderboardsError

SUMS = "SHA256SUMS"
"""The file at the root of a published tree with the checksum of every other file, as ``sha256sum`` reads it.

Hidden files are left out: they are for the host, which does not serve them, and a mirror leaves them out too.
"""


@dataclass(frozen=True, slots=True)
class Written:
    """The checksum of each file that was written, by name, and a sentence for each that could not be made."""

    sums: Mapping[str, str]
    omissions: tuple[str, ...]


def staged(
    root: Path, artifacts: Iterable[Artifact | Omission], standing: Path | None = None
) -> tuple[Path, Written]:
    """Write a tree into a new folder inside ``root``, which the next run removes if this one is killed.

    Everybody may read its files, whatever the umask is. An error leaves no folder. ``standing`` is as for :func:`write`.

    Raises:
        LeaderboardsError: as :func:`write` says.
    """
    folder = Path(tempfile.mkdtemp(prefix=files.STAGING, dir=root))
    try:
        folder.chmod(0o755)
        with files.readable_by_all():
            return folder, write(folder, artifacts, standing)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def write(
    folder: Path, artifacts: Iterable[Artifact | Omission], standing: Path | None = None
) -> Written:
    """Write each artifact as it comes, and the checksums of all of them last.

    Args:
        folder: the new tree.
        artifacts: its files.
        standing: the published tree; of it, files with the same bytes are linked and not written.

    Raises:
        LeaderboardsError: an artifact's path leads out of the folder, or is another's as well.
    """
    checksums: dict[str, str] = {}
    omissions = []
    for artifact in artifacts:
        if isinstance(artifact, Omission):
            omissions.append(artifact.sentence)
            continue
        if artifact.path in checksums:
            raise LeaderboardsError(f"two artifacts for one path: {artifact.path}")
        checksums[artifact.path] = _write_one(folder, artifact, standing)
        # Not held while the next is made: some have megabytes.
        del artifact
    listing = Artifact.text(SUMS, _sums(checksums))
    checksums[SUMS] = _write_one(folder, listing, standing)
    return Written(checksums, tuple(omissions))


def _sums(checksums: Mapping[str, str]) -> str:
    """Return a line for each file but the hidden ones, by name, as ``sha256sum`` reads them."""
    lines = []
    for path, digest in sorted(checksums.items()):
        if not path.startswith("."):
            lines.append(f"{digest}  {path}\n")
    return "".join(lines)


def _write_one(folder: Path, artifact: Artifact, standing: Path | None) -> str:
    """Write a file, or link it there, and return its checksum.

    Raises:
        LeaderboardsError: its path leads out of the folder, or the file to link cannot be read.
    """
    if artifact.path.startswith("/") or ".." in artifact.path.split("/"):
        raise LeaderboardsError(f"an artifact would leave the site: {artifact.path}")
    target = folder / artifact.path
    body = artifact.body
    if isinstance(body, Path):
        files.link_or_copy(body, target)
        return artifact.sha256 or files.sha256(files.read(target))
    published = standing / artifact.path if standing else None
    if isinstance(body, Parts):
        _write_parts(target, body, published)
        return body.sha256
    if isinstance(body, Slice):
        body = body.read_bytes()
    _write_bytes(target, body, published)
    return artifact.sha256 or files.sha256(body)


def _write_parts(target: Path, parts: Parts, published: Path | None) -> None:
    """Write a file part by part; one with the same bytes as the published one is that one, linked."""
    files.place_parts(target, parts)
    if published and files.are_the_same(published, target):
        target.unlink()
        files.link_or_copy(published, target)


def _write_bytes(target: Path, body: bytes, published: Path | None) -> None:
    """Write a file, or link the published one where that has the same bytes."""
    if published and files.holds(published, body):
        files.link_or_copy(published, target)
    else:
        files.place(target, body)
