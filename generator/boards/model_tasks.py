"""The tasks that one model is listed for."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.boards.board import Board, BoardId, Boards, Column, Entity, UnrankedRow
from generator.boards.names import Names
from generator.boards.tasks import TaskBoard, TaskModelRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelTaskRow(UnrankedRow):
    """A task that the model is listed for, with its place and shares there."""

    tag: Entity
    rank: int
    tag_usage_share: float
    tag_token_share: float


@dataclass(frozen=True, slots=True)
class ModelTask:
    """A model's row on the board of one task."""

    board: TaskBoard
    row: TaskModelRow


def tasks_by_model(boards: Boards, names: Names) -> dict[str, list[ModelTask]]:
    """Return by canonical slug the tasks that every model is listed for."""
    by_model: dict[str, list[ModelTask]] = {}
    for board in boards.of_type(TaskBoard):
        for row in board.ranked:
            slug = names.canonical(row.model_permaslug.id)
            by_model.setdefault(slug, []).append(ModelTask(board, row))
    return by_model


def tasks_board(slug: str, model: Entity, tasks: Sequence[ModelTask]) -> Board[ModelTaskRow] | None:
    """Return the tasks that a model is listed for, by its place; None when there is none."""
    if not tasks:
        return None
    rows = [_task_row(task) for task in tasks]
    rows.sort(key=lambda row: (row.rank, row.tag.name))
    source = tasks[0].board
    return Board(
        id=BoardId("tasks", slug),
        title=f"What is {model.name} chosen for?",
        columns=(
            Column("tag", "Task", "entity"),
            Column("rank", "Rank", "rank", "Place among the models listed for the task"),
            Column("tag_usage_share", "Requests", "share", "Of the task's requests", bar=True),
            Column("tag_token_share", "Tokens", "share", "Of the task's tokens"),
        ),
        rows=tuple(rows),
        citations=source.citations,
        datasets=source.datasets,
        notes=("Only the most chosen models of each task are listed by the source.",),
        scope=source.scope,
        processing="Ranks are computed here.",
    )


def _task_row(task: ModelTask) -> ModelTaskRow:
    entity = task.board.task
    return ModelTaskRow(
        tag=Entity(entity.id, entity.name, entity.path),
        rank=task.row.rank or 0,
        tag_usage_share=task.row.tag_usage_share,
        tag_token_share=task.row.tag_token_share,
    )
