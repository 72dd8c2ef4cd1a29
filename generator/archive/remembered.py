"""What was computed from snapshots, kept from one run to the next, so that a new day computes its own alone.

A value is kept under a checksum of all that it was computed from: the snapshots, and the code that computed it. What is
not kept is computed again from the archive, to the same value.
"""

import contextlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from generator import archive, base, endpoints
from generator.base import files
from generator.base.file_cache import FileCache

T = TypeVar("T")

_READERS = (
    "attribution.py",
    "dates.py",
    "formats.py",
    "key_text.py",
    "slugs.py",
    "strict_json.py",
)
"""The modules of ``base`` that decide what is read of a snapshot, and in which words it is held back."""


class Remembered:
    """Values by name and key.

    Args:
        folder: where they are from one run to the next; None keeps them for this run alone.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._cache = FileCache(folder)
        self._read: dict[str, dict[str, Any]] = {}
        self._written: dict[str, frozenset[str]] = {}

    def values(self, name: str, code: str, form: type[T]) -> dict[str, T]:
        """Return all values of a name by their keys; what is added to them is there for the rest of the run.

        Args:
            name: of what they are.
            code: a checksum of the code that computes them.
            form: their type.
        """
        if name not in self._read:
            data = self._cache.get(name, code)
            kept: dict[str, Any] = {}
            if data:
                kept = msgspec.json.decode(data, type=dict[str, form])  # type: ignore[valid-type]
            self._read[name] = kept
            self._written[name] = frozenset(kept)
        return self._read[name]

    def keep(self, name: str, code: str, keys: Collection[str]) -> None:
        """Keep the values of these keys for the next run, and no others of the name."""
        if frozenset(keys) != self._written[name]:
            # A number or a text that has no place in JSON is computed again by each run.
            with contextlib.suppress(OverflowError, UnicodeEncodeError):
                self._cache.put_parts(name, code, _object(self._read[name], keys))
            self._written[name] = frozenset(keys)

    def release(self, *names: str) -> None:
        """Let go of the values in memory, of these names or all; those that are asked for again are read again."""
        for name in names or list(self._read):
            del self._read[name], self._written[name]


def _object(values: Mapping[str, Any], keys: Iterable[str]) -> Iterator[bytes]:
    """Yield the values of these keys as one JSON object: as one text they take 25 MiB with five years of days."""
    encode = msgspec.json.Encoder().encode
    before = b"{"
    for key in dict.fromkeys(keys):
        yield b"%b%b:%b" % (before, encode(key), encode(values[key]))
        before = b","
    yield b"{}" if before == b"{" else b"}"


@cache
def code(*modules: Path) -> str:
    """Return a checksum of the code that reads snapshots, and of these modules."""
    paths = [*_folder(archive).glob("*.py"), *_folder(endpoints).glob("*.py"), *modules]
    return files.code_digest([*paths, *(_folder(base) / name for name in _READERS)])


def chained(parts: Iterable[str]) -> list[str]:
    """Return for each of these texts a checksum of it and of all before it."""
    keys: list[str] = []
    for part in parts:
        keys.append(files.sha256("\0".join([*keys[-1:], part]).encode()))
    return keys


def _folder(package: Any) -> Path:
    return Path(package.__file__).parent
