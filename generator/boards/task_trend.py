"""The shares of kinds of work and of tasks over time, since the first snapshot: the source gives no past."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from generator.base import formats
from generator.base.attribution import Citation
from generator.base.dates import Window, human_day
from generator.boards import level_words, sentences
from generator.boards.board import AnyBoard, Board, BoardId, BoardRow, Column, Entity, UnrankedRow
from generator.boards.intervals import ties
from generator.boards.sources import BoardMaker, Sources, TaskDay
from generator.boards.tasks import SCOPE, task_entity
from generator.endpoints.task_classifications import NAME

LINES = 8
"""The number of the newest day's most common kinds or tasks that have a line."""
LEAST_DAYS = 7
"""Windows of seven days that are closer than this have days in common."""
LEAST_MOVE = 0.002
"""Each of two shares is rounded to 0.001, so moves up to this can come from rounding; they are not told."""
_LEAST_MOVE_IN_WORDS = f"{LEAST_MOVE * 100:.1f} percentage points"
_DECIMALS = 3
"""Of the shares that the source states."""


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
    """Return the kinds of work and the tasks of a day by their keys."""
    kinds: dict[str, Part] = {}
    for kind in day.kinds:
        entity = Entity(formats.sanitize(kind.key), formats.sanitize(kind.label))
        kinds[kind.key] = Part(entity, kind.usage_share, kind.token_share)
    tasks: dict[str, Part] = {}
    for task in day.tasks:
        tasks[task.tag] = Part(task_entity(task), task.usage_share, task.token_share)
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
            "How task types are changing",
            Column("macro_category", "Type of work", "entity"),
            _kind_row,
        )
    if tasks.keys:
        yield tasks.board(
            BoardId("task-trend", "tasks"),
            "How tasks are changing",
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
    """The newest day's most common parts on every day, each day's in that order.

    Args:
        stated: the source's statements, oldest first.
        days: of each of them the kinds of work, or the tasks, by key.
    """

    def __init__(self, stated: Sequence[Stated], days: Sequence[Mapping[str, Part]]) -> None:
        newest = days[-1]
        self.keys = sorted(newest, key=lambda key: (-newest[key].usage, key))[:LINES]
        self._stated = stated
        self._days = days

    def board(
        self, id_: BoardId, title: str, named: Column, row: Callable[[_Point], _RowT]
    ) -> Board[_RowT]:
        """Return the board of these lines; ``named`` is the column of what they are of, ``row`` makes its rows."""
        first, last = self._stated[0], self._stated[-1]
        return Board(
            id=id_,
            title=title,
            columns=(
                Column(
                    "day",
                    "As of",
                    "day",
                    "The day that the source states; its period is the seven days before",
                ),
                named,
                Column("usage_share", "Requests", "share", "Of classified, sampled requests"),
                Column("token_share", "Tokens", "share", "Of the tokens of those requests"),
            ),
            phone=("day", named.key, "usage_share"),
            rows=tuple(row(point) for point in self._points()),
            citations=(last.citation,),
            datasets=(NAME,),
            finding=self._finding(),
            notes=(
                "Each point covers seven days, so neighboring points overlap and only move slowly.",
                f"Starts {human_day(first.day)}, when tracking began; the source gives no earlier days.",
            ),
            scope=SCOPE,
            window=Window(first.day, last.day),
            processing="Shares are the source's; the choice of lines is made here.",
        )

    def _points(self) -> Iterator[_Point]:
        """Yield day by day the value of each line that has one, under its newest name."""
        newest = self._days[-1]
        for stated, parts in zip(self._stated, self._days, strict=True):
            for key in self.keys:
                if key in parts:
                    part = parts[key]
                    yield _Point(stated.day, Part(newest[key].of, part.usage, part.tokens))

    def _finding(self) -> str:
        """Return a sentence on what moved most; empty before seven days, or where nothing was known on the first."""
        first, newest = self._days[0], self._days[-1]
        start, end = self._stated[0].day, self._stated[-1].day
        moves: dict[str, float] = {}
        for key in self.keys:
            # What the first day does not know has no move.
            if key in first:
                moves[key] = round(newest[key].usage - first[key].usage, _DECIMALS)
        if not moves or (end - start).days < LEAST_DAYS:
            return ""

        ordered = sorted(moves, key=lambda key: (-abs(moves[key]), newest[key].of.id))
        move = moves[ordered[0]]
        if len(moves) == 1:
            return self._finding_of_one(ordered[0], move)
        among = f"Of the {len(moves)} followed since {human_day(start)}"
        if abs(move) <= LEAST_MOVE:
            return f"{among}, none has moved by more than {_LEAST_MOVE_IN_WORDS}."

        level = sentences.at_top(ordered, lambda key: abs(moves[key]))
        names = level_words.names([newest[key].of for key in level])
        if len(level) > 1:
            each = f"{formats.points(abs(move)).removeprefix('+')} percentage points each"
            return f"{among}, {names} moved the most, by {each}."
        points, share = formats.points(move), formats.share(newest[level[0]].usage)
        return (
            f"{among}, {names} moved the most, {points} percentage points to {share} of requests."
        )

    def _finding_of_one(self, key: str, move: float) -> str:
        part, since = self._days[-1][key], human_day(self._stated[0].day)
        name, share = level_words.name(part.of), formats.share(part.usage)
        if abs(move) <= LEAST_MOVE:
            return f"{name} has not moved by more than {_LEAST_MOVE_IN_WORDS} since {since}."
        return f"{name} moved by {formats.points(move)} percentage points since {since}, to {share} of requests."


def newest_leader(rows: Sequence[BoardRow], key: str) -> str:
    """Return the sentence on what has the largest share of requests on the newest day.

    Args:
        rows: in the order of their days, with kinds or tasks under ``key``.
    """
    newest = [row for row in rows if row["day"] == rows[-1]["day"]]
    ordered = sorted(newest, key=lambda row: (-_usage(row), row.entity(key).id))
    first = ties(ordered, lambda row: formats.share(_usage(row)))[0]
    names = level_words.names([row.entity(key) for row in first])
    share = formats.share(_usage(first[0]))
    if len(first) > 1:
        return f"{names} are level at {share} of requests."
    verb = formats.inflected(len(newest), "has", "leads with")
    return f"{names} {verb} {share} of requests."


def _usage(row: BoardRow) -> float:
    return row.number("usage_share") or 0.0


MAKER = BoardMaker(families=("task-trend",), make=boards, needs=("task_days",))
