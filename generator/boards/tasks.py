"""Tasks by their share of the classified sample of requests, and the models chosen for each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from generator.base import formats, isolation, paths
from generator.base.isolation import Failure
from generator.boards.board import (
    AnyBoard,
    Board,
    BoardId,
    BoardRow,
    Column,
    Entity,
    UnrankedRow,
)
from generator.boards.names import Names
from generator.boards.sources import BoardMaker, Sources, required
from generator.endpoints.endpoint import Facts
from generator.endpoints.task_classifications import NAME, MacroRow, TaskRow

SCOPE = (
    "Shares of classified, sampled requests of seven days; requests that were not classified are left out. "
    "Shares are rounded to three places by the source."
)
ID = BoardId("tasks")
TASK_FAMILY = "task"
_RANK = Column("rank", "Rank", "rank")
_MODEL = Column("model_permaslug", "Model", "entity")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskBoardRow(BoardRow):
    """A task's shares of requests and tokens; ``intensity`` is the second over the first."""

    rank: int
    tag: Entity
    macro_category: str
    usage_share: float
    token_share: float
    intensity: float | None
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
    """A model's shares of one task's requests and tokens; the ``other`` row is the remainder."""

    rank: int | None
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
    return f"tasks/{paths.part(row.tag)}/"


def task_entity(row: TaskRow) -> Entity:
    """Return the task under its name, linked to its page."""
    name, tag = formats.sanitize(row.display_name), formats.sanitize(row.tag)
    return Entity(row.tag, name, task_path(row), detail=tag)


_TASKS_COLUMNS = (
    _RANK,
    Column("tag", "Task", "entity"),
    Column("macro_category", "Group", "text"),
    Column("usage_share", "Requests", "share", "Of classified, sampled requests", bar=True),
    Column("token_share", "Tokens", "share", "Of the tokens of those requests"),
    Column(
        "intensity",
        "Intensity",
        "score",
        "Share of tokens over share of requests; above 1 is heavy",
    ),
    Column("leader", "Most chosen model", "entity"),
)


def _tasks(
    tasks: Sequence[TaskRow], labels: Mapping[str, str], facts: Facts[TaskRow], names: Names
) -> Board[TaskBoardRow]:
    rows = [_task_row(rank, task, labels, names) for rank, task in enumerate(tasks, 1)]
    return Board(
        id=ID,
        title="What are models used for?",
        columns=_TASKS_COLUMNS,
        rows=tuple(rows),
        citations=facts.citations,
        datasets=(NAME,),
        finding=_tasks_finding(tasks),
        notes=(
            "Intensity is the share of tokens divided by the share of requests.",
            *_unlisted((task.models[0].id for task in tasks if task.models), names),
        ),
        scope=SCOPE,
        processing="Ranks and intensity are computed here.",
    )


def _task_row(rank: int, task: TaskRow, labels: Mapping[str, str], names: Names) -> TaskBoardRow:
    label = labels.get(task.macro_category, formats.sanitize(task.macro_category))
    intensity = round(task.token_share / task.usage_share, 2) if task.usage_share else None
    return TaskBoardRow(
        rank=rank,
        tag=task_entity(task),
        macro_category=label,
        usage_share=task.usage_share,
        token_share=task.token_share,
        intensity=intensity,
        leader=names.model(task.models[0].id) if task.models else None,
    )


def _tasks_finding(tasks: Sequence[TaskRow]) -> str:
    if not tasks:
        return ""
    first = tasks[0]
    share = formats.share(first.usage_share)
    name = formats.sanitize(first.display_name)
    finding = f"{name} is the most common task with {share} of requests"

    heaviest = max(tasks, key=lambda task: (task.token_share, task.tag))
    if heaviest is not first:
        share = formats.share(heaviest.token_share)
        finding += f"; {formats.sanitize(heaviest.display_name)} takes most tokens, {share}"
    return finding + "."


