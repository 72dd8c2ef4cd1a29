"""``verify``: compare published and archived files with their checksums, here or on a web server."""

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.archive import exports, unused
from generator.archive.store import Archive
from generator.base import files, formats
from generator.base.errors import ArchiveDamaged, UsageError
from generator.publish.tree import SUMS

DATA_SUMS = "data/v1/SHA256SUMS"
"""The checksums of the files below ``data/v1``: all that a site of an older version has."""
AT_ONCE = 8
"""The number of files that are asked for at once: a web server is far away, and a site has thousands."""
MOST_FILES = 200_000
"""Most lines of checksums that are read; ten years of days are a tenth of them."""
_LINE = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<path>[^\x00-\x1f]+)")

Fetch = Callable[[str], bytes | None]
"""A file's bytes by its path below the site's root, None when it is not there."""


@dataclass(frozen=True, slots=True)
class Verified:
    """The outcome of a comparison.

    Attributes:
        compared: a sentence for each kind of file that was compared, with the number of those that match.
        wrong: a sentence for each file that does not.
    """

    compared: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()

    def __add__(self, other: "Verified") -> "Verified":
        return Verified(self.compared + other.compared, self.wrong + other.wrong)


def verify_folder(path: Path) -> Verified:
    """Compare the files of a site folder, a published tree or an archive with their checksums.

    Raises:
        UsageError: there is nothing to verify at that path.
    """
    verified = Verified()
    for root in (path, path / "public", path / "data"):
        if (root / SUMS).is_file() or (root / DATA_SUMS).is_file():
            verified += verify_published(_reader(root))
        elif root.is_dir():
            files.refuse_unreadable(root)
            # A published tree has the same snapshots below data/v1, and checksums of them.
            verified += _verify_archive(Archive(root))
    if not verified.compared:
        raise UsageError(
            f"{path} contains neither a published site nor an archive; use the folder given to --site"
        )
    return verified


def _verify_archive(archive: Archive) -> Verified:
    """Compare each snapshot with its manifest, and look at the files that have a checksum inside."""
    whole = 0
    wrong: list[str] = []
    for dataset in archive.datasets():
        whole += len(archive.snapshots(dataset)) + len(archive.set_aside(dataset))
        wrong += [str(damage) for damage in archive.damages(dataset)]
    verified = _verify_exports(archive.root) + _verify_unused(archive.root)
    total = whole + len(wrong)
    if not total:
        return verified
    manifests = "its manifest" if total == 1 else "their manifests"
    compared = _compared(whole, total, "archived snapshot", manifests)
    return Verified((compared,), tuple(wrong)) + verified


def _verify_exports(root: Path) -> Verified:
    """Look at what runs received of the source's own files."""
    kept = exports.kept(root)
    damaged = [path for path in kept if not exports.is_whole(path)]
    return _with_checksums_inside(kept, damaged, "archived reading", "the source's own files")


def _verify_unused(root: Path) -> Verified:
    """Look at the replies that made no snapshot."""
    kept = unused.kept(root)
    damaged = [path for path in kept if not files.is_whole_gzip(path)]
    return _with_checksums_inside(kept, damaged, "file", "responses that were not used")


def _with_checksums_inside(
    kept: Sequence[Path], damaged: Sequence[Path], what: str, of_what: str
) -> Verified:
    """Return what is told of files each of which has a checksum inside; nothing where there are none."""
    if not kept:
        return Verified()
    stated = "the checksum in it" if len(kept) == 1 else "the checksums in them"
    compared = _compared(len(kept) - len(damaged), len(kept), what, stated)
    return Verified(
        (f"{compared}, of {of_what}",),
        tuple(f"{path}: it is damaged; restore it, or delete it" for path in damaged),
    )


def _reader(root: Path) -> Fetch:
    """Return a function that reads the files of a folder, and none that a link leads to outside of it."""

    def fetch(name: str) -> bytes | None:
        path = root / name
        is_inside = path.resolve().is_relative_to(root.resolve())
        if not is_inside or not path.is_file():
            return None
        return path.read_bytes()

    return fetch


def verify_published(fetch: Fetch, at_once: int = 1) -> Verified:
    """Compare every file of a published tree with its checksum.

    Args:
        fetch: returns a file of the tree.
        at_once: the number of files that are fetched at once.

    Raises:
        ArchiveDamaged: there are no checksums, or more than a site has.
    """
    sums, folder, beyond = fetch(SUMS), "", ""
    name = SUMS
    if sums is None:
        sums, folder, name = fetch(DATA_SUMS), "data/v1/", DATA_SUMS
        beyond = ", and no file outside of data/v1 was compared"
    if sums is None:
        raise ArchiveDamaged(f"{SUMS} is missing; is this the root of a published site?")
    lines = sums.decode("utf-8", "replace").splitlines()
    if len(lines) > MOST_FILES:
        raise ArchiveDamaged(f"{name} names {len(lines):,} files; {MOST_FILES:,} are the most")
    wrong = partial(_wrong, fetch, folder, name)
    with ThreadPoolExecutor(at_once) as pool:
        sentences = tuple(filter(None, pool.map(wrong, lines)))
    matching = len(lines) - len(sentences)
    compared = _compared(matching, len(lines), "published file", name)
    return Verified((f"{compared}{beyond}",), sentences)


def _wrong(fetch: Fetch, folder: str, name: str, line: str) -> str:
    """Return what is wrong with the file that a line of checksums is about, an empty text for nothing.

    Args:
        fetch: returns a file of the tree.
        folder: in which the files of the list are.
        name: of the list.
        line: of the list.
    """
    match = _LINE.fullmatch(line)
    if match is None:
        return f"{name}: malformed checksum line: {formats.sanitize(line)[:80]}"
    path = f"{folder}{match['path']}"
    data = fetch(path)
    # The name is that of another site, and goes to a terminal.
    shown = formats.sanitize(path)
    if data is None:
        return f"{shown}: is missing"
    if files.sha256(data) != match["digest"]:
        return f"{shown}: does not match {name}"
    return ""


def _compared(matching: int, total: int, what: str, stated: str) -> str:
    """Return how many files match what states them: ``3 of 4 published files match SHA256SUMS``."""
    part = "" if matching == total else f"{matching:,} of "
    each = what if total == 1 else f"{what}s"
    match = "matches" if total == 1 else "match"
    return f"{part}{total:,} {each} {match} {stated}"
