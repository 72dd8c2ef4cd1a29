"""``site.toml``: what makes a published site its owner's, read and checked before anything is rendered.

Every key is optional, and a site without the file is the one that this package makes by itself.
"""

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from generator.base import contrast, palette, paths
from generator.base.defaults import SITE_FILE
from generator.base.errors import UsageError

NAME = "OpenRouter Leaderboards"
LINK_CONTRAST = 4.5
"""WCAG 2.2 asks for this contrast of text: links under the pointer and labels have the accent color."""

_GENERATOR = "openrouter-leaderboards"
_OWN_GENERATOR = "leaderboards"
_LONGEST_NAME = 60
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_PAGE_PATH = re.compile(r"(?:[a-z0-9][a-z0-9_-]*/)+")
_EMAIL = re.compile(r"[^\s@/:<>\"]+@[^\s@/:<>\"]+\.[^\s@/:<>\"]+")
_LINK = re.compile(r"\[([^\]]+)\]\(([^()\s]+)\)")
_ADDRESS = re.compile(r"https://[^\s\"<>/][^\s\"<>]*|mailto:\S+@\S+|(?:[a-z0-9~][\w.~()-]*/)+")
_ADDRESSES = 'an https:// or mailto: address, or a page of this site such as "about/"'
_EMPTY: Mapping[str, Path] = {}


@dataclass(frozen=True, slots=True)
class Accent:
    """The one color that is not neutral, in each theme, as ``#rrggbb``."""

    light: str = palette.LIGHT.accent
    dark: str = palette.DARK.accent


