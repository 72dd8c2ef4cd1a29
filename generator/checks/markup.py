"""HTML as far as the checks need it: tags in order, their attributes, the text between them.

A tokenizer of our own, not a browser's: what it cannot follow (a tag that is never closed, an attribute
without quotes) is reported, because this site's templates never write it.
"""

import html
import re
from collections.abc import Iterator

# Split at its groups, a document becomes a flat list: text, tag, slash, name, rest, text, tag, ...
_TOKEN = re.compile(
    r"""(<!--.*?-->|<!doctype[^>]*>|<(/?)([a-zA-Z][\w:-]*)((?:[^<>"']++|"[^"]*+")*+)>)""", re.DOTALL | re.IGNORECASE
)
_STEP = 5
_ATTRIBUTE = re.compile(r"\s+([^\s=\"'<>/]+)(?:=\"([^\"]*)\")?")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_RAW = frozenset({"script", "style"})
_SPACE = re.compile(r"\s+")


class Element:
    """A start tag. Its attributes are read when somebody asks: a site has hundreds of thousands of tags."""

    __slots__ = ("_attributes", "at", "end", "parent", "raw", "start", "tag")

    def __init__(self, tag: str, raw: str, at: int, parent: "Element | None", start: int) -> None:
        self.tag = tag
        self.raw = raw
        self.at = at
        self.parent = parent
        self.start = self.end = start
        self._attributes: dict[str, str] | None = None

    @property
    def attributes(self) -> dict[str, str]:
        """By name in lower case, unescaped."""
        if self._attributes is None:
            found = _ATTRIBUTE.findall(self.raw)
            self._attributes = {name.lower(): html.unescape(value) if "&" in value else value for name, value in found}
        return self._attributes

    def inside(self, attribute: str) -> "Element | None":
        """The nearest element around this one, itself included, that has the attribute."""
        found: Element | None = self
        while found is not None and not (attribute in found.raw and attribute in found.attributes):
            found = found.parent
        return found


class Page:
    """One parsed page.

    Attributes:
        elements: in document order.
        faults: what does not nest or cannot be read, with its line.
    """

    def __init__(self, source: str) -> None:
        self._tokens: list[str] = _TOKEN.split(source)
        self._pieces: list[str] = []
        self.elements: list[Element] = []
        self.faults: list[str] = []
        self._read()

    def line(self, at: int) -> int:
        """The line of a token, from 1."""
        before = (self._tokens[n] for n in range(at) if n % _STEP < 2)
        return sum(token.count("\n") for token in before) + 1

    def text(self, element: Element | None = None) -> str:
        """The visible text inside an element, or of the whole page, with single spaces."""
        pieces = self._pieces if element is None else self._pieces[element.start : element.end]
        return _SPACE.sub(" ", html.unescape("".join(pieces)))

    def having(self, attribute: str) -> Iterator[Element]:
        return (one for one in self.elements if attribute in one.raw and attribute in one.attributes)

    def _fault(self, at: int, what: str) -> None:
        self.faults.append(f"line {self.line(at)}: {what}")

    def _read(self) -> None:
        """Tags, text and nesting."""
        open_: list[Element] = []
        tokens, pieces, elements = self._tokens, self._pieces, self.elements
        hidden = ""
        for at in range(0, len(tokens), _STEP):
            text = tokens[at]
            if text and not hidden:
                if "<" in text:
                    self._fault(at, 'a "<" that starts no tag that can be read')
                pieces.append(text)
            if at + 1 == len(tokens):
                break
            closing, name, raw = tokens[at + 2 : at + _STEP]
            # What a script holds is not text that anyone reads, and nothing in it is a tag.
            if not name or (hidden and (name != hidden or not closing)):
                continue
            if closing:
                hidden = ""
                if open_ and open_[-1].tag == name:
                    open_.pop().end = len(pieces)
                else:
                    self._fault(at, f"</{name}> closes nothing that is open")
                continue
            element = Element(name, raw, at, open_[-1] if open_ else None, len(pieces))
            elements.append(element)
            if name not in _VOID and not raw.endswith("/"):
                open_.append(element)
                hidden = name if name in _RAW else ""
        for element in open_:
            self._fault(element.at, f"<{element.tag}> is never closed")
