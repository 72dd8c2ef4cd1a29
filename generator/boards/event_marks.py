"""What happened on the days of a chart: of the recent changes, those of the models or authors that it is about."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from generator.base.attribution import distinct
from generator.base.dates import Window
from generator.base.slugs import Slug
from generator.boards import frontier_history, price_changes, price_index, rebasing
from generator.boards.author_profiles import AuthorWeeksBoard
from generator.boards.board import AnyBoard, Board, EventMark
from generator.boards.changes import ChangeRow
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
    days = _days(board)
    if days is None:
        return board
    paths = _paths(board)
    of_days = [row.event for row in reversed(changes.rows) if row.day in days]
    of_board = [event for event in of_days if _is_of(event, board, paths)]
    usable = {*board.datasets, *_chartable(changes, uncharted)}
    events = [event for event in of_board if event.dataset in usable]
    return _with_events(board, events, changes) if events else board


def _with_events(board: AnyBoard, events: Sequence[Event], changes: Board[ChangeRow]) -> AnyBoard:
    """Return a board with these events, and with the credits of the sources that it does not rest on itself."""
    sources = {event.dataset for event in events}
    citations, datasets = list(board.citations), list(board.datasets)
    for dataset, citation in zip(changes.datasets, changes.citations, strict=True):
        if dataset in sources and dataset not in board.datasets:
            citations.append(citation)
            datasets.append(dataset)
    return replace(
        board,
        marks=tuple(EventMark(event.day, _text(event)) for event in events),
        citations=distinct(citations),
        datasets=tuple(datasets),
    )


def _chartable(changes: Board[ChangeRow], uncharted: Collection[str]) -> list[str]:
    """Return the sources of the changes that any chart may show."""
    pairs = zip(changes.datasets, changes.citations, strict=True)
    published = [dataset for dataset, citation in pairs if not citation.withheld]
    return [dataset for dataset in published if dataset not in uncharted]


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
        values = [row[key] for key in keys]
        days += [value for value in values if isinstance(value, date)]
    return Window(min(days), max(days)) if days else None


def _paths(board: AnyBoard) -> set[str | None]:
    """Return the pages of the models in a board's rows; none of a board that marks others than their events."""
    if board.id.family != MODEL_FAMILY and board.id != frontier_history.CHEAPEST_ID:
        return set()
    return {row.entity("model_permaslug").path for row in board.rows}


def _is_of(event: Event, board: AnyBoard, paths: Collection[str | None]) -> bool:
    """Return whether an event is of what a board is about; boards of all tokens are about the top 10.

    Args:
        paths: the pages of the models of the board, as :func:`_paths` returns them.
    """
    family, kind, model = board.id.family, event.kind, event.model
    if isinstance(board, ModelDaysBoard):
        return kind in _OF_A_MODEL and model.path == board.model.path
    if family == MODEL_FAMILY:
        return kind in _OF_A_MODEL and model.path in paths
    if isinstance(board, AuthorWeeksBoard):
        return kind in _OF_AN_AUTHOR and model.author == board.author.id
    if board.id == price_index.ID:
        return kind in _PRICES and not Slug.parse(event.of).is_variant
    if board.id == frontier_history.CHEAPEST_ID:
        # The levels are those of one index.
        rebases_levels = kind == "rebased" and event.of == rebasing.INTELLIGENCE
        return rebases_levels or (kind in _PRICES and model.path in paths)
    is_of_all_tokens = board.window is not None and rankings_daily.NAME in board.datasets
    return is_of_all_tokens and kind in _TOP
