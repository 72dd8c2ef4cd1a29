"""Links: whatever a page points to inside the site is there, fragments included."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from generator.checks.built_tree import Check, Finding, Tree
from generator.checks.html_page import URLS, Element, Page, read_attributes

NAME = "links"
_CSS_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")
_FREE = ("canonical", "alternate")
"""Relations whose address names the site itself, and may therefore be absolute."""


def _page(tree: Tree, name: str, page: Page) -> Iterator[Finding]:
    """Anything but a plain link that leads off-site; where the others lead is asked when all pages are known."""
    tree.anchors[name] = {element.attributes["id"] for element in page.having("id")}
    pointers = tree.pointers.setdefault(name, set())
    for element, url in _links(page):
        tree.count("links")
        what = _off_site(element, url) if ":" in url or url.startswith("//") else ""
        if what:
            yield Finding(NAME, f"{name}:{page.line(element.at)}", what)
        pointers.add(url)


def _tree(tree: Tree) -> Iterator[Finding]:
    """Links that lead nowhere, and styles or pictures that point anywhere."""
    for name, urls in tree.pointers.items():
        for url in sorted(urls):
            what = _missing(tree, name, url)
            if what:
                yield Finding(NAME, f"{name}:{_line(tree.page(name), url)}", what)
    for name in tree.under(".css", ".svg"):
        for url in _CSS_URL.findall(tree.bytes(name).decode("utf-8", "replace")):
            if not url.startswith(("#", "data:")):
                yield Finding(NAME, name, f"points to {url}, which no style or picture here may")
    if tree.anchors and not tree.counted.get("links"):
        yield Finding(NAME, "the whole site", "has no link at all")


def _line(page: Page, url: str) -> int:
    return next((page.line(element.at) for element, found in _links(page) if found == url), 0)


def _links(page: Page) -> Iterator[tuple[Element, str]]:
    return ((element, url) for element in page.elements for url in _urls(element))


def _urls(element: Element) -> Sequence[str]:
    return _named(element.raw, element.tag == "object")


@lru_cache(maxsize=1 << 16)
def _named(raw: str, is_object: bool) -> Sequence[str]:
    """What the attributes point to, read once for all tags that are written alike."""
    attributes = read_attributes(raw)
    found: list[str] = []
    for name in URLS:
        value = attributes.get(name)
        if value is None or (name == "data" and not is_object):
            continue
        if name == "srcset":
            found += (part.split()[0] for part in value.split(",") if part.strip())
        else:
            found.append(value.strip())
    return tuple(found)


def _off_site(element: Element, url: str) -> str:
    parts = urlsplit(url)
    if not parts.scheme and not parts.netloc:
        return ""
    if element.tag == "a" and parts.scheme == "https" and parts.netloc:
        return ""
    if element.tag == "a" and parts.scheme == "mailto":
        return ""
    if element.tag == "link" and element.attributes.get("rel") in _FREE:
        return ""
    if parts.scheme == "data" and element.tag in ("link", "img"):
        return ""
    return f"<{element.tag}> points off-site: {url[:120]}"


def _tails(path: str) -> Iterator[str]:
    names = path.strip("/").split("/")
    return ("/".join(names[at:]) for at in range(len(names) + 1))


def _is_there(tree: Tree, path: str) -> bool:
    return path in tree.files or posixpath.join(path, "index.html") in tree.files


def _missing(tree: Tree, page: str, url: str) -> str:
    if ":" in url or url.startswith("/"):
        parts = urlsplit(url)
        if parts.scheme or parts.netloc:
            return ""
        # A host shows this one page at any address, so its links name the folder the site lives in.
        if page == "404.html" and any(_is_there(tree, tail) for tail in _tails(parts.path)):
            return ""
        if parts.path.startswith("/"):
            return f"{url} starts at the root, but the site may live in a folder"
    way, _, fragment = url.partition("#")
    path = _target(posixpath.dirname(page), way.partition("?")[0]) if way else page
    if path not in tree.files:
        return f"{url} leads to {path}, which is not there"
    if fragment and path in tree.anchors and unquote(fragment) not in tree.anchors[path]:
        return f"{url}: no element there has that id"
    return ""


def _target(folder: str, way: str) -> str:
    """The file inside the site that a relative path names; outside of it, a path that starts with dots."""
    named = f"{folder}/{unquote(way)}" if folder else unquote(way)
    path = posixpath.normpath(f"{named}index.html" if way.endswith("/") else named)
    return "index.html" if path == "." else path


CHECK = Check(NAME, page=_page, tree=_tree)