def _kinds(facts: Facts[MacroRow]) -> Board[KindRow]:
    kinds = sorted(facts.rows, key=lambda kind: (-kind.usage_share, kind.key))
    rows = [
        KindRow(
            macro_category=formats.sanitize(kind.key),
            label=formats.sanitize(kind.label),
            usage_share=kind.usage_share,
            token_share=kind.token_share,
        )
        for kind in kinds
    ]
    return Board(
        id=BoardId("tasks-macro"),
        title="Which kinds of work are common, and which are heavy?",
        columns=(
            Column("macro_category", "Key", "text"),
            Column("label", "Kind of work", "text"),
            Column("usage_share", "Requests", "share", "Of classified, sampled requests"),
            Column("token_share", "Tokens", "share", "Of the tokens of those requests"),
        ),
        rows=tuple(rows),
        citations=facts.citations,
        datasets=(NAME,),
        finding=_kinds_finding(kinds),
        scope=SCOPE,
        processing="Order only.",
    )


def _kinds_finding(kinds: Sequence[MacroRow]) -> str:
    if not kinds:
        return ""
    heaviest = max(kinds, key=lambda kind: (kind.token_share, kind.key))
    tokens, requests = formats.share(heaviest.token_share), formats.share(heaviest.usage_share)
    name = formats.sanitize(heaviest.label)
    return f"{name} takes {tokens} of the tokens with {requests} of the requests."


_TASK_COLUMNS = (
    _RANK,
    _MODEL,
    Column("tag_usage_share", "Requests", "share", "Of this task's requests", bar=True),
    Column("tag_token_share", "Tokens", "share", "Of this task's tokens"),
)


def _task(task: TaskRow, facts: Facts[TaskRow], names: Names) -> TaskBoard:
    entity = task_entity(task)
    rows = list(_model_rows(task, names))
    finding = ""
    if rows:
        share = formats.share(rows[0].tag_usage_share)
        name = rows[0].model_permaslug.name
        finding = f"{name} is chosen most, for {share} of the task's requests."
    return TaskBoard(
        id=BoardId(TASK_FAMILY, paths.part(task.tag)),
        title=f"Which models are chosen for {entity.name}?",
        columns=_TASK_COLUMNS,
        rows=tuple(rows),
        citations=facts.citations,
        datasets=(NAME,),
        finding=finding,
        notes=(
            "The source lists the most chosen models only; the remainder to one is shown as models not listed.",
            *_unlisted((model.id for model in task.models), names),
        ),
        scope=SCOPE,
        processing="Ranks and the remainder are computed here.",
        task=entity,
        path=task_path(task),
    )


def _unlisted(ids: Iterable[str], names: Names) -> Iterator[str]:
    """Yield a note on the models that no catalogue held here lists, if there are any."""
    chosen = {names.canonical(id_) for id_ in ids}
    unlisted = [slug for slug in chosen if not names.entries(slug)]
    if unlisted:
        verb = "is" if len(unlisted) == 1 else "are"
        yield (
            f"{len(unlisted)} of the {len(chosen)} models named here {verb} in none of the model lists held here, "
            "and shown by the slug."
        )


def _model_rows(task: TaskRow, names: Names) -> Iterator[TaskModelRow]:
    """The task's models, most chosen first, then what they leave of its requests and tokens."""
    chosen = sorted(task.models, key=lambda model: (-model.tag_usage_share, model.id))
    for rank, model in enumerate(chosen, 1):
        yield TaskModelRow(
            rank=rank,
            model_permaslug=names.model(model.id),
            tag_usage_share=model.tag_usage_share,
            tag_token_share=model.tag_token_share,
        )
    if chosen:
        yield TaskModelRow(
            standing="other",
            rank=None,
            model_permaslug=Entity("other", "Models not listed"),
            tag_usage_share=_rest(sum(model.tag_usage_share for model in chosen)),
            tag_token_share=_rest(sum(model.tag_token_share for model in chosen)),
        )


def _rest(total: float) -> float:
    """The remainder to one; rounded shares can sum to a little more, the remainder is then nothing."""
    return max(0.0, round(1 - total, 3))


MAKER = BoardMaker(
    families=("tasks", "tasks-macro", TASK_FAMILY),
    make=boards,
    needs=("tasks", "kinds_of_work"),
)
