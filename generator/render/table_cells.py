"""Table cells as HTML: what a reader sees, and beside it the exact value in ``data-v``.

They are put together here and not in templates, because a page can hold ten thousand of them.
"""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup

from generator.base import dates, formats
from generator.boards.board import BoardRow, Column, Entity, Kind, Moved
from generator.render import inline_svg, settled_cells

_LONGEST_TEXT = 80
"""Characters of a text in a cell; a longer one is folded."""
_LONG_WORD = re.compile(r"[^\s-]{11}")
"""A word that is wider than the room for names on a phone, so that it has to break."""
_ID_JOINT = re.compile(r"([/:_])(?=\w)")
_GLYPHS = {"up": ("▲", "up"), "down": ("▼", "down")}
_STANDING = {
    "same": ("–", "unchanged"),
    "unknown": (formats.MISSING, "not known"),
    "new": ("new", ""),
    "returned": ("back", ""),
}


def link(root: str, path: str) -> str:
    """Return a path inside the site as an href, from a page whose relative path to the top is ``root``."""
    return f"{root}{quote(path, safe='/~')}" or "./"


def cell(
    column: Column,
    value: object,
    root: str,
    *,
    largest: float = 0,
    colour: str = "",
    row: BoardRow | None = None,
    words: str = "",
    places: int | None = None,
) -> Markup:
    """Return one ``<td>``.

    Args:
        column: says how the value is typed and shown.
        value: as boards have it; None is shown as missing and carries an empty ``data-v``.
        root: the relative path to the top of the site: ``""``, ``"../"``, ``"../../"``.
        largest: of the column; where it is set, the cell draws the value against it.
        colour: of that bar.
        row: whose other fields can say how firm the value is: a range, bounds, days in the top fifty.
        words: shown for the value, where its number alone does not say it.
        places: decimals of a score; None for those that it needs.
    """
    rows = type(row) if row is not None else None
    written = ColumnCells(column, root, largest=largest, places=places, rows=rows)
    return as_html(written.of(value, row, colour, words))


def text(column: Column, value: object) -> str:
    """Return what a cell shows of a number, a price, a day or a text, without markup.

    Args:
        column: of a kind that has a text of its own: no entity, no change of place, no drawing.
        value: as boards hold it, not None.
    """
    return _TEXT[column.kind](value)


WriteCell = Callable[[object, BoardRow, str], str]
"""Returns the cell of a value, its row, and the color of the row's name."""


class ColumnCells:
    """One column's cells: what is the same for all of them is made once."""

    __slots__ = (
        "_column",
        "_empty",
        "_largest",
        "_places",
        "_root",
        "_settles",
        "_start",
        "_write",
    )

    def __init__(
        self,
        column: Column,
        root: str,
        *,
        largest: float = 0,
        places: int | None = None,
        rows: type[BoardRow] | None = None,
    ) -> None:
        """Prepare the cells of a column.

        Args:
            column, root, largest, places: as for :func:`cell`.
            rows: the type of the rows, which says whether they know how firm a value is; None for no rows.
        """
        self._column, self._root = column, root
        self._largest, self._places = largest, places
        self._settles = rows is not None and settled_cells.may_say(column, rows)
        self._start = f'<td class="{"n" if column.numeric else "t"}'
        self._write: Callable[..., _Shown] = (
            _gained if column.key == "difference" else _SHOWN[column.kind]
        )
        is_bare = rows is None or not settled_cells.may_miss(column, rows)
        self._empty = f'{self._start}" data-v="">{formats.MISSING}</td>' if is_bare else ""

    @property
    def writer(self) -> WriteCell:
        """Return what writes a cell: the shorter way where its text follows from the value alone."""
        if self._settles or self._largest or self._places is not None or not self._empty:
            return self.of
        start, empty, write, root = self._start, self._empty, self._write, self._root

        def plain(value: object, _row: BoardRow, _colour: str) -> str:
            if value is None:
                return empty
            exact, shown, extra = write(value, root)
            return f'{start}{extra}" data-v="{exact}">{shown}</td>'

        return plain

    def of(self, value: object, row: BoardRow | None, colour: str, words: str = "") -> str:
        """Return one ``<td>``; the arguments are those of :func:`cell`."""
        if value is None:
            if self._empty or row is None:
                return self._empty
            return f'{self._start}" data-v="">{settled_cells.missing(self._column, row)}</td>'
        exact, shown, extra = self._write(value, self._root)
        if words:
            shown = html.escape(words)
        if self._places is not None and isinstance(value, int | float):
            shown = f"{value:,.{self._places}f}"
        if self._settles and row:
            shown, extra = settled_cells.settled(self._column, value, row, shown, extra)
        if self._largest and isinstance(value, int | float):
            shown += inline_svg.bar(float(value) / self._largest, colour)
            extra += " barred"
        return f'{self._start}{extra}" data-v="{exact}">{shown}</td>'


# Four of five names on the pages of models stand on an earlier one; this takes a twentieth of their time away.
@lru_cache(maxsize=4096)
def entity(value: Entity, root: str, dots: bool = True) -> Markup:
    """Return a name with its author's color, linked where it has a page, its detail small below."""
    tag = "code" if value.is_slug else "bdi"
    name = f"<{tag}>{_breakable(value.name)}</{tag}>"
    if value.path is not None:
        name = f'<a href="{escaped(link(root, value.path))}">{name}</a>'
    mark = inline_svg.dot(value.colour) if dots and value.author else ""
    detail = ""
    if value.detail not in ("", value.name):
        # Phones have room for the author before the dot, and not for the ID behind it.
        first, dot, rest = value.detail.partition(" · ")
        behind = f"<span>{dot}<bdi>{_breakable(rest)}</bdi></span>" if rest else ""
        detail = f"<small><bdi>{_breakable(first)}</bdi>{behind}</small>"
    long = " long" if _LONG_WORD.search(value.name) else ""
    return as_html(f'<span class="name{long}">{mark}{name}</span>{detail}')


