"""The built folder, read once for all checks."""

import gzip
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec

from generator.base.config import Secret
from generator.checks.html_page import Page

_SNAPSHOT = re.compile(
    r"data/v1/([^/]+)/([0-9]{4}-[0-9]{2}-[0-9]{2})(\.r[0-9]+)?\.json\.gz", re.ASCII
)


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
        words: how sources are credited, once some check has found it out: pieces that all stand in a credit.
    """

    root: Path
    secret: Secret | None = None
    counted: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    anchors: dict[str, set[str]] = field(default_factory=dict)
    pointers: dict[str, set[str]] = field(default_factory=dict)
    words: list[tuple[str, ...]] | None = None
    _stated: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _by_then: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)

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
            value = msgspec.json.decode(gzip.decompress(data) if name.endswith(".gz") else data)
        except (ValueError, OSError, EOFError) as error:
            return error
        if _SNAPSHOT.fullmatch(name):
            self._stated[name] = _citations(value)
        return value

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
                found[str(document.get("dataset"))] = _citations(document)
        return found

    @cached_property
    def held(self) -> dict[str, list[tuple[str, dict[str, Any]]]]:
        """By dataset, the citations of all its snapshots, each with the snapshot's day, newest day first.

        A snapshot that was parsed for another check is not parsed again.
        """
        found: dict[str, list[tuple[str, dict[str, Any]]]] = {}
        for name in self.files:
            snapshot = _SNAPSHOT.fullmatch(name)
            if snapshot:
                if name not in self._stated:
                    self.document(name)
                stated = self._stated.get(name, [])
                found.setdefault(snapshot[1], []).extend((snapshot[2], one) for one in stated)
        return {
            dataset: sorted(ones, key=lambda one: one[0], reverse=True)
            for dataset, ones in found.items()
        }

    def held_by(self, day: str, dataset: str = "") -> list[dict[str, Any]]:
        """Return the citations of the snapshots held on a day, newest first; of one dataset, or of all."""
        key = (dataset, day)
        if key not in self._by_then:
            wanted = [dataset] if dataset else list(self.held)
            dated = [one for name in wanted for one in self.held.get(name, ()) if one[0] <= day]
            dated.sort(key=lambda one: one[0], reverse=True)
            self._by_then[key] = [one for _, one in dated]
        return self._by_then[key]


def _citations(document: Any) -> list[dict[str, Any]]:
    """The citations that a document of ours names, as far as they have the right shape."""
    listed = document.get("citations") if isinstance(document, dict) else None
    return [
        one
        for one in (listed if isinstance(listed, list) else ())
        if isinstance(one, dict)
        and isinstance(one.get("text"), str)
        and isinstance(one.get("as_of"), str)
    ]


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
