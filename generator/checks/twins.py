"""Drawings parsed: the dark one of a chart and the light one differ in colors alone, and are parsed once."""

import re
from xml.etree import ElementTree

_DARK, _LIGHT = ".dark.svg", ".svg"
_COLOUR = re.compile(rb"=\"#[0-9a-f]{6}\"")


class Twins:
    """Parses XML files; a drawing after its dark twin, in whose place it stands, is not parsed again."""

    def __init__(self) -> None:
        self._waiting: dict[str, tuple[bytes, ElementTree.Element]] = {}

    def parsed(self, name: str, data: bytes) -> ElementTree.Element:
        """Return the root of a file; that of its dark twin if they differ in the colors of attributes alone.

        Raises:
            ElementTree.ParseError: it is not XML.
        """
        dark, root = self._waiting.pop(name, (b"", None))
        if root is None or _without_colours(dark) != _without_colours(data):
            # Files of our own making, a few kilobytes each; entities would be refused as undefined.
            root = ElementTree.fromstring(data)  # noqa: S314
        if name.endswith(_DARK):
            self._waiting[name.removesuffix(_DARK) + _LIGHT] = data, root
        return root


def _without_colours(drawing: bytes) -> bytes:
    return _COLOUR.sub(b'=""', drawing)
