"""What happened on the days of a chart: of the recent changes, those of the models or authors that it is about."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from generator.base.dates import Window
from generator.base.slugs import Slug
from generator.boards import frontier_history, price_changes, price_index, rebasing
from generator.boards.author_profiles import AuthorWeeksBoard
from generator.boards.board import AnyBoard, Board, EventMark
from generator.boards.changes import ChangeRow
from generator.boards.credits import Credits
from generator.boards.events import Event
from generator.boards.model_days import ModelDaysBoard
from generator.boards.price_history import MODEL_FAMILY
from generator.endpoints import rankings_daily

_TOP = ("leader", "entered")
"""The kinds of event that a board of all tokens shows."""
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
    days, is_of_board = _days(board), _subject(board)
    if days is None or is_of_board is None:
        return board

    usable = {*board.datasets, *_chartable(changes, uncharted)}
    of_days = [row.event for row in reversed(changes.rows) if row.day in days]
    events = [event for event in of_days if event.dataset in usable and is_of_board(event)]
    if not events:
        return board
    return _with_events(board, events, changes)


def _with_events(board: AnyBoard, events: Sequence[Event], changes: Board[ChangeRow]) -> AnyBoard:
    """Return a board with these events, and with the credits of the sources that it does not rest on itself."""
    sources = {event.dataset for event in events}
    sourced = Credits(list(board.citations), list(board.datasets))
    for dataset, citation in zip(changes.datasets, changes.citations, strict=True):
        if dataset in sources and dataset not in board.datasets:
            sourced.add(dataset, citation)
    return replace(
        board,
        marks=tuple(EventMark(event.day, _text(event)) for event in events),
        citations=sourced.citations,
        datasets=sourced.datasets,
    )


def _chartable(changes: Board[ChangeRow], uncharted: Collection[str]) -> Iterator[str]:
    """Yield the sources of the changes that any chart may show."""
    for dataset, citation in zip(changes.datasets, changes.citations, strict=True):
        if not citation.withheld and dataset not in uncharted:
            yield dataset


def _text(event: Event) -> str:
    """Return the sentence on an event; of a changed price the first part alone, which a chart has room for."""
    if event.kind not in _PRICES:
        return event.text
    name = event.model.name
    first, comma, _ = event.text.removeprefix(name).partition(", ")
    return f"{name}{first}." if comma else event.text


def _days(board: AnyBoard) -> Window | None:
    """Return the days of a board: those of its window, or of its rows; None where it has none."""
    if board.window is not None:
        return board.window
    keys = [column.key for column in board.columns if column.kind == "day"]
    days: list[date] = []
    for row in board.rows:
        for key in keys:
            value = row[key]
            if isinstance(value, date):
                days.append(value)
    if not days:
        return None
    return Window(min(days), max(days))


def _subject(board: AnyBoard) -> Callable[[Event], bool] | None:
    """Return what says of an event whether it is of what a board is about; None of a board that marks no events.

    Boards of all tokens are about the top 10.
    """
    if isinstance(board, ModelDaysBoard) or board.id.family == MODEL_FAMILY:
        return partial(_is_of_models, _paths(board))
    if isinstance(board, AuthorWeeksBoard):
        return partial(_is_of_author, board.author.id)
    if board.id == price_index.ID:
        return _is_price_without_variant
    if board.id == frontier_history.CHEAPEST_ID:
        return partial(_is_of_levels, _paths(board))
    if board.window is not None and rankings_daily.NAME in board.datasets:
        return _is_of_top
    return None


def _paths(board: AnyBoard) -> set[str | None]:
    """Return the page of the model that a board is about, or those of the models in its rows."""
    if isinstance(board, ModelDaysBoard):
        return {board.model.path}
    return {row.entity("model_permaslug").path for row in board.rows}


def _is_of_models(paths: Collection[str | None], event: Event) -> bool:
    return event.kind in _OF_A_MODEL and event.model.path in paths


def _is_of_author(author: str, event: Event) -> bool:
    return event.kind in _OF_AN_AUTHOR and event.model.author == author


def _is_price_without_variant(event: Event) -> bool:
    return event.kind in _PRICES and not Slug.parse(event.of).is_variant


def _is_of_levels(paths: Collection[str | None], event: Event) -> bool:
    """Return whether an event moves what levels of the intelligence index cost at least."""
    if event.kind == "rebased":
        return event.of == rebasing.INTELLIGENCE
    return event.kind in _PRICES and event.model.path in paths


def _is_of_top(event: Event) -> bool:
    return event.kind in _TOP
