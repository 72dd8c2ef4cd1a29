"""The source's own dated files as they were received; :mod:`generator.archive.export_comparison` compares them.

data/exports/<YYYY-MM-DD>.gz     what one run received, word for word, and what it could not read
"""

import gzip
import zlib
from datetime import date, timedelta
from pathlib import Path

import msgspec

from generator.archive.coverage import SETTLING_DAYS
from generator.base import dates, files

FOLDER = "exports"


class ReceivedFile(msgspec.Struct, frozen=True):
    """A file as it came, which is text in UTF-8.

    Attributes:
        path: below the root of the API.
        body: word for word.
        received_at: when (YYYY-MM-DDTHH:MM:SSZ).
    """

    path: str
    body: str
    received_at: str

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]


class Reading(msgspec.Struct, frozen=True):
    """What one run received, and a sentence for each file that it could not read."""

    day: str
    received: list[ReceivedFile]
    unread: list[str]


def settled_day(today: date) -> date:
    """Return the newest day whose rankings the source no longer restates."""
    return today - timedelta(days=SETTLING_DAYS + 1)


def path_of(root: Path, day: date) -> Path:
    """Return the file of a run in the archive at ``root``."""
    return root / FOLDER / f"{day}.gz"


def keep(root: Path, reading: Reading) -> None:
    """Store what a run received; nothing that is there already is written over."""
    path = path_of(root, dates.parse_day(reading.day))
    files.write_new(path, files.gzip_bytes(msgspec.json.encode(reading)))


def kept(root: Path) -> list[Path]:
    """Return the files of all runs in the archive at ``root``, oldest first."""
    return sorted((root / FOLDER).glob("*.gz"))


def is_whole(path: Path) -> bool:
    """Return whether the file of a run is as it was written: gzip has a checksum of what is in it."""
    return files.is_whole_gzip(path) and _read(path) is not None


def newest(root: Path, until: date) -> Reading | None:
    """Return the newest reading up to a day, None where there is none that can be read."""
    for path in reversed(kept(root)):
        reading = _read(path)
        if reading is not None and dates.parse_day(reading.day) <= until:
            return reading
    return None


def _read(path: Path) -> Reading | None:
    try:
        reading = msgspec.json.decode(gzip.decompress(path.read_bytes()), type=Reading)
        dates.parse_day(reading.day)
    except (OSError, EOFError, ValueError, zlib.error):
        return None
    return reading
