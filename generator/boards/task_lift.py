"""Lift: the share a model has of a task over its share of all tasks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.base import formats
from generator.boards import level_words
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.intervals import (
    Interval,
    at_least,
    at_most,
    lift_interval,
    share_interval,
    unlisted_share,
)
from generator.boards.names import Names
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.tasks import SCOPE, task_entity
from generator.boards.totals import most_first
from generator.endpoints.task_classifications import NAME, TaskRow

MODELS = 8
"""The number of the most chosen models that are shown."""
LEAST_SHARE = 0.01
"""Models with less than this share of all requests are left out: their lifts say little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftRow(UnrankedRow):
    """A model's share of one task's requests, its share of all requests, and the first over the second.

    Attributes:
        least_lift, most_lift: what rounded shares and the models that a task does not list leave of the lift.
    """

    model_permaslug: Entity
    tag: Entity
    lift: float
    least_lift: float
    most_lift: float
    tag_usage_share: float
    overall: float


_COLUMNS = (
    Column("model_permaslug", "Model", "entity"),
    Column("tag", "Task", "entity"),
    Column(
        "lift",
        "Lift",
        "score",
        "Share in the task over share in all tasks; above 1 means used more than usual",
    ),
    Column("least_lift", "At least", "score", "The lowest lift that rounding and cut lists leave"),
    Column("most_lift", "At most", "score", "The highest lift that rounding and cut lists leave"),
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
        title="What is each model used for more than usual?",
        columns=_COLUMNS,
        models="model_permaslug",
        phone=("model_permaslug", "tag", "lift"),
        rows=tuple(rows),
        citations=facts.citations,
        datasets=(NAME,),
        finding=finding(rows),
        notes=(
            f"The {MODELS} most-used models; only tasks for which the source lists them.",
            "The overall share counts listed tasks only, since a task lists its most-used models only.",
            "The range of a lift is what these cuts and the rounding of shares leave of it.",
            "Shares of less than 0.5% of a task are left out.",
        ),
        scope=SCOPE,
        processing="Overall shares and lifts are computed here.",
    )


def _overall_shares(tasks: Sequence[TaskRow]) -> dict[str, float]:
    """Return each model's share of all classified requests, summed over the tasks it is listed for."""
    shares: dict[str, float] = {}
    for task in tasks:
        for model in task.models:
            share = task.usage_share * model.tag_usage_share
            shares[model.id] = shares.get(model.id, 0.0) + share
    return shares


def _parts_of_requests(tasks: Sequence[TaskRow], slug: str) -> dict[str, Interval]:
    """Return by task the part of all requests that the model can have there."""
    parts: dict[str, Interval] = {}
    for task in tasks:
        weight = share_interval(task.usage_share)
        listed = {model.id: model.tag_usage_share for model in task.models}
        share = Interval(0.0, unlisted_share(list(listed.values())))
        if slug in listed:
            share = share_interval(listed[slug])
        parts[task.tag] = Interval(weight.low * share.low, weight.high * share.high)
    return parts


def _rows(
    tasks: Sequence[TaskRow], overall: Mapping[str, float], names: Names
) -> Iterator[LiftRow]:
    """Yield the lifts of the most chosen models in the tasks that list them; those of tiny shares are left out."""
    most_chosen = most_first(overall)[:MODELS]
    shown = {slug for slug in most_chosen if overall[slug] >= LEAST_SHARE}
    parts = {slug: _parts_of_requests(tasks, slug) for slug in shown}
    for task in tasks:
        for model in task.models:
            if model.id not in shown:
                continue
            elsewhere = _outside(task.tag, parts[model.id])
            lift = lift_interval(model.tag_usage_share, task.usage_share, elsewhere)
            if lift is None:
                continue
            yield LiftRow(
                model_permaslug=names.model(model.id),
                tag=task_entity(task),
                lift=round(model.tag_usage_share / overall[model.id], 2),
                least_lift=at_least(lift.low, 2),
                most_lift=at_most(lift.high, 2),
                tag_usage_share=model.tag_usage_share,
                overall=round(overall[model.id], 4),
            )


def _outside(tag: str, parts: Mapping[str, Interval]) -> Interval:
    """Return the part of all requests that a model can have in all tasks but one."""
    others = [part for other, part in parts.items() if other != tag]
    return Interval(sum(part.low for part in others), sum(part.high for part in others))


def _largest_first(row: LiftRow) -> tuple[float, str, str]:
    return -row.lift, row.model_permaslug.id, row.tag.id


def finding(rows: Sequence[LiftRow]) -> str:
    """Return the sentence on the largest lift, with its range and the number of lifts that could be as large.

    Empty without rows.

    Args:
        rows: the largest lift first.
    """
    if not rows:
        return ""
    best = rows[0]
    low, high = at_least(best.least_lift), at_most(best.most_lift)
    sentence = (
        f"{level_words.name(best.model_permaslug)} is used for {level_words.name(best.tag)} "
        f"at least {formats.number(low)} and at most {formats.times(formats.number(high))} as often "
        "as across all tasks, the highest such ratio of the most-used models"
    )
    reaching = sum(row.most_lift >= best.least_lift for row in rows[1:])
    if reaching:
        sentence += f" ({formats.counted(reaching, 'other')} could be level with it)"
    return f"{sentence}."


MAKER = BoardMaker(families=("task-lift",), make=boards, needs=("tasks",))
