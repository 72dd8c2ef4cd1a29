"""Every file is what its name says: HTML that nests, JSON, CSV and XML that can be read."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from generator.checks.built_tree import Check, Finding, Tree
from generator.checks.html_page import Page

NAME = "parse"


def _page(tree: Tree, name: str, page: Page) -> Iterator[Finding]:
    tree.count("pages")
    for fault in page.faults[:3]:
        yield Finding(NAME, name, fault)
    if not page.elements or page.elements[0].tag != "html":
        yield Finding(NAME, name, "is no HTML document")


def _document(_tree: Tree, name: str, document: Any) -> Iterator[Finding]:
    if isinstance(document, Exception):
        yield Finding(NAME, name, f"cannot be parsed: {document}")


def _tree(tree: Tree) -> Iterator[Finding]:
    """Tables that a reader's program would choke on."""
    for name in tree.under(".csv"):
        reason = _reason(tree.bytes(name))
        if reason:
            yield Finding(NAME, name, reason)


def _reason(table: bytes) -> str:
    try:
        widths = {
            len(row) for row in csv.reader(io.StringIO(table.decode(), newline=""), strict=True)
        }
        return "" if len(widths) == 1 else "its rows differ in length"
    except (ValueError, csv.Error) as error:
        return f"cannot be parsed: {error}"


CHECK = Check(NAME, page=_page, document=_document, drawing=_document, tree=_tree)
