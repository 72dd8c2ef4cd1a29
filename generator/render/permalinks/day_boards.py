"""What the boards of a day said, as data: ``d/<day>/boards.json``."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec

from generator.base import tabular
from generator.base.dates import Window, parse_day
from generator.boards import changes
from generator.boards.board import (
    AnyBoard,
    BoardRow,
    Boards,
    Column,
    Entity,
    Kind,
    citations_of,
    is_withheld,
)
from generator.boards.changes import ChangeRow
from generator.render import table_layout

SCHEMA_VERSION = 1
Row = Mapping[str, Any]
"""A row's values by the keys of the columns."""


@dataclass(frozen=True, slots=True)
class ShownBoard:
    """A board on a day's page.

    Attributes:
        id: of the board.
        columns: the keys of the columns shown.
        limit: the number of rows shown.
        names: the keys of the columns that tell its rows apart.
    """

    id: str
    columns: tuple[str, ...]
    limit: int
    names: tuple[str, ...]

    def key(self, row: Row) -> tuple[str, ...]:
        """Return what tells a row apart."""
        return tuple(str(row[name]) for name in self.names)


SHOWN = (
    ShownBoard(
        "models-7d",
        ("rank", "moved", "model_permaslug", "total_tokens", "share"),
        20,
        ("model_permaslug",),
    ),
    ShownBoard("authors-7d", ("rank", "moved", "author", "total_tokens", "share"), 10, ("author",)),
    ShownBoard(
        "artificial-analysis",
        ("rank", "model_permaslug", "intelligence_index", "coding_index", "agentic_index"),
        20,
        ("model_permaslug",),
    ),
    ShownBoard("design-arena", ("arena", "category", "leader", "elo"), 30, ("arena", "category")),
    ShownBoard("tasks", ("rank", "tag", "usage_share", "token_share", "leader"), 20, ("tag",)),
    ShownBoard("apps.popular", ("rank", "moved", "app", "total_tokens"), 20, ("app",)),
)
"""The boards on a day's page, in their order."""
SHOWN_BY_ID = {shown.id: shown for shown in SHOWN}


class DayColumn(msgspec.Struct, frozen=True):
    """A column of a board: its key, its heading, and what kind of values it has."""

    key: str
    label: str
    kind: Kind


class DayWindow(msgspec.Struct, frozen=True):
    """The first and the last day that a board is of, as YYYY-MM-DD."""

    start: str
    end: str

    @property
    def window(self) -> Window:
        return Window(parse_day(self.start), parse_day(self.end))


class DayBoard(msgspec.Struct, frozen=True):
    """A board as it was published.

    Attributes:
        board: its id.
        title: the question that it answered.
        window: the days that it is of; None where it is of no days.
        columns: those shown.
        rows: values by key; an entity has its id, and its names under ``<key>_name`` and ``<key>_short_name``. What a
            value is at least and at most stands under ``<key>_low`` and ``<key>_high`` where its board says so.
    """

    board: str
    title: str
    window: DayWindow | None
    columns: tuple[DayColumn, ...]
    rows: tuple[dict[str, Any], ...]

    def first(self, rows: int) -> "DayBoard":
        """Return the board with its first rows alone."""
        return msgspec.structs.replace(self, rows=self.rows[:rows])

    def named(self) -> dict[tuple[str, ...], Row]:
        """Return the rows by what tells them apart."""
        shown = SHOWN_BY_ID[self.board]
        return {shown.key(row): row for row in self.rows}


class DayEvent(msgspec.Struct, frozen=True):
    """A change that became known on the day: its kind in words, and a sentence."""

    kind: str
    text: str


class DayBoards(msgspec.Struct, frozen=True):
    """The boards of a day and what was new on it."""

    boards: tuple[DayBoard, ...] = ()
    events: tuple[DayEvent, ...] = ()

    def find(self, id_: str) -> DayBoard | None:
        """Return a board, None where the day had none of that id."""
        return next((board for board in self.boards if board.board == id_), None)


def file(day: date, boards: Boards) -> bytes:
    """Return ``boards.json`` of a day: of each board what its page shows, but for data that may not be handed on."""
    shown: list[DayBoard] = []
    credited: list[AnyBoard] = []
    for leaders in SHOWN:
        board = boards.get(leaders.id)
        if board is not None and not is_withheld(board):
            shown.append(day_board(board, leaders))
            credited.append(board)

    events: list[dict[str, str]] = []
    known = boards.find(changes.ID, ChangeRow)
    if known is not None:
        of_day = [row for row in known.rows if row.day == day]
        events = [{"kind": row.kind, "text": row.event.title} for row in of_day]
        if of_day:
            credited.append(known)

    # A day that shows nothing still credits what there was: a first day may have the catalog alone.
    credited = credited or list(boards.values())
    top = {
        **tabular.header(citations_of(credited)),
        "schema_version": SCHEMA_VERSION,
        "snapshot_date": str(day),
        "events": events,
    }
    return tabular.json_file(top, map(msgspec.to_builtins, shown), "boards")


def read(body: bytes) -> DayBoards:
    """Return what such a file holds.

    Raises:
        msgspec.MsgspecError: it is none.
    """
    return msgspec.json.decode(body, type=DayBoards)


def day_board(board: AnyBoard, shown: ShownBoard) -> DayBoard:
    """Return the columns and rows of a board that are shown of it."""
    columns = table_layout.chosen(board, shown.columns)
    rows = [row for row in board.rows if row.standing != "other"][: shown.limit]
    written = (*columns, *_bounds(board, columns))
    cut = replace(board, columns=written, rows=tuple(rows), phone=(), choices=(), models="")
    records = cut.records()
    for record, row in zip(records, rows, strict=True):
        record.update(_short_names(columns, row))
    window = None
    if board.window is not None:
        window = DayWindow(str(board.window.start), str(board.window.end))
    return DayBoard(
        board=str(board.id),
        title=board.title,
        window=window,
        columns=tuple(DayColumn(column.key, column.label, column.kind) for column in columns),
        rows=tuple(records),
    )


def _bounds(board: AnyBoard, columns: Iterable[Column]) -> Iterator[Column]:
    """Yield the columns that say how low or high values of these can be, which pages show beside them or as a range."""
    keys = {column.key for column in columns}
    for column in board.columns:
        value, _, side = column.key.rpartition("_")
        if side in ("low", "high") and value in keys and column.key not in keys:
            yield column


def _short_names(columns: Iterable[Column], row: BoardRow) -> dict[str, str]:
    """Return what tables call the row's entities."""
    named: dict[str, str] = {}
    for column in columns:
        value = row[column.key]
        if isinstance(value, Entity):
            named[f"{column.key}_short_name"] = value.name
    return named
