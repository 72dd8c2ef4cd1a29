"""The tasks that one model is listed for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.base import formats
from generator.boards import joined_models, score_columns
from generator.boards.board import Board, BoardId, Boards, Column, Entity, UnrankedRow
from generator.boards.names import Names
from generator.boards.tasks import TaskBoard
from generator.boards.totals import most_first


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelTaskRow(UnrankedRow):
    """A task that the model is listed for; shares are summed over its listings, the rank is of such sums.

    Attributes:
        model_rank_low, model_rank_high: the ranks that a tie takes.
    """

    tag: Entity
    model_rank: int
    model_rank_low: int
    model_rank_high: int
    tag_usage_share: float
    tag_token_share: float


@dataclass(frozen=True, slots=True)
class ModelTask:
    """A model's row for one task, and the board of the task.

    Attributes:
        leads: no other model is chosen as often for the task.
    """

    board: TaskBoard
    row: ModelTaskRow
    leads: bool = False


def tasks_by_model(boards: Boards, names: Names) -> dict[str, list[ModelTask]]:
    """Return by canonical slug the tasks that every model is listed for."""
    by_model: dict[str, list[ModelTask]] = {}
    for board in boards.of_type(TaskBoard):
        for slug, row in _rows(board, names):
            task = ModelTask(board, row, leads=row.model_rank_high == 1)
            by_model.setdefault(slug, []).append(task)
    return by_model


def _rows(board: TaskBoard, names: Names) -> Iterator[tuple[str, ModelTaskRow]]:
    """Yield the row of each model that is listed for a task, by its canonical slug."""
    requests = [(row.model_permaslug.id, row.tag_usage_share) for row in board.ranked]
    tokens = [(row.model_permaslug.id, row.tag_token_share) for row in board.ranked]
    usage_shares = joined_models.sums(requests, names)
    token_shares = joined_models.sums(tokens, names)
    tag = Entity(board.task.id, board.task.name, board.task.path)
    ordered = most_first(usage_shares)
    for ranks, slug in score_columns.with_ranks(
        ordered, lambda slug: formats.share(usage_shares[slug])
    ):
        row = ModelTaskRow(
            tag=tag,
            model_rank=ranks.low,
            model_rank_low=ranks.low,
            model_rank_high=ranks.high,
            tag_usage_share=usage_shares[slug],
            tag_token_share=token_shares[slug],
        )
        yield slug, row


_COLUMNS = (
    Column("tag", "Task", "entity"),
    Column("model_rank", "Model rank", "rank", "Rank among the models listed for the task"),
    *score_columns.rank_range("model_rank"),
    Column("tag_usage_share", "Requests", "share", "Of the task's requests", bar=True),
    Column("tag_token_share", "Tokens", "share", "Of the task's tokens"),
)


def tasks_board(slug: str, model: Entity, tasks: Sequence[ModelTask]) -> Board[ModelTaskRow] | None:
    """Return the tasks that a model is listed for, by its place; None when there is none."""
    if not tasks:
        return None
    rows = [task.row for task in tasks]
    rows.sort(key=lambda row: (row.model_rank, row.tag.name))
    source = tasks[0].board
    return Board(
        id=BoardId("tasks", slug),
        title=f"What is {model.name} used for?",
        columns=_COLUMNS,
        phone=("tag", "model_rank", "tag_usage_share"),
        rows=tuple(rows),
        citations=source.citations,
        datasets=source.datasets,
        notes=(
            "The source lists only the most-used models of each task.",
            "Shares that are displayed alike are level and share a range of ranks.",
        ),
        scope=source.scope,
        processing="Sums over listings and ranks are computed here.",
    )
