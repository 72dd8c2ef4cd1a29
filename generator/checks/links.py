"""Links: whatever a page points to inside the site is there, fragments included."""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from generator.checks.markup import Element, Page
from generator.checks.tree import Check, Finding, Tree

NAME = "links"
_URLS = ("href", "src", "srcset", "data", "poster", "action", "formaction", "cite", "data-src")
_MAY_LINK = re.compile(rf"\s(?:{'|'.join(_URLS)})=", re.IGNORECASE)
_CSS_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")
_FREE = ("canonical", "alternate")
"""Relations whose address names the site itself, and may therefore be absolute."""


def _page(tree: Tree, name: str, page: Page) -> Iterator[Finding]:
    """Anything but a plain link that leads off-site; where the others lead is asked when all pages are known."""
    tree.anchors[name] = {element.attributes["id"] for element in page.having("id")}
    pointers = tree.pointers.setdefault(name, set())
    for element, url in _links(page):
        tree.count("links")
        what = _off_site(element, url)
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
    for element in page.elements:
        if not _MAY_LINK.search(element.raw):
            continue
        for attribute in _URLS:
            value = element.attributes.get(attribute)
            if value is None or (attribute == "data" and element.tag != "object"):
                continue
            if attribute == "srcset":
                yield from ((element, part.split()[0]) for part in value.split(",") if part.strip())
            else:
                yield element, value.strip()


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
    parts = urlsplit(url)
    if parts.scheme or parts.netloc:
        return ""
    if parts.path.startswith("/"):
        # A host shows this one page at any address, so its links name the folder the site lives in.
        if page == "404.html" and any(_is_there(tree, tail) for tail in _tails(parts.path)):
            return ""
        return f"{url} starts at the root, but the site may live in a folder"
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path))) if parts.path else page
    if parts.path.endswith("/") or path in (".", ""):
        path = posixpath.normpath(posixpath.join(path, "index.html"))
    if path.startswith("..") or path not in tree.files:
        return f"{url} leads to {path}, which is not there"
    if parts.fragment and path in tree.anchors and unquote(parts.fragment) not in tree.anchors[path]:
        return f"{url}: no element there has that id"
    return ""


CHECK = Check(NAME, page=_page, tree=_tree)
