"""What is known today of the values on boards of earlier days."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import msgspec

from generator.archive.daily_tokens import DailyTokens
from generator.base.attribution import Citation, distinct
from generator.boards.board import Boards, is_withheld
from generator.boards.names import author
from generator.boards.totals import Namer, bounds_week_on_week, token_totals
from generator.render.permalinks.board_changes import changed_values, compared_columns
from generator.render.permalinks.day_boards import SHOWN_BY_ID, DayBoard, Row, day_board

_RESTATED: Mapping[str, Namer | None] = {"models-7d": None, "authors-7d": author}
"""Boards of tokens: their days can be summed again as stated today. Others are compared with today's board."""
_NamedRows = Mapping[tuple[str, ...], Row]
"""Rows by what tells them apart."""


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
        key = SHOWN_BY_ID[board.board].key
        columns = compared_columns(board)
        found: dict[tuple[int, str], str] = {}
        for number, row in enumerate(board.rows):
            row_now = now.get(key(row), {})
            values = changed_values(board, _without_range(row, row_now), row_now)
            for column, changed in zip(columns, values, strict=True):
                if changed is not None and changed.after is not None:
                    found[number, column.key] = changed.after
        return found

    def _now(self, board: DayBoard) -> _NamedRows | None:
        """Return the rows as they are today; None where that is not known or may not be handed on."""
        if board.board in _RESTATED:
            return self._restated(board)
        today = self._boards.get(board.board)
        if today is None or is_withheld(today):
            return None
        shown = replace(SHOWN_BY_ID[board.board], limit=len(today.rows))
        return day_board(today, shown).named()

    def _restated(self, board: DayBoard) -> _NamedRows | None:
        """Return tokens, share and rank over the board's days as stated today."""
        if self._daily is None or board.window is None:
            return None
        window, namer = board.window.window, _RESTATED[board.board]
        totals = token_totals(self._daily, window, namer)
        bounds = bounds_week_on_week(self._daily, window, namer).now
        restated: dict[tuple[str, ...], Row] = {}
        for name, rank in totals.ranks().items():
            tokens = totals.by[name]
            restated[(name,)] = {
                "rank": rank,
                "total_tokens": tokens,
                "total_tokens_high": bounds.span(name).high,
                "share": totals.share(tokens),
            }
        return restated


def _without_range(row: Row, now: Row) -> Row:
    """Return a row that has the range of its rank only where there is one to compare it with."""
    if "rank_low" in now:
        return row
    return {key: value for key, value in row.items() if key not in ("rank_low", "rank_high")}


class KnownLater(msgspec.Struct, frozen=True):
    """What is known later of the values of a day's boards.

    Attributes:
        since: by board, the row and the column of each value that differs, and what it is now.
        citations: whom these values are credited to, none where no value differs.
    """

    since: dict[str, list[tuple[int, str, str]]]
    citations: tuple[Citation, ...]

    def by_place(self) -> Callable[[str, int, str], str]:
        """Return the function that gives the value of a board's row and column, empty where it does not differ."""
        values: dict[tuple[str, int, str], str] = {}
        for board, places in self.since.items():
            for row, column, value in places:
                values[board, row, column] = value
        return lambda board, row, column: values.get((board, row, column), "")


def known_later(today: Today, boards: Iterable[DayBoard]) -> KnownLater:
    """Return what is known today of the values of a day's boards."""
    since: dict[str, list[tuple[int, str, str]]] = {}
    credited: list[Citation] = []
    for board in boards:
        values = today.since(board)
        if values:
            since[board.board] = [(row, column, value) for (row, column), value in values.items()]
            credited += today.citations(board)
    return KnownLater(since, distinct(credited))
