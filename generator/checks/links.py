"""Links: whatever a page points to inside the site is there, fragments included."""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import SplitResult, unquote, urlsplit

from generator.checks.built_tree import Check, Finding, Tree
from generator.checks.html_page import Element, Page

_STYLE_URLS = (
    re.compile(rb"url\(\s*[\"']?\s*([^\"')]+)"),
    re.compile(rb"@import\s*[\"']([^\"']+)"),
)
_REFRESH = re.compile(r"[^;,]*[;,]\s*(?:url\s*=)?\s*[\"']?([^\"']*)", re.IGNORECASE)
_URL_ATTRIBUTES = frozenset(
    {
        "action",
        "background",
        "cite",
        "data-src",
        "formaction",
        "href",
        "poster",
        "src",
        "xlink:href",
    }
)
_POINTING = ", ".join(
    (
        # A name with a colon is found by what stands after it.
        *(f"[{name}]" for name in sorted(_URL_ATTRIBUTES) if ":" not in name),
        "[srcset]",
        "[imagesrcset]",
        "[ping]",
        "object[data]",
        'meta[http-equiv="refresh" i]',
    )
)
_FREE = ("canonical", "alternate")
"""Relations whose address names the site itself, and may therefore be absolute."""
_SHOWN_ANYWHERE = "404.html"
"""A host shows this page at any address, so its links name the folder that the site lives in."""
_SHOWN = 120


class Links(Check):
    """What leads nowhere, and anything but a plain link that leads off-site."""

    name = "links"

    def __init__(self, tree: Tree) -> None:
        super().__init__(tree)
        self._ids: dict[str, frozenset[str]] = {}
        # By page, each URL that stays inside the site, with the tag it stands in.
        self._inside: dict[str, dict[str, str]] = {}

    def page(self, name: str, page: Page) -> Iterator[Finding]:
        """Find what leads off-site; where the others lead is asked when all pages are known."""
        ids = Counter(element.attributes["id"] for element in page.select("[id]"))
        self._ids[name] = frozenset(ids)
        for id_, times in ids.items():
            if times > 1:
                yield self.finding(name, f'the id "{id_}" stands {times} times')
        inside = self._inside.setdefault(name, {})
        for element, attribute, url in _links(page):
            self.counted["links"] += 1
            fault = _off_site_fault(element, attribute, url)
            if fault:
                yield self.finding(f"{name}: {_place(element.tag, attribute, url)}", fault)
            else:
                inside.setdefault(url, f"{element.tag} {attribute}")

    def file(self, name: str, data: bytes) -> Iterator[Finding]:
        """Find styles and pictures that point anywhere."""
        if not name.endswith((".css", ".svg")):
            return
        for pattern in _STYLE_URLS:
            for match in pattern.finditer(data.lower()):
                url = data[match.start(1) : match.end(1)].decode("utf-8", "replace")
                if not url.startswith(("#", "data:")):
                    what = f"points to {url}, which no style or picture here may"
                    yield self.finding(name, what)

    def whole(self) -> Iterator[Finding]:
        """Find links that lead nowhere."""
        for name, urls in self._inside.items():
            # The folders that the site may live in, as far as the page that is shown anywhere names one.
            folders: set[str] | None = None
            for url, place in urls.items():
                fault = self._missing(name, url)
                if name == _SHOWN_ANYWHERE and _starts_at_the_root(url):
                    possible = self._folders_above(urlsplit(url).path)
                    folders = possible if folders is None else folders & possible
                    fault = "" if folders else f"{url} leads to no page of this site"
                if fault:
                    tag, _, attribute = place.partition(" ")
                    yield self.finding(f"{name}: {_place(tag, attribute, url)}", fault)
        if self._ids and not self.counted["links"]:
            yield self.finding("the whole site", "has no link at all")

    def _missing(self, page: str, url: str) -> str:
        """Return why a URL leads nowhere, an empty text where it leads somewhere or outside."""
        if ":" in url or url.startswith("/"):
            parts = urlsplit(url)
            if parts.scheme or parts.netloc:
                return ""
            if parts.path.startswith("/"):
                return f"{url} starts at the root, but the site may live in a folder"
        address, _, fragment = url.partition("#")
        address = address.partition("?")[0]
        path = _target(posixpath.dirname(page), address) if address else page
        if path not in self.tree.files:
            return f"{url} leads to {path}, which is not there"
        if fragment and path in self._ids and unquote(fragment) not in self._ids[path]:
            return f"{url}: no element there has that id"
        return ""

    def _folders_above(self, path: str) -> set[str]:
        """Return the folders in one of which the site must live for a path to lead to a file of it."""
        names = path.split("/")
        return {
            "/".join(names[:at])
            for at in range(1, len(names))
            if _target("", "/".join(names[at:])) in self.tree.files
        }


def _starts_at_the_root(url: str) -> bool:
    return url.startswith("/") and not url.startswith("//")


def _place(tag: str, attribute: str, url: str) -> str:
    return f'<{tag} {attribute}="{url[:_SHOWN]}">'


def _links(page: Page) -> Iterator[tuple[Element, str, str]]:
    """Return each URL of a page with its element and attribute."""
    for element in page.select(_POINTING):
        for attribute, value in element.attributes.items():
            for url in _urls(element.tag, attribute, value):
                yield element, attribute, url


def _urls(tag: str, attribute: str, value: str) -> Sequence[str]:
    """Return the URLs that an attribute points to: one for most, none for one that is no pointer."""
    if attribute in _URL_ATTRIBUTES:
        return (value.strip(),)
    if attribute in ("srcset", "imagesrcset"):
        return [part.split()[0] for part in value.split(",") if part.strip()]
    if attribute == "ping":
        return value.split()
    if attribute == "data" and tag == "object":
        return (value.strip(),)
    refresh = _REFRESH.match(value) if (tag, attribute) == ("meta", "content") else None
    return (refresh[1].strip(),) if refresh else ()


def _off_site_fault(element: Element, attribute: str, url: str) -> str:
    if ":" not in url and not url.startswith("//"):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        return f"is not a valid URL: {error}"
    if not parts.scheme and not parts.netloc:
        return ""
    if _may_lead_away(element, attribute, parts):
        return ""
    return f"<{element.tag}> points off-site: {url[:_SHOWN]}"


def _may_lead_away(element: Element, attribute: str, url: SplitResult) -> bool:
    """Return whether an element may point there: a link that readers follow, or a small picture."""
    if (element.tag, attribute) == ("a", "href"):
        return url.scheme == "mailto" or (url.scheme == "https" and bool(url.netloc))
    if element.tag == "link" and element.attributes.get("rel") in _FREE:
        return True
    return url.scheme == "data" and element.tag in ("link", "img")


def _target(folder: str, address: str) -> str:
    """Return the file that a relative path names; outside of the site, a path that starts with dots."""
    named = f"{folder}/{unquote(address)}" if folder else unquote(address)
    path = posixpath.normpath(f"{named}index.html" if named.endswith("/") else named)
    return "index.html" if path == "." else path
