"""Table cells as HTML: what a reader sees, and beside it the exact value in ``data-v``.

They are put together here and not in templates, because a page can hold ten thousand of them.
"""

import html
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count
from urllib.parse import quote

from markupsafe import Markup

from generator.base import dates, formats
from generator.boards.board import AnyBoard, BoardRow, Column, Entity, Kind, Moved
from generator.render import inline_svg

LONG, AT_ONCE = 200, 50
"""Of a table of more rows than the one, scripts lay out the other first; the rest follows once someone reads."""

_GLYPHS = {"up": ("▲", "up"), "down": ("▼", "down")}
_STANDING = {
    "same": ("–", "unchanged"),
    "unknown": (formats.MISSING, "not known"),
    "new": ("new", ""),
    "returned": ("back", ""),
}


def link(root: str, path: str) -> str:
    """A path inside the site, as an href from a page whose way to the top is ``root``."""
    return f"{root}{quote(path, safe='/~')}" or "./"


def cell(
    column: Column, value: object, root: str, *, largest: float = 0, colour: str = ""
) -> Markup:
    """One ``<td>``.

    Args:
        column: says how the value is typed and shown.
        value: as boards hold it; None is shown as missing and carries an empty ``data-v``.
        root: the way from the page to the top of the site: ``""``, ``"../"``, ``"../../"``.
        largest: of the column; where it is set, the cell draws the value against it.
        colour: of that bar.
    """
    return _html(_cell(column, value, root, largest, colour))


def _cell(column: Column, value: object, root: str, largest: float, colour: str) -> str:
    numeric = "n" if column.numeric else "t"
    if value is None:
        return f'<td class="{numeric}" data-v="">{formats.MISSING}</td>'
    write: Callable[..., _Shown] = _gained if column.key == "difference" else _SHOWN[column.kind]
    exact, shown, extra = write(value, root)
    drawn = (
        inline_svg.bar(float(value) / largest, colour)
        if largest and isinstance(value, int | float)
        else ""
    )
    return f'<td class="{numeric}{extra}{" barred" if drawn else ""}" data-v="{exact}">{shown}{drawn}</td>'


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
    only: Sequence[str] = (),
    limit: int = 0,
    *,
    dots: bool = True,
    marks: Mapping[str, str] | None = None,
) -> Markup:
    """``<tbody>`` with a board's rows and ``<tfoot>`` with those that are never ranked.

    Args:
        board: its first entity column becomes the rows' headings.
        root: as for :func:`cell`.
        only: the columns' keys, where not all are wanted.
        limit: the number of ranked rows, 0 for all; with a limit the ``other`` row stays away.
        dots: whether names carry their author's colour.
        marks: attributes of a row as HTML, by the id of what it is about.
    """
    columns = chosen(board, only)
    heading = next((column.key for column in columns if column.kind == "entity"), "")
    largest = {column.key: _largest(board.rows, column.key) for column in columns if column.bar}
    rows = [row for row in board.rows if row.standing != "other"]
    rest = [] if limit else [row for row in board.rows if row.standing == "other"]

    waiting = not limit and len(rows) > LONG

    def written(row: BoardRow, at: int = 0) -> str:
        owner = row[heading] if heading else None
        colour = owner.colour if dots and isinstance(owner, Entity) else ""
        cells = (
            _heading(owner, root, dots)
            if column.key == heading
            else _cell(column, row[column.key], root, largest.get(column.key, 0), colour)
            for column in columns
        )
        classes = [row.standing] * (row.standing != "ranked") + ["late"] * (
            waiting and at >= AT_ONCE
        )
        mark = f' class="{" ".join(classes)}"' if classes else ""
        if marks and isinstance(owner, Entity):
            # Not added with +, by which one half would escape the other.
            mark = f"{mark}{marks.get(owner.id, '')}"
        return f"<tr{mark}>{''.join(cells)}</tr>\n"

    foot = f"<tfoot>\n{''.join(map(written, rest))}</tfoot>" if rest else ""
    return _html(
        f"<tbody>\n{''.join(map(written, rows[:limit] if limit else rows, count()))}</tbody>{foot}"
    )


def chosen(board: AnyBoard, only: Iterable[str] = ()) -> tuple[Column, ...]:
    """The board's columns, or those of the given keys that it has."""
    keys = tuple(only)
    return tuple(column for column in board.columns if not keys or column.key in keys)


def heading_cell(value: object, root: str, dots: bool = True) -> Markup:
    """The ``<th>`` that names a row."""
    return _html(_heading(value, root, dots))


