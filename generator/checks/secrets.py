"""This run's key is nowhere. What merely looks like a key is upstream's text: it is noted and stops nothing."""

import gzip
import zlib
from collections.abc import Iterator

from generator.base import key_text
from generator.checks.built_tree import Check, Note, Result

# Drawings show names that stand in tables and snapshots too, and are half of a site's bytes: only the whole
# key is searched in them, which saves 0.3 of 0.6 seconds in the demo.
_DRAWN = (".svg", ".js", ".png", ".zip")


class Secrets(Check):
    """Files that hold the key, packed ones included. Neither findings nor notes repeat the text."""

    name = "secrets"

    def file(self, name: str, data: bytes) -> Iterator[Result]:
        """Search one file."""
        self.counted["files searched for a key"] += 1
        if name.endswith(".gz"):
            try:
                data += gzip.decompress(data)
            except (OSError, EOFError, zlib.error):
                yield self.finding(name, "cannot be searched for a key")
        if self._has_key(name, data):
            what = "holds the text of the API key; replace the key at openrouter.ai"
            yield self.finding(name, what)
        elif key_text.has_look_alike(data):
            yield Note(f"{name}: holds a text that looks like an API key [{self.name}]")

    def _has_key(self, name: str, data: bytes) -> bool:
        secret = self.tree.secret
        if secret is None:
            return False
        if name.endswith(_DRAWN):
            return secret.whole_within(data)
        return secret.plainly_within(data, escaped=name.endswith((".json", ".gz")))
