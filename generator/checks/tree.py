"""The built folder, read once for all checks."""

import gzip
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
        found = (path for path in sorted(self.root.rglob("*")) if path.is_symlink() or path.is_file())
        return {path.relative_to(self.root).as_posix(): path for path in found}

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
