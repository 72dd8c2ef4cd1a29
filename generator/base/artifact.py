"""A render is a stream of artifacts, each one file of the published tree, and of omissions."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file: a path relative to the published tree, and its bytes or the file to link there.

    Attributes:
        sha256: the checksum where its maker knows it; empty where it does not.
    """

    path: str
    body: bytes | Path
    sha256: str = ""

    @property
    def size(self) -> int:
        """The number of its bytes."""
        return len(self.body) if isinstance(self.body, bytes) else self.body.stat().st_size

    @classmethod
    def text(cls, path: str, body: str) -> "Artifact":
        """Return a file with this text in UTF-8."""
        return cls(path, body.encode("utf-8"))


@dataclass(frozen=True, slots=True)
class Omission:
    """Something that could not be made and is missing from the site, told in one sentence."""

    sentence: str
