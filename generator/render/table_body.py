"""The rows of a table as HTML."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from markupsafe import Markup

from generator.base import formats, paths
from generator.boards.apps import POPULAR, AppsBoard
from generator.boards.board import AnyBoard, BoardRow, Column, Entity, Moved, Standing
from generator.render import cell_values, settled_cells
from generator.render.cell_values import as_html, escaped
from generator.render.later_values import place_for_later
from generator.render.table_cells import ColumnCells, WriteCell, entity
from generator.render.table_layout import Layout, layout

LONG, AT_ONCE = 200, 40
"""The most rows of a table that are laid out at once, and how many of a longer one are before someone reads.

A longer one is a body of so many rows after another, each painted apart (``site.css``): with 370 rows in one, the frame
in which ten more come takes a phone 39 ms, in ten it takes 24.
"""


def body(
    board: AnyBoard,
    root: str,
    shown: Layout | None = None,
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
        shown: the columns; None for all.
        limit: the number of ranked rows, 0 for all; with a limit the ``other`` row stays away.
        dots: whether names carry their author's color.
        marks: attributes as HTML of each of the board's rows, where they have any.
        dated: the cells have places for what is known of them later, see :mod:`generator.render.later_values`.
    """
    listed, others = _parted(board, marks)
    if limit:
        listed, others = listed[:limit], []
    table = _table(board, root, shown or layout(board), listed, dots=dots, limit=limit, dated=dated)

    is_long = not limit and len(listed) > LONG
    rows: list[str] = []
    for number, (row, mark) in enumerate(listed):
        rows.append(table.row(row, mark, number, late=is_long and number >= AT_ONCE))
    size = max(len(rows), 1)
    if is_long:
        size = AT_ONCE
    parts = [*_bodies(rows, size)]
    if others:
        parts.append("<tfoot>\n")
        for number, (row, mark) in enumerate(others, len(listed)):
            parts.append(table.row(row, mark, number))
        parts.append("</tfoot>")
    return as_html("".join(parts))


_MarkedRow = tuple[BoardRow, str]
"""A row, and its attributes as HTML with a leading space; empty for none."""


def _parted(board: AnyBoard, marks: Sequence[str]) -> tuple[list[_MarkedRow], list[_MarkedRow]]:
    """Return the rows that are listed, and those that stand below them and are never ranked."""
    listed: list[_MarkedRow] = []
    others: list[_MarkedRow] = []
    for row, mark in zip(board.rows, marks or [""] * len(board.rows), strict=True):
        if row.standing == "other":
            others.append((row, mark))
        else:
            listed.append((row, mark))
    return listed, others


def _bodies(rows: Sequence[str], size: int) -> Iterator[str]:
    """Yield one ``<tbody>`` after another, each of so many rows; an empty one where there are none."""
    for start in range(0, max(len(rows), 1), size):
        part = "".join(rows[start : start + size])
        yield f"<tbody>\n{part}</tbody>"


def app_anchor(app: Entity) -> str:
    """Return the id of an app's row in a list of the most used: apps have no pages of their own."""
    return f"app-{paths.part(app.id)}"


@dataclass(frozen=True, slots=True)
class _Table:
    """The settings of one table, the same for all its rows.

    Attributes:
        shown: its columns.
        writers: of the cells of each.
        root, dots: as for :func:`body`.
        anchored: rows have an id.
        dated: the board's id where its cells have places for what is known later, empty where not.
        usual: the standing of rows that look like most: "ranked" where a row of the table is.
    """

    shown: Layout
    writers: tuple[WriteCell, ...]
    root: str
    dots: bool
    anchored: bool
    dated: str
    usual: Standing

    def row(self, row: BoardRow, mark: str, number: int, *, late: bool = False) -> str:
        """Return one ``<tr>``.

        Args:
            row: of the board.
            mark: its attributes as HTML, with a leading space; empty for none.
            number: of the row in the table, from 0.
            late: it is laid out once someone reads.
        """
        shown = self.shown
        named = getattr(row, shown.heading) if shown.heading else None
        color = named.color if self.dots and isinstance(named, Entity) else ""
        # The board has made sure that its rows have the fields.
        values = zip(self.writers, shown.values(row), strict=True)
        cells = [write(value, row, color) for write, value in values]
        if shown.ranks:
            self._add_move(cells, row)
        if self.dated:
            self._add_places(cells, number)
        # Not added with +, by which one half would escape the other.
        return f"<tr{self._attributes(row, named, late)}{mark}>{''.join(cells)}</tr>\n"

    def _attributes(self, row: BoardRow, named: object, late: bool) -> str:
        """Return the class and the id of a row as HTML, each with a leading space; most rows have neither."""
        classes: list[str] = []
        if row.standing != self.usual:
            classes.append(row.standing)
        if late:
            classes.append("late")
        attributes = ""
        if classes:
            attributes = f' class="{" ".join(classes)}"'
        if self.anchored and isinstance(named, Entity):
            attributes += f' id="{app_anchor(named)}"'
        return attributes

    def _add_move(self, cells: list[str], row: BoardRow) -> None:
        """Add the change of rank to the cells of the rank, where phones show it."""
        move = self._move(row)
        for place in self.shown.ranks:
            cells[place] = f"{cells[place].removesuffix('</td>')}{move}</td>"

    def _move(self, row: BoardRow) -> str:
        column = self.shown.moved
        if column is None:
            return ""
        moved = row[column.key]
        if not isinstance(moved, Moved):
            return ""
        _, shown, extra = cell_values.moved(moved)
        shown, extra = settled_cells.settled(column, moved, row, shown, extra)
        return f'<small class="move{extra}">{shown}</small>'

    def _add_places(self, cells: list[str], number: int) -> None:
        """Add to each cell the place for what is known of it later; the heading of a row has none."""
        for place, column in enumerate(self.shown.columns):
            later = place_for_later(self.dated, number, column.key)
            cells[place] = cells[place].replace("</td>", f"{later}</td>")


