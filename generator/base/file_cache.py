"""Bytes kept from one run to the next, each with the key that it was put under and a checksum of its own.

What was damaged, or was put under another key, counts as missing: whoever asks makes it again.
"""

import contextlib
import hashlib
import zlib
from collections.abc import Collection, Iterable
from pathlib import Path

from generator.base import files

_DIGEST = 64
"""The length of a sha256 in hexadecimal digits."""
_SIZE = 2 * _DIGEST
"""Where the number of bytes stands, behind the key and the checksum."""
_HEAD = _SIZE + 16
"""The length of what a file starts with: the key, the checksum and the number of bytes; then come the bytes, packed."""


class FileCache:
    """A folder of such files.

    Args:
        folder: where they are; None keeps them for this run alone.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._kept: dict[str, bytes] = {}

    def get(self, name: str, key: str) -> bytes | None:
        """Return what was put under this name and key, None where there is nothing whole."""
        stored = self._stored(name)
        if stored[:_DIGEST] != key.encode():
            return None
        try:
            data = zlib.decompress(stored[_HEAD:])
        except zlib.error:
            return None
        if files.sha256(data).encode() != stored[_DIGEST:_SIZE]:
            return None
        return data

    def size(self, name: str, key: str) -> int | None:
        """Return the number of bytes that were put under this name and key, None where nothing was; reads none."""
        head = self._stored(name, _HEAD)
        if len(head) < _HEAD or not head.startswith(key.encode()):
            return None
        return int(head[_SIZE:])

    def put(self, name: str, key: str, data: bytes) -> None:
        """Keep the bytes under a name, in the place of what it had; ``key`` is a sha256."""
        self.put_parts(name, key, [data])

    def put_parts(self, name: str, key: str, parts: Iterable[bytes]) -> None:
        """Keep what :meth:`put` keeps, of bytes that come part by part."""
        digest, size, packed = hashlib.sha256(), 0, zlib.compressobj(1)
        pieces = []
        for part in parts:
            digest.update(part)
            size += len(part)
            pieces.append(packed.compress(part))
        head = f"{key}{digest.hexdigest()}{size:016}"
        stored = b"".join([head.encode(), *pieces, packed.flush()])
        self._kept[name] = stored
        if self._folder is not None:
            # Where nothing can be written, this run alone has it.
            with contextlib.suppress(OSError):
                files.write_over(self._folder / name, stored)
                del self._kept[name]

    def keep_only(self, names: Collection[str]) -> None:
        """Remove what was kept under any other name."""
        for name in set(self._kept) - set(names):
            del self._kept[name]
        if self._folder is None:
            return
        for path in self._folder.glob("*"):
            if path.name not in names:
                with contextlib.suppress(OSError):
                    path.unlink()

    def _stored(self, name: str, most: int = -1) -> bytes:
        if self._folder is None or name in self._kept:
            stored = self._kept.get(name, b"")
            return stored if most < 0 else stored[:most]
        try:
            with (self._folder / name).open("rb") as file:
                return file.read(most)
        except OSError:
            return b""
