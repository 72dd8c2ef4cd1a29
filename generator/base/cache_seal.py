"""The cache of a site folder counts only with a checksum that is kept outside of it.

    <site>/.cache/<sha256>.sums    the checksum of every other file of the cache, and when it was changed last
    <site>/.cache.sha256           the checksum of that list: the seal

A workflow restores the cache from a store that other workflows write, too, so nothing in the cache can vouch for
what lies beside it. What the sealed list does not name, or names with another checksum, is removed before
anything is read, and made again. A file that nobody has changed since it was listed is not read for that: the system
sets the time of the last change itself, so what was unpacked from a store, or copied, always has another one.
"""

import contextlib
import hashlib
import io
import os
import re
import stat
import struct
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.base import files

_LIST = ".sums"
_PART = 1 << 20
_DIGEST = re.compile(r"[0-9a-f]{64}")


_SUM = 32
"""The length in bytes of a checksum, which comes first in what is known of a file; its state follows.

As one piece they take 2 MiB with five years of days, and 7 as an object with texts and numbers.
"""
_STATE = struct.Struct("<QQq")
_TICK = 50_000_000
"""In nanoseconds, more than lies between two times that the system tells apart."""


class Vouched:
    """The files of a cache that were read and found to be those that the seal names.

    Args:
        cache: the folder.
        known: the files by name, each with its checksum and what tells that nobody has written it since.
    """

    def __init__(self, cache: Path, known: Mapping[str, bytes]) -> None:
        self._prefix = len(str(cache)) + 1
        self._known = known

    def checksum(self, path: Path) -> str | None:
        """Return the sha256 of a file of the cache; None where it is to be read, because it is new or was written since."""
        known = self._known.get(str(path)[self._prefix :])
        return _known_digest(known, os.lstat(path)) if known else None


@contextlib.contextmanager
def sealed(cache: Path, seal: Path) -> Iterator[Vouched]:
    """Begin with what the seal vouches for, and seal what there is at the end, also after an error.

    Args:
        cache: the folder; it need not exist. Something else in its place is removed.
        seal: the file outside of it. Without it nothing of the cache counts.

    Raises:
        OSError: something that is not vouched for cannot be removed.
    """
    known = _keep_vouched(cache, _list_of(cache, seal))
    try:
        yield Vouched(cache, known)
    finally:
        put_seal(cache, seal, known)


def put_seal(cache: Path, seal: Path, known: Mapping[str, bytes] | None = None) -> None:
    """Vouch for what is in the cache; where that cannot be written, the next run makes again what is new.

    Args:
        cache: the folder.
        seal: the file outside of it.
        known: files that were summed before, by name; those that nobody has written since are not read again.
    """
    with contextlib.suppress(OSError):
        data = _listed(cache, known or {}).encode("utf-8", "surrogateescape")
        digest = files.sha256(data)
        # A run may be killed between any two of these steps: the seal names a list that is there.
        if data and not (cache / f"{digest}{_LIST}").exists():
            files.write_over(cache / f"{digest}{_LIST}", data)
        if data and _text(seal) != f"{digest}\n":
            files.write_over(seal, f"{digest}\n".encode())
        for other in cache.glob(f"*{_LIST}"):
            if other.stem != digest:
                other.unlink()


def _listed(cache: Path, known: Mapping[str, bytes]) -> str:
    """Return a line for each file of the cache but the list itself: its checksum, its last change and its name."""
    lines = []
    now = time.time_ns()
    for name, path in sorted(_files(cache)):
        if not name.endswith(_LIST):
            status = os.lstat(path)
            # What changes within the same tick would not be told from what is listed.
            is_over = status.st_ctime_ns < now - _TICK
            change = _last_change(status) if is_over else ""
            digest = _known_digest(known.get(name), status) or _digest(path)
            lines.append(f"{digest}{change}  {name}\n")
    return "".join(lines)


def _last_change(status: os.stat_result) -> str:
    """Return what differs after any change of a file; empty where the system does not tell of changes."""
    # Elsewhere, this is the time at which a file was made.
    if os.name != "posix":
        return ""
    return f" {status.st_ino}.{status.st_size}.{status.st_mtime_ns}.{status.st_ctime_ns}"


def _known_digest(known: bytes | None, status: os.stat_result) -> str | None:
    """Return the checksum of a file of which this is known; None where nothing is, or it was written since."""
    if known is None or known[_SUM:] != _state(status):
        return None
    return known[:_SUM].hex()


def _list_of(cache: Path, seal: Path) -> dict[str, str]:
    """Return the sealed checksums by name, each with the last change where that is listed.

    There are none where there is no list with the checksum that the seal states.
    """
    stated = _text(seal).strip()
    if not _DIGEST.fullmatch(stated) or cache.is_symlink():
        return {}
    try:
        data = (cache / f"{stated}{_LIST}").read_bytes()
    except OSError:
        return {}
    if files.sha256(data) != stated:
        return {}
    sums = {f"{stated}{_LIST}": stated}
    for line in data.decode("utf-8", "surrogateescape").split("\n"):
        sealed_state, separator, name = line.partition("  ")
        if separator:
            sums[name] = sealed_state
    return sums


def _keep_vouched(cache: Path, sums: Mapping[str, str]) -> dict[str, bytes]:
    """Remove what these checksums do not vouch for, and return the rest."""
    if cache.is_symlink() or (cache.exists() and not cache.is_dir()):
        cache.unlink()
    kept = {}
    for name, path in _files(cache):
        status = os.lstat(path)
        digest = _vouched_digest(path, status, sums.get(name, ""))
        if digest:
            kept[name] = bytes.fromhex(digest) + _state(status)
        else:
            Path(path).unlink()
    return kept


def _vouched_digest(path: str, status: os.stat_result, stated: str) -> str:
    """Return the checksum of a file where it is what a line of the list states, empty where it is not.

    Not to read what has not changed saves 1.5 of 70 s in a render of two years of days.
    """
    digest = stated[: 2 * _SUM]
    if not digest or not stat.S_ISREG(status.st_mode):
        return ""
    change = _last_change(status)
    is_unchanged = bool(change) and stated == f"{digest}{change}"
    return digest if is_unchanged or _digest(path) == digest else ""


def _files(folder: Path) -> list[tuple[str, str]]:
    """Return all but folders with their paths inside; a link to a folder is one of them.

    Paths are texts: there are tens of thousands, and an object for each takes as long as reading it.

    Raises:
        OSError: a folder cannot be listed: what is in it could be read all the same.
    """
    found: list[tuple[str, str]] = []
    if folder.is_dir():
        _list_inside(str(folder), "", found)
    return found


def _list_inside(folder: str, prefix: str, found: list[tuple[str, str]]) -> None:
    """Add what is in a folder, and in those inside it, to what was found."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                _list_inside(entry.path, f"{prefix}{entry.name}/", found)
            else:
                found.append((f"{prefix}{entry.name}", entry.path))


def _state(status: os.stat_result) -> bytes:
    """Return what changes when a file is written."""
    return _STATE.pack(status.st_ino, status.st_size, status.st_mtime_ns)


def _digest(path: str) -> str:
    digest = hashlib.sha256()
    # Half the time of hashlib.file_digest, which clears a buffer of 256 kB for each small file.
    with io.FileIO(path) as file:
        while part := file.read(_PART):
            digest.update(part)
    return digest.hexdigest()


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8") if path.is_file() else ""
    except (OSError, UnicodeDecodeError):
        return ""
