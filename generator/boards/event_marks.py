"""What happened on the days of a chart: of the recent changes, those of the models or authors that it is about."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from generator.base.attribution import distinct
from generator.base.dates import Window
from generator.base.slugs import Slug
from generator.boards import frontier_history, price_changes, price_index, rebasing
from generator.boards.board import AnyBoard, Board, EventMark
from generator.boards.changes import ChangeRow
from generator.boards.events import Event
from generator.boards.model_days import ModelDaysBoard
from generator.boards.price_history import MODEL_FAMILY
from generator.endpoints import rankings_daily

_TOP = ("leader", "entered")
_PRICES = tuple(price_changes.KINDS)
_OF_A_MODEL = (*_TOP, "returned", "left", "added", "relisted", "withdrawn", *_PRICES)
_OF_AN_AUTHOR = (*_TOP, "returned", "left", "added", "withdrawn")


def marked(board: AnyBoard, changes: Board[ChangeRow], uncharted: Collection[str] = ()) -> AnyBoard:
    """Return a board with the events of its days, and with the credits of their sources.

    An event of a source that the board does not rest on is left out where that source must not be charted, or may
    not be redistributed: the board's chart would not be either.

    Args:
        changes: the recent ones, newest first.
        uncharted: datasets that are not to be charted.
    """
    days = _days(board)
    if days is None:
        return board
    credits_ = dict(zip(changes.datasets, changes.citations, strict=True))
    withheld = [name for name, citation in credits_.items() if citation.withheld]
    left_out = {*uncharted, *withheld} - set(board.datasets)
    paths = _paths(board)
    of_days = [row.event for row in reversed(changes.rows) if row.day in days]
    chartable = [event for event in of_days if event.dataset not in left_out]
    events = [event for event in chartable if _is_of(event, board, paths)]
    if not events:
        return board

    sources = {event.dataset for event in events} - set(board.datasets)
    added = [name for name in changes.datasets if name in sources]
    return replace(
        board,
        marks=tuple(EventMark(event.day, _text(event)) for event in events),
        citations=distinct((*board.citations, *(credits_[name] for name in added))),
        datasets=(*board.datasets, *added),
    )


def _text(event: Event) -> str:
    """Return the sentence on an event; of a changed price the first part alone, which a chart has room for."""
    if event.kind not in _PRICES:
        return event.text
    name = f"{event.model.name}: "
    first = event.text.removeprefix(name).partition(", ")[0]
    return event.text if first.endswith(".") else f"{name}{first}."


def _days(board: AnyBoard) -> Window | None:
    """Return the days of a board: those of its window, or of its rows; None where it has none."""
    if board.window is not None:
        return board.window
    keys = [column.key for column in board.columns if column.kind == "day"]
    days: list[date] = []
    for row in board.rows:
        days += [value for key in keys if isinstance(value := row[key], date)]
    return Window(min(days), max(days)) if days else None


def _paths(board: AnyBoard) -> set[str | None]:
    """Return the pages of the models of a board whose events depend on them."""
    if board.id.family != MODEL_FAMILY and board.id != frontier_history.CHEAPEST_ID:
        return set()
    return {row.entity("model_permaslug").path for row in board.rows}


def _is_of(event: Event, board: AnyBoard, paths: Collection[str | None]) -> bool:
    """Return whether an event is of what a board is about; boards of all tokens are about the top 10.

    Args:
        paths: the pages of the models of the board, as :func:`_paths` returns them.
    """
    family = board.id.family
    kinds: tuple[str, ...] = _TOP
    subject = board.window is not None and rankings_daily.NAME in board.datasets
    if isinstance(board, ModelDaysBoard):
        kinds, subject = _OF_A_MODEL, event.model.path == board.model.path
    elif family == MODEL_FAMILY:
        kinds, subject = _OF_A_MODEL, event.model.path in paths
    elif family == "author":
        kinds, subject = _OF_AN_AUTHOR, event.model.author == board.id.parts[0]
    elif board.id == price_index.ID:
        kinds, subject = _PRICES, not Slug.parse(event.of).is_variant
    elif board.id == frontier_history.CHEAPEST_ID and event.kind == "rebased":
        # The levels are those of one index.
        kinds, subject = ("rebased",), event.of == rebasing.INTELLIGENCE
    elif board.id == frontier_history.CHEAPEST_ID:
        kinds, subject = _PRICES, event.model.path in paths
    return subject and event.kind in kinds
