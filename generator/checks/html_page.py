"""An HTML page as a browser reads it, parsed by lexbor: the only module that imports selectolax."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

_SHOWN_START = 160
_TAG = re.compile(r"<(?:/?[a-zA-Z][^\s/>]*)?")
_START_TAG = re.compile(r"<[a-zA-Z](?:[^<>\"]|\"[^\"]*\")*>")
_TAG_NAME = re.compile(r"[a-zA-Z][^\s/>]*")
_TAG_NAME_BYTES = re.compile(_TAG_NAME.pattern.encode())
_ATTRIBUTE = re.compile(r" ([^\s=]+)=\"([^\"]*)\"")
_DOCTYPES = (b"<!DOCTYPE html>", b"<!doctype html>")
_ESCAPE = re.compile(rb"&(?:#34|#39|quot|nbsp);")
_CHARACTERS = {b"&#34;": b'"', b"&#39;": b"'", b"&quot;": b'"', b"&nbsp;": "\u00a0".encode()}
_SPACES = b" \n"
_UNSEEN_TEXT = re.compile(rb"<s(?:tyle|cript(?![^>]* src=\"))")
"""The beginning of a script or style inside of a page, whose text is not shown."""
_VOID = frozenset(
    {
        b"area",
        b"base",
        b"br",
        b"col",
        b"embed",
        b"hr",
        b"img",
        b"input",
        b"link",
        b"meta",
        b"source",
        b"track",
        b"wbr",
    }
)


class StartTag:
    """The start tag of an element.

    Attributes:
        tag: the element's name, in lower case outside of drawings.
        attributes: its attributes, unescaped; one without a value has an empty text.
    """

    __slots__ = ("attributes", "tag")

    def __init__(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes

    def __str__(self) -> str:
        """Return the start tag, cut where it is long: how findings name the place."""
        written = "".join(f' {name}="{value}"' for name, value in self.attributes.items())
        if len(written) > _SHOWN_START:
            written = f"{written[:_SHOWN_START]}..."
        return f"<{self.tag}{written}>"


# Four of five stand on several pages: saves 0.05 s of 2.6 s in checking the demo.
@lru_cache(maxsize=10_000)
def read_start_tag(markup: bytes) -> StartTag:
    """Return a start tag that stands so in :attr:`Page.markup`."""
    text = markup.decode()
    name = _TAG_NAME.match(text, 1)
    if name is None:
        raise ValueError(f"not a start tag: {text}")
    values = {attribute: html.unescape(value) for attribute, value in _ATTRIBUTE.findall(text)}
    return StartTag(name[0], values)


class Element(StartTag):
    """One element of a page."""

    __slots__ = ("_node", "_page")

    def __init__(self, node: LexborNode, page: "Page") -> None:
        attributes = {name: value or "" for name, value in node.attributes.items()}
        super().__init__(node.tag or "", attributes)
        self._node = node
        self._page = page

    def has_around(self, attribute: str) -> bool:
        """Return whether this element, or one around it, has the attribute."""
        node: LexborNode | None = self._node
        while node is not None:
            if node.is_element_node and attribute in node.attributes:
                return True
            node = node.parent or self._page.templates.get(node.mem_id)
        return False

    def text(self) -> str:
        """Return the text that readers see inside the element, with single spaces."""
        return self._page.text_of(self._node)


class Page:
    """One parsed page. What stands inside a ``<template>`` counts as part of it.

    Args:
        source: its bytes.

    Raises:
        UnicodeDecodeError: they are not UTF-8.
    """

    def __init__(self, source: bytes) -> None:
        source.decode()
        self._source = source
        self._document = LexborHTMLParser(source)

    @property
    def _root(self) -> LexborNode:
        root = self._document.root
        if root is None:
            raise ValueError("a parsed page has a root")
        return root

    @cached_property
    def _parts(self) -> tuple[LexborNode, ...]:
        if b"<template" not in self.markup:
            return (self._root,)
        return (self._root, *_template_contents(self._root))

    @cached_property
    def templates(self) -> Mapping[int, LexborNode]:
        """The elements that hold the contents of templates, by the memory address of these: they have no parent."""
        return {part.mem_id: part.parent for part in self._parts if part.parent is not None}

    def first(self, selector: str) -> Element | None:
        """Return the first element outside of any ``<template>`` that matches a CSS selector."""
        node = self._root.css_first(selector)
        if node is None:
            return None
        return Element(node, self)

    def select(self, selector: str) -> list[Element]:
        """Return the elements that match a CSS selector, in document order."""
        elements = []
        for part in self._parts:
            # lexbor names an element once for each part of a selector list that it matches.
            nodes = {node.mem_id: node for node in part.css(selector)}
            elements += [Element(node, self) for node in nodes.values()]
        return elements

    # Saves 0.13 s of 4 s in checking the demo: several checks read it.
    @cached_property
    def markup(self) -> bytes:
        """The page written out as it was read, every attribute as ``name="value"`` after one space.

        Angle brackets stand around tags and comments, and else in scripts and styles alone.
        """
        return (self._document.html or "").encode()

    def start_tags(self, pattern: re.Pattern[bytes]) -> Iterator[bytes]:
        """Yield each start tag in whose markup a pattern is found, in document order; those in comments count, too.

        No element is made, and selectors are not compiled for each page: that saves 0.1 s of 3 s in checking the demo.
        """
        markup, end = self.markup, 0
        for match in pattern.finditer(markup):
            at = match.end()
            start = markup.rfind(b"<", end, at)
            # Else it is in text, in a comment, or in the same tag as the match before.
            is_tag = start >= 0 and markup[start + 1 : start + 2].isalpha()
            if not is_tag or markup.find(b">", start, at) >= 0:
                continue
            end = markup.find(b">", at) + 1
            yield markup[start:end]

    def text(self) -> str:
        """Return the text of the page that readers see, title included, with single spaces."""
        return self.text_of(self._root)

    def text_of(self, node: LexborNode) -> str:
        """Return the text that readers see inside a node of the page, with single spaces."""
        if self._has_unseen_text:
            return _visible_text(node)
        return " ".join(node.text().split())

    # Asked for each region of a page.
    @cached_property
    def _has_unseen_text(self) -> bool:
        return _UNSEEN_TEXT.search(self.markup) is not None

    def misread_markup(self) -> str:
        """Return where a browser reads something else than is written; an empty text if nowhere.

        A browser mends what is malformed: it closes, moves and drops tags. So the page is written out
        as it was read, and has to have the same tags and as many attributes.
        """
        written = _with_end_tags(self._source)
        if _plain(written) == _plain(self.markup):
            return ""
        written_text, read_text = _with_quotes(written.decode()), _with_quotes(self.markup.decode())
        return _tag_difference(written_text, read_text) or _attribute_difference(
            written_text, read_text
        )


def _template_contents(node: LexborNode) -> Iterator[LexborNode]:
    for content in node.template_fragments():
        yield content
        yield from _template_contents(content)


def _visible_text(node: LexborNode) -> str:
    pieces = []
    for inner in node.traverse(include_text=True):
        around = inner.parent
        if inner.is_text_node and (around is None or around.tag not in ("script", "style")):
            pieces.append(inner.text_content or "")
    return " ".join("".join(pieces).split())


def _with_end_tags(markup: bytes) -> bytes:
    """Return the markup with an end tag for each that closes itself, as shapes of a drawing do."""
    *before, rest = markup.split(b"/>")
    pieces = []
    for piece in before:
        start = piece.rfind(b"<")
        tag = _TAG_NAME_BYTES.match(piece, start + 1)
        # Elsewhere than in a tag, or in one that needs no end, the two characters stay.
        if tag is None or tag[0] in _VOID or b">" in piece[start:]:
            pieces += [piece, b"/>"]
        else:
            pieces += [piece, b"></", tag[0], b">"]
    return b"".join((*pieces, rest))


def _plain(markup: bytes) -> bytes:
    """Return markup without what may be written in several ways: quotes, empty values and white space.

    Our pages differ from what is read in these alone. That is found out in a quarter of the time that lists of
    all tags take, which saves 0.3 s of 3 s in checking the demo.
    """
    for doctype in _DOCTYPES:
        markup = markup.removeprefix(doctype)
    unescaped = _ESCAPE.sub(lambda escape: _CHARACTERS[escape[0]], markup)
    return unescaped.translate(None, _SPACES).replace(b'=""', b"")


def _tag_difference(written: str, read: str) -> str:
    """Return the first place where the tags of two texts differ, with its line in the first."""
    tags_written, tags_read = _TAG.findall(written), _TAG.findall(read)
    if tags_written == tags_read:
        return ""
    for at in range(max(len(tags_written), len(tags_read))):
        was, now = _shown_tag(tags_written, at), _shown_tag(tags_read, at)
        if was.lower() != now.lower():
            line = _line_of_match(_TAG, at, written)
            return f'line {line}: a browser reads "{now}" where "{was}" is written'
    return ""


def _shown_tag(tags: Sequence[str], at: int) -> str:
    if at >= len(tags):
        return "the end"
    return f"{tags[at]}>"


def _with_quotes(text: str) -> str:
    """Return a text with its escaped double quotes as they are."""
    return text.replace("&#34;", '"').replace("&quot;", '"')


def _attribute_difference(written: str, read: str) -> str:
    """Return the first start tag with another number of quoted values than a browser reads in it."""
    if _values(written) == _values(read):
        return ""
    pairs = zip(_START_TAG.findall(written), _START_TAG.findall(read), strict=False)
    for at, (was, now) in enumerate(pairs):
        if _values(was) != _values(now):
            line = _line_of_match(_START_TAG, at, written)
            return f"line {line}: an attribute is written twice, or not in double quotes: {was}"
    return "an attribute is written twice, or not in double quotes"


def _values(text: str) -> int:
    """Return the number of attribute values that are not empty: an empty one may be left out."""
    return text.count('="') - text.count('=""')


def _line_of_match(pattern: re.Pattern[str], at: int, text: str) -> int:
    """Return the line, from 1, of the match of that number; the last line if there are fewer."""
    start = len(text)
    for match in islice(pattern.finditer(text), at, at + 1):
        start = match.start()
    return text.count("\n", 0, start) + 1
