"""Every page that is one file in ``templates/pages/``, with what its front matter says of it.

Menu, footer, search index, breadcrumbs and cards are read from this list. The fields, all optional:

    name: Models used                       in menu, footer and breadcrumbs
    order: 10                               among all pages; without it a page comes last
    menu: yes                               it stands in the menu
    footer: Use                             the heading in the footer below which it stands
    search: Models used most, seven days    as the search box lists it; without it the box does not
    card: tok-top-stack                     the chart shown where it, or a page below it, is shared
    covers: authors/                        pages at another address that belong to it
    sitemap: no                             it is left out of the sitemap
"""

from dataclasses import dataclass
from pathlib import Path

from generator.base import resources
from generator.base.errors import UsageError
from generator.render import front_matter

PAGES = "pages/"
FOOTER = ("Use", "Quality and price", "Look closer", "About")
"""The headings in the footer, in their order."""

_PROSE = ("title", "description")
_FIELDS = ("name", "order", "menu", "footer", "search", "card", "covers", "sitemap")
_LAST = 1_000_000


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page.

    Attributes:
        template: its file, as ``pages/rankings/index.html.j2``.
        path: its address inside the site: ``rankings/``, ``404.html``, empty for the overview.
        name, order, footer, search, card, covers: as its front matter says.
        in_menu, in_sitemap: where it is listed.
    """

    template: str
    path: str
    name: str = ""
    order: int = _LAST
    in_menu: bool = False
    footer: str = ""
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
        """Return the pages in the menu."""
        return [entry for entry in self.entries if entry.in_menu]

    @property
    def footer(self) -> list[tuple[str, list[PageEntry]]]:
        """Return the headings in the footer with the pages below them."""
        groups = []
        for heading in FOOTER:
            groups.append((heading, [entry for entry in self.entries if entry.footer == heading]))
        return groups

    @property
    def searchable(self) -> list[PageEntry]:
        """Return the pages that the search box lists."""
        return [entry for entry in self.entries if entry.search]

    @property
    def cards(self) -> tuple[str, ...]:
        """Return the ids of the charts that stand for some page, each once."""
        return tuple(dict.fromkeys(entry.card for entry in self.entries if entry.card))

    def section(self, path: str) -> PageEntry | None:
        """Return the page in the menu to which an address belongs; None for the overview and for others."""
        above = [entry for entry in self.menu if entry.path and entry.depth(path) > 0]
        return max(above, key=lambda entry: entry.depth(path), default=None)

    def card(self, path: str) -> str:
        """Return the id of the chart that stands for an address: its page's own, else that of one above."""
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
    footer, order = fields.get("footer", ""), fields.get("order", str(_LAST))
    if footer and footer not in FOOTER:
        raise UsageError(
            f"{template}: footer: {footer!r} is none of its headings; use one of {', '.join(FOOTER)}"
        )
    if not (order.isascii() and order.isdecimal()):
        raise UsageError(f"{template}: order: expected a whole number, got {order!r}")
    in_menu = _is_yes(template, fields, "menu", default=False)
    name = fields.get("name", "")
    if (footer or in_menu) and not name:
        raise UsageError(
            f"{template}: menu and footer need a name: add a line such as name: Rankings"
        )
    return PageEntry(
        template=template,
        path=published_path(template).removesuffix("index.html"),
        name=name,
        order=int(order),
        in_menu=in_menu,
        footer=footer,
        search=fields.get("search", ""),
        card=fields.get("card", ""),
        covers=fields.get("covers", ""),
        in_sitemap=_is_yes(template, fields, "sitemap", default=True),
    )


def _is_yes(template: str, fields: dict[str, str], name: str, *, default: bool) -> bool:
    value = fields.get(name, "yes" if default else "no")
    if value not in ("yes", "no"):
        raise UsageError(f"{template}: {name}: expected yes or no, got {value!r}")
    return value == "yes"
