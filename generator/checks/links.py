"""Links: whatever a page points to inside the site is there, fragments included."""

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, filterfalse
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from generator.base import formats
from generator.checks.built_tree import Check, Finding, Tree
from generator.checks.html_page import Page, StartTag, read_start_tag
from generator.checks.xml_file import XmlFile

_STYLE_URLS = (
    re.compile(r"url\(\s*[\"']?\s*([^\"')]+)", re.IGNORECASE),
    re.compile(r"@import(?:\s|/\*.*?\*/)*[\"']([^\"']+)", re.IGNORECASE | re.DOTALL),
)
_SHEET_ADDRESS = re.compile(r"[\"']\s*((?:[a-z][a-z0-9+.-]*:)?//[^\"']+)", re.IGNORECASE)
"""A text in a sheet that begins as an address: image-set() takes such a one without url()."""
_STYLE_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|([^\n]))")
_WORDS = ("aria-", "data-")
"""The beginnings of attributes that hold words."""

# As browsers read it, a space may stand where most write a semicolon.
_REFRESH = re.compile(r"[^;,\s]*\s*[;,\s]\s*(?:url\s*=)?\s*[\"']?([^\"']*)", re.IGNORECASE)
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
_PLAIN_LINK = re.compile(rb" (?:href|src)=\"([\w.#?][^\":&]*)\"")
"""An address without a host or an escaped character, which any element may have."""
_OTHER_NAMES = (
    rb"action|background|cite|data|data-src|formaction|http-equiv|id|imagesrcset|ping|poster|srcset"
    rb"|xlink:href"
)
# Names in a plain list are searched in a quarter of the time that shared parts of theirs take: 0.07 s in the demo.
_OTHER_POINTERS = re.compile(
    rb" (?:(?:href|src)=\"(?![\w.#?][^\":&]*\")|(?:" + _OTHER_NAMES + rb")=\")"
)
"""Any other attribute that may point somewhere, or that may be pointed to."""
_POINTERS = re.compile(rb" (?:href|src|" + _OTHER_NAMES + rb")=\"")
_FREE = ("canonical", "alternate")
"""Relations whose address names the site itself, and may therefore be absolute."""
_SHOWN_ANYWHERE = "404.html"
"""A host shows this page at any address, so its links name the folder that the site lives in."""
_SHOWN = 120

Target = tuple[str, str]
"""A file of the site and the id of an element in it, which may be empty."""


