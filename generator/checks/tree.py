"""The built folder, read once for all checks."""

import gzip
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

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
        counted: how much each check looked at.
        notes: what is worth knowing and no reason to hold the tree back.
        anchors, pointers: the ids of each page seen, and the places inside the site that it points to.
    """

    root: Path
    secret: Secret | None = None
    counted: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    anchors: dict[str, set[str]] = field(default_factory=dict)
    pointers: dict[str, set[str]] = field(default_factory=dict)

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

    def page(self, name: str) -> Page:
        """An HTML file, parsed. Pages are looked at one by one: parsed, a whole site would fill the memory."""
        return Page(self.bytes(name).decode("utf-8", "replace"))

    def document(self, name: str) -> Any:
        """A JSON file or packed snapshot, parsed; an exception in its place where it cannot be."""
        data = self.bytes(name)
        try:
            return msgspec.json.decode(gzip.decompress(data) if name.endswith(".gz") else data)
        except (ValueError, OSError, EOFError) as error:
            return error

    def drawing(self, name: str) -> ElementTree.Element | Exception:
        """An SVG picture or another XML file, parsed; an exception in its place where it cannot be."""
        try:
            # Files of our own making, a few kilobytes each; entities would be refused as undefined.
            return ElementTree.fromstring(self.bytes(name))  # noqa: S314
        except (ValueError, ElementTree.ParseError) as error:
            return error

    @cached_property
    def sources(self) -> dict[str, list[dict[str, Any]]]:
        """By dataset, the citations that its published newest table names."""
        found = {}
        for name in self.under("/latest.json"):
            document = self.document(name) if name.startswith("data/v1/") else None
            if isinstance(document, dict):
                found[str(document.get("dataset"))] = list(document.get("citations", ()))
        return found


@dataclass(frozen=True, slots=True)
class Check:
    """One concern.

    Attributes:
        name: as findings show it.
        page: looks at one page.
        document: looks at one JSON file or packed snapshot.
        drawing: looks at one SVG picture, feed or other XML file.
        tree: looks at everything else; called last.
    """

    name: str
    page: Callable[[Tree, str, Page], Iterator[Finding]] | None = None
    document: Callable[[Tree, str, Any], Iterator[Finding]] | None = None
    drawing: Callable[[Tree, str, ElementTree.Element | Exception], Iterator[Finding]] | None = None
    tree: Callable[[Tree], Iterator[Finding]] | None = None
