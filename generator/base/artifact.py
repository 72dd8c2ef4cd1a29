"""A render is a stream of artifacts, each one file of the published tree, and of omissions."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


class Parts:
    """The bytes of a large file, made part by part while it is written: they can be taken once.

    Attributes:
        size: the number of the bytes taken so far.

    Args:
        parts: the bytes, in their order.
    """

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = parts
        self._digest = hashlib.sha256()
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            self._digest.update(part)
            self.size += len(part)
            yield part

    @property
    def sha256(self) -> str:
        """Return the checksum of the bytes taken so far."""
        return self._digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Slice:
    """Bytes that are part of a file, and are read when they are asked for.

    Attributes:
        path: of the file, which stays as it is until the end of the run.
        start: where they begin, in bytes from its beginning.
        size: the number of them.
    """

    path: Path
    start: int
    size: int

    def read_bytes(self) -> bytes:
        """Return the bytes.

        Raises:
            OSError: the file cannot be read.
        """
        with self.path.open("rb") as file:
            file.seek(self.start)
            return file.read(self.size)


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file: a path relative to the published tree, and its bytes, their parts, where they are, or the file to link.

    Attributes:
        sha256: the checksum where its maker knows it; empty where it does not.
    """

    path: str
    body: bytes | Parts | Slice | Path
    sha256: str = ""

    @property
    def known_sum(self) -> str:
        """Return the checksum where it is known: of one in parts once it is written."""
        return self.body.sha256 if isinstance(self.body, Parts) else self.sha256

    @property
    def size(self) -> int:
        """Return the number of its bytes; of one in parts once it is written."""
        if isinstance(self.body, Parts | Slice):
            return self.body.size
        if isinstance(self.body, bytes):
            return len(self.body)
        return self.body.stat().st_size

    @classmethod
    def text(cls, path: str, body: str) -> "Artifact":
        """Return a file with this text in UTF-8."""
        return cls(path, body.encode("utf-8"))


@dataclass(frozen=True, slots=True)
class Omission:
    """Something that could not be made and is missing from the site, told in one sentence."""

    sentence: str
