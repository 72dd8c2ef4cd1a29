"""Tasks by their share of the classified sample of requests, and the models chosen for each."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from generator.base import formats, isolation, paths
from generator.base.isolation import Failure
from generator.boards import level_words, score_columns, sentences
from generator.boards.board import (
    AnyBoard,
    Board,
    BoardId,
    BoardRow,
    Column,
    Entity,
    UnrankedRow,
)
from generator.boards.intervals import at_least, at_most, ratio_interval, ties
from generator.boards.names import Names
from generator.boards.rank_stability import RankRange
from generator.boards.sources import BoardMaker, Sources, required
from generator.endpoints.endpoint import Facts
from generator.endpoints.task_classifications import NAME, MacroRow, TaskRow

SCOPE = (
    "Shares of classified, sampled requests of seven days; requests that were not classified are left out. "
    "Shares are rounded to three places by the source."
)
ID = BoardId("tasks")
TASK_FAMILY = "task"
_RANKS = (
    Column("rank", "Rank", "rank"),
    Column("rank_low", "Best rank", "rank", "The best rank that a tie takes", in_table=False),
    Column("rank_high", "Worst rank", "rank", "The worst rank that a tie takes", in_table=False),
)
_MODEL = Column("model_permaslug", "Model", "entity")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskBoardRow(BoardRow):
    """A task's shares of requests and tokens.

    Attributes:
        rank_low, rank_high: the ranks that a tie takes.
        intensity: the share of tokens over that of requests; None where one of them is below 0.5%.
        least_intensity, most_intensity: what the rounding of both shares leaves of it.
    """

    rank: int
    rank_low: int
    rank_high: int
    tag: Entity
    macro_category: str
    usage_share: float
    token_share: float
    intensity: float | None
    least_intensity: float | None
    most_intensity: float | None
    leader: Entity | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow(UnrankedRow):
    """A kind of work with its shares of requests and tokens."""

    macro_category: str
    label: str
    usage_share: float
    token_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskModelRow(BoardRow):
    """A model's shares of one task's requests and tokens; the ``other`` row is the remainder.

    Attributes:
        rank_low, rank_high: the ranks that a tie takes.
    """

    rank: int | None
    rank_low: int | None
    rank_high: int | None
    model_permaslug: Entity
    tag_usage_share: float
    tag_token_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskBoard(Board[TaskModelRow]):
    """The models chosen for one task; ``path`` is the task's page inside the site."""

    task: Entity
    path: str


def boards(sources: Sources) -> Iterator[AnyBoard | Failure]:
    """Yield all tasks, the kinds of work, and one board per task; a task that fails costs only itself."""
    facts, kinds = required(sources.tasks), required(sources.kinds_of_work)
    tasks = sorted(facts.rows, key=lambda row: (-row.usage_share, row.tag))
    labels = {row.key: formats.sanitize(row.label) for row in kinds.rows}
    yield _tasks(tasks, labels, facts, sources.names)
    yield _kinds(kinds)
    for task in tasks:
        make = partial(_task, task, facts, sources.names)
        yield isolation.attempt(make, f"the board of the task {formats.sanitize(task.tag)}")


def task_path(row: TaskRow) -> str:
    """Return the task's page inside the site."""
    return f"tasks/{paths.lone_part(row.tag)}/"


def task_entity(row: TaskRow) -> Entity:
    """Return the task under its name, linked to its page."""
    name, tag = formats.sanitize(row.display_name), formats.sanitize(row.tag)
    return Entity(row.tag, name, task_path(row), detail=tag)


_TASKS_COLUMNS = (
    *_RANKS,
    Column("tag", "Task", "entity"),
    Column("macro_category", "Group", "text"),
    Column("usage_share", "Requests", "share", "Of classified, sampled requests", bar=True),
    Column("token_share", "Tokens", "share", "Of the tokens of those requests"),
    Column(
        "intensity",
        "Intensity",
        "score",
        "Share of tokens over share of requests, where both are 0.5% or more; above 1 means long requests",
    ),
    Column("least_intensity", "From", "score", "The lowest intensity that rounded shares leave"),
    Column("most_intensity", "To", "score", "The highest intensity that rounded shares leave"),
    Column("leader", "Top model", "entity", "Of several with one share the first in the source"),
)


def _tasks(
    tasks: Sequence[TaskRow], labels: Mapping[str, str], facts: Facts[TaskRow], names: Names
) -> Board[TaskBoardRow]:
    rows: list[TaskBoardRow] = []
    for ranks, task in score_columns.with_ranks(
        tasks, lambda task: formats.share(task.usage_share)
    ):
        rows.append(_task_row(ranks, task, labels, names))
    leaders = [row.leader.id for row in rows if row.leader]
    return Board(
        id=ID,
        title="What are models used for?",
        columns=_TASKS_COLUMNS,
        phone=("rank", "tag", "usage_share", "token_share"),
        rows=tuple(rows),
        citations=facts.citations,
        datasets=(NAME,),
        finding=tasks_finding(rows),
        notes=(
            "Shares that are displayed alike are level and share a range of ranks.",
            "Intensity is the share of tokens divided by the share of requests, where both are 0.5% or more.",
            "Its range is what the rounding of both shares leaves.",
            *_unlisted(leaders, names),
        ),
        scope=SCOPE,
        processing="Ranks and intensity are computed here.",
    )


