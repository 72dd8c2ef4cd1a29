"""The built folder, read once for all checks."""

import gzip
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from generator.checks.markup import Page
from generator.config import Secret


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that must not be published: which check found what, and where."""

    check: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} [{self.check}]"


def _walked(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walked(Path(entry.path), f"{prefix}{entry.name}/")
            else:
                yield f"{prefix}{entry.name}", Path(entry.path)


@dataclass
class Tree:
    """All files of a published tree, by their path below it.

    Args:
        root: the folder.
        secret: the key of this run, whose text must be nowhere.
    """

    root: Path
    secret: Secret | None = None
    counted: dict[str, int] = field(default_factory=dict)

    def count(self, what: str, number: int = 1) -> None:
        """A check says how much it looked at; a check that saw nothing has proven nothing."""
        self.counted[what] = self.counted.get(what, 0) + number

    @cached_property
    def files(self) -> dict[str, Path]:
        return dict(sorted(_walked(self.root, "")))

    def under(self, *suffixes: str) -> Iterator[str]:
        return (name for name in self.files if name.endswith(suffixes))

    def bytes(self, name: str) -> bytes:
        return self.files[name].read_bytes()

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Every HTML file, parsed."""
        return {name: Page(self.bytes(name).decode("utf-8", "replace")) for name in self.under(".html")}

    @cached_property
    def documents(self) -> dict[str, Any]:
        """Every JSON file and packed snapshot, parsed; what cannot be parsed is an exception in its place."""
        return {name: self._document(name) for name in self.under(".json", ".json.gz")}

    def _document(self, name: str) -> Any:
        data = self.bytes(name)
        try:
            return msgspec.json.decode(gzip.decompress(data) if name.endswith(".gz") else data)
        except (ValueError, OSError, EOFError) as error:
            return error

    @cached_property
    def sources(self) -> dict[str, list[dict[str, Any]]]:
        """By dataset, the citations that its published newest table names."""
        found = {}
        for name, document in self.documents.items():
            if name.startswith("data/v1/") and name.endswith("/latest.json") and isinstance(document, dict):
                found[str(document.get("dataset"))] = list(document.get("citations", ()))
        return found
