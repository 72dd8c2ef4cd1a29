"""The key is nowhere: neither this run's, nor anything that looks like one of OpenRouter's."""

import gzip
import re
from collections.abc import Iterator

from generator.checks.tree import Check, Finding, Tree

NAME = "secret"
_LOOKS_LIKE_A_KEY = re.compile(rb"sk-or-(?:v[0-9]+-)?[0-9a-zA-Z]{24,}")


def _tree(tree: Tree) -> Iterator[Finding]:
    """Files that hold a key, packed ones included. The finding never repeats it."""
    for name in tree.files:
        tree.count("files searched for a key")
        data = tree.bytes(name)
        if name.endswith(".gz"):
            try:
                data += gzip.decompress(data)
            except (OSError, EOFError):
                yield Finding(NAME, name, "cannot be searched for a key")
        if tree.secret is not None and tree.secret.within(data):
            yield Finding(NAME, name, "holds the text of the API key; replace the key at openrouter.ai")
        elif _LOOKS_LIKE_A_KEY.search(data):
            yield Finding(NAME, name, "holds what looks like an API key")


CHECK = Check(NAME, tree=_tree)
