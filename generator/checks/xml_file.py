"""An SVG picture, feed or other XML file, read once for all checks."""

from functools import cached_property
from xml.etree import ElementTree
from xml.parsers import expat


class XmlFile:
    """One well-formed file. Its elements are made when a check asks for them, which few files need.

    With what :mod:`generator.checks.policy` tells from a picture's bytes, that saves 0.07 s of 3 s in checking the demo,
    a quarter of what its pictures take.

    Attributes:
        source: its bytes.
        text: what stands between its tags, in one piece.

    Raises:
        expat.ExpatError, ElementTree.ParseError: it is not well-formed.
    """

    def __init__(self, source: bytes) -> None:
        self.source = source
        pieces: list[str] = []
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.CharacterDataHandler = pieces.append
        parser.Parse(source, True)
        self.text = "".join(pieces)
        if b"<!DOCTYPE" in source:
            # It may name entities that are undefined for elements alone.
            ElementTree.fromstring(source)  # noqa: S314

    @cached_property
    def root(self) -> ElementTree.Element:
        """The outermost element."""
        # Files of our own making, a few kilobytes each; entities would be refused as undefined.
        return ElementTree.fromstring(self.source)  # noqa: S314
