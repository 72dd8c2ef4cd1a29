"""``verify``: compare published and archived files with their checksums, here or on a web server."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from generator.archive.store import Archive
from generator.base import files
from generator.base.errors import ArchiveDamaged, UsageError

SUMS = "data/v1/SHA256SUMS"
_LINE = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<path>[^\x00-\x1f]+)")

Fetch = Callable[[str], bytes | None]
"""A file's bytes by its path below the site's root, None when it is not there."""


def verify_folder(path: Path) -> Iterator[str]:
    """Yield a sentence for each file that is wrong in a site folder, a published tree or an archive.

    Raises:
        UsageError: there is nothing to verify at that path.
    """
    tried = False
    for root in (path, path / "public", path / "data"):
        if (root / SUMS).is_file():
            tried = True
            yield from verify_published(_reader(root))
        archive = Archive(root)
        for dataset in archive.datasets() if root.is_dir() else ():
            # A published tree has the same snapshots below data/v1, and checksums of them.
            if not (root / SUMS).is_file():
                tried = True
                yield from (str(damage) for damage in archive.damages(dataset))
    if not tried:
        raise UsageError(
            f"{path} holds neither a published site nor an archive; name the folder given to --site"
        )


def _reader(root: Path) -> Fetch:
    def fetch(name: str) -> bytes | None:
        path = root / name
        return (
            path.read_bytes()
            if path.is_file() and path.resolve().is_relative_to(root.resolve())
            else None
        )

    return fetch


def verify_published(fetch: Fetch) -> Iterator[str]:
    """Yield a sentence for each file that differs from the checksums of a published tree.

    Raises:
        ArchiveDamaged: there are no checksums.
    """
    sums = fetch(SUMS)
    if sums is None:
        raise ArchiveDamaged(f"{SUMS} is missing; is this the root of a published site?")
    for line in sums.decode("utf-8", "replace").splitlines():
        match = _LINE.fullmatch(line)
        if match is None:
            yield f"{SUMS}: malformed checksum line: {line[:80]}"
            continue
        data = fetch(f"data/v1/{match['path']}")
        if data is None:
            yield f"data/v1/{match['path']}: is missing"
        elif files.sha256(data) != match["digest"]:
            yield f"data/v1/{match['path']}: does not match SHA256SUMS"