def _heading(value: object, root: str, dots: bool) -> str:
    if not isinstance(value, Entity):
        return f'<th scope="row">{_safe(value or formats.MISSING)}</th>'
    return f'<th scope="row" data-v="{_safe(value.id)}">{_named(value, root, dots)}</th>'


def entity(value: Entity, root: str, dots: bool = True) -> Markup:
    """A name with its author's colour, linked where it has a page, its detail small below."""
    return _html(_named(value, root, dots))


def _named(value: Entity, root: str, dots: bool = True) -> str:
    name = f"<bdi>{_safe(value.name)}</bdi>"
    if value.path is not None:
        name = f'<a href="{_safe(link(root, value.path))}">{name}</a>'
    mark = inline_svg.dot(value.colour) if dots and value.author else ""
    detail = (
        f"<small><bdi>{_safe(value.detail)}</bdi></small>"
        if value.detail not in ("", value.name)
        else ""
    )
    return f'<span class="name">{mark}{name}</span>{detail}'


def _largest(rows: Sequence[BoardRow], key: str) -> float:
    known = (row[key] for row in rows if row.standing != "other")
    return max((float(value) for value in known if isinstance(value, int | float)), default=0)


def _safe(value: object) -> str:
    return html.escape(str(value))


def _html(text: str) -> Markup:
    return Markup(text)  # noqa: S704 - every upstream string in it went through _safe()


_Shown = tuple[str, str, str]
"""The exact value and what is shown for it, both as HTML, and classes with a leading space."""


def _moved(value: Moved, _root: str) -> _Shown:
    if value.how in _GLYPHS and value.places:
        glyph, way = _GLYPHS[value.how]
        words = f'<span class="sr"> {"place" if abs(value.places) == 1 else "places"} {way}</span>'
        return (
            str(value.places),
            f'<span aria-hidden="true">{glyph}</span>{abs(value.places)}{words}',
            f" {way}",
        )
    shown, words = _STANDING.get(value.how, _STANDING["same"])
    if words:
        shown = f'<span aria-hidden="true">{shown}</span><span class="sr">{words}</span>'
    exact = value.how if value.how in ("new", "returned") else "" if value.how == "unknown" else "0"
    return exact, shown, " fresh" if value.how in ("new", "returned") else " same"


def _difference(write: Callable[[float], str]) -> Callable[[float, str], _Shown]:
    def shown(value: float, _root: str) -> _Shown:
        text = write(value)
        way = " same" if text.startswith("±") else " up" if value > 0 else " down"
        return repr(value), text, way

    return shown


def _tokens(value: int, _root: str) -> _Shown:
    return str(value), f'<span title="{value:,}">{_TEXT["tokens"](value)}</span>', ""


def _gained(value: int, _root: str) -> _Shown:
    sign = "+" if value > 0 else formats.MINUS if value < 0 else ""
    way = " up" if value > 0 else " down" if value < 0 else " same"
    return (
        str(value),
        f'<span title="{sign}{abs(value):,}">{sign}{formats.tokens(abs(value))}</span>',
        way,
    )


def _price(value: str, _root: str) -> _Shown:
    shown = _TEXT["price"](value)
    return _safe(value), _safe(shown), "" if shown.startswith("$") else " word"


def _day(value: date, _root: str) -> _Shown:
    return str(value), f'<time datetime="{value}">{_TEXT["day"](value)}</time>', " day"


def _text(value: object, _root: str) -> _Shown:
    return _safe(value), f"<bdi>{_safe(value)}</bdi>", ""


def _number(value: float | Decimal, _root: str) -> _Shown:
    return str(value), _TEXT["score"](value), ""


_TEXT: dict[Kind, Callable[..., str]] = {
    "rank": "{:,}".format,
    "tokens": formats.tokens,
    "integer": "{:,}".format,
    "share": formats.share,
    "price": formats.per_million,
    "score": lambda value: formats.number(float(value)),
    "context": formats.context,
    "day": dates.human_day,
    "text": str,
}

_SHOWN: dict[Kind, Callable[..., _Shown]] = {
    "rank": lambda value, _root: (str(value), _TEXT["rank"](value), " rank"),
    "moved": _moved,
    "entity": lambda value, root: (_safe(value.id), _named(replace(value, detail=""), root), ""),
    "tokens": _tokens,
    "integer": lambda value, _root: (str(value), _TEXT["integer"](value), ""),
    "share": lambda value, _root: (repr(value), _safe(_TEXT["share"](value)), ""),
    "change": _difference(formats.change),
    "points": _difference(formats.points),
    "price": _price,
    "score": _number,
    "context": lambda value, _root: (str(value), _TEXT["context"](value), ""),
    "day": _day,
    "text": _text,
    "spark": lambda value, _root: ("", inline_svg.spark(value), " line"),
}
