"""What the boards of a day said, as data: ``d/<day>/boards.json``, and what two days, or that day and today, differ in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import compress
from typing import Any

import msgspec

from generator.archive.daily_tokens import DailyTokens
from generator.base import tabular
from generator.base.attribution import Citation
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
from generator.boards.names import author
from generator.boards.totals import Namer, token_totals
from generator.render import cell_values, table_layout

SCHEMA_VERSION = 1


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

    def key(self, row: Mapping[str, Any]) -> tuple[str, ...]:
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
_BY_ID = {shown.id: shown for shown in SHOWN}
_RESTATED: Mapping[str, Namer | None] = {"models-7d": None, "authors-7d": author}
"""Boards of tokens: their days can be summed again as stated today. Others are compared with today's board."""


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
        rows: values by key; an entity has its id, and its names under ``<key>_name`` and ``<key>_short_name``.
    """

    board: str
    title: str
    window: DayWindow | None
    columns: tuple[DayColumn, ...]
    rows: tuple[dict[str, Any], ...]

    def named(self) -> dict[tuple[str, ...], dict[str, Any]]:
        """Return the rows by what tells them apart."""
        shown = _BY_ID[self.board]
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
    held = [leaders for leaders in SHOWN if leaders.id in boards]
    shown = [(boards[leaders.id], leaders) for leaders in held]
    shown = [(board, leaders) for board, leaders in shown if not is_withheld(board)]
    events = boards.find(changes.ID, ChangeRow)
    of_day = [row for row in events.rows if row.day == day] if events else []
    credited: list[AnyBoard] = [board for board, _ in shown]
    if events and of_day:
        credited.append(events)
    # A day that shows nothing still credits what there was: a first day may have the catalog alone.
    credited = credited or list(boards.values())
    top = {
        **tabular.header(citations_of(credited)),
        "schema_version": SCHEMA_VERSION,
        "snapshot_date": str(day),
        "events": [{"kind": row.kind, "text": row.event.title} for row in of_day],
    }
    rows = (msgspec.to_builtins(_day_board(board, leaders)) for board, leaders in shown)
    return tabular.json_file(top, rows, "boards")


def read(body: bytes) -> DayBoards:
    """Return what such a file holds.

    Raises:
        msgspec.MsgspecError: it is none.
    """
    return msgspec.json.decode(body, type=DayBoards)


def _day_board(board: AnyBoard, shown: ShownBoard) -> DayBoard:
    columns = table_layout.chosen(board, shown.columns)
    rows = [row for row in board.rows if row.standing != "other"][: shown.limit]
    cut = replace(board, columns=columns, rows=tuple(rows), phone=(), choices=(), models="")
    days = board.window
    return DayBoard(
        board=str(board.id),
        title=board.title,
        window=DayWindow(str(days.start), str(days.end)) if days else None,
        columns=tuple(DayColumn(column.key, column.label, column.kind) for column in columns),
        rows=tuple(
            {**record, **_short_names(columns, row)}
            for record, row in zip(cut.records(), rows, strict=True)
        ),
    )


def _short_names(columns: Iterable[Column], row: BoardRow) -> dict[str, str]:
    """Return what tables call the row's entities."""
    named = {}
    for column in columns:
        value = row[column.key]
        if isinstance(value, Entity):
            named[f"{column.key}_short_name"] = value.name
    return named