def escaped(value: object) -> str:
    return html.escape(str(value))


def _breakable(text: str) -> str:
    """Return a text whose IDs may continue on the next line after each of ``/``, ``:`` and ``_``, too.

    Browsers break lines behind hyphens only, and an ID with none of them anywhere inside a word.
    """
    return _ID_JOINT.sub(r"\1<wbr>", escaped(text))


def as_html(text: str) -> Markup:
    return Markup(text)  # noqa: S704 - every upstream string in it went through escaped()


_Shown = tuple[str, str, str]
"""The exact value and what is shown for it, both as HTML, and classes with a leading space."""


def moved_cell(value: Moved, _root: str) -> _Shown:
    if value.how in _GLYPHS and value.places:
        glyph, way = _GLYPHS[value.how]
        places = abs(value.places)
        unit = "place" if places == 1 else "places"
        words = f'<span class="sr"> {unit} {way}</span>'
        shown = f'<span aria-hidden="true">{glyph}</span>{places}{words}'
        return str(value.places), shown, f" {way}"
    shown, words = _STANDING.get(value.how, _STANDING["same"])
    if words:
        shown = f'<span aria-hidden="true">{shown}</span><span class="sr">{words}</span>'
    if value.how in ("new", "returned"):
        return value.how, shown, " fresh"
    exact = "" if value.how == "unknown" else "0"
    return exact, shown, " same"


def _difference(write: Callable[[float], str]) -> Callable[[float, str], _Shown]:
    def shown(value: float, _root: str) -> _Shown:
        text = write(value)
        way = " same" if text.startswith("±") else _direction(value)
        return repr(value), text, way

    return shown


def _tokens(value: int, _root: str) -> _Shown:
    return str(value), f'<span title="{value:,}">{_TEXT["tokens"](value)}</span>', ""


def _direction(value: float) -> str:
    return " up" if value > 0 else " down"


def _gained(value: int, _root: str) -> _Shown:
    if not value:
        return "0", f'<span title="0">{formats.tokens(0)}</span>', " same"
    sign = "+" if value > 0 else formats.MINUS
    size = abs(value)
    shown = f'<span title="{sign}{size:,}">{sign}{formats.tokens(size)}</span>'
    return str(value), shown, _direction(value)


# A fifth of the time of cells: few prices are of one model alone.
@lru_cache(maxsize=4096)
def _price(value: str, _root: str) -> _Shown:
    shown = _TEXT["price"](value)
    return escaped(value), escaped(shown), "" if shown.startswith("$") else " word"


def _day(value: date, _root: str) -> _Shown:
    return str(value), f'<time datetime="{value}">{_TEXT["day"](value)}</time>', " day"


def _text(value: object, _root: str) -> _Shown:
    exact = escaped(value)
    if len(str(value)) <= _LONGEST_TEXT:
        return exact, f"<bdi>{exact}</bdi>", ""
    # Laid out in a narrow column it would make its row taller than ten others.
    return exact, f"<details><summary>Show</summary><bdi>{exact}</bdi></details>", ""


def _line_in_words(values: Sequence[float | None]) -> str:
    """Return what a line of tokens says, for those who do not see it."""
    known = [round(value) for value in values if value is not None]
    if not known:
        return ""
    lowest, highest = formats.tokens(min(known)), formats.tokens(max(known))
    newest = formats.tokens(known[-1])
    return f'<span class="sr">lowest {lowest}, highest {highest}, latest {newest}</span>'


def _number(value: float | Decimal, _root: str) -> _Shown:
    return str(value), _TEXT["score"](value), ""


_TEXT: dict[Kind, Callable[..., str]] = {
    "rank": "{:,}".format,
    "tokens": formats.tokens,
    "integer": "{:,}".format,
    "share": formats.share,
    "price": formats.per_million,
    "dollars": formats.dollars,
    "cost": formats.cost,
    "score": lambda value: formats.number(float(value)),
    "context": formats.context,
    "day": dates.human_day,
    "text": str,
    "flag": lambda value: "yes" if value else "no",
}
_SHOWN: dict[Kind, Callable[..., _Shown]] = {
    "rank": lambda value, _root: (str(value), _TEXT["rank"](value), " rank"),
    "moved": moved_cell,
    "entity": lambda value, root: (escaped(value.id), entity(replace(value, detail=""), root), ""),
    "tokens": _tokens,
    "integer": lambda value, _root: (str(value), _TEXT["integer"](value), ""),
    "share": lambda value, _root: (repr(value), escaped(_TEXT["share"](value)), ""),
    "change": _difference(formats.change),
    "points": _difference(formats.points),
    "price": _price,
    "dollars": lambda value, _root: (repr(value), escaped(_TEXT["dollars"](value)), ""),
    "cost": lambda value, _root: (escaped(value), escaped(_TEXT["cost"](value)), ""),
    "score": _number,
    "context": lambda value, _root: (str(value), _TEXT["context"](value), ""),
    "day": _day,
    "text": _text,
    "flag": lambda value, _root: (str(value).lower(), _TEXT["flag"](value), ""),
    "spark": lambda value, _root: (
        "",
        f"{inline_svg.spark(value)}{_line_in_words(value)}",
        " line",
    ),
}
