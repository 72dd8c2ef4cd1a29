"""How the shares of kinds of work and of tasks have moved since the first snapshot: the source gives no past."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.archive.history import History
from generator.archive.store import StoredSnapshot
from generator.base import formats
from generator.base.attribution import Citation
from generator.base.dates import Window, human_day, parse_as_of
from generator.boards import tasks
from generator.boards.board import Board, Column, Entity, Row
from generator.endpoints.endpoint import Parsed
from generator.endpoints.task_classifications import NAME, MacroRow, TaskRow

DAILY_WITHIN_DAYS = 56
"""So many days back every snapshot counts, before that the newest of each week."""
MOST = 8


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of work or a task with its shares of requests and of tokens."""

    of: Entity
    usage: float
    tokens: float


@dataclass(frozen=True, slots=True)
class Stated:
    """What the source said as of one day, by key of the kind of work and by tag of the task."""

    day: date
    kinds: Mapping[str, Part]
    tasks: Mapping[str, Part]
    citation: Citation


def read(history: History) -> list[Stated]:
    """Each day that the source has stated, oldest first; a day that it stated twice counts as last seen."""
    found: dict[date, Stated] = {}
    chosen = _chosen(history.archive.snapshots(NAME, history.today), history.today)
    for kept in (one for one in chosen if history.readable(one)):
        for one in history.parsed(kept):
            if one.rows:
                stated = _stated(one)
                found[stated.day] = stated
    return [found[day] for day in sorted(found)]


def _chosen(every: Sequence[StoredSnapshot], today: date) -> list[StoredSnapshot]:
    """Reading years of days would take longer each day, and the lines would be no clearer."""
    old = {
        kept.day.isocalendar()[:2]: kept
        for kept in every
        if today - kept.day > timedelta(days=DAILY_WITHIN_DAYS)
    }
    return [
        *old.values(),
        *(kept for kept in every if today - kept.day <= timedelta(days=DAILY_WITHIN_DAYS)),
    ]


def _stated(one: Parsed) -> Stated:
    kinds, named = {}, {}
    for row in one.rows:
        if isinstance(row, MacroRow):
            kind = Entity(formats.sanitize(row.key), formats.sanitize(row.label))
            kinds[row.key] = Part(kind, row.usage_share, row.token_share)
        elif isinstance(row, TaskRow):
            named[row.tag] = Part(tasks.task(row), row.usage_share, row.token_share)
    return Stated(parse_as_of(one.citation.as_of).date(), kinds, named, one.citation)


def boards(stated: Sequence[Stated]) -> Iterator[Board]:
    """Kinds of work and the most common tasks over all stated days; none before there are two of them."""
    if len(stated) > 1:
        kind, task = (
            Column("macro_category", "Kind of work", "entity"),
            Column("tag", "Task", "entity"),
        )
        yield from _board(
            "task-trend", "How is the work changing?", kind, stated, [one.kinds for one in stated]
        )
        yield from _board(
            "task-trend.tasks",
            "How are the tasks changing?",
            task,
            stated,
            [one.tasks for one in stated],
        )


def _board(
    id_: str,
    title: str,
    column: Column,
    stated: Sequence[Stated],
    days: Sequence[Mapping[str, Part]],
) -> Iterator[Board]:
    """The newest day's most common ones on every day, each day's in that order."""
    newest = days[-1]
    chosen = sorted(newest, key=lambda key: (-newest[key].usage, key))[:MOST]
    rows = [
        Row(
            {
                "day": one.day,
                column.key: newest[key].of,
                "usage_share": parts[key].usage,
                "token_share": parts[key].tokens,
            },
            "unranked",
        )
        for one, parts in zip(stated, days, strict=True)
        for key in chosen
        if key in parts
    ]
    if not chosen:
        return
    yield Board(
        id=id_,
        title=title,
        columns=(
            Column(
                "day",
                "As of",
                "day",
                "The day that the source states; its window is the seven days before",
            ),
            column,
            Column("usage_share", "Requests", "share", "Of classified, sampled requests"),
            Column("token_share", "Tokens", "share", "Of the tokens of those requests"),
        ),
        rows=tuple(rows),
        citations=(stated[-1].citation,),
        datasets=(NAME,),
        finding=_finding([newest[key] for key in chosen], days[0], chosen, stated[0].day),
        notes=(
            "Each point covers seven days, so neighbouring points overlap and only move slowly.",
            "Since this site began to watch; the source gives no earlier days.",
        ),
        scope=tasks.SCOPE,
        window=Window(stated[0].day, stated[-1].day),
        processing="Nothing but the choice of lines: shares are the source's own.",
    )


def _finding(
    now: Sequence[Part], first: Mapping[str, Part], keys: Sequence[str], since: date
) -> str:
    """Which one moved most; empty where none was known on the first day."""
    moves = [
        (one.usage - first[key].usage, one)
        for one, key in zip(now, keys, strict=True)
        if key in first
    ]
    if not moves:
        return ""
    change, most = max(moves, key=lambda move: (abs(move[0]), move[1].of.id))
    share = formats.share(most.usage)
    if abs(change) < 0.0005:
        return f"None has moved since {human_day(since)}; {now[0].of.name} leads with {formats.share(now[0].usage)}."
    return f"{most.of.name} moved most since {human_day(since)}, {formats.points(change)} points to {share} of requests."
