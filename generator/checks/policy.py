"""Content security: one strict policy before anything else in the head, and nothing inline that could run.

A page for frames of other sites opens its links in new windows: inside of a frame they would replace the chart.
"""

import html
import re
from collections.abc import Iterator
from itertools import chain
from xml.etree import ElementTree

from generator.checks.built_tree import Check, Finding
from generator.checks.html_page import Page, StartTag, read_start_tag
from generator.checks.xml_file import XmlFile

_REQUIRED = {
    "default-src": "'none'",
    "script-src": "'self'",
    "img-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
_OWN = ("'self'", "'none'")
_LET_IN = ("img-src", "data:")
"""The one source besides the site's own files: small pictures inside a style or a page."""
_FRAMED = re.compile(r"(d/[^/]+/)?embed/")
"""The beginning of the path of a page for frames; an author may be called embed."""
_POLICY = 'meta[http-equiv="content-security-policy" i]'
_FETCHING = "script, link, style, img, iframe, object, embed, source, audio, video"
_DATA_SCRIPTS = ("application/json", "application/ld+json")
_POINTING = ("href", "src")
_STATED_FIRST = re.compile(
    rb"<!DOCTYPE html><html[^<>]*><head>\s*<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\">"
)
"""The markup of a page whose head starts with its policy, as that of all our own does."""
_MAY_RUN = (
    re.compile(rb"<s(?:tyle|cript(?![^>]* src=\"))"),
    re.compile(rb" (?:style|srcdoc|on[^\s=\">]*)=\""),
)
"""The start tags that have to be looked at; two patterns with beginnings of their own are found faster than one."""
_ACTIVE = frozenset(
    {
        *("script", "handler", "foreignObject", "iframe", "object", "embed"),
        *("set", "animate", "animateMotion", "animateTransform", "discard"),
    }
)
"""Elements of a picture that run something, hold something that does, or change where a part points to."""
_OURS = b'<svg xmlns="http://www.w3.org/2000/svg"'
_ELEMENT = re.compile(rb"<([^\s/>]+)")
_SHAPES = frozenset(
    {
        *(b"svg", b"g", b"path", b"rect", b"line", b"circle", b"polyline", b"clipPath", b"defs"),
        *(b"title", b"desc", b"text", b"tspan"),
    }
)
_HANDLER = re.compile(rb"on\w+\s*=")
_DRAWN = "{http://www.w3.org/2000/svg}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_PROLOG = re.compile(rb"<\?xml-stylesheet|<!DOCTYPE", re.IGNORECASE)


class Policy(Check):
    """A policy that is missing, late or loose, and markup that it would stop."""

    name = "policy"

    def page(self, name: str, page: Page) -> Iterator[Finding]:
        """Look at the policy of a page, and for what it would stop."""
        self.counted["policies"] += 1
        stated = _STATED_FIRST.match(page.markup)
        if stated is not None:
            yield from self._loose(name, html.unescape(stated[1].decode()))
        else:
            yield from self._late(name, page)
        for markup in dict.fromkeys(chain.from_iterable(map(page.start_tags, _MAY_RUN))):
            tag = read_start_tag(markup)
            fault = _inline_fault(tag)
            if fault:
                yield self._at(name, tag, fault)
        if _FRAMED.match(name):
            yield from self._leaving(name, page)

    def _late(self, name: str, page: Page) -> Iterator[Finding]:
        """Look for the policy of a page whose head starts with something else."""
        policy = page.first(f"head > {_POLICY}")
        earliest = page.first(f"head > {_POLICY}, {_FETCHING}")
        if policy is None or earliest is None:
            yield self.finding(name, "has no content security policy in its head")
            return
        if earliest.tag != "meta":
            yield self._at(name, earliest, "stands before the content security policy")
        yield from self._loose(name, policy.attributes.get("content", ""))

    def _loose(self, name: str, policy: str) -> Iterator[Finding]:
        for fault in _looseness(policy):
            yield self.finding(name, f"its content security policy {fault}")

    def _leaving(self, name: str, page: Page) -> Iterator[Finding]:
        if page.select('base[target="_blank"]'):
            return
        for link in page.select('a[href]:not([target="_blank"])'):
            yield self._at(name, link, "a link that would open inside the frame")

    def file(self, name: str, data: bytes) -> Iterator[Finding]:
        """Look at what stands before a picture or feed: nothing of it is left once it is parsed."""
        if name.endswith(".svg"):
            found = _PROLOG.search(data, 0, max(0, data.find(b"<svg")))
            if found:
                yield self.finding(name, f"a picture after {found[0].decode()}")
        elif name.endswith((".xml", ".atom")) and _PROLOG.search(data):
            yield self.finding(name, "a feed that names a style sheet or a document type")

    def drawing(self, name: str, drawing: XmlFile) -> Iterator[Finding]:
        """Look at a picture or a feed, which runs in a page of its own when somebody opens it."""
        if name.endswith(".svg"):
            if not _is_mere_drawing(drawing.source):
                for element in drawing.root.iter():
                    yield from self._drawn(name, element)
            return
        tags = {element.tag for element in drawing.root.iter()}
        for tag in filter(_is_page_part, tags):
            yield self.finding(name, f"a feed with <{_local_name(tag)}> of a page inside")

    def _drawn(self, name: str, element: ElementTree.Element) -> Iterator[Finding]:
        tag = _local_name(element.tag)
        if _is_active(element.tag):
            yield self.finding(name, f"a picture with <{tag}> inside")
        for attribute, value in element.items():
            fault = _attribute_fault(_local_name(attribute), value.strip())
            if fault:
                yield self.finding(name, f"<{tag}> {fault}")

    def _at(self, name: str, tag: StartTag, what: str) -> Finding:
        return self.finding(f"{name}: {tag}", what)


def _inline_fault(tag: StartTag) -> str:
    """Return what an element holds that only files of their own may hold."""
    if "srcdoc" in tag.attributes:
        return "a page inside an attribute"
    if tag.tag == "style" or "style" in tag.attributes:
        return "a style inside the page"
    is_script = tag.tag == "script" and "src" not in tag.attributes
    if is_script and tag.attributes.get("type") not in _DATA_SCRIPTS:
        return "a script inside the page"
    if any(attribute.startswith("on") for attribute in tag.attributes):
        return "a script inside an attribute"
    return ""


def _looseness(policy: str) -> Iterator[str]:
    """Return what a policy lacks, and what it lets through besides the site's own files."""
    directives: dict[str, list[str]] = {}
    for part in policy.split(";"):
        words = part.split()
        if words:
            # As in a browser, the first of two directives with one name counts.
            directives.setdefault(words[0].lower(), words[1:])
    missing = []
    for name, source in _REQUIRED.items():
        if source not in directives.get(name, ()):
            missing.append(f"{name} {source}")
    if missing:
        yield f"lacks {'; '.join(missing)}"
    for name, sources in directives.items():
        for source in sources:
            if source not in _OWN and (name, source) != _LET_IN:
                yield f"lets through more than this site's own files: {source} in {name}"


def _local_name(name: object) -> str:
    """Return the name of an element or attribute without its namespace; comments have none."""
    if not isinstance(name, str):
        return ""
    return name.rpartition("}")[2]


def _is_mere_drawing(picture: bytes) -> bool:
    """Return whether a picture has shapes and words alone, none of which runs or points; no may be wrong.

    So do all that we draw. They are not looked at element by element.
    """
    names = set(_ELEMENT.findall(picture))
    if not names <= _SHAPES or not picture.startswith(_OURS) or picture.count(b"xmlns") > 1:
        return False
    return b"href" not in picture and b"src" not in picture and not _HANDLER.search(picture)


def _is_active(tag: object) -> bool:
    """Return whether an element is no mere part of a drawing; comments are none."""
    return isinstance(tag, str) and (not tag.startswith(_DRAWN) or _local_name(tag) in _ACTIVE)


def _is_page_part(tag: object) -> bool:
    """Return whether a browser shows an element as that of a page or a picture, with whatever it runs."""
    return isinstance(tag, str) and tag.startswith((_DRAWN, _XHTML))


def _attribute_fault(name: str, value: str) -> str:
    if name.startswith("on"):
        return f"has a script in its attribute {name}"
    if name in _POINTING and not value.startswith(("#", "data:image/")):
        return f"points to {value[:120]}, which no picture here may"
    return ""
