"""Table cells as HTML: what a reader sees, and beside it the exact value in ``data-v``.

They are put together here and not in templates, because a page can hold ten thousand of them.
"""

import html
import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import cast
from urllib.parse import quote

from markupsafe import Markup

from generator.base import dates, formats, paths
from generator.boards.apps import POPULAR, AppsBoard
from generator.boards.board import AnyBoard, BoardRow, Column, Entity, Kind, Moved, Standing
from generator.render import inline_svg, settled_cells

LONG, AT_ONCE = 200, 40
"""Of a table of more rows than the one, scripts lay out the other first; the rest follows once someone reads. It is a
body of so many rows after another, each painted apart (``site.css``): with 370 rows in one, the frame in which ten more
come takes a phone 39 ms, in ten it takes 24."""

_LONGEST_TEXT = 80
"""Characters of a text in a cell; a longer one is folded."""
_LONG_WORD = re.compile(r"[^\s-]{11}")
"""A word that is wider than the room for names on a phone, so that it has to break."""
_LATER = re.compile(r"<!--later (?P<board>\S+) (?P<row>[0-9]+) (?P<column>\S+)-->")
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
    written = _Cells(column, root, largest=largest, places=places, rows=rows)
    return _html(written.of(value, row, colour, words))


def text(column: Column, value: object) -> str:
    """Return what a cell shows of a number, a price, a day or a text, without markup.

    Args:
        column: of a kind that has a text of its own: no entity, no change of place, no drawing.
        value: as boards hold it, not None.
    """
    return _TEXT[column.kind](value)


def body(
    board: AnyBoard,
    root: str,
    only: "Sequence[str] | Layout" = (),
    limit: int = 0,
    *,
    dots: bool = True,
    marks: Sequence[str] = (),
    dated: bool = False,
) -> Markup:
    """Return ``<tbody>`` with a board's rows and ``<tfoot>`` with those that are never ranked.

    Args:
        board: its first entity column becomes the rows' headings.
        root: as for :func:`cell`.
        only: the columns' keys, where not all are wanted, or the layout of them that :func:`layout` returned.
        limit: the number of ranked rows, 0 for all; with a limit the ``other`` row stays away.
        dots: whether names carry their author's color.
        marks: attributes as HTML of each of the board's rows, where they have any.
        dated: the cells have places for what is known of them later, see :func:`with_later`.
    """
    shown = only if isinstance(only, Layout) else layout(board, only)
    marked = list(zip(board.rows, marks or [""] * len(board.rows), strict=True))
    listed = [(row, mark) for row, mark in marked if row.standing != "other"]
    others = [row for row in board.rows if row.standing == "other"]
    if limit:
        listed, others = listed[:limit], []
    table = _Table(
        shown=shown,
        writers=_writers(board, shown, root, dots),
        root=root,
        dots=dots,
        anchored=isinstance(board, AppsBoard) and board.sort == POPULAR and not limit,
        dated=board.id if dated else "",
        plain="ranked" if any(row.standing == "ranked" for row, _ in listed) else "unranked",
    )
    is_long = not limit and len(listed) > LONG
    rows = [
        table.row(row, mark, at, late=is_long and at >= AT_ONCE)
        for at, (row, mark) in enumerate(listed)
    ]
    foot = f"<tfoot>\n{''.join(map(table.row, others))}</tfoot>" if others else ""
    size = AT_ONCE if is_long else len(rows) or 1
    bodies = ("".join(rows[at : at + size]) for at in range(0, len(rows) or 1, size))
    return _html("".join(f"<tbody>\n{body}</tbody>" for body in bodies) + foot)


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """What all tables with the same columns have in common; there is one for each such set of columns.

    Attributes:
        columns: those shown, in their order.
        folded: the numbers, from 1, of those that phones fold away.
        heading: the key of the column that names a row, empty for none.
        moved: the key of the change of rank that phones show below the rank, empty for none.
        ranks: the places, from 0, of the columns that show the change of rank as well.
        measured: the places of the columns whose cells depend on all values of the column.
        values: returns a row's values of the columns.
    """

    columns: tuple[Column, ...]
    folded: tuple[int, ...]
    heading: str
    moved: str
    ranks: tuple[int, ...]
    measured: tuple[int, ...]
    values: Callable[[BoardRow], tuple[object, ...]]


def layout(board: AnyBoard, only: Iterable[str] = ()) -> Layout:
    """Return how the board's table, or the columns of the given keys that it has, are laid out."""
    return _layout(board.columns, board.phone, tuple(only))


# A key for what else is made once for such tables: it is compared at once, where tuples of columns take a tenth of
# the time of a page.
@lru_cache(maxsize=1024)
def _layout(columns: tuple[Column, ...], phone: tuple[str, ...], only: tuple[str, ...]) -> Layout:
    shown = tuple(
        column for column in columns if column.in_table and (not only or column.key in only)
    )
    away = _folded(phone, shown)
    moved = next((shown[at - 1].key for at in away if shown[at - 1].kind == "moved"), "")
    return Layout(
        columns=shown,
        folded=away,
        heading=next((column.key for column in shown if column.kind == "entity"), ""),
        moved=moved,
        ranks=tuple(at for at, one in enumerate(shown) if moved and one.kind == "rank"),
        measured=tuple(
            at
            for at, column in enumerate(shown)
            if column.bar or (column.kind == "score" and not column.mixed)
        ),
        values=_values([column.key for column in shown]),
    )


