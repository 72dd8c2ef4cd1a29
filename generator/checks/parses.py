"""Every file is what its name says: HTML that nests, JSON, CSV and XML that can be read."""

import csv
import io
from collections.abc import Iterator
from xml.etree import ElementTree

from generator.checks.tree import Finding, Tree

NAME = "parse"


def findings(tree: Tree) -> Iterator[Finding]:
    """Files that a reader's program would choke on."""
    for name, page in tree.pages.items():
        tree.count("pages")
        for fault in page.faults[:3]:
            yield Finding(NAME, name, fault)
        if not page.elements or page.elements[0].tag != "html":
            yield Finding(NAME, name, "is no HTML document")
    for name in tree.files:
        reason = _reason(tree, name)
        if reason:
            yield Finding(NAME, name, reason)


def _reason(tree: Tree, name: str) -> str:
    try:
        if name.endswith((".json", ".json.gz")):
            document = tree.documents[name]
            if isinstance(document, Exception):
                raise document
        elif name.endswith((".svg", ".xml", ".atom")):
            # Files of our own making, a few kilobytes each; entities would be refused as undefined.
            ElementTree.fromstring(tree.bytes(name))  # noqa: S314
        elif name.endswith(".csv"):
            widths = {len(row) for row in csv.reader(io.StringIO(tree.bytes(name).decode(), newline=""), strict=True)}
            return "" if len(widths) == 1 else "its rows differ in length"
    except (ValueError, OSError, EOFError, ElementTree.ParseError, csv.Error) as error:
        return f"cannot be parsed: {error}"
    return ""
