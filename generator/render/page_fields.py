"""What the front matter of a page says of it.

The fields, all optional:

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

from dataclasses import dataclass, field
from pathlib import Path

from generator.base.errors import UsageError
from generator.render import front_matter

PAGES = "pages/"
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
        depth = len(self.path) if path.startswith(self.path) else -1
        if self.covers and path.startswith(self.covers):
            depth = max(depth, len(self.covers))
        return depth


def page_entry(template: str, text: str, file: Path) -> PageEntry:
    """Return what a page's file says.

    Args:
        template: its path in the folder of templates.
        text: all of the file.
        file: where it is.

    Raises:
        UsageError: its front matter says something that is not understood.
    """
    fields, _ = front_matter.split(text)
    _check_known(file, fields)
    entry = PageEntry(
        template=template,
        path=published_path(template).removesuffix("index.html"),
        name=fields.get("name", ""),
        order=_order(file, fields),
        section=fields.get("section", ""),
        in_menu=_is_yes(file, fields, "menu", default="no"),
        view=fields.get("view", fields.get("name", "")),
        shortcut=fields.get("shortcut", ""),
        search=fields.get("search", ""),
        keywords=fields.get("keywords", ""),
        card=fields.get("card", ""),
        covers=fields.get("covers", ""),
        in_sitemap=_is_yes(file, fields, "sitemap", default="yes"),
        file=file,
    )
    if entry.in_menu and not entry.section:
        raise UsageError(f"{file}: menu: add a line such as section: Rankings")
    if entry.section and not entry.name:
        raise UsageError(f"{file}: section: add a line such as name: Daily ranking")
    return entry


def published_path(template: str) -> str:
    """Return the file that a page's template becomes: ``rankings/index.html``, ``robots.txt``."""
    path = template.removeprefix(PAGES)
    if path.endswith(".j2"):
        return path.removesuffix(".j2")
    return f"{path.removesuffix('.md')}.html"


def _check_known(file: Path, fields: dict[str, str]) -> None:
    unknown = sorted(fields.keys() - {*_FIELDS, *_PROSE})
    if unknown:
        raise UsageError(
            f"{file}: unknown field {unknown[0]!r} in the front matter; "
            f"known are {', '.join((*_PROSE, *_FIELDS))}"
        )


def _order(file: Path, fields: dict[str, str]) -> int:
    order = fields.get("order", str(_LAST))
    if not (order.isascii() and order.isdecimal()):
        raise UsageError(f"{file}: order: expected a whole number, got {order!r}")
    return int(order)


def _is_yes(file: Path, fields: dict[str, str], name: str, *, default: str) -> bool:
    value = fields.get(name, default)
    if value not in ("yes", "no"):
        raise UsageError(f"{file}: {name}: expected yes or no, got {value!r}")
    return value == "yes"
