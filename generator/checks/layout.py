"""The tree can be deployed: an index, plain files with portable names, and no more than a static host takes."""

import re
from collections.abc import Iterator

from generator.checks.built_tree import Check, Finding, Tree

NAME = "tree"
LARGEST_SITE = 10**9
_UNPORTABLE = re.compile(r'[":<>|*?\\\x00-\x1f]')
_NEEDED = ("index.html", "404.html", "data/v1/index.json", "data/v1/SHA256SUMS")


def _tree(tree: Tree) -> Iterator[Finding]:
    """What GitHub Pages, its upload, or another file system would refuse."""
    for name in _NEEDED:
        if name not in tree.files:
            yield Finding(NAME, name, "is missing")
    folded: dict[str, str] = {}
    size = 0
    for name, path in tree.files.items():
        if path.is_symlink():
            yield Finding(NAME, name, "is a symbolic link")
            continue
        if _UNPORTABLE.search(name):
            yield Finding(NAME, name, "has a name that some file systems and uploads refuse")
        if folded.setdefault(name.casefold(), name) != name:
            yield Finding(NAME, name, f"differs from {folded[name.casefold()]} only in case")
        size += path.stat().st_size
    if size > LARGEST_SITE:
        yield Finding(
            NAME,
            "the whole site",
            f"is {size / 10**6:,.0f} MB; GitHub Pages takes 1,000 MB at most",
        )


CHECK = Check(NAME, tree=_tree)
