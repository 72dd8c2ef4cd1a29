"""The rows of a table as HTML: which columns are shown, and what all cells of a column have in common."""

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import cast

from markupsafe import Markup

from generator.base import formats, paths
from generator.boards.apps import POPULAR, AppsBoard
from generator.boards.board import AnyBoard, BoardRow, Column, Entity, Moved, Standing
from generator.render import settled_cells
from generator.render.table_cells import (
    ColumnCells,
    WriteCell,
    as_html,
    entity,
    escaped,
    moved_cell,
)

LONG, AT_ONCE = 200, 40
"""The most rows of a table that are laid out at once, and how many of a longer one are before someone reads.

A longer one is a body of so many rows after another, each painted apart (``site.css``): with 370 rows in one, the frame
in which ten more come takes a phone 39 ms, in ten it takes 24.
"""
_LATER = re.compile(r"<!--later (?P<board>\S+) (?P<row>[0-9]+) (?P<column>\S+)-->")


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
        root: as for :func:`generator.render.table_cells.cell`.
        only: the columns' keys, where not all are wanted, or the layout of them that :func:`layout` returned.
        limit: the number of ranked rows, 0 for all; with a limit the ``other`` row stays away.
        dots: whether names carry their author's color.
        marks: attributes as HTML of each of the board's rows, where they have any.
        dated: the cells have places for what is known of them later, see :func:`with_later`.
    """
    shown = only if isinstance(only, Layout) else layout(board, only)
    marked = zip(board.rows, marks or [""] * len(board.rows), strict=True)
    listed = [(row, mark) for row, mark in marked if row.standing != "other"]
    others = [row for row in board.rows if row.standing == "other"]
    if limit:
        listed, others = listed[:limit], []

    any_ranked = any(row.standing == "ranked" for row, _ in listed)
    table = _Table(
        shown=shown,
        writers=_writers(board, shown, root, dots),
        root=root,
        dots=dots,
        anchored=isinstance(board, AppsBoard) and board.sort == POPULAR and not limit,
        dated=board.id if dated else "",
        plain="ranked" if any_ranked else "unranked",
    )
    is_long = not limit and len(listed) > LONG
    rows = [
        table.row(row, mark, at, late=is_long and at >= AT_ONCE)
        for at, (row, mark) in enumerate(listed)
    ]
    foot = f"<tfoot>\n{''.join(map(table.row, others))}</tfoot>" if others else ""
    size = AT_ONCE if is_long else len(rows) or 1
    bodies = ("".join(rows[at : at + size]) for at in range(0, len(rows) or 1, size))
    return as_html("".join(f"<tbody>\n{body}</tbody>" for body in bodies) + foot)


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
    shown = [column for column in columns if column.in_table]
    if only:
        shown = [column for column in shown if column.key in only]
    folded_away = _folded(phone, shown)
    entities = [column.key for column in shown if column.kind == "entity"]
    moves = [shown[at - 1].key for at in folded_away if shown[at - 1].kind == "moved"]
    ranks = [at for at, column in enumerate(shown) if column.kind == "rank"]
    measured = [at for at, column in enumerate(shown) if _is_measured(column)]
    return Layout(
        columns=tuple(shown),
        folded=folded_away,
        heading=entities[0] if entities else "",
        moved=moves[0] if moves else "",
        ranks=tuple(ranks) if moves else (),
        measured=tuple(measured),
        values=_values([column.key for column in shown]),
    )


def _is_measured(column: Column) -> bool:
    """Return whether a cell of the column depends on all its values: on the largest, or on their decimals."""
    return column.bar or (column.kind == "score" and not column.mixed)


def _values(keys: Sequence[str]) -> Callable[[BoardRow], tuple[object, ...]]:
    """Return what returns the fields of these names of a row."""
    if len(keys) > 1:
        return attrgetter(*keys)
    return lambda row: tuple(getattr(row, key) for key in keys)


def _writers(board: AnyBoard, shown: Layout, root: str, dots: bool) -> tuple[WriteCell, ...]:
    """Return what writes the cells of each column of a board's own table."""
    rows = type(board.rows[0]) if board.rows else None
    # mypy takes a class for what cannot be a key where its objects compare by value.
    writers = list(_same_writers(shown, root, dots, cast(Hashable, rows)))
    for at in shown.measured:
        column = shown.columns[at]
        largest = _largest(board.rows, column.key) if column.bar else 0
        places = _places(board.rows, column)
        writers[at] = ColumnCells(column, root, largest=largest, places=places, rows=rows).writer
    return tuple(writers)


@lru_cache(maxsize=1024)
def _same_writers(
    shown: Layout, root: str, dots: bool, rows: type[BoardRow] | None
) -> tuple[WriteCell, ...]:
    """Return what writes columns whose values are written alike whatever the others of the column are."""
    return tuple(
        _names(root, dots)
        if column.key == shown.heading
        else ColumnCells(column, root, rows=rows).writer
        for column in shown.columns
    )


def _names(root: str, dots: bool) -> WriteCell:
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
    writers: tuple[WriteCell, ...]
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
        _, shown, extra = moved_cell(moved, self.root)
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
        return f'<small class="later">now {escaped(text)}</small>' if text else ""

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
        return f'<th scope="row">{escaped(value or formats.MISSING)}</th>'
    name = entity(value, root, dots)
    return f'<th scope="row" data-v="{escaped(value.id)}">{name}</th>'


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
