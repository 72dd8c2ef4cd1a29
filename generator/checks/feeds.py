"""Feeds: each entry stands alone in somebody's reader, so each carries the credit of its source itself."""

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from generator.base.attribution import LICENCE_ID, NO_LICENCE
from generator.checks.attribution import is_credit
from generator.checks.built_tree import Check, Finding, Tree

NAME = "feeds"
_ATOM = "{http://www.w3.org/2005/Atom}"
_JSON_FEED = "https://jsonfeed.org/"


def _feed(tree: Tree, name: str, root: ElementTree.Element | Exception) -> Iterator[Finding]:
    """Atom feeds, or entries of theirs, without rights in the source's words, or without an id of their own."""
    if isinstance(root, Exception) or root.tag != f"{_ATOM}feed":
        return
    entries = root.findall(f"{_ATOM}entry")
    parts = [
        (part.findtext(f"{_ATOM}id"), part.findtext(f"{_ATOM}rights")) for part in (root, *entries)
    ]
    yield from _without(tree, name, parts)


def _document(tree: Tree, name: str, document: Any) -> Iterator[Finding]:
    if not isinstance(document, dict) or not str(document.get("version", "")).startswith(
        _JSON_FEED
    ):
        return
    parts: list[tuple[str | None, str | None]] = [(name, document.get("citation"))]
    for item in document.get("items", ()):
        source = item.get("_source", {})
        stated = source.get("license") in (LICENCE_ID, NO_LICENCE) and source.get("as_of")
        # Readers show the text and drop what they do not know, so the credit has to be in both.
        shown = (
            stated and source.get("citation") and source["citation"] in item.get("content_text", "")
        )
        parts.append((item.get("id"), source["citation"] if shown else None))
    yield from _without(tree, name, parts)


def _without(
    tree: Tree, name: str, parts: list[tuple[str | None, str | None]]
) -> Iterator[Finding]:
    ids = [id_ for id_, _ in parts]
    for at, (id_, credit) in enumerate(parts):
        tree.count("credits in feeds")
        what = f"entry {at}" if at else "the feed"
        if not credit or not is_credit(tree, credit):
            yield Finding(NAME, name, f"{what} has no credit in the source's words")
        if not id_ or ids.count(id_) > 1:
            yield Finding(NAME, name, f"{what} has no id of its own")


CHECK = Check(NAME, document=_document, drawing=_feed)