def _values(keys: Sequence[str]) -> Callable[[BoardRow], tuple[object, ...]]:
    """Return what returns the fields of these names of a row."""
    if len(keys) > 1:
        return attrgetter(*keys)
    return lambda row: tuple(getattr(row, key) for key in keys)


_Write = Callable[[object, BoardRow, str], str]
"""Returns the cell of a value, its row, and the color of the row's name."""


class _Cells:
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
    def writer(self) -> _Write:
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


def _writers(board: AnyBoard, shown: Layout, root: str, dots: bool) -> tuple[_Write, ...]:
    """Return what writes the cells of each column of a board's own table."""
    rows = type(board.rows[0]) if board.rows else None
    # mypy takes a class for what cannot be a key where its objects compare by value.
    writers = list(_same_writers(shown, root, dots, cast(Hashable, rows)))
    for at in shown.measured:
        column = shown.columns[at]
        largest = _largest(board.rows, column.key) if column.bar else 0
        places = _places(board.rows, column)
        writers[at] = _Cells(column, root, largest=largest, places=places, rows=rows).writer
    return tuple(writers)


@lru_cache(maxsize=1024)
def _same_writers(
    shown: Layout, root: str, dots: bool, rows: type[BoardRow] | None
) -> tuple[_Write, ...]:
    """Return what writes columns whose values are written alike whatever the others of the column are."""
    return tuple(
        _names(root, dots)
        if column.key == shown.heading
        else _Cells(column, root, rows=rows).writer
        for column in shown.columns
    )


def _names(root: str, dots: bool) -> _Write:
    """Return what writes the cells of the column that names the rows."""
    return lambda value, _row, _colour: _heading(value, root, dots)


@dataclass(frozen=True, slots=True)
class _Table:
    """The settings of one table, the same for all its rows.

    Attributes:
        shown: its columns.
        writers: of the cells of each.
        root, dots: as for :func:`body`.
        anchored: rows have an id.
        dated: the board's id where its cells have places for what is known later, empty where not.
        plain: the standing of rows that look like most: "ranked" where a row of the table is.
    """

    shown: Layout
    writers: tuple[_Write, ...]
    root: str
    dots: bool
    anchored: bool
    dated: str
    plain: Standing

    def row(self, row: BoardRow, mark: str = "", at: int = 0, *, late: bool = False) -> str:
        """Return one ``<tr>`` with these attributes; a late one is laid out once someone reads."""
        shown = self.shown
        owner = getattr(row, shown.heading) if shown.heading else None
        colour = owner.colour if self.dots and isinstance(owner, Entity) else ""
        # The board has made sure that its rows have the fields.
        values = zip(self.writers, shown.values(row), strict=True)
        made = [write(value, row, colour) for write, value in values]
        for place in shown.ranks:
            made[place] = f"{made[place].removesuffix('</td>')}{self._move(row)}</td>"
        if self.dated:
            for place, column in enumerate(shown.columns):
                later = f"<!--later {self.dated} {at} {column.key}--></td>"
                made[place] = made[place].replace("</td>", later)
        classes: list[str] = [] if row.standing == self.plain else [row.standing]
        if late:
            classes.append("late")
        attributes = f' class="{" ".join(classes)}"' if classes else ""
        if self.anchored and isinstance(owner, Entity):
            attributes += f' id="{app_anchor(owner)}"'
        # Not added with +, by which one half would escape the other.
        return f"<tr{attributes}{mark}>{''.join(made)}</tr>\n"

    def _move(self, row: BoardRow) -> str:
        """Return the change of rank for the cell of the rank, where phones show it."""
        moved = row[self.shown.moved]
        if not isinstance(moved, Moved):
            return ""
        column = Column(self.shown.moved, "", "moved")
        _, shown, extra = _moved(moved, self.root)
        shown, extra = settled_cells.settled(column, moved, row, shown, extra)
        return f'<small class="move{extra}">{shown}</small>'


def with_later(drawn: str, later: Callable[[str, int, str], str]) -> str:
    """Return tables that were drawn as ``dated``, with what became known of their values since.

    The tables of a day gone by are drawn once; what is known of their values today is not.

    Args:
        drawn: the tables as HTML.
        later: returns the value of today as text by the board's id, the number of the row from 0 and the key
            of the column; empty where it has not changed.
    """

    def shown(place: re.Match[str]) -> str:
        text = later(place["board"], int(place["row"]), place["column"])
        return f'<small class="later">now {_safe(text)}</small>' if text else ""

    return _LATER.sub(shown, drawn)


