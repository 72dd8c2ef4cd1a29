"""Every page that is one file in ``templates/pages/``, with what its front matter says of it.

Menu, views, footer, search index, breadcrumbs and cards are read from this list. The fields, all optional:

    name: Price changes                     in footer and breadcrumbs
    order: 10                               among all pages; without it a page comes last
    section: Prices                         the section that it belongs to, a heading in the footer
    menu: yes                               the menu's link to its section leads to it
    view: Changes                           its name among the views of its section, if it is another
    shortcut: Price changes                 the link to it on the overview and in the menu of phones
    search: Price changes                   as the search box lists it; without it the box does not
    keywords: price cuts, cheaper           other words by which the search box finds it, with commas
    card: models-7d                         the board shown where it, or a page below it, is shared
    covers: authors/                        pages at another address that belong to it
    sitemap: no                             it is left out of the sitemap
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.base import resources
from generator.base.errors import UsageError
from generator.base.site_config import Link
from generator.render import front_matter

PAGES = "pages/"
GENERATED = (
    "apps",
    "authors",
    "badges",
    "benchmarks",
    "cards",
    "charts",
    "compare",
    "d",
    "data",
    "embed",
    "models",
    "oembed",
    "search",
    "static",
    "tasks",
)
"""The folders of the site that hold more than the pages listed here: no page of the owner's may be in them."""
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
    "keywords",
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
        name, order, section, shortcut, search, keywords, card, covers: as its front matter says.
        view: its name among the views of its section.
        in_menu, in_sitemap: where it is listed.
        file: where its Markdown is.
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
    keywords: str = ""
    card: str = ""
    covers: str = ""
    in_sitemap: bool = True
    file: Path = field(default=Path(), compare=False)

    def depth(self, path: str) -> int:
        """Return how many characters of a path lead to this page or to those it covers; -1 if they do not."""
        own = len(self.path) if path.startswith(self.path) else -1
        covers = self.covers
        return max(own, len(covers)) if covers and path.startswith(covers) else own


@dataclass(frozen=True, slots=True)
class PageList:
    """All pages in their order, and the links that the owner of the site adds to the menu."""

    entries: tuple[PageEntry, ...]
    added: tuple[Link, ...] = ()
    _listed: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        listed = {entry.path for entry in self.entries} | {link.address for link in self.added}
        object.__setattr__(self, "_listed", frozenset(listed))

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
        return [(heading, self._in_section(heading)) for heading in self.sections]

    @property
    def sections(self) -> tuple[str, ...]:
        """Return the names of all sections: those of the menu in their order, and the one about the site."""
        return (*(entry.section for entry in self.menu), ABOUT)

    @property
    def searchable(self) -> list[PageEntry]:
        """Return the pages that the search box lists."""
        return [entry for entry in self.entries if entry.search]

    @property
    def cards(self) -> tuple[str, ...]:
        """Return the ids of the boards that stand for some page, each once."""
        return tuple(dict.fromkeys(entry.card for entry in self.entries if entry.card))

    def may_have(self, path: str) -> bool:
        """Return whether a path is that of a listed page, or lies in a folder that holds more than those."""
        listed = any(entry.path == path for entry in self.entries)
        return listed or path.partition("/")[0] in GENERATED

    def section(self, path: str) -> str:
        """Return the section of an address: its page's own, else that of the nearest above; may be empty."""
        nearest, section = 0, ""
        for entry in self.entries:
            depth = entry.depth(path) if entry.section else 0
            if depth > nearest:
                nearest, section = depth, entry.section
        return section

    def place(self, path: str) -> str:
        """Return what the menu and the map of a page depend on: its address if they list it, else its section."""
        return path if path in self._listed else self.section(path)

    def views(self, path: str) -> list[PageEntry]:
        """Return the pages of an address's section, none where it has a single one and no added link."""
        section = self.section(path)
        pages = self._in_section(section) if section else []
        return pages if len(pages) + len(self.links(section)) > 1 else []

    def links(self, section: str) -> list[Link]:
        """Return the added links of a section; of an empty one those that stand in the menu itself."""
        return [link for link in self.added if link.section == section]

    def _in_section(self, section: str) -> list[PageEntry]:
        return [entry for entry in self.entries if entry.section == section]

    def card(self, path: str) -> str:
        """Return the id of the board that stands for an address: its page's own, else that of one above."""
        above = [entry for entry in self.entries if entry.card and entry.depth(path) >= 0]
        nearest = max(above, key=lambda entry: entry.depth(path), default=None)
        return nearest.card if nearest else ""

    def page_of_card(self, board: str) -> str:
        """Return the path of the page about a board: the one named like it, else the first that shows it when shared."""
        paths = [entry.path for entry in self.entries if entry.card == board and entry.path]
        named = (path for path in paths if path.endswith(f"{board}/"))
        return next(named, next(iter(paths), ""))

    def breadcrumb(self, path: str) -> list[PageEntry]:
        """Return the pages between the overview and an address, the topmost first."""
        above = [
            entry
            for entry in self.entries
            if entry.name and entry.path not in ("", path) and path.startswith(entry.path)
        ]
        return sorted(above, key=lambda entry: len(entry.path))


