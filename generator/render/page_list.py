"""Every page that is one file in ``templates/pages/``, with what its front matter says of it.

Menu, views, footer, search index, breadcrumbs and cards are read from this list. The fields, all optional:

    name: Price changes                     in footer and breadcrumbs
    order: 10                               among all pages; without it a page comes last
    section: Prices                         the section that it belongs to, a heading in the footer
    menu: yes                               the menu's link to its section leads to it
    view: Changes                           its name among the views of its section, if it is another
    shortcut: Price changes                 the link to it on the overview and in the menu of phones
    search: Price changes                   as the search box lists it; without it the box does not
    card: models-7d                         the board shown where it, or a page below it, is shared
    covers: authors/                        pages at another address that belong to it
    sitemap: no                             it is left out of the sitemap
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.base import resources
from generator.base.errors import UsageError
from generator.render import front_matter

PAGES = "pages/"
ABOUT = "About"
"""The section that the footer has and the menu has not."""

_PROSE = ("title", "description")
_FIELDS = (
    "name",
    "order",
    "section",
    "menu",
    "view",
    "shortcut",
    "search",
    "card",
    "covers",
    "sitemap",
)
_LAST = 1_000_000


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page.

    Attributes:
        template: its file, as ``pages/rankings/index.html.j2``.
        path: its address inside the site: ``rankings/``, ``404.html``, empty for the overview.
        name, order, section, shortcut, search, card, covers: as its front matter says.
        view: its name among the views of its section.
        in_menu, in_sitemap: where it is listed.
    """

    template: str
    path: str
    name: str = ""
    order: int = _LAST
    section: str = ""
    in_menu: bool = False
    view: str = ""
    shortcut: str = ""
    search: str = ""
    card: str = ""
    covers: str = ""
    in_sitemap: bool = True

    def depth(self, path: str) -> int:
        """Return how many characters of a path lead to this page or to those it covers; -1 if they do not."""
        prefixes = [self.path, self.covers] if self.covers else [self.path]
        return max((len(prefix) for prefix in prefixes if path.startswith(prefix)), default=-1)


@dataclass(frozen=True, slots=True)
class PageList:
    """All pages in their order."""

    entries: tuple[PageEntry, ...]

    @property
    def menu(self) -> list[PageEntry]:
        """Return the page of each section in the menu."""
        return [entry for entry in self.entries if entry.in_menu]

    @property
    def shortcuts(self) -> list[PageEntry]:
        """Return the pages that the overview leads to directly."""
        return [entry for entry in self.entries if entry.shortcut]

    @property
    def footer(self) -> list[tuple[str, list[PageEntry]]]:
        """Return every section with its pages: those of the menu, then what is about the site."""
        headings = [entry.section for entry in self.menu]
        return [(heading, self._in_section(heading)) for heading in (*headings, ABOUT)]

    @property
    def searchable(self) -> list[PageEntry]:
        """Return the pages that the search box lists."""
        return [entry for entry in self.entries if entry.search]

    @property
    def cards(self) -> tuple[str, ...]:
        """Return the ids of the boards that stand for some page, each once."""
        return tuple(dict.fromkeys(entry.card for entry in self.entries if entry.card))

    def section(self, path: str) -> str:
        """Return the section of an address: its page's own, else that of the nearest above; may be empty."""
        above = [entry for entry in self.entries if entry.section and entry.depth(path) > 0]
        nearest = max(above, key=lambda entry: entry.depth(path), default=None)
        return nearest.section if nearest else ""

    def views(self, path: str) -> list[PageEntry]:
        """Return the pages of an address's section, none where it has a single one."""
        section = self.section(path)
        pages = self._in_section(section) if section else []
        return pages if len(pages) > 1 else []

    def _in_section(self, section: str) -> list[PageEntry]:
        return [entry for entry in self.entries if entry.section == section]

    def card(self, path: str) -> str:
        """Return the id of the board that stands for an address: its page's own, else that of one above."""
        above = [entry for entry in self.entries if entry.card and entry.depth(path) >= 0]
        nearest = max(above, key=lambda entry: entry.depth(path), default=None)
        return nearest.card if nearest else ""

    def breadcrumb(self, path: str) -> list[PageEntry]:
        """Return the pages between the overview and an address, the topmost first."""
        above = [
            entry
            for entry in self.entries
            if entry.name and entry.path not in ("", path) and path.startswith(entry.path)
        ]
        return sorted(above, key=lambda entry: len(entry.path))


def read_pages(folder: Path | None = None) -> PageList:
    """Return the pages in a folder of templates, the package's own by default.

    Raises:
        UsageError: a front matter says something that is not understood.
    """
    folder = folder or resources.folder("templates")
    files = (path for path in (folder / PAGES).rglob("*") if path.suffix in (".j2", ".md"))
    entries = [
        _entry(path.relative_to(folder).as_posix(), path.read_text("utf-8")) for path in files
    ]
    _check_sections(entries)
    return PageList(tuple(sorted(entries, key=lambda entry: (entry.order, entry.path))))


def published_path(template: str) -> str:
    """Return the file that a page's template becomes: ``rankings/index.html``, ``robots.txt``."""
    path = template.removeprefix(PAGES)
    return path.removesuffix(".j2") if path.endswith(".j2") else f"{path.removesuffix('.md')}.html"


def _entry(template: str, text: str) -> PageEntry:
    fields, _ = front_matter.split(text)
    unknown = sorted(fields.keys() - {*_FIELDS, *_PROSE})
    if unknown:
        raise UsageError(
            f"{template}: unknown field {unknown[0]!r} in the front matter; "
            f"known are {', '.join((*_PROSE, *_FIELDS))}"
        )
    order = fields.get("order", str(_LAST))
    if not (order.isascii() and order.isdecimal()):
        raise UsageError(f"{template}: order: expected a whole number, got {order!r}")
    in_menu = _is_yes(template, fields, "menu", default=False)
    name, section = fields.get("name", ""), fields.get("section", "")
    if in_menu and not section:
        raise UsageError(f"{template}: menu: add a line such as section: Rankings")
    if section and not name:
        raise UsageError(f"{template}: section: add a line such as name: Daily ranking")
    return PageEntry(
        template=template,
        path=published_path(template).removesuffix("index.html"),
        name=name,
        order=int(order),
        section=section,
        in_menu=in_menu,
        view=fields.get("view", name),
        shortcut=fields.get("shortcut", ""),
        search=fields.get("search", ""),
        card=fields.get("card", ""),
        covers=fields.get("covers", ""),
        in_sitemap=_is_yes(template, fields, "sitemap", default=True),
    )


def _check_sections(entries: Sequence[PageEntry]) -> None:
    """Raise a UsageError for a section that no page in the menu leads to, or more than one."""
    leading = Counter(entry.section for entry in entries if entry.in_menu)
    for entry in entries:
        if entry.section and entry.section not in (*leading, ABOUT):
            raise UsageError(
                f"{entry.template}: section: {entry.section!r} has no page with menu: yes; "
                f"use one of {', '.join((*sorted(leading), ABOUT))}"
            )
        if entry.in_menu and leading[entry.section] > 1:
            raise UsageError(
                f"{entry.template}: menu: another page leads the section {entry.section!r}, too"
            )


def _is_yes(template: str, fields: dict[str, str], name: str, *, default: bool) -> bool:
    value = fields.get(name, "yes" if default else "no")
    if value not in ("yes", "no"):
        raise UsageError(f"{template}: {name}: expected yes or no, got {value!r}")
    return value == "yes"