def _leader(task: TaskRow, names: Names) -> Entity | None:
    """Return the model chosen most, of several with one share the first in the source; None without models."""
    if not task.models:
        return None
    # A fault in one task's models must cost that task's board only, so their ids are not compared here.
    leader = max(task.models, key=lambda model: model.tag_usage_share)
    return names.model(leader.id)


def _task_row(
    ranks: RankRange, task: TaskRow, labels: Mapping[str, str], names: Names
) -> TaskBoardRow:
    label = labels.get(task.macro_category, formats.sanitize(task.macro_category))
    row = TaskBoardRow(
        rank=ranks.low,
        rank_low=ranks.low,
        rank_high=ranks.high,
        tag=task_entity(task),
        macro_category=label,
        usage_share=task.usage_share,
        token_share=task.token_share,
        intensity=None,
        least_intensity=None,
        most_intensity=None,
        leader=_leader(task, names),
    )
    possible = ratio_interval(task.token_share, task.usage_share)
    if possible is None:
        return row
    return replace(
        row,
        intensity=round(task.token_share / task.usage_share, 2),
        least_intensity=at_least(possible.low, 2),
        most_intensity=at_most(possible.high, 2),
    )


def tasks_finding(rows: Sequence[BoardRow]) -> str:
    """Return the sentence on the most common tasks and on those that take most tokens.

    Empty where no task has a share.

    Args:
        rows: with the task under ``tag``, and its shares.
    """
    parts = [_part(row.entity("tag"), row) for row in rows]
    return _shares_finding(parts, "task", "tasks")


def kinds_finding(rows: Sequence[BoardRow]) -> str:
    """Return the sentence of :func:`tasks_finding` on kinds of work, whose name stands under ``label``."""
    parts: list[_Part] = []
    for row in rows:
        kind = Entity(str(row["macro_category"]), str(row["label"]))
        parts.append(_part(kind, row))
    return _shares_finding(parts, "type of work", "types of work")


NO_SHARE = "All shares are zero."
"""What is said of a chart whose rows have no share."""
_NOTHING = formats.share(0.0)


@dataclass(frozen=True, slots=True)
class _Part:
    """A task or a kind of work, with its shares of requests and tokens."""

    entity: Entity
    requests: float
    tokens: float


def _part(entity: Entity, row: BoardRow) -> _Part:
    """Return what a row says of the shares of a task or a kind of work; what it does not say counts as none."""
    return _Part(entity, row.number("usage_share") or 0.0, row.number("token_share") or 0.0)


def _shares_finding(parts: Sequence[_Part], one: str, several: str) -> str:
    """Return what is most common, and what else uses most tokens; empty where nothing has a share.

    Args:
        parts: all tasks or all kinds of work.
        one, several: what they are called: ``task``, ``tasks``.
    """
    if len(parts) == 1:
        return f"{level_words.name(parts[0].entity)} is the only {one}."
    common, requests = _largest(parts, lambda part: part.requests)
    heavy, tokens = _largest(parts, lambda part: part.tokens)
    clauses: list[str] = []
    if len(common) == 1:
        name = level_words.name(common[0])
        clauses.append(f"{name} is the most common {one} with {requests} of requests")
    elif common:
        names = level_words.names(common)
        clauses.append(f"{names} are the most common {several}, level at {requests} of requests")
    if len(heavy) == 1 and heavy != common:
        clauses.append(f"{level_words.name(heavy[0])} uses the most tokens, {tokens}")
    elif len(heavy) > 1:
        clauses.append(f"{level_words.names(heavy)} use the most tokens, level at {tokens}")
    return sentences.joined(clauses)


def _largest(parts: Sequence[_Part], share: Callable[[_Part], float]) -> tuple[list[Entity], str]:
    """Return what has the largest displayed share, and that; nothing where it is zero."""
    ordered = sorted(parts, key=lambda part: (-share(part), part.entity.id))
    groups = ties(ordered, lambda part: formats.share(share(part)))
    if not groups:
        return [], ""
    level = groups[0]
    shown = formats.share(share(level[0]))
    if shown == _NOTHING:
        return [], ""
    return [part.entity for part in level], shown