def app_anchor(app: Entity) -> str:
    """Return the id of an app's row in a list of the most used: apps have no pages of their own."""
    return f"app-{paths.part(app.id)}"


def chosen(board: AnyBoard, only: Iterable[str] = ()) -> tuple[Column, ...]:
    """Return the board's columns for tables, or those of the given keys that it has."""
    return layout(board, only).columns


def _heading(value: object, root: str, dots: bool) -> str:
    """Return the ``<th>`` that names a row."""
    if not isinstance(value, Entity):
        return f'<th scope="row">{_safe(value or formats.MISSING)}</th>'
    name = entity(value, root, dots)
    return f'<th scope="row" data-v="{_safe(value.id)}">{name}</th>'


# Four of five names on the pages of models stand on an earlier one; this takes a twentieth of their time away.
@lru_cache(maxsize=4096)
def entity(value: Entity, root: str, dots: bool = True) -> Markup:
    """Return a name with its author's color, linked where it has a page, its detail small below."""
    tag = "code" if value.is_slug else "bdi"
    name = f"<{tag}>{_breakable(value.name)}</{tag}>"
    if value.path is not None:
        name = f'<a href="{_safe(link(root, value.path))}">{name}</a>'
    mark = inline_svg.dot(value.colour) if dots and value.author else ""
    detail = ""
    if value.detail not in ("", value.name):
        # Phones have room for the author before the dot, and not for the ID behind it.
        first, dot, rest = value.detail.partition(" · ")
        behind = f"<span>{dot}<bdi>{_breakable(rest)}</bdi></span>" if rest else ""
        detail = f"<small><bdi>{_breakable(first)}</bdi>{behind}</small>"
    long = " long" if _LONG_WORD.search(value.name) else ""
    return _html(f'<span class="name{long}">{mark}{name}</span>{detail}')


def _largest(rows: Sequence[BoardRow], key: str) -> float:
    known = (getattr(row, key) for row in rows if row.standing != "other")
    return max((float(value) for value in known if isinstance(value, int | float)), default=0)


def _places(rows: Sequence[BoardRow], column: Column) -> int | None:
    """Return the decimals that a column of scores needs, at most two; None for any other column."""
    if column.kind != "score" or column.mixed:
        return None
    known = [row.number(column.key) for row in rows]
    texts = [formats.number(value) for value in known if value is not None]
    return max((len(text.partition(".")[2]) for text in texts), default=0)


def folded(board: AnyBoard, columns: Sequence[Column]) -> tuple[int, ...]:
    """Return the numbers, from 1, of the columns that phones fold away; none where fewer than two would be left."""
    return _folded(board.phone, columns)


def _folded(phone: Sequence[str], columns: Sequence[Column]) -> tuple[int, ...]:
    away = [at for at, column in enumerate(columns, 1) if column.key not in phone]
    return tuple(away) if len(columns) - len(away) > 1 else ()


def _safe(value: object) -> str:
    return html.escape(str(value))


def _breakable(text: str) -> str:
    """Return a text whose IDs may continue on the next line after each of ``/``, ``:`` and ``_``, too.

    Browsers break lines behind hyphens only, and an ID with none of them anywhere inside a word.
    """
    return _ID_JOINT.sub(r"\1<wbr>", _safe(text))


def _html(text: str) -> Markup:
    return Markup(text)  # noqa: S704 - every upstream string in it went through _safe()


_Shown = tuple[str, str, str]
"""The exact value and what is shown for it, both as HTML, and classes with a leading space."""


def _moved(value: Moved, _root: str) -> _Shown:
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
    return _safe(value), _safe(shown), "" if shown.startswith("$") else " word"


def _day(value: date, _root: str) -> _Shown:
    return str(value), f'<time datetime="{value}">{_TEXT["day"](value)}</time>', " day"


def _text(value: object, _root: str) -> _Shown:
    exact = _safe(value)
    if len(str(value)) <= _LONGEST_TEXT:
        return exact, f"<bdi>{exact}</bdi>", ""
    # Laid out in a narrow column it would make its row taller than ten others.
    return exact, f"<details><summary>Show</summary><bdi>{exact}</bdi></details>", ""


def _line_in_words(values: Sequence[float | None]) -> str:
    """Return what a line of tokens says, for those who do not see it."""
    known = [round(value) for value in values if value is not None]
    if not known:
        return ""
    lowest, highest, newest = (formats.tokens(one) for one in (min(known), max(known), known[-1]))
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
    "moved": _moved,
    "entity": lambda value, root: (_safe(value.id), entity(replace(value, detail=""), root), ""),
    "tokens": _tokens,
    "integer": lambda value, _root: (str(value), _TEXT["integer"](value), ""),
    "share": lambda value, _root: (repr(value), _safe(_TEXT["share"](value)), ""),
    "change": _difference(formats.change),
    "points": _difference(formats.points),
    "price": _price,
    "dollars": lambda value, _root: (repr(value), _safe(_TEXT["dollars"](value)), ""),
    "cost": lambda value, _root: (_safe(value), _safe(_TEXT["cost"](value)), ""),
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
