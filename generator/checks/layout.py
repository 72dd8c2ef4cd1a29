"""The tree can be deployed: an index, plain files with portable names, and no more than a static host takes."""

import os
import re
import unicodedata
from collections.abc import Iterator

from generator.base.paths import names_device
from generator.checks.built_tree import Check, Finding

LARGEST_SITE = 10**9
"""In bytes: what GitHub Pages takes."""
_CURE = (
    "leaderboards render --report says what weighs most; leave datasets out of charts (uncharted in site.toml), "
    "or serve the site from a bucket (leaderboards mirror)"
)
LARGEST_FILE = 100 * 2**20
"""In bytes: what GitHub takes of one file in a branch, which Pages can be served from."""
LONGEST_PATH = 255
"""In bytes: below this, a path fits into what tar has for one, and with a short folder before it into Windows'."""
REQUIRED = ("index.html", "404.html", "SHA256SUMS", "data/v1/index.json", "data/v1/SHA256SUMS")
_RUN_UNREAD = (
    ".htm",
    ".xhtml",
    ".xht",
    ".shtml",
    ".mht",
    ".mhtml",
    ".svgz",
    ".xsl",
    ".xslt",
    ".wasm",
    ".swf",
)
"""The ends of files that a browser runs, or shows with what they hold, and that no check here reads."""
_UNPORTABLE = re.compile(r'[":<>|*?\\\x00-\x1f]')


class Layout(Check):
    """What GitHub Pages, its upload, or another file system would refuse."""

    name = "layout"

    def whole(self) -> Iterator[Finding]:
        """Return what is missing, odd, badly named or too large."""
        files = self.tree.files
        for name in REQUIRED:
            if name not in files:
                yield self.finding(name, "is missing")
        for name, kind in self.tree.oddities.items():
            yield self.finding(name, kind)
        by_folded_name: dict[str, str] = {}
        for name in files:
            fault = _name_fault(name)
            if fault:
                yield self.finding(name, fault)
            other = by_folded_name.setdefault(_folded(name), name)
            if other != name:
                yield self.finding(name, f"differs from {other} only in case")
        yield from self._sizes()

    def _sizes(self) -> Iterator[Finding]:
        # A Path for each takes as long as the question.
        sizes = {name: os.stat(path).st_size for name, path in self.tree.files.items()}  # noqa: PTH116
        for name, size in sizes.items():
            if size > LARGEST_FILE:
                what = f"is {_megabytes(size)}; GitHub takes 104.8 MB in one file at most"
                yield self.finding(name, what)
        total = sum(sizes.values())
        if total > LARGEST_SITE:
            what = f"is {_megabytes(total)}; GitHub Pages takes 1,000 MB at most: {_CURE}"
            yield self.finding("the whole site", what)


def _name_fault(name: str) -> str:
    """Return why some file system or upload refuses a path, an empty text where none does."""
    if _UNPORTABLE.search(name):
        return "has a name that some file systems and uploads refuse"
    parts = name.split("/")
    if any(part.endswith((".", " ")) for part in parts):
        return "has a name that ends in a dot or a space, which Windows drops"
    if name.lower().endswith(_RUN_UNREAD):
        return "is of a kind that browsers run and that no check reads"
    if any(map(names_device, parts)):
        return "has a name that Windows keeps for a device"
    if len(name.encode()) > LONGEST_PATH:
        return f"has a path of more than {LONGEST_PATH} bytes"
    return ""


def _folded(name: str) -> str:
    """Return a path as file systems compare it that ignore case, or how a letter with an accent is composed."""
    return unicodedata.normalize("NFC", name).casefold()


def _megabytes(size: int) -> str:
    return f"{size / 10**6:,.1f} MB"