def _kinds(facts: Facts[MacroRow]) -> Board[KindRow]:
    kinds = sorted(facts.rows, key=lambda kind: (-kind.usage_share, kind.key))
    rows = [_kind_row(kind) for kind in kinds]
    return Board(
        id=BoardId("tasks-macro"),
        title="Requests vs tokens by type of work",
        columns=(
            Column("macro_category", "ID", "text"),
            Column("label", "Type of work", "text"),
            Column("usage_share", "Requests", "share", "Of classified, sampled requests"),
            Column("token_share", "Tokens", "share", "Of the tokens of those requests"),
        ),
        phone=("label", "usage_share", "token_share"),
        rows=tuple(rows),
        citations=facts.citations,
        datasets=(NAME,),
        finding=kinds_finding(rows),
        scope=SCOPE,
        processing="Order only.",
    )


def _kind_row(kind: MacroRow) -> KindRow:
    return KindRow(
        macro_category=formats.sanitize(kind.key),
        label=formats.sanitize(kind.label),
        usage_share=kind.usage_share,
        token_share=kind.token_share,
    )


_TASK_COLUMNS = (
    *_RANKS,
    _MODEL,
    Column("tag_usage_share", "Requests", "share", "Of this task's requests", bar=True),
    Column("tag_token_share", "Tokens", "share", "Of this task's tokens"),
)


def _task(task: TaskRow, facts: Facts[TaskRow], names: Names) -> TaskBoard:
    entity = task_entity(task)
    rows = list(_model_rows(task, names))
    return TaskBoard(
        id=BoardId(TASK_FAMILY, paths.lone_part(task.tag)),
        title=f"Which models are used for {entity.name}?",
        columns=_TASK_COLUMNS,
        models="model_permaslug",
        phone=("rank", "model_permaslug", "tag_usage_share", "tag_token_share"),
        rows=tuple(rows),
        citations=facts.citations,
        datasets=(NAME,),
        finding=task_finding(rows),
        notes=(
            "The source lists only the most-used models; the rest is shown as one row.",
            "Shares that are displayed alike are level and share a range of ranks.",
            *_unlisted([model.id for model in task.models], names),
        ),
        scope=SCOPE,
        processing="Ranks and the remainder are computed here.",
        task=entity,
        path=task_path(task),
    )


def _unlisted(ids: Iterable[str], names: Names) -> Iterator[str]:
    """Yield a note on the models that no catalog held here lists, if there are any."""
    models = {names.canonical(id_) for id_ in ids}
    unlisted = [slug for slug in models if not names.entries(slug)]
    if not unlisted:
        return
    verb = formats.inflected(len(unlisted), "is", "are")
    which = f"{len(unlisted):,} of the {len(models):,} models here"
    if len(unlisted) == len(models):
        which = formats.inflected(
            len(models), "The only model here", f"All {len(models):,} models here"
        )
    yield f"{which} {verb} in none of the archived model lists and {verb} shown by slug."


def task_finding(rows: Sequence[BoardRow]) -> str:
    """Return the sentence on the models that are chosen most for one task; empty where none has a share."""
    listed = [row for row in rows if row.standing == "ranked"]
    groups = ties(listed, _share_of_task)
    if not groups:
        return ""
    share = _share_of_task(groups[0][0])
    if share == _NOTHING:
        return ""
    models = [row.entity("model_permaslug") for row in groups[0]]
    names = level_words.names(models)
    if len(listed) == 1:
        return f"{names} is the only listed model, with {share} of the task's requests."
    if len(models) == 1:
        return f"{names} handles the most: {share} of the task's requests."
    return f"{names} are level, each with {share} of the task's requests."


def _share_of_task(row: BoardRow) -> str:
    return formats.share(row.number("tag_usage_share") or 0.0)


def _model_rows(task: TaskRow, names: Names) -> Iterator[TaskModelRow]:
    """Yield the task's models, most chosen first, then what they leave of its requests and tokens."""
    chosen = sorted(task.models, key=lambda model: (-model.tag_usage_share, model.id))
    for ranks, model in score_columns.with_ranks(
        chosen, lambda model: formats.share(model.tag_usage_share)
    ):
        yield TaskModelRow(
            rank=ranks.low,
            rank_low=ranks.low,
            rank_high=ranks.high,
            model_permaslug=names.model(model.id),
            tag_usage_share=model.tag_usage_share,
            tag_token_share=model.tag_token_share,
        )
    if chosen:
        yield TaskModelRow(
            standing="other",
            rank=None,
            rank_low=None,
            rank_high=None,
            model_permaslug=Entity("other", "All other models"),
            tag_usage_share=_rest(sum(model.tag_usage_share for model in chosen)),
            tag_token_share=_rest(sum(model.tag_token_share for model in chosen)),
        )


def _rest(total: float) -> float:
    """Return the remainder to one; rounded shares can sum to a little more, the remainder is then nothing."""
    return max(0.0, round(1 - total, 3))


MAKER = BoardMaker(
    families=("tasks", "tasks-macro", TASK_FAMILY),
    make=boards,
    needs=("tasks", "kinds_of_work"),
)
