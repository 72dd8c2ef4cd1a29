"""Content security: one strict policy before anything else in the head, and nothing inline that could run."""

import re
from collections.abc import Iterator

from generator.checks.markup import Element, Page
from generator.checks.tree import Check, Finding, Tree

NAME = "policy"
_REQUIRED = ("default-src 'none'", "script-src 'self'", "base-uri 'none'", "form-action 'none'")
_FETCHING = frozenset({"script", "link", "style", "img"})
_GOVERNED = _FETCHING | {"meta"}
_SUSPECT = re.compile(r"\s(?:style|on\w+)", re.IGNORECASE)
_DATA_SCRIPTS = ("application/json", "application/ld+json")


def _page(_tree: Tree, name: str, page: Page) -> Iterator[Finding]:
    """A policy that is missing, late or loose, and markup that it would stop."""
    return (Finding(NAME, name, what) for what in _faults(page))


def _faults(page: Page) -> Iterator[str]:
    policy = None
    for element in page.elements:
        if element.tag not in _GOVERNED and not _SUSPECT.search(element.raw):
            continue
        if element.tag == "meta" and element.attributes.get("http-equiv", "").lower() == "content-security-policy":
            policy = element.attributes.get("content", "")
        if element.tag in _FETCHING and policy is None:
            yield f"line {page.line(element.at)}: <{element.tag}> stands before the content security policy"
            return
        yield from (f"line {page.line(element.at)}: {what}" for what in _inline(element))
    yield from _loose(policy)


def _inline(element: Element) -> Iterator[str]:
    attributes = element.attributes
    if element.tag == "script" and "src" not in attributes and attributes.get("type") not in _DATA_SCRIPTS:
        yield "a script inside the page"
    if element.tag == "style" or "style" in attributes:
        yield "a style inside the page"
    if any(attribute.startswith("on") for attribute in attributes):
        yield f"a script inside an attribute of <{element.tag}>"


def _loose(policy: str | None) -> Iterator[str]:
    if policy is None:
        yield "has no content security policy"
        return
    missing = [part for part in _REQUIRED if part not in policy]
    if missing:
        yield f"its content security policy lacks {'; '.join(missing)}"
    if "unsafe" in policy or "*" in policy or "http" in policy:
        yield "its content security policy lets through more than this site's own files"


CHECK = Check(NAME, page=_page)
