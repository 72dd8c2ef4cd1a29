"""This run's key is nowhere. What merely looks like a key is upstream's text: it is noted and stops nothing."""

import gzip
import zlib
from collections.abc import Iterator

from generator.base import key_text
from generator.base.config import Secret
from generator.checks.built_tree import Check, Finding, Tree

NAME = "secret"
# Drawings show names that stand in tables and snapshots too, and are half of a site's bytes: only the whole
# key is searched in them, which saves 0.3 of 0.6 seconds in the demo.
_DRAWN = (".svg", ".js", ".png", ".zip")


def _tree(tree: Tree) -> Iterator[Finding]:
    """Files that hold the key, packed ones included. Neither findings nor notes repeat the text."""
    for name in tree.files:
        tree.count("files searched for a key")
        data = tree.bytes(name)
        if name.endswith(".gz"):
            try:
                data += gzip.decompress(data)
            except (OSError, EOFError, zlib.error):
                yield Finding(NAME, name, "cannot be searched for a key")
        if tree.secret is not None and _holds(tree.secret, name, data):
            yield Finding(
                NAME, name, "holds the text of the API key; replace the key at openrouter.ai"
            )
        elif key_text.has_look_alike(data):
            tree.notes.append(f"{name}: holds a text that looks like an API key [{NAME}]")


def _holds(secret: Secret, name: str, data: bytes) -> bool:
    if name.endswith(_DRAWN):
        return secret.whole_within(data)
    return secret.plainly_within(data, escaped=name.endswith((".json", ".gz")))


CHECK = Check(NAME, tree=_tree)
