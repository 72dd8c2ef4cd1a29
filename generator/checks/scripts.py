"""Scripts: the runtime of the charts is the known one, and nothing that runs here fetches from elsewhere.

The policy of the pages stops such a request in the browser; this finds it before anything is published.
"""

import re
from collections.abc import Iterator

from generator.base import browser_runtime
from generator.base.files import sha256
from generator.checks.built_tree import Check, Finding

_ADDRESS = re.compile(
    rb"[\"'`]\s*((?:(?:[a-z][a-z0-9+.-]*:)?//[\w$\[]|(?:data|blob|javascript):)[^\"'`\s]*)",
    re.IGNORECASE,
)
"""A text of a script that begins as an address with a host, or as one that holds what is loaded."""
_HARMLESS = ("http://www.w3.org/", "data:image/")
"""Namespaces, which nothing fetches, and pictures that a script has drawn itself."""
_SPECS = ("/spec.js", ".vg.json")
"""The ends of files that hold the compiled specs of charts."""
_POINTERS = (
    re.compile(rb"\"url\"\s*:\s*+(?!\"https://[^\"]*\"\s*,\s*\"as_of\")([^,}\]]*)"),
    re.compile(rb"\"href\"\s*:\s*+([^,}\]]*)"),
)
"""What makes Vega load or link something; the address in a credit stands before its as_of."""
_SHOWN = 120


class Scripts(Check):
    """A runtime that is not the known one, and scripts or specs that point off-site."""

    name = "scripts"

    def file(self, name: str, data: bytes) -> Iterator[Finding]:
        """Look at a script or at the specs of a chart."""
        if name == browser_runtime.PATH:
            self.counted["scripts"] += 1
            if sha256(data) not in browser_runtime.CHECKSUMS.values():
                what = "is not the runtime of the charts that this version knows; render again"
                yield self.finding(name, what)
        elif name.endswith(_SPECS):
            self.counted["scripts"] += 1
            for pattern in _POINTERS:
                for match in pattern.finditer(data):
                    yield self.finding(name, f"a chart that points to {_shown(match[1])}")
        elif name.endswith((".js", ".mjs")):
            self.counted["scripts"] += 1
            # Slashes may be escaped in a script.
            for match in _ADDRESS.finditer(data.replace(b"\\/", b"/")):
                address = _shown(match[1])
                if not address.lower().startswith(_HARMLESS):
                    yield self.finding(name, f"a script that holds the address {address}")


def _shown(address: bytes) -> str:
    return address[:_SHOWN].decode("utf-8", "replace")