@dataclass(frozen=True, slots=True)
class Changed:
    """A value before and after, as texts; None where one of them had no such value."""

    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row that two boards do not have alike.

    Attributes:
        name: what it is about.
        state: ``entered``, ``left`` or ``changed``.
        values: of the columns that are compared, in their order; None where the texts are the same.
    """

    name: str
    state: str
    values: tuple[Changed | None, ...]


@dataclass(frozen=True, slots=True)
class ChangedBoard:
    """A board of a day beside the same board of an earlier one: the columns compared, and the rows that differ."""

    before: DayBoard
    after: DayBoard
    columns: tuple[DayColumn, ...]
    rows: tuple[ChangedRow, ...]


def differences(before: DayBoards, after: DayBoards) -> list[ChangedBoard]:
    """Return the boards that both days have, each with the rows that differ."""
    compared = []
    for board in after.boards:
        earlier = before.find(board.board)
        if earlier is not None:
            compared.append(_changed_board(earlier, board))
    return compared


def _changed_board(before: DayBoard, after: DayBoard) -> ChangedBoard:
    """Return the rows that differ, with the columns in which some of them do."""
    rows = list(_changed_rows(before, after))
    columns = _compared(after)
    by_column = zip(*(row.values for row in rows), strict=True)
    differ = [any(values) for values in by_column]
    return ChangedBoard(
        before,
        after,
        columns=tuple(compress(columns, differ)),
        rows=tuple(replace(row, values=tuple(compress(row.values, differ))) for row in rows),
    )


def _changed_rows(before: DayBoard, after: DayBoard) -> Iterator[ChangedRow]:
    """Yield the rows of the later board that differ, in its order, then those that it has no more."""
    earlier, later = before.named(), after.named()
    for key, row in later.items():
        state = "changed" if key in earlier else "entered"
        values = tuple(_values(after, earlier.get(key, {}), row))
        if any(values) or state == "entered":
            yield ChangedRow(_name(after, row), state, values)
    for key, row in earlier.items():
        if key not in later:
            yield ChangedRow(_name(before, row), "left", tuple(_values(after, row, {})))


def _name(board: DayBoard, row: Mapping[str, Any]) -> str:
    names = _BY_ID[board.board].names
    return " · ".join(str(row.get(f"{name}_short_name", row[name])) for name in names)


def _values(
    board: DayBoard, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Changed | None]:
    """Yield for each column that is compared the two texts, None where they are the same."""
    for column in _compared(board):
        was, now = _text(column, before), _text(column, after)
        yield Changed(was, now) if was != now else None


def _compared(board: DayBoard) -> list[DayColumn]:
    """Return the columns of a board whose values are compared: not the row's name, and no change of rank."""
    names = _BY_ID[board.board].names
    return [
        column for column in board.columns if column.key not in names and column.kind != "moved"
    ]


def _text(column: DayColumn, row: Mapping[str, Any]) -> str | None:
    """Return what a table shows of a value, None where it is missing."""
    if column.kind == "entity":
        return row.get(f"{column.key}_short_name")
    value = row.get(column.key)
    if value is None:
        return None
    return cell_values.text(Column(column.key, column.label, column.kind), value)


class Today:
    """What is known today of what boards of earlier days said.

    Args:
        boards: of today, by id.
        daily: all rankings as stated today, None where nothing is held.
    """

    def __init__(self, boards: Boards, daily: DailyTokens | None) -> None:
        self._boards = boards
        self._daily = daily

    def citations(self, board: DayBoard) -> tuple[Citation, ...]:
        """Return whom the values of today are credited to, none where nothing is known of them."""
        if board.board in _RESTATED:
            return (self._daily.citation,) if self._daily else ()
        today = self._boards.get(board.board)
        return today.citations if today else ()

    def since(self, board: DayBoard) -> dict[tuple[int, str], str]:
        """Return the values that differ today as texts, by the number of the row from 0 and the key of the column.

        Sums of tokens are those of the same days; of everything else it is the value of today.
        """
        now = self._now(board)
        if now is None:
            return {}
        found: dict[tuple[int, str], str] = {}
        for at, (names, row) in enumerate(board.named().items()):
            values = _values(board, row, now.get(names, {}))
            for column, changed in zip(_compared(board), values, strict=True):
                if changed is not None and changed.after is not None:
                    found[at, column.key] = changed.after
        return found

    def _now(self, board: DayBoard) -> Mapping[tuple[str, ...], Mapping[str, Any]] | None:
        if board.board in _RESTATED:
            return self._restated(board)
        today = self._boards.get(board.board)
        if today is None or is_withheld(today):
            return None
        shown = replace(_BY_ID[board.board], limit=len(today.rows))
        return _day_board(today, shown).named()

    def _restated(self, board: DayBoard) -> Mapping[tuple[str, ...], Mapping[str, Any]] | None:
        """Return tokens, share and rank over the board's days as stated today."""
        if self._daily is None or board.window is None:
            return None
        totals = token_totals(self._daily, board.window.window, _RESTATED[board.board])
        return {
            (name,): {
                "rank": rank,
                "total_tokens": totals.by[name],
                "share": totals.share(totals.by[name]),
            }
            for name, rank in totals.ranks().items()
        }