@dataclass(frozen=True, slots=True)
class Link:
    """A text, and where it leads: a full address, a path inside the site, or empty for text alone.

    In the menu it stands among the views of a section, or without one beside the sections.
    """

    label: str
    address: str = ""
    section: str = ""

    @property
    def is_outside(self) -> bool:
        """Whether it leads to another site."""
        return ":" in self.address


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """What the owner of a site says of it.

    Attributes:
        name: of the site, wherever it names itself.
        description: of the front page, for search engines and shared links; empty for the finding of the day.
        contact: an email address or an https address; empty for none.
        accent: in both themes.
        footer: a line at the foot of each page, in its pieces.
        pages: Markdown files by the path of their page inside the site.
        menu: entries after those of the site itself, some in a section.
        withheld: datasets that may not be redistributed.
        uncharted: datasets that no chart is drawn from.
        extended: the datasets that are not asked for by default are asked for, too.
        templates: a folder whose files take the place of templates of the same name; None for none.
        file: where all this was read; None for a site without such a file.
    """

    name: str = NAME
    description: str = ""
    contact: str = ""
    accent: Accent = field(default_factory=Accent)
    footer: tuple[Link, ...] = ()
    pages: Mapping[str, Path] = field(default_factory=lambda: _EMPTY)
    menu: tuple[Link, ...] = ()
    withheld: frozenset[str] = frozenset()
    uncharted: frozenset[str] = frozenset()
    extended: bool = False
    templates: Path | None = None
    file: Path | None = None

    @property
    def brand(self) -> tuple[str, str]:
        """Return the name in two pieces, the last word by itself: it is set in bold."""
        before, space, last = self.name.rpartition(" ")
        return before + space, last

    @property
    def slug(self) -> str:
        """Return the name for keys of citations and names of packages: lowercase ASCII with hyphens."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-") or _OWN_GENERATOR

    @property
    def generator(self) -> str:
        """Return the name of this program; a site with a name of its own names the command, not another site."""
        return _GENERATOR if self.name == NAME else _OWN_GENERATOR

    @property
    def contact_address(self) -> str:
        """Return the contact as the address of a link; empty without one."""
        return f"mailto:{self.contact}" if "@" in self.contact else self.contact

    @property
    def drawn_with(self) -> tuple[str, ...]:
        """Return what pictures and pages that are kept between builds depend on; nothing for the defaults."""
        if self.name == NAME and self.accent == Accent() and not (self.withheld or self.uncharted):
            return ()
        colors = (self.accent.light, self.accent.dark)
        return (self.name, *colors, *sorted(self.withheld), "|", *sorted(self.uncharted))

    def recolored(self, text: str) -> str:
        """Return a text that holds colors, such as a style sheet or a picture, with the accent exchanged."""
        if self.accent == Accent():
            return text
        own: dict[str, str] = {}
        for theme, accent in ((palette.LIGHT, self.accent.light), (palette.DARK, self.accent.dark)):
            usual = (theme.accent, *palette.tints(theme.accent, theme.paper))
            own |= dict(zip(usual, (accent, *palette.tints(accent, theme.paper)), strict=True))
        return re.sub("|".join(own), lambda match: own[match[0]], text)


def read_config(path: Path | None, datasets: Collection[str]) -> SiteConfig:
    """Return what a file says, the defaults where none is named and the current folder has none.

    Args:
        path: the file; None for ``site.toml`` in the current folder, if it is there.
        datasets: the names of all datasets.

    Raises:
        UsageError: the file cannot be read, or a key in it is unknown or has a value that cannot be used.
    """
    file = path or Path(SITE_FILE)
    # A link to nowhere is a file that got lost: without it a site would publish what its owner withholds.
    if path is None and not file.exists() and not file.is_symlink():
        return SiteConfig()
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(
            f"{file}: cannot be read ({error.strerror}); name another with --config"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"{file}: is not TOML ({error}); fix that line") from None
    return _Reader(file, datasets).config(values)


class _Reader:
    """Checks the values of one file, key by key; each method raises UsageError for a value that cannot be used."""

    def __init__(self, file: Path, datasets: Collection[str]) -> None:
        self._file = file
        self._datasets = datasets

        self._readers: dict[str, Callable[[Any], dict[str, Any]]] = {
            "name": lambda value: {"name": self._name(value)},
            "description": lambda value: {"description": self._text("description", value)},
            "contact": lambda value: {"contact": self._contact(value)},
            "accent": lambda value: {"accent": self._accent(value)},
            "footer": lambda value: {"footer": self._footer(value)},
            "templates": lambda value: {"templates": self._templates(value)},
            "pages": lambda value: {"pages": self._pages(value)},
            "menu": lambda value: {"menu": self._menu(value)},
            "extended": lambda value: {"extended": self._flag("extended", value)},
            "datasets": self._policies,
        }

    def config(self, values: Mapping[str, Any]) -> SiteConfig:
        """Return the checked values."""
        self._known("", values, self._readers)
        read: dict[str, Any] = {}
        for key, value in values.items():
            read |= self._readers[key](value)
        return SiteConfig(**read, file=self._file)

    def _fail(self, key: str, what: str) -> NoReturn:
        raise UsageError(f"{self._file}: {key}: {what}")

    def _known(self, key: str, values: Mapping[str, Any], known: Collection[str]) -> None:
        for name in values:
            if name not in known:
                self._refuse_misplaced(key, name)
                whole = f"{key}.{name}" if key else name
                self._fail(whole, f"no such key; use one of {', '.join(known)}")

    def _refuse_misplaced(self, key: str, name: str) -> None:
        """Refuse a key of the site that stands below the heading of a table: TOML takes it for a part of that."""
        if name in self._readers:
            self._fail(f"{key}.{name}", "move this line above the first line in [brackets]")

    def _text(self, key: str, value: Any) -> str:
        if not isinstance(value, str) or not value.strip():
            self._fail(key, f'expected text in quotes, as in {key.rpartition(".")[2]} = "..."')
        if any(ord(letter) < 32 for letter in value):
            self._fail(key, "holds a line break or another control character; write it on one line")
        return value.strip()

    def _table(self, key: str, value: Any, example: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            self._fail(key, f"expected a table, as in {example}")
        return value

    def _name(self, value: Any) -> str:
        name = self._text("name", value)
        if len(name) > _LONGEST_NAME or re.search(r'[<>&"\\{}]', name):
            self._fail(
                "name",
                f'expected at most {_LONGEST_NAME} characters without < > & " \\ {{ }}; shorten or reword it',
            )
        return name

    def _contact(self, value: Any) -> str:
        contact = self._text("contact", value)
        is_address = contact.startswith("https://") and _ADDRESS.fullmatch(contact)
        if not (is_address or _EMAIL.fullmatch(contact)):
            self._fail("contact", "expected an email address or an https:// address")
        return contact

    def _accent(self, value: Any) -> Accent:
        """Return both colors; one alone is that of the light theme, and the dark one is made of it."""
        if not isinstance(value, dict):
            return self._one_accent("accent", value)
        self._known("accent", value, ("light", "dark"))
        if "light" not in value:
            self._fail("accent.light", 'is missing; add it, as in light = "#0b57d0"')
        if "dark" not in value:
            return self._one_accent("accent.light", value["light"])
        light = self._color("accent.light", value["light"])
        dark = self._color("accent.dark", value["dark"])
        self._readable("accent.light", light, palette.LIGHT, "light")
        self._readable("accent.dark", dark, palette.DARK, "dark")
        return Accent(light, dark)

    def _one_accent(self, key: str, value: Any) -> Accent:
        light = self._color(key, value)
        self._readable(key, light, palette.LIGHT, "light")
        dark = contrast.toward(light, "#ffffff", palette.DARK.paper, LINK_CONTRAST + 1)
        return Accent(light, dark)

    def _color(self, key: str, value: Any) -> str:
        if not isinstance(value, str) or not _COLOR.fullmatch(value):
            self._fail(key, 'expected a color as "#rrggbb", as in "#0b57d0"')
        return value.lower()

    def _readable(self, key: str, color: str, theme: palette.Theme, named: str) -> None:
        ratio = contrast.ratio(color, theme.paper)
        if ratio < LINK_CONTRAST:
            end = "#000000" if theme is palette.LIGHT else "#ffffff"
            near = contrast.toward(color, end, theme.paper, LINK_CONTRAST)
            self._fail(
                key,
                f"{color} has a contrast of {ratio:.1f}:1 on the {named} background, and links need "
                f"{LINK_CONTRAST}:1; {near} would do",
            )

    def _address(self, key: str, value: Any) -> str:
        address = self._text(key, value)
        if not _ADDRESS.fullmatch(address) or ".." in address:
            self._fail(key, f"{address!r} is no address; expected {_ADDRESSES}")
        return address

    def _footer(self, value: Any) -> tuple[Link, ...]:
        text = self._text("footer", value)
        if "<" in text:
            self._fail("footer", "takes text and links, no HTML; write a link as [label](address)")
        parts: list[Link] = []
        end = 0
        for match in _LINK.finditer(text):
            parts.append(Link(text[end : match.start()]))
            parts.append(Link(match[1], self._address("footer", match[2])))
            end = match.end()
        parts.append(Link(text[end:]))
        if any("](" in part.label for part in parts):
            self._fail(
                "footer", "has a link with a space or a parenthesis; write them as %20, %28 and %29"
            )
        return tuple(part for part in parts if part.label)

    def _menu(self, value: Any) -> tuple[Link, ...]:
        example = '[[menu]] with the lines label = "..." and address = "..."'
        if not isinstance(value, list):
            self._fail("menu", f"expected a list of tables, as in {example}")
        entries = []
        for number, entry in enumerate(value, 1):
            key = f"menu, entry {number}"
            table = self._table(key, entry, example)
            self._known(key, table, ("label", "address", "section"))
            for name in ("label", "address"):
                if name not in table:
                    self._fail(f"{key}.{name}", f'is missing; add a line {name} = "..."')
            label = self._text(f"{key}.label", table["label"])
            address = self._address(f"{key}.address", table["address"])
            section = ""
            if "section" in table:
                section = self._text(f"{key}.section", table["section"])
            entries.append(Link(label, address, section))
        return tuple(entries)

    def _beside(self, key: str, value: Any) -> Path:
        """Return a path that is meant from the folder of the file."""
        return self._file.parent / self._text(key, value)

    def _templates(self, value: Any) -> Path:
        folder = self._beside("templates", value)
        if not folder.is_dir():
            self._fail("templates", f"{folder} is no folder; name one beside {self._file.name}")
        return folder

    def _pages(self, value: Any) -> dict[str, Path]:
        example = '[pages] with lines such as "imprint/" = "pages/imprint.md"'
        pages = {}
        for path, file in self._table("pages", value, example).items():
            self._refuse_misplaced("pages", path)
            key = f'pages."{path}"'
            if not _PAGE_PATH.fullmatch(path):
                self._fail(
                    key,
                    'expected an address of lowercase letters, digits and hyphens that ends in "/", as "imprint/"',
                )
            if any(map(paths.names_device, path.split("/"))):
                self._fail(key, "holds a name that Windows keeps for a device; choose another")
            source = self._beside(key, file)
            if source.suffix != ".md" or not source.is_file():
                self._fail(key, f"{source} is no Markdown file; name one that ends in .md")
            pages[path] = source
        return pages

    def _flag(self, key: str, value: Any) -> bool:
        if not isinstance(value, bool):
            self._fail(key, "expected true or false, without quotes")
        return value

    def _policies(self, value: Any) -> dict[str, Any]:
        example = "[datasets.models] with the line redistributable = false"
        withheld, uncharted = set(), set()
        for name, policy in self._table("datasets", value, example).items():
            key = f"datasets.{name}"
            if name not in self._datasets:
                self._refuse_misplaced("datasets", name)
                self._fail(key, f"no such dataset; use one of {', '.join(sorted(self._datasets))}")
            table = self._table(key, policy, example)
            self._known(key, table, ("redistributable", "charted"))
            for setting, allowed in table.items():
                self._flag(f"{key}.{setting}", allowed)
            if not table.get("redistributable", True):
                withheld.add(name)
            if not table.get("charted", True):
                uncharted.add(name)
        return {"withheld": frozenset(withheld), "uncharted": frozenset(uncharted)}
