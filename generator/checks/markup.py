"""HTML as far as the checks need it: tags in order, their attributes, the text between them.

A tokenizer of our own, not a browser's: what it cannot follow (a tag that is never closed, an attribute
without quotes) is reported, because this site's templates never write it.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"""<!--.*?-->|<!doctype[^>]*>|<(/?)([a-zA-Z][\w:-]*)((?:[^<>"']++|"[^"]*+")*+)>""", re.DOTALL | re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"\s+([^\s=\"'<>/]+)(?:=\"([^\"]*)\")?")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_RAW = frozenset({"script", "style"})
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Element:
    """A start tag: its name, its attributes unescaped, and the text inside it up to its end tag."""

    tag: str
    attributes: dict[str, str]
    line: int
    parent: "Element | None" = None
    start: int = 0
    end: int = 0

    def inside(self, attribute: str) -> "Element | None":
        """The nearest element around this one, itself included, that has the attribute."""
        found: Element | None = self
        while found is not None and attribute not in found.attributes:
            found = found.parent
        return found


@dataclass(slots=True)
class Page:
    """One parsed page.

    Attributes:
        elements: in document order.
        faults: what does not nest or cannot be read, with its line.
    """

    elements: list[Element] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)

    def text(self, element: Element | None = None) -> str:
        """The visible text inside an element, or of the whole page, with single spaces."""
        pieces = self._pieces if element is None else self._pieces[element.start : element.end]
        return _SPACE.sub(" ", html.unescape("".join(pieces)))

    def having(self, attribute: str) -> Iterator[Element]:
        return (element for element in self.elements if attribute in element.attributes)


def parse(source: str) -> Page:
    """Tags, text and nesting of one document."""
    page = Page()
    open_: list[Element] = []
    at = line = 0
    raw_until = -1
    for match in _TOKEN.finditer(source):
        if match.start() < raw_until:
            continue
        _text(page, source[at : match.start()], line + 1)
        line += source.count("\n", at, match.end())
        at = match.end()
        name = (match[2] or "").lower()
        if not name:
            continue
        if match[1]:
            _close(page, open_, name, line + 1)
            continue
        element = Element(name, _attributes(match[3]), line + 1, open_[-1] if open_ else None, len(page._pieces))
        page.elements.append(element)
        if name in _VOID or match[3].endswith("/"):
            element.end = element.start
            continue
        open_.append(element)
        if name in _RAW:
            # What a script holds is not text that anyone reads.
            raw_until = source.find(f"</{name}", at)
            line += source.count("\n", at, raw_until)
            at = raw_until
    _text(page, source[at:], line + 1)
    page.faults += [f"line {element.line}: <{element.tag}> is never closed" for element in open_]
    return page


def _text(page: Page, text: str, line: int) -> None:
    if "<" in text:
        page.faults.append(f'line {line}: a "<" that starts no tag that can be read')
    page._pieces.append(text)


def _close(page: Page, open_: list[Element], name: str, line: int) -> None:
    if not open_ or open_[-1].tag != name:
        page.faults.append(f"line {line}: </{name}> closes nothing that is open")
        return
    open_.pop().end = len(page._pieces)


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): html.unescape(value) for name, value in _ATTRIBUTE.findall(text)}