class Links(Check):
    """What leads nowhere, and anything but a plain link that leads off-site."""

    name = "links"

    def __init__(self, tree: Tree) -> None:
        super().__init__(tree)
        self._ids: dict[str, frozenset[str]] = {}
        self._styled_pictures: set[str] = set()
        # By page, where its links lead.
        self._targets: dict[str, list[Target]] = {}
        # By the way to the top, where addresses lead that begin with it: the same from all pages of one depth.
        self._targets_by_top: defaultdict[str, dict[bytes, Target]] = defaultdict(dict)
        # Pages have most of both in common: each is held once, not once for each page of five years of days.
        self._distinct_targets: dict[Target, Target] = {}
        self._distinct_ids: dict[str, str] = {}

    def page(self, name: str, page: Page) -> Iterator[Finding]:
        """Find what leads off-site; where the others lead is asked when all pages are known."""
        addresses = _PLAIN_LINK.findall(page.markup)
        self.counted["links"] += len(addresses)
        targets = set(self._plain_targets(name, set(addresses)))
        ids: Counter[str] = Counter()
        for markup in page.start_tags(_OTHER_POINTERS):
            tag = read_start_tag(_PLAIN_LINK.sub(b"", markup))
            if "id" in tag.attributes:
                ids[tag.attributes["id"]] += 1
            for attribute, url in _pointers(tag):
                self.counted["links"] += 1
                fault = _off_site_fault(tag, attribute, url)
                if fault:
                    yield self.finding(f"{name}: {_start_tag(tag.tag, attribute, url)}", fault)
                    continue
                target = self._target(name, url)
                if target is not None:
                    targets.add(target)
        for id_, times in ids.items():
            if times > 1:
                yield self.finding(name, f'the id "{id_}" stands {formats.how_often(times)}')
        self._remember(name, ids, targets)

    def _plain_targets(self, name: str, addresses: Iterable[bytes]) -> Iterator[Target]:
        """Yield where addresses on a page lead inside the site."""
        top = _way_to_top(name)
        known = self._targets_by_top[top]
        for address in addresses:
            target = known.get(address)
            if target is None:
                target = self._inside(name, address.decode())
                if top and address.startswith(top.encode()):
                    known[address] = target
            yield target

    def _remember(self, name: str, ids: Iterable[str], targets: Iterable[Target]) -> None:
        self._ids[name] = frozenset(self._distinct_ids.setdefault(id_, id_) for id_ in ids)
        self._targets[name] = [
            self._distinct_targets.setdefault(target, target) for target in targets
        ]

    def file(self, name: str, data: bytes) -> Iterator[Finding]:
        """Find sheets of styles that point anywhere, and pictures whose styles have to be looked at."""
        if name.endswith(".svg"):
            # Words are written with escaped apostrophes; no other character of theirs is escaped so.
            has_escapes = b"\\" in data or b"&#" in data.replace(b"&#x27;", b"")
            # A label may read like a style, so the parsed picture decides; few have to be asked.
            if has_escapes or (
                _may_point(data) and any(_style_targets(data.decode("utf-8", "replace")))
            ):
                self._styled_pictures.add(name)
        elif name.endswith(".css"):
            text = data.decode("utf-8", "replace")
            for url in dict.fromkeys((*_style_targets(text), *_SHEET_ADDRESS.findall(text))):
                yield self._styled(name, url)

    def drawing(self, name: str, drawing: XmlFile) -> Iterator[Finding]:
        """Find styles in a picture that point anywhere but to its own parts."""
        if name not in self._styled_pictures:
            return
        for element in drawing.root.iter():
            is_sheet = isinstance(element.tag, str) and element.tag.endswith("}style")
            styles = []
            if is_sheet:
                styles.append(element.text or "")
            styles += [value for key, value in element.items() if not key.startswith(_WORDS)]
            for url in chain.from_iterable(map(_style_targets, styles)):
                yield self._styled(name, url)

    def _styled(self, name: str, url: str) -> Finding:
        return self.finding(name, f"points to {url}, which no style or picture here may")

    def facts(self, name: str) -> Any:
        """Return the ids of a page and where its links lead."""
        if name not in self._targets:
            return None
        return [sorted(self._ids[name]), sorted(self._targets[name])]

    def recall(self, name: str, facts: Any) -> None:
        """Take the ids of a page and where its links lead."""
        if facts is not None:
            ids, targets = facts
            self._remember(name, ids, map(tuple, targets))

    def whole(self) -> Iterator[Finding]:
        """Find links that lead nowhere."""
        missing = set(filterfalse(self._is_there, self._distinct_targets))
        for name, targets in self._targets.items():
            if not missing.isdisjoint(targets):
                yield from self._leading_nowhere(name)
        if self._ids and not self.counted["links"]:
            yield self.finding("the whole site", "has no link at all")

    def _leading_nowhere(self, name: str) -> Iterator[Finding]:
        """Find links of a page that lead nowhere."""
        # The folders that the site may live in, as far as the page that is shown anywhere names one.
        folders: set[str] | None = None
        start_tags: dict[str, str] = {}
        page = Page(self.tree.read(name))
        for tag in map(read_start_tag, page.start_tags(_POINTERS)):
            for attribute, url in _pointers(tag):
                if not _off_site_fault(tag, attribute, url):
                    start_tags.setdefault(url, _start_tag(tag.tag, attribute, url))
        for url, start_tag in start_tags.items():
            fault = self._missing(name, url)
            if name == _SHOWN_ANYWHERE and _starts_at_the_root(url):
                possible = self._folders_above(urlsplit(url).path)
                if folders is not None:
                    possible &= folders
                folders = possible
                fault = ""
                if not folders:
                    fault = f"{url} leads to no page of this site"
            if fault:
                yield self.finding(f"{name}: {start_tag}", fault)

    def _missing(self, page: str, url: str) -> str:
        """Return why a URL leads nowhere, an empty text where it leads somewhere or outside."""
        target = self._target(page, url)
        if target is None or self._is_there(target):
            return ""
        path, _ = target
        if path.startswith("/"):
            return f"{url} starts at the root, but the site may live in a folder"
        if path not in self.tree.files:
            return f"{url} leads to {path}, which is not there"
        return f"{url}: no element there has that id"

    def _target(self, page: str, url: str) -> Target | None:
        """Return where a URL on a page leads inside the site, None where it leads outside."""
        if ":" in url or url.startswith("/"):
            parts = urlsplit(url)
            if parts.scheme or parts.netloc:
                return None
            if parts.path.startswith("/"):
                return parts.path, ""
        return self._inside(page, url)

    def _inside(self, page: str, url: str) -> Target:
        """Return where a URL without a host on a page leads."""
        address, _, fragment = url.partition("#")
        address = address.partition("?")[0]
        if not address:
            return page, fragment
        return _file(page.rpartition("/")[0], address), fragment

    def _is_there(self, target: Target) -> bool:
        path, fragment = target
        if path not in self.tree.files:
            return False
        return not fragment or path not in self._ids or unquote(fragment) in self._ids[path]

    def _folders_above(self, path: str) -> set[str]:
        """Return the folders in one of which the site must live for a path to lead to a file of it."""
        names = path.split("/")
        folders = set()
        for at in range(1, len(names)):
            if _file("", "/".join(names[at:])) in self.tree.files:
                folders.add("/".join(names[:at]))
        return folders