def _table(
    board: AnyBoard,
    root: str,
    shown: Layout,
    listed: Sequence[_MarkedRow],
    *,
    dots: bool,
    limit: int,
    dated: bool,
) -> _Table:
    """Return the settings of a board's table; ``listed`` are the rows above its foot, the others as for :func:`body`."""
    any_ranked = any(row.standing == "ranked" for row, _ in listed)
    return _Table(
        shown=shown,
        writers=_writers(board, shown, root, dots),
        root=root,
        dots=dots,
        anchored=isinstance(board, AppsBoard) and board.sort == POPULAR and not limit,
        dated=board.id if dated else "",
        usual="ranked" if any_ranked else "unranked",
    )


def _writers(board: AnyBoard, shown: Layout, root: str, dots: bool) -> tuple[WriteCell, ...]:
    """Return what writes the cells of each column of a board's own table."""
    rows = type(board.rows[0]) if board.rows else None
    # mypy takes a class for what cannot be a key where its objects compare by value.
    writers = list(_same_writers(shown, root, dots, cast(Hashable, rows)))
    for place in shown.measured:
        column = shown.columns[place]
        largest, decimals = _largest(board.rows, column), _decimals(board.rows, column)
        cells = ColumnCells(column, root, largest=largest, decimals=decimals, rows=rows)
        writers[place] = cells.writer
    return tuple(writers)


@lru_cache(maxsize=1024)
def _same_writers(
    shown: Layout, root: str, dots: bool, rows: type[BoardRow] | None
) -> tuple[WriteCell, ...]:
    """Return what writes columns whose values are written alike whatever the others of the column are."""
    writers: list[WriteCell] = []
    for column in shown.columns:
        if column.key == shown.heading:
            writers.append(_names(root, dots))
        elif column.mixed:
            writers.append(_mixed_scores(column, root, rows))
        else:
            writers.append(ColumnCells(column, root, rows=rows).writer)
    return tuple(writers)


def _mixed_scores(column: Column, root: str, rows: type[BoardRow] | None) -> WriteCell:
    """Return what writes the scores of several scales, each in the words of its row."""
    cells = ColumnCells(column, root, rows=rows)
    return lambda value, row, color: cells.of(value, row, color, row.score_words)


def _names(root: str, dots: bool) -> WriteCell:
    """Return what writes the cells of the column that names the rows."""
    return lambda value, row, _color: _heading(value, root, dots, row.note)


def _heading(value: object, root: str, dots: bool, note: str) -> str:
    """Return the ``<th>`` that names a row, its note as the last line."""
    if not isinstance(value, Entity):
        return f'<th scope="row">{escaped(value or formats.MISSING)}</th>'
    name = entity(value, root, dots)
    if note:
        name += as_html(f'<small class="note">{escaped(note)}</small>')
    return f'<th scope="row" data-v="{escaped(value.id)}">{name}</th>'


def _largest(rows: Sequence[BoardRow], column: Column) -> float:
    """Return the largest number of a column with bars, but for rows that are never ranked; 0 for any other column."""
    largest = 0.0
    if not column.bar:
        return largest
    for row in rows:
        value = getattr(row, column.key)
        if row.standing != "other" and isinstance(value, (int, float)):
            largest = max(largest, value)
    return largest


def _decimals(rows: Sequence[BoardRow], column: Column) -> int | None:
    """Return the decimals that a column of scores needs, at most two; None for any other column."""
    if column.kind != "score" or column.mixed:
        return None
    most = 0
    for row in rows:
        value = row.number(column.key)
        if value is not None:
            _, _, decimals = formats.number(value).partition(".")
            most = max(most, len(decimals))
    return most
