"""What a build makes: a stream of artifacts, each one file of the published tree."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file: a path relative to the published tree, and its bytes or the file to link there."""

    path: str
    body: bytes | Path

    @classmethod
    def text(cls, path: str, body: str) -> "Artifact":
        return cls(path, body.encode("utf-8"))
