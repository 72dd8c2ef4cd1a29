"""What earlier checks found out about files: a file of the same bytes in the same place is not looked at again.

Only what no check objects to is kept, and for the code of the checks and the key of the run that looked at it.
"""

from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

from generator import base
from generator.base import files
from generator.base.config import Secret
from generator.base.file_cache import FileCache

_YEAR = len("d/2026")
_TOP = "top"

Part = dict[str, tuple[str, Any]]
"""By the name of a file, a checksum of what was looked at, and what was found out."""


class Memory:
    """Facts about files by name and checksum, kept from one run to the next.

    Args:
        folder: where they are kept; None keeps nothing.
        secret: the key of this run.
    """

    def __init__(self, folder: Path | None = None, secret: Secret | None = None) -> None:
        self._cache = FileCache(folder)
        # A memory that keeps nothing needs no checksum of the code: a third of what checking a small tree costs.
        code = _code() if folder else ""
        self._made_with = files.sha256(f"{code} {secret.reveal() if secret else ''}".encode())
        self._before: dict[str, Part] = {}
        self._now: dict[str, Part] = {}
        self._written: set[str] = set()
        self.is_kept = folder is not None

    def recall(self, name: str, checksum: str) -> Any:
        """Return what was kept of a file whose bytes, and all else that counts, have this checksum; else None."""
        part = _part(name)
        if part not in self._before:
            # Files come folder by folder: what is known of five years of days never is in memory at once.
            self._put_away()
            self._open(part)
        kept = self._before[part].get(name)
        if kept is None or kept[0] != checksum:
            return None
        self._now[part][name] = kept
        return kept[1]

    def keep(self, name: str, checksum: str, facts: Any) -> None:
        """Keep facts about a file that :meth:`recall` did not know."""
        part = _part(name)
        if part not in self._now:
            self._put_away()
            self._open(part)
        self._now[part][name] = (checksum, facts)

    def save(self) -> None:
        """Write what this run recalled and kept, and forget all else; what is the same is not written."""
        self._put_away(stays="")
        self._cache.keep_only(self._written)

    def _open(self, part: str) -> None:
        data = self._cache.get(part, self._made_with)
        self._before[part] = msgspec.json.decode(data, type=Part) if data else {}
        self._now[part] = dict(self._before[part]) if part in self._written else {}

    def _put_away(self, stays: str = _TOP) -> None:
        """Write all parts but one: files of the top come between the folders."""
        for part in [part for part in self._now if part != stays]:
            seen = self._now.pop(part)
            if seen != self._before.pop(part):
                self._cache.put(part, self._made_with, msgspec.json.encode(seen))
            self._written.add(part)


def _part(name: str) -> str:
    """Return which file keeps the facts about a file: one for each folder at the top, and for each year of days."""
    if name.startswith("d/"):
        return name[:_YEAR].replace("/", "-")
    folder, slash, _ = name.partition("/")
    if not slash:
        return _TOP
    return folder


def _code() -> str:
    """Return a checksum of the code that decides what is found in a file."""
    paths = [*Path(__file__).parent.glob("*.py"), *Path(str(base.__file__)).parent.glob("*.py")]
    return f"{files.code_digest(paths)} {version('selectolax')}"
