"""HTML as far as the checks need it: tags in order, their attributes, the text between them.

A tokenizer of our own, not a browser's: what it cannot follow (a tag that is never closed, an attribute
without quotes) is reported, because this site's templates never write it.
"""

import html
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice

# Split at its groups, a document becomes a flat list: text, slash, name, rest, text, slash, ...
_TOKEN = re.compile(
    r"""(?:<!--.*?-->|<!doctype[^>]*>|<(/?)([a-zA-Z][\w:-]*)((?:[^<>"']++|"[^"]*+")*+)>)""",
    re.DOTALL | re.IGNORECASE,
)
_STEP = 4
_ATTRIBUTE = re.compile(r"\s+([^\s=\"'<>/]+)(?:=\"([^\"]*)\")?")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
URLS = ("href", "src", "srcset", "data", "poster", "action", "formaction", "cite", "data-src")
_RAW = frozenset({"script", "style"})
_TABLES = ("td", "th", "time", "tr")
_TEXTS = ("b", "bdi", "br", "code", "dd", "div", "dt", "em", "i", "li", "p", "small", "span", "sup")
_DRAWINGS = ("circle", "g", "line", "path", "rect", "svg", "text")
_DULL = frozenset((*_TABLES, *_TEXTS, *_DRAWINGS))
_ASKED_FOR = re.compile(rf"\s(?:id|data-[a-z]+|style|on\w+|{'|'.join(URLS)})\b", re.IGNORECASE)
_STRAY = 'a "<" that starts no tag that can be read'
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=1 << 16)
def read_attributes(raw: str) -> Mapping[str, str]:
    """Read once for all tags that are written alike: of ten tags of a site nine are."""
    found = _ATTRIBUTE.findall(raw)
    return {name.lower(): html.unescape(value) if "&" in value else value for name, value in found}


@lru_cache(maxsize=1 << 16)
def _asked_for(raw: str) -> Mapping[str, str] | None:
    return read_attributes(raw) if _ASKED_FOR.search(raw) else None


class Element:
    """A start tag.

    Attributes:
        tag: its name.
        raw: its attributes as they are written.
        attributes: by name in lower case, unescaped.
        at: its number among all tags of the page.
        parent: the nearest element around it that is kept.
        start, end: of its text among the pieces of the page.
    """

    __slots__ = ("at", "attributes", "end", "parent", "raw", "start", "tag")

    def __init__(
        self, tag: str, raw: str, attributes: Mapping[str, str], at: int, parent: "Element | None"
    ) -> None:
        self.tag = tag
        self.raw = raw
        self.attributes = attributes
        self.at = at
        self.parent = parent
        self.start = self.end = 0

    def inside(self, attribute: str) -> "Element | None":
        """The nearest element around this one, itself included, that has the attribute."""
        found: Element | None = self
        while found is not None and attribute not in found.attributes:
            found = found.parent
        return found


class Page:
    """One parsed page.

    Attributes:
        elements: in document order; of the parts of tables, texts and drawings only those that have an
            id, a link, a ``data-`` attribute or something that could run.
        faults: what does not nest or cannot be read, with its line.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._pieces: list[str] = []
        self.elements: list[Element] = []
        self.faults: list[str] = []
        self._read()

    def line(self, at: int) -> int:
        """The line of a tag, from 1; ``at`` is its number among all tags and comments."""
        token = next(islice(_TOKEN.finditer(self._source), at, None))
        return self._source.count("\n", 0, token.start()) + 1

    def text(self, element: Element | None = None) -> str:
        """The visible text inside an element, or of the whole page, with single spaces."""
        pieces = self._pieces if element is None else self._pieces[element.start : element.end]
        return _SPACE.sub(" ", html.unescape("".join(pieces)))

    def having(self, attribute: str) -> Iterator[Element]:
        return (one for one in self.elements if attribute in one.attributes)

    def _fault(self, at: int, what: str) -> None:
        self.faults.append(f"line {self.line(at)}: {what}")

    def _read(self) -> None:
        """Nesting: of what is open its name, its number, and the nearest element that is kept."""
        open_: list[tuple[str, int, Element | None]] = []
        pieces, elements = self._pieces, self.elements
        element: Element | None = None
        for at, closing, name, raw in self._tags():
            if closing:
                if not open_ or open_[-1][0] != name:
                    self._fault(at, f"</{name}> closes nothing that is open")
                    continue
                open_.pop()
                parent = open_[-1][2] if open_ else None
                if element is not None and element is not parent:
                    element.end = len(pieces)
                element = parent
                continue
            own = element
            attributes = _asked_for(raw) if name in _DULL else read_attributes(raw)
            if attributes is not None:
                own = Element(name, raw, attributes, at, element)
                own.start = len(pieces)
                elements.append(own)
            if name not in _VOID and not raw.endswith("/"):
                open_.append((name, at, own))
                element = own
        for name, at, _ in open_:
            self._fault(at, f"<{name}> is never closed")

    def _tags(self) -> Iterator[tuple[int, str, str, str]]:
        """Number, slash, name and rest of each tag; the text between them is kept on the way."""
        tokens = _TOKEN.split(self._source)
        pieces = self._pieces
        hidden = ""
        for at, (text, closing, name, raw) in enumerate(
            zip(*(tokens[n::_STEP] for n in range(_STEP)), strict=False)
        ):
            if text and not hidden:
                if "<" in text:
                    self._fault(at, _STRAY)
                pieces.append(text)
            # What a script holds is not text that anyone reads, and nothing in it is a tag.
            if not name or (hidden and (name != hidden or not closing)):
                continue
            hidden = name if name in _RAW and not closing else ""
            yield at, closing, name, raw
        if not hidden:
            if "<" in tokens[-1]:
                self.faults.append(f"its end: {_STRAY}")
            pieces.append(tokens[-1])
