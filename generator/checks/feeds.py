"""Feeds: each entry stands alone in somebody's reader, so each carries the credit of its source itself."""

from collections.abc import Iterator, Sequence
from typing import Any

from generator.base.attribution import LICENSE_ID, NO_LICENSE
from generator.checks.built_tree import Check, Finding
from generator.checks.xml_file import XmlFile

_ATOM = "{http://www.w3.org/2005/Atom}"
_JSON_FEED = "https://jsonfeed.org/"

Part = tuple[object, str]
"""The id of a feed or an entry, and the citation it shows, empty if none."""


class Feeds(Check):
    """Feeds, or entries of theirs, without a credit in the source's words or an id of their own."""

    name = "feeds"

    def drawing(self, name: str, drawing: XmlFile) -> Iterator[Finding]:
        """Look at an Atom feed."""
        if name.endswith(".svg") or drawing.root.tag != f"{_ATOM}feed":
            return
        parts: list[Part] = []
        for part in (drawing.root, *drawing.root.findall(f"{_ATOM}entry")):
            parts.append((part.findtext(f"{_ATOM}id"), part.findtext(f"{_ATOM}rights") or ""))
        yield from self._faults(name, parts)

    def document(self, name: str, document: Any) -> Iterator[Finding]:
        """Look at a JSON feed."""
        if isinstance(document, dict) and str(document.get("version")).startswith(_JSON_FEED):
            source = document.get("_source", {})
            parts: list[Part] = [(name, str(source.get("citation") or ""))]
            for item in document.get("items", ()):
                parts.append((item.get("id"), _shown_credit(item)))
            yield from self._faults(name, parts)

    def _faults(self, name: str, parts: Sequence[Part]) -> Iterator[Finding]:
        ids = [id_ for id_, _ in parts]
        for at, (id_, credit) in enumerate(parts):
            self.counted["credits in feeds"] += 1
            what = "the feed"
            if at:
                what = f"entry {at}"
            if not self.tree.citations.credit_a_source(credit):
                yield self.finding(name, f"{what} has no credit in the source's words")
            if not id_ or ids.count(id_) > 1:
                yield self.finding(name, f"{what} has no id of its own")


def _shown_credit(item: dict[str, Any]) -> str:
    """Return the citation of an entry, empty if it is incomplete or the entry's text lacks it.

    Readers show the text and drop what they do not know, so the credit has to be in both.
    """
    source = item.get("_source", {})
    citation = source.get("citation")
    complete = source.get("license") in (LICENSE_ID, NO_LICENSE) and source.get("as_of")
    if not complete or not citation or citation not in item.get("content_text", ""):
        return ""
    return str(citation)