def read_pages(
    folder: Path | None = None,
    *,
    overrides: Path | None = None,
    own: Mapping[str, Path] | None = None,
    added: Iterable[Link] = (),
) -> PageList:
    """Return the pages in a folder of templates, the package's own by default.

    Args:
        folder: with the pages of every site.
        overrides: a folder whose files take the place of those of the same name, and add to them. One
            without a front matter keeps that of the page it replaces.
        own: Markdown files of the site's owner, by the path of their page.
        added: links that the owner adds to the menu.

    Raises:
        UsageError: a front matter says something that is not understood, or an address is taken.
    """
    folder = folder or resources.folder("templates")
    entries: dict[str, PageEntry] = {}
    for root in (folder, overrides) if overrides else (folder,):
        for file in (root / PAGES).rglob("*"):
            if file.suffix not in (".j2", ".md"):
                continue
            template, text = file.relative_to(root).as_posix(), file.read_text("utf-8")
            address = published_path(template)
            replaced = entries.get(address)
            if replaced is not None and not front_matter.split(text)[0]:
                entries[address] = replace(replaced, template=template, file=file)
            else:
                entries[address] = _entry(template, text, file)
    for path, file in (own or {}).items():
        _check_is_free(path, file, entries.values())
        template = f"{PAGES}{path}index.md"
        entries[published_path(template)] = _entry(template, file.read_text("utf-8"), file)
    _check_sections(entries.values())
    ordered = sorted(entries.values(), key=lambda entry: (entry.order, entry.path))
    return PageList(tuple(ordered), tuple(added))


def _check_is_free(path: str, file: Path, entries: Iterable[PageEntry]) -> None:
    """Refuse an address that a page of the site has, or that lies in a folder of its files.

    Raises:
        UsageError: it is taken.
    """
    top = path.partition("/")[0]
    taken = next((entry for entry in entries if entry.path == path), None)
    if taken is not None:
        raise UsageError(
            f'pages."{path}" ({file}): the site has a page of its own there; choose another address, or '
            f"put {taken.template} into the folder of templates"
        )
    if top in GENERATED:
        raise UsageError(
            f'pages."{path}" ({file}): the site keeps its own files in {top}/; choose another address'
        )


def published_path(template: str) -> str:
    """Return the file that a page's template becomes: ``rankings/index.html``, ``robots.txt``."""
    path = template.removeprefix(PAGES)
    return path.removesuffix(".j2") if path.endswith(".j2") else f"{path.removesuffix('.md')}.html"


def _entry(template: str, text: str, file: Path) -> PageEntry:
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
        keywords=fields.get("keywords", ""),
        card=fields.get("card", ""),
        covers=fields.get("covers", ""),
        in_sitemap=_is_yes(template, fields, "sitemap", default=True),
        file=file,
    )


def _check_sections(entries: Collection[PageEntry]) -> None:
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