def _way_to_top(page: str) -> str:
    """Return the relative URL of the top of the site on a page, empty on one that is there."""
    return "../" * page.count("/")


def _may_point(style: bytes) -> bool:
    """Return whether a style may point to more than parts of its own document.

    Few do, and the others are told in a sixth of the time: 0.2 of 5.6 s in the demo.
    """
    plain = style.lower()
    return plain.count(b"url(") > plain.count(b"url(#") or b"@import" in plain


def _style_targets(text: str) -> Iterator[str]:
    """Return the URLs that a style points to, but for parts of its own document and what it holds itself."""
    if "\\" in text:
        text = _STYLE_ESCAPE.sub(_style_character, text)
    for pattern in _STYLE_URLS:
        for url in pattern.findall(text):
            if not url.startswith(("#", "data:")):
                yield url


def _style_character(escape: re.Match[str]) -> str:
    if not escape[1]:
        return escape[2] or ""
    code = int(escape[1], 16)
    if not 0 < code < 0x110000:
        return ""
    return chr(code)


def _starts_at_the_root(url: str) -> bool:
    return url.startswith("/") and not url.startswith("//")


def _start_tag(tag: str, attribute: str, url: str) -> str:
    return f'<{tag} {attribute}="{url[:_SHOWN]}">'


def _pointers(tag: StartTag) -> Iterator[tuple[str, str]]:
    """Yield each URL of a start tag, with the name of the attribute that it stands in."""
    for attribute in tag.attributes:
        for url in _urls(tag, attribute):
            yield attribute, url


def _urls(tag: StartTag, attribute: str) -> Sequence[str]:
    """Return the URLs that an attribute points to: one for most, none for one that is no pointer."""
    value = tag.attributes[attribute]
    if attribute in _URL_ATTRIBUTES:
        return [value.strip()]
    if attribute in ("srcset", "imagesrcset"):
        return [part.split()[0] for part in value.split(",") if part.strip()]
    if attribute == "ping":
        return value.split()
    if attribute == "data" and tag.tag == "object":
        return [value.strip()]
    if (tag.tag, attribute) == ("meta", "content") and _refreshes(tag):
        refresh = _REFRESH.match(value.strip())
        if refresh is not None:
            return [refresh[1].strip()]
    return []


def _refreshes(tag: StartTag) -> bool:
    return tag.attributes.get("http-equiv", "").lower() == "refresh"


def _off_site_fault(tag: StartTag, attribute: str, url: str) -> str:
    if ":" not in url and not url.startswith("//"):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        return f"is not a valid URL: {error}"
    if not parts.scheme and not parts.netloc:
        return ""
    if _may_lead_away(tag, attribute, parts):
        return ""
    return f"<{tag.tag}> points off-site: {url[:_SHOWN]}"


def _may_lead_away(tag: StartTag, attribute: str, url: SplitResult) -> bool:
    """Return whether an element may point there: a link that readers follow, or a small picture."""
    if (tag.tag, attribute) == ("a", "href"):
        return url.scheme == "mailto" or (url.scheme == "https" and bool(url.netloc))
    if tag.tag == "link" and tag.attributes.get("rel") in _FREE:
        return True
    return url.scheme == "data" and tag.tag in ("link", "img")


def _file(folder: str, address: str) -> str:
    """Return the file that a relative path names; outside of the site, a path that starts with dots."""
    named = unquote(address)
    if folder:
        named = f"{folder}/{named}"
    if named.endswith("/"):
        named = f"{named}index.html"
    path = posixpath.normpath(named)
    if path == ".":
        return "index.html"
    return path
