"""Content security: one strict policy before anything else in the head, and nothing inline that could run."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from generator.checks.built_tree import Check, Finding, Tree
from generator.checks.html_page import Page, read_attributes

NAME = "policy"
_REQUIRED = ("default-src 'none'", "script-src 'self'", "base-uri 'none'", "form-action 'none'")
_FETCHING = frozenset({"script", "link", "style", "img"})
_DATA_SCRIPTS = ("application/json", "application/ld+json")


def _page(_tree: Tree, name: str, page: Page) -> Iterator[Finding]:
    """A policy that is missing, late or loose, and markup that it would stop."""
    return (Finding(NAME, name, what) for what in _faults(page))


def _faults(page: Page) -> Iterator[str]:
    policy = None
    for element in page.elements:
        if (
            element.tag == "meta"
            and element.attributes.get("http-equiv", "").lower() == "content-security-policy"
        ):
            policy = element.attributes.get("content", "")
        if element.tag in _FETCHING and policy is None:
            yield f"line {page.line(element.at)}: <{element.tag}> stands before the content security policy"
            return
        for what in _inline(element.tag, element.raw):
            yield f"line {page.line(element.at)}: {what}"
    yield from _loose(policy)


@lru_cache(maxsize=1 << 16)
def _inline(tag: str, raw: str) -> Sequence[str]:
    """What a tag may not be, looked for once in all that are written alike."""
    attributes = read_attributes(raw)
    found = []
    if tag == "script" and "src" not in attributes and attributes.get("type") not in _DATA_SCRIPTS:
        found.append("a script inside the page")
    if tag == "style" or "style" in attributes:
        found.append("a style inside the page")
    if any(attribute.startswith("on") for attribute in attributes):
        found.append(f"a script inside an attribute of <{tag}>")
    return tuple(found)


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
