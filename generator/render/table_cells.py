"""Table cells as HTML: what a reader sees, and beside it the exact value in ``data-v``.

They are put together here and not in templates, because a page can hold ten thousand of them.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup

from generator.base import formats
from generator.boards.board import BoardRow, Column, Entity
from generator.render import cell_values, inline_svg, settled_cells
from generator.render.cell_values import Shown, ShowValue, as_html, escaped

_LONG_WORD = re.compile(r"[^\s-]{11}")
"""A word that is wider than the room for names on a phone, so that it has to break."""
_ID_JOINT = re.compile(r"([/:_])(?=\w)")


def link(root: str, path: str) -> str:
    """Return a path inside the site as an href, from a page whose relative path to the top is ``root``."""
    return f"{root}{quote(path, safe='/~')}" or "./"


# Four of five names on the pages of models stand on an earlier one; this takes a twentieth of their time away.
@lru_cache(maxsize=4096)
def entity(value: Entity, root: str, dots: bool = True) -> Markup:
    """Return a name with its author's color, linked where it has a page, its detail small below."""
    tag = "code" if value.is_slug else "bdi"
    name = f"<{tag}>{_breakable(value.name)}</{tag}>"
    if value.path is not None:
        name = f'<a href="{escaped(link(root, value.path))}">{name}</a>'
    mark = inline_svg.dot(value.color) if dots and value.author else ""
    long = " long" if _LONG_WORD.search(value.name) else ""
    return as_html(f'<span class="name{long}">{mark}{name}</span>{_detail(value)}')


def _detail(value: Entity) -> str:
    """Return the second line of a name; empty where it has none that says more than the first."""
    if value.detail in ("", value.name):
        return ""
    # Phones have room for the author before the dot, and not for the ID behind it.
    first, dot, rest = value.detail.partition(" · ")
    behind = f"<span>{dot}<bdi>{_breakable(rest)}</bdi></span>" if rest else ""
    return f"<small><bdi>{_breakable(first)}</bdi>{behind}</small>"


def _breakable(text: str) -> str:
    """Return a text as HTML whose IDs may continue on the next line after each of ``/``, ``:`` and ``_``, too.

    Browsers break lines behind hyphens only, and an ID with none of them anywhere inside a word.
    """
    return _ID_JOINT.sub(r"\1<wbr>", escaped(text))


def cell(
    column: Column,
    value: object,
    root: str,
    *,
    largest: float = 0,
    color: str = "",
    row: BoardRow | None = None,
    words: str = "",
    decimals: int | None = None,
) -> Markup:
    """Return one ``<td>``.

    Args:
        column: says how the value is typed and shown.
        value: as boards have it; None is shown as missing and carries an empty ``data-v``.
        root: the relative path to the top of the site: ``""``, ``"../"``, ``"../../"``.
        largest: of the column; where it is set, the cell draws the value against it.
        color: of that bar.
        row: whose other fields can say how firm the value is: a range, bounds, days in the top fifty.
        words: shown for the value, where its number alone does not say it.
        decimals: of a score; None for those that it needs.
    """
    rows = type(row) if row is not None else None
    cells = ColumnCells(column, root, largest=largest, decimals=decimals, rows=rows)
    return as_html(cells.of(value, row, color, words))


WriteCell = Callable[[object, BoardRow, str], str]
"""Returns the cell of a value, its row, and the color of the row's name."""


class ColumnCells:
    """One column's cells: what is the same for all of them is made once."""

    __slots__ = (
        "_column",
        "_decimals",
        "_empty",
        "_largest",
        "_settles",
        "_show",
        "_start",
    )

    def __init__(
        self,
        column: Column,
        root: str,
        *,
        largest: float = 0,
        decimals: int | None = None,
        rows: type[BoardRow] | None = None,
    ) -> None:
        """Prepare the cells of a column.

        Args:
            column, root, largest, decimals: as for :func:`cell`.
            rows: the type of the rows, which says whether they know how firm a value is; None for no rows.
        """
        self._column = column
        self._largest, self._decimals = largest, decimals
        self._settles = rows is not None and settled_cells.may_say(column, rows)
        self._start = f'<td class="{"n" if column.numeric else "t"}'
        self._show = _names(root) if column.kind == "entity" else cell_values.writer(column)
        # The same for all, unless their rows say more of a value that is missing.
        self._empty = ""
        if rows is None or not settled_cells.may_miss(column, rows):
            self._empty = self._missing(formats.MISSING)

    @property
    def writer(self) -> WriteCell:
        """Return what writes a cell: the shorter way where its text follows from the value alone."""
        if self._settles or self._largest or self._decimals is not None or not self._empty:
            return self.of
        start, empty, show = self._start, self._empty, self._show

        def plain(value: object, _row: BoardRow, _color: str) -> str:
            if value is None:
                return empty
            exact, shown, extra = show(value)
            return f'{start}{extra}" data-v="{exact}">{shown}</td>'

        return plain

    def of(self, value: object, row: BoardRow | None, color: str, words: str = "") -> str:
        """Return one ``<td>``; the arguments are those of :func:`cell`."""
        if value is None:
            return self._without_value(row)
        exact, shown, extra = self._show(value)
        if words:
            shown = escaped(words)
        if self._decimals is not None and isinstance(value, (int, float)):
            shown = formats.fixed(value, self._decimals)
        if self._settles and row:
            shown, extra = settled_cells.settled(self._column, value, row, shown, extra)
        if self._largest and isinstance(value, (int, float)):
            shown += inline_svg.bar(float(value) / self._largest, color)
            extra += " barred"
        return f'{self._start}{extra}" data-v="{exact}">{shown}</td>'

    def _without_value(self, row: BoardRow | None) -> str:
        if self._empty or row is None:
            return self._empty
        return self._missing(settled_cells.missing(self._column, row))

    def _missing(self, shown: str) -> str:
        """Return a cell without a value that shows a dash, or what is known instead."""
        return f'{self._start}" data-v="">{shown}</td>'


def _names(root: str) -> ShowValue:
    """Return what shows the names of a column that is not the table's first of names: each without its detail."""

    def shown(value: Entity) -> Shown:
        return escaped(value.id), entity(replace(value, detail=""), root), ""

    return shown
