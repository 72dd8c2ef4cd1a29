"""Replies that made no snapshot, word for word: most of them cannot be asked for again, and a later version may read them.

data/<dataset>/<YYYY-MM-DD>.unused.gz     what the first run of a day that failed received, and why it was not used
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from generator.archive import envelope
from generator.archive.envelope import StoredCall
from generator.base import files, formats
from generator.endpoints.endpoint import Reply

_ENDING = ".unused.gz"


class Unused(msgspec.Struct, frozen=True):
    """The replies of one run about one dataset that are in no snapshot, and why."""

    schema_version: int
    dataset: str
    day: str
    why: str
    generator: str
    calls: list[StoredCall]


def keep(
    root: Path, dataset: str, day: date, replies: Sequence[Reply], *, why: str, generator: str
) -> None:
    """Store the replies in the archive at ``root``; nothing that is there already is written over."""
    path = root / dataset / f"{day}{_ENDING}"
    if not replies or path.exists():
        return
    calls = [envelope.stored_call(reply) for reply in replies]
    version = envelope.SCHEMA_VERSION
    unused = Unused(version, dataset, str(day), formats.clean(why), generator, calls)
    files.write_new(path, files.gzip_bytes(msgspec.json.encode(unused)))


def kept(root: Path) -> list[Path]:
    """Return all such files in the archive at ``root``, by name."""
    return sorted(root.glob(f"*/*{_ENDING}"))
