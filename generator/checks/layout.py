"""The tree can be deployed: an index, plain files with portable names, and no more than a static host takes."""

import re
from collections.abc import Iterator

from generator.checks.built_tree import Check, Finding

LARGEST_SITE = 10**9
"""In bytes: what GitHub Pages takes."""
REQUIRED = ("index.html", "404.html", "SHA256SUMS", "data/v1/index.json", "data/v1/SHA256SUMS")
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
            if _UNPORTABLE.search(name):
                yield self.finding(name, "has a name that some file systems and uploads refuse")
            other = by_folded_name.setdefault(name.casefold(), name)
            if other != name:
                yield self.finding(name, f"differs from {other} only in case")
        size = sum(path.stat().st_size for path in files.values())
        if size > LARGEST_SITE:
            megabytes = f"{size / 10**6:,.1f} MB"
            yield self.finding(
                "the whole site", f"is {megabytes}; GitHub Pages takes 1,000 MB at most"
            )
