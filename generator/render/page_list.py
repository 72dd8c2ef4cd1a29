"""Every page that is one file in ``templates/pages/``, in their order.

Menu, views, footer, search index, breadcrumbs and cards are read from this list. What the front matter of a page may
say is in :mod:`generator.render.page_fields`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.base import files, resources
from generator.base.errors import UsageError
from generator.base.site_config import Link
from generator.render import front_matter
from generator.render.page_fields import PAGES, PageEntry, page_entry, published_path

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


@dataclass(frozen=True, slots=True)
class PageList:
    """All pages in their order, and the links that the owner of the site adds to the menu."""

    entries: tuple[PageEntry, ...]
    added: tuple[Link, ...] = ()
    _listed: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        pages = (entry.path for entry in self.entries)
        links = (link.address for link in self.added)
        object.__setattr__(self, "_listed", frozenset((*pages, *links)))

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
        is_listed = any(entry.path == path for entry in self.entries)
        return is_listed or path.partition("/")[0] in GENERATED

    def section(self, path: str) -> str:
        """Return the section of an address: its page's own, else that of the nearest above; may be empty."""
        nearest, section = 0, ""
        for entry in self.entries:
            if entry.section and entry.depth(path) > nearest:
                nearest, section = entry.depth(path), entry.section
        return section

    def place(self, path: str) -> str:
        """Return what the menu and the map of a page depend on: its address if they list it, else its section."""
        return path if path in self._listed else self.section(path)

    def views(self, path: str) -> list[PageEntry]:
        """Return the pages of an address's section, none where it has a single one and no added link."""
        section = self.section(path)
        if not section:
            return []
        pages = self._in_section(section)
        is_alone = len(pages) + len(self.links(section)) == 1
        return [] if is_alone else pages

    def links(self, section: str) -> list[Link]:
        """Return the added links of a section; of an empty one those that stand in the menu itself."""
        return [link for link in self.added if link.section == section]

    def _in_section(self, section: str) -> list[PageEntry]:
        return [entry for entry in self.entries if entry.section == section]

    def card(self, path: str) -> str:
        """Return the id of the board that stands for an address: its page's own, else that of one above."""
        nearest, card = -1, ""
        for entry in self.entries:
            if entry.card and entry.depth(path) > nearest:
                nearest, card = entry.depth(path), entry.card
        return card

    def page_of_card(self, board: str) -> str:
        """Return the path of the page about a board: the one named like it, else the first that shows it when shared."""
        paths = [entry.path for entry in self.entries if entry.card == board and entry.path]
        for path in paths:
            if path.endswith(f"{board}/"):
                return path
        return paths[0] if paths else ""

    def breadcrumb(self, path: str) -> list[PageEntry]:
        """Return the pages between the overview and an address, the topmost first."""
        above = []
        for entry in self.entries:
            is_above = entry.path not in ("", path) and path.startswith(entry.path)
            if entry.name and is_above:
                above.append(entry)
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
        UsageError: a page cannot be read, its front matter says something that is not understood, or an address is
            taken.
    """
    folder = folder or resources.folder("templates")
    roots = [folder]
    if overrides:
        roots.append(overrides)
    entries: dict[str, PageEntry] = {}
    for root in roots:
        for file in (root / PAGES).rglob("*"):
            _refuse_other_form(file)
            if file.suffix in (".j2", ".md"):
                template = file.relative_to(root).as_posix()
                _add_template(entries, template, file)
    for path, file in (own or {}).items():
        _check_is_free(path, file, entries.values())
        template = f"{PAGES}{path}index.md"
        entries[published_path(template)] = page_entry(template, files.read_text(file), file)
    _check_sections(entries.values())
    ordered = sorted(entries.values(), key=lambda entry: (entry.order, entry.path))
    return PageList(tuple(ordered), tuple(added))


def _refuse_other_form(file: Path) -> None:
    """Refuse a page that would be left out in silence; whatever else lies there, such as notes, is let be.

    Raises:
        UsageError: it is neither a template nor Markdown by its name.
    """
    if file.suffix in (".html", ".htm", ".markdown"):
        raise UsageError(f"{file}: the name of a page ends in .html.j2 or .md; rename it")


def _add_template(entries: dict[str, PageEntry], template: str, file: Path) -> None:
    """Add the page of a template to those by address; without a front matter it keeps that of the page it replaces."""
    text = files.read_text(file)
    address = published_path(template)
    replaced = entries.get(address)
    fields, _ = front_matter.split(text)
    if replaced is not None and not fields:
        entries[address] = replace(replaced, template=template, file=file)
    else:
        entries[address] = page_entry(template, text, file)


def _check_is_free(path: str, file: Path, entries: Iterable[PageEntry]) -> None:
    """Refuse an address that a page of the site has, or that lies in a folder of its files.

    Raises:
        UsageError: it is taken.
    """
    for entry in entries:
        if entry.path == path:
            raise UsageError(
                f'pages."{path}" ({file}): the site has a page of its own there; choose another address, or '
                f"put {entry.template} into the folder of templates"
            )
    top = path.partition("/")[0]
    if top in GENERATED:
        raise UsageError(
            f'pages."{path}" ({file}): the site keeps its own files in {top}/; choose another address'
        )


def _check_sections(entries: Collection[PageEntry]) -> None:
    """Raise a UsageError for a section that no page in the menu leads to, or more than one."""
    leading = Counter(entry.section for entry in entries if entry.in_menu)
    for entry in entries:
        if entry.section and entry.section not in (*leading, ABOUT):
            raise UsageError(
                f"{entry.file}: section: {entry.section!r} has no page with menu: yes; "
                f"use one of {', '.join((*sorted(leading), ABOUT))}"
            )
        if entry.in_menu and leading[entry.section] > 1:
            raise UsageError(
                f"{entry.file}: menu: another page leads the section {entry.section!r}, too"
            )
