"""The shares of kinds of work and of tasks over time, since the first snapshot: the source gives no past."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from generator.base import formats
from generator.base.attribution import Citation
from generator.base.dates import Window, human_day
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.sources import BoardMaker, Sources, TaskDay
from generator.boards.tasks import SCOPE, task_entity
from generator.endpoints.task_classifications import NAME

LINES = 8
"""So many of the newest day's most common kinds or tasks have a line."""
LEAST_MOVE = 0.0005
"""A share that changed by less than this is shown as unchanged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindDayRow(UnrankedRow):
    """A kind of work's shares of requests and tokens as of one day."""

    day: date
    macro_category: Entity
    usage_share: float
    token_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDayRow(UnrankedRow):
    """A task's shares of requests and tokens as of one day."""

    day: date
    tag: Entity
    usage_share: float
    token_share: float


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of work or a task with its shares of requests and of tokens."""

    of: Entity
    usage: float
    tokens: float


@dataclass(frozen=True, slots=True)
class Stated:
    """The source's statement of one day, by key of the kind of work and by tag of the task."""

    day: date
    kinds: Mapping[str, Part]
    tasks: Mapping[str, Part]
    citation: Citation


@dataclass(frozen=True, slots=True)
class _Point:
    """One line's value on one day."""

    day: date
    part: Part


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield kinds of work and the most common tasks over all stated days; none before there are two of them."""
    yield from trends([_stated(day) for day in sources.task_days])


def _stated(day: TaskDay) -> Stated:
    kinds: dict[str, Part] = {}
    for kind in day.kinds:
        entity = Entity(formats.sanitize(kind.key), formats.sanitize(kind.label))
        kinds[kind.key] = Part(entity, kind.usage_share, kind.token_share)
    tasks = {
        task.tag: Part(task_entity(task), task.usage_share, task.token_share) for task in day.tasks
    }
    return Stated(day.day, kinds, tasks, day.citation)


def trends(stated: Sequence[Stated]) -> Iterator[AnyBoard]:
    """Yield both boards of these days, oldest first; none of a single day."""
    if len(stated) < 2:
        return
    kinds = _Trend(stated, [day.kinds for day in stated])
    tasks = _Trend(stated, [day.tasks for day in stated])
    if kinds.keys:
        yield kinds.board(
            BoardId("task-trend"),
            "How is the work changing?",
            Column("macro_category", "Kind of work", "entity"),
            _kind_row,
        )
    if tasks.keys:
        yield tasks.board(
            BoardId("task-trend", "tasks"),
            "How are the tasks changing?",
            Column("tag", "Task", "entity"),
            _task_row,
        )


def _kind_row(point: _Point) -> KindDayRow:
    return KindDayRow(
        day=point.day,
        macro_category=point.part.of,
        usage_share=point.part.usage,
        token_share=point.part.tokens,
    )


def _task_row(point: _Point) -> TaskDayRow:
    return TaskDayRow(
        day=point.day,
        tag=point.part.of,
        usage_share=point.part.usage,
        token_share=point.part.tokens,
    )


_RowT = TypeVar("_RowT", KindDayRow, TaskDayRow)


class _Trend:
    """The newest day's most common parts on every day, each day's in that order."""

    def __init__(self, stated: Sequence[Stated], days: Sequence[Mapping[str, Part]]) -> None:
        newest = days[-1]
        self.keys = sorted(newest, key=lambda key: (-newest[key].usage, key))[:LINES]
        self._stated = stated
        self._days = days

    def board(
        self, id_: BoardId, title: str, named: Column, row: Callable[[_Point], _RowT]
    ) -> Board[_RowT]:
        first, last = self._stated[0], self._stated[-1]
        return Board(
            id=id_,
            title=title,
            columns=(
                Column(
                    "day",
                    "As of",
                    "day",
                    "The day that the source states; its window is the seven days before",
                ),
                named,
                Column("usage_share", "Requests", "share", "Of classified, sampled requests"),
                Column("token_share", "Tokens", "share", "Of the tokens of those requests"),
            ),
            # A newer name of a task stands on its earlier days too.
            rows=tuple(row(point) for point in self._points()),
            citations=(last.citation,),
            datasets=(NAME,),
            finding=self._finding(),
            notes=(
                "Each point covers seven days, so neighbouring points overlap and only move slowly.",
                "Since this site began to watch; the source gives no earlier days.",
            ),
            scope=SCOPE,
            window=Window(first.day, last.day),
            processing="Nothing but the choice of lines: shares are the source's own.",
        )

    def _points(self) -> Iterator[_Point]:
        newest = self._days[-1]
        for stated, parts in zip(self._stated, self._days, strict=True):
            for key in self.keys:
                if key in parts:
                    part = parts[key]
                    yield _Point(stated.day, Part(newest[key].of, part.usage, part.tokens))

    def _finding(self) -> str:
        """A sentence on the part that moved most; empty where none was known on the first day."""
        first, newest = self._days[0], self._days[-1]
        moves = {key: newest[key].usage - first[key].usage for key in self.keys if key in first}
        if not moves:
            return ""
        since = human_day(self._stated[0].day)
        key = max(moves, key=lambda key: (abs(moves[key]), newest[key].of.id))
        if abs(moves[key]) < LEAST_MOVE:
            leader = newest[self.keys[0]]
            return f"None has moved since {since}; {leader.of.name} leads with {formats.share(leader.usage)}."
        points, share = formats.points(moves[key]), formats.share(newest[key].usage)
        return f"{newest[key].of.name} moved most since {since}, {points} points to {share} of requests."


MAKER = BoardMaker(families=("task-trend",), make=boards, needs=("task_days",))
