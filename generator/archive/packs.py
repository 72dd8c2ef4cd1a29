"""The snapshots of finished years, in one file for each dataset and year, out of which each is still read by itself.

data/<dataset>/<YYYY>.zip      the snapshots of a year with their manifests, byte for byte
data/<dataset>/<YYYY>.2.zip    what came later, or had no room: no file is larger than GitHub takes into a repository

The members of a zip are stored as they are: snapshots are compressed already, the same files make the same zip with
every version of zlib, and one of them is read without the rest. A zip is written once and never changed.
"""

import contextlib
import errno
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import FileIO
from itertools import chain
from pathlib import Path

from generator.base import files, formats
from generator.base.errors import ArchiveDamaged

GRACE = timedelta(days=92)
"""So long after its last day a year is packed.

By then no day of it is provisional, what a gate held back is released or stays so, and the artifact in which the daily
workflow keeps a snapshot that it could not push, for 90 days, is gone. What is added still later is packed beside it.
"""
LARGEST = 50_000_000
"""In bytes, the most that is packed into one zip: GitHub warns of larger files, and refuses those above 100 MB."""

Pair = tuple[Path, Path]
"""The paths of a snapshot and of its manifest."""

_ZIP = re.compile(r"(?P<year>[0-9]{4})(?:\.(?P<part>[0-9]{1,3}))?\.zip", re.ASCII)
_YEAR = re.compile(r"([0-9]{4})-[0-9]{2}-[0-9]{2}.*", re.ASCII | re.DOTALL)
_LOCAL_HEADER = 30
"""The length in bytes of what precedes name, extra field and data of a member."""
_UNREADABLE = (zipfile.BadZipFile, NotImplementedError, struct.error, EOFError, ValueError, OSError)


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a zip.

    Attributes:
        zip: the path of the zip.
        name: of the file.
        header: where its header begins, in bytes from the beginning of the zip.
        size: the number of its bytes.
        crc: their CRC-32.
    """

    zip: Path
    name: str
    header: int
    size: int
    crc: int

    def read_bytes(self) -> bytes:
        """Return the bytes, and read no others but its header.

        Raises:
            OSError: they are not those that were packed.
        """
        # Without a buffer and without Path.open, in half of the time: done for each day of finished years.
        with FileIO(self.zip) as file:
            file.seek(self.header)
            header = file.read(_LOCAL_HEADER)
            name_length = int.from_bytes(header[26:28], "little")
            extra_length = int.from_bytes(header[28:30], "little")
            file.seek(name_length + extra_length, os.SEEK_CUR)
            data = file.read(self.size)
        if len(data) != self.size or zlib.crc32(data) != self.crc:
            raise OSError(errno.EIO, f"it is damaged in {self.zip.name}", str(self.zip))
        return data


@dataclass(frozen=True, slots=True)
class Packed:
    """What the zips of a folder hold.

    Attributes:
        members: by name.
        broken: why a zip cannot be read, by its path.
    """

    members: Mapping[str, Member] = field(default_factory=dict)
    broken: Mapping[Path, str] = field(default_factory=dict)


def is_finished(year: int, today: date) -> bool:
    """Return whether the snapshots of a year are packed on a day."""
    return today - date(year, 12, 31) > GRACE


def zips(folder: Path) -> list[Path]:
    """Return the zips of years in a folder, in the order in which they were made."""
    numbered = []
    for path in folder.glob("*.zip"):
        match = _ZIP.fullmatch(path.name)
        if match:
            numbered.append((int(match["year"]), int(match["part"] or 1), path))
    return [path for _, _, path in sorted(numbered)]


def packed(folder: Path) -> Packed:
    """Return what the zips of a folder hold; of two members of one name, the one that was packed first."""
    members: dict[str, Member] = {}
    broken: dict[Path, str] = {}
    for path in zips(folder):
        try:
            for member in _members(path):
                members.setdefault(member.name, member)
        except _UNREADABLE as error:
            broken[path] = f"it cannot be read as a zip ({error})"
    return Packed(members, broken)


def is_whole(path: Path) -> bool:
    """Return whether a zip of a year can be read, and each file in it has the checksum that the zip states."""
    if not _ZIP.fullmatch(path.name):
        return False
    try:
        for member in _members(path):
            member.read_bytes()
    except _UNREADABLE:
        return False
    return True


def _members(path: Path) -> list[Member]:
    """Return the members of a zip.

    Raises:
        _UNREADABLE: it is none of ours.
    """
    with zipfile.ZipFile(path) as opened:
        entries = opened.infolist()
    length = path.stat().st_size
    for entry in entries:
        if entry.compress_type != zipfile.ZIP_STORED:
            raise ValueError(f"{entry.filename[:80]!r} in it is compressed")
        if entry.header_offset + entry.file_size > length:
            raise ValueError(f"{entry.filename[:80]!r} ends beyond it")
    return [
        Member(path, entry.filename, entry.header_offset, entry.file_size, entry.CRC)
        for entry in entries
    ]


def pack_finished_years(folder: Path, snapshots: Iterable[Pair], today: date) -> Iterator[str]:
    """Pack snapshots of finished years, and remove them as files; yield a sentence for each zip made.

    Nothing is removed before the zip with it is on the disk, was read again, and held the same bytes. Files that a
    killed run left beside a zip with the same bytes are removed, too; those that differ stay.

    Args:
        folder: of the dataset.
        snapshots: whole ones, oldest first; one that is packed already may be named.
        today: the day of the run.

    Raises:
        ArchiveDamaged: a zip does not hold what was written into it.
    """
    file_names = {path.name for path in folder.glob("*")}
    finished = _of_finished_years(snapshots, file_names, today)
    if not finished:
        return

    packed_before = packed(folder).members
    made = 0
    for year, pairs in finished.items():
        new = [pair for pair in pairs if pair[0].name not in packed_before]
        for part in _parts(new):
            path = _write(folder, year, part)
            made += 1
            counted = formats.counted(len(part), "snapshot")
            yield f"{folder.name}: {counted} of {year} packed into {path.name}"

    # A zip must not go with a power cut after the files in it have gone.
    files.sync_folder(folder)
    members = packed(folder).members
    removed = 0
    for pair in chain.from_iterable(finished.values()):
        removed += _removed([path for path in pair if path.name in file_names], members)
    if removed and not made:
        yield f"{folder.name}: {formats.counted(removed, 'file')} removed that a zip has as well"


def _of_finished_years(
    snapshots: Iterable[Pair], file_names: Collection[str], today: date
) -> dict[int, list[Pair]]:
    """Return the snapshots to pack, by year: of a finished one, and still a file or with a manifest that is."""
    finished: dict[int, list[Pair]] = {}
    for snapshot, manifest in snapshots:
        match = _YEAR.fullmatch(snapshot.name)
        is_a_file = snapshot.name in file_names or manifest.name in file_names
        if match and is_a_file and is_finished(int(match[1]), today):
            finished.setdefault(int(match[1]), []).append((snapshot, manifest))
    return finished


def _parts(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    """Yield the snapshots of each zip, so many that it is no larger than :data:`LARGEST`."""
    part: list[Pair] = []
    size = 0
    for pair in pairs:
        added = sum(path.stat().st_size for path in pair)
        if part and size + added > LARGEST:
            yield part
            part, size = [], 0
        part.append(pair)
        size += added
    if part:
        yield part


def _write(folder: Path, year: int, part: Iterable[Pair]) -> Path:
    """Write a zip, read it again and compare; return its path.

    Raises:
        ArchiveDamaged: it does not hold what was written into it; it is removed again.
    """
    paths = list(chain.from_iterable(part))
    path, number = folder / f"{year}.zip", 1
    while path.exists():
        number += 1
        path = folder / f"{year}.{number}.zip"
    files.write_new(path, files.zipped(_contents(paths), packed=False))
    with contextlib.suppress(*_UNREADABLE):
        held = {member.name: member.read_bytes() for member in _members(path)}
        if held == _contents(paths):
            return path
    path.unlink()
    raise ArchiveDamaged(
        f"{path}: what was written there could not be read again; check the disk, then run it again: "
        "it was removed, and no snapshot was"
    )


def _contents(paths: Iterable[Path]) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in paths}


def _removed(paths: Sequence[Path], members: Mapping[str, Member]) -> int:
    """Remove a snapshot and its manifest if zips have the same bytes of both; return the number of files removed."""
    for path in paths:
        member = members.get(path.name)
        if member is None or differs(path, member):
            return 0
    for path in paths:
        path.unlink()
    return len(paths)


def differs(path: Path, member: Member) -> bool:
    """Return whether a file has other bytes than what was packed of it, or either cannot be read."""
    try:
        return path.read_bytes() != member.read_bytes()
    except OSError:
        return True
