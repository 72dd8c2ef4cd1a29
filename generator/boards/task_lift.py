"""Lift: the share a model has of a task over its share of all tasks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.base import formats
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.names import Names
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.tasks import SCOPE, task_entity
from generator.boards.totals import most_first
from generator.endpoints.task_classifications import NAME, TaskRow

MODELS = 8
"""How many of the most chosen models are shown."""
LEAST_SHARE = 0.01
"""Models with less than this share of all requests are left out: their lifts say little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftRow(UnrankedRow):
    """A model's share of one task's requests, its share of all requests, and the first over the second."""

    model_permaslug: Entity
    tag: Entity
    lift: float
    tag_usage_share: float
    overall: float


_COLUMNS = (
    Column("model_permaslug", "Model", "entity"),
    Column("tag", "Task", "entity"),
    Column(
        "lift",
        "Lift",
        "score",
        "Share in the task over share in all tasks; above 1 it is a speciality",
    ),
    Column("tag_usage_share", "In the task", "share", "Of the task's requests"),
    Column("overall", "Overall", "share", "Of all classified requests, where it is listed"),
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the lifts of the most chosen models, the largest first."""
    facts = required(sources.tasks)
    overall = _overall_shares(facts.rows)
    rows = sorted(_rows(facts.rows, overall, sources.names), key=_largest_first)
    yield Board(
        id=BoardId("task-lift"),
        title="What is each model chosen for above its weight?",
        columns=_COLUMNS,
        rows=tuple(rows),
        citations=facts.citations,
        datasets=(NAME,),
        finding=_finding(rows),
        notes=(
            f"The {MODELS} models chosen most; only tasks for which the source lists them.",
            "The overall share counts listed tasks only, so a lift can be a little too high.",
        ),
        scope=SCOPE,
        processing="Overall shares and lifts are computed here.",
    )


def _overall_shares(tasks: Sequence[TaskRow]) -> dict[str, float]:
    """Each model's share of all classified requests, summed over the tasks it is listed for."""
    shares: dict[str, float] = {}
    for task in tasks:
        for model in task.models:
            share = task.usage_share * model.tag_usage_share
            shares[model.id] = shares.get(model.id, 0.0) + share
    return shares


def _rows(
    tasks: Sequence[TaskRow], overall: Mapping[str, float], names: Names
) -> Iterator[LiftRow]:
    most_chosen = most_first(overall)[:MODELS]
    shown = {slug for slug in most_chosen if overall[slug] >= LEAST_SHARE}
    for task in tasks:
        for model in task.models:
            if model.id in shown:
                yield LiftRow(
                    model_permaslug=names.model(model.id),
                    tag=task_entity(task),
                    lift=round(model.tag_usage_share / overall[model.id], 2),
                    tag_usage_share=model.tag_usage_share,
                    overall=round(overall[model.id], 4),
                )


def _largest_first(row: LiftRow) -> tuple[float, str, str]:
    return -row.lift, row.model_permaslug.id, row.tag.id


def _finding(rows: Sequence[LiftRow]) -> str:
    if not rows:
        return ""
    best = rows[0]
    times = formats.number(best.lift)
    return (
        f"{best.model_permaslug.name} is chosen for {best.tag.name} "
        f"{times} times as often as over all tasks."
    )


MAKER = BoardMaker(families=("task-lift",), make=boards, needs=("tasks",))
