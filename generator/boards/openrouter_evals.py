"""OpenRouter's own evaluations: the best score of each first."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.base import formats
from generator.boards import score_columns
from generator.boards.board import AnyBoard, Board, BoardId, BoardRow, Column, Entity, grouped
from generator.boards.names import Names
from generator.boards.rank_stability import RankRange
from generator.boards.sources import BoardMaker, Sources, required
from generator.endpoints.benchmarks import OPENROUTER, EvalRow, SearchRow

ID = BoardId("openrouter-evals")


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationRow(BoardRow):
    """A model's score in one evaluation, ranked within it; a tie takes the ranks from ``rank_low`` to ``rank_high``."""

    rank: int
    rank_low: int
    rank_high: int
    benchmark_type: str
    model_permaslug: Entity
    score: float
    stddev: float | None
    cost: str | None
    tasks: int


_COLUMNS = (
    Column("benchmark_type", "Evaluation", "text"),
    score_columns.RANK,
    *score_columns.RANK_RANGE,
    score_columns.MODEL,
    Column(
        "score", "Score", "share", "Fraction correct, or the evaluation's primary score", bar=True
    ),
    Column("stddev", "Spread", "share", "Standard deviation over runs"),
    Column("cost", "Cost per task", "cost"),
    Column("tasks", "Tasks", "integer"),
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield one board of all evaluations; none while the source has no rows."""
    facts = required(sources.evaluations)
    if not facts.rows:
        return
    best_first = sorted(facts.rows, key=_order)
    evaluations = grouped(best_first, lambda row: row.benchmark_type)
    rows: list[EvaluationRow] = []
    for scored in evaluations.values():
        for ranks, row in score_columns.with_ranks(scored, lambda row: formats.share(_score(row))):
            rows.append(_row(ranks, row, sources.names))

    models = {row.model_permaslug for row in facts.rows}
    yield Board(
        id=ID,
        title="How do models score in OpenRouter's own evaluations?",
        columns=_COLUMNS,
        models="model_permaslug",
        phone=("benchmark_type", "model_permaslug", "score"),
        rows=tuple(rows),
        citations=facts.citations,
        datasets=(OPENROUTER.name,),
        finding=_finding(len(evaluations), len(models)),
        notes=("Scores of one evaluation that are displayed alike share a range of ranks.",),
        scope="Each evaluation has its own scale and tasks; compare within one, not across.",
        processing="Ranks are computed here.",
    )


def _row(ranks: RankRange, row: EvalRow | SearchRow, names: Names) -> EvaluationRow:
    cost = row.avg_cost_per_task
    return EvaluationRow(
        rank=ranks.low,
        rank_low=ranks.low,
        rank_high=ranks.high,
        benchmark_type=formats.sanitize(row.benchmark_type),
        model_permaslug=score_columns.scored_model(row, names),
        score=_score(row),
        stddev=row.accuracy_stddev if isinstance(row, EvalRow) else None,
        cost=None if cost is None else f"{Decimal(repr(cost)):f}",
        tasks=row.total_tasks,
    )


def _finding(evaluations: int, models: int) -> str:
    """Return how much was evaluated: ``3 evaluations of 4 models.``"""
    return f"{formats.counted(evaluations, 'evaluation')} of {formats.counted(models, 'model')}."


def _order(row: EvalRow | SearchRow) -> tuple[str, float, str, str, str]:
    """Return a sort key: by evaluation, the best score of each first."""
    # One name can stand for several settings, and the source's order is no fact.
    return row.benchmark_type, -_score(row), row.model_permaslug, row.display_name, repr(row)


def _score(row: EvalRow | SearchRow) -> float:
    """Return the share of tasks solved, or what a search evaluation states as its primary score."""
    if isinstance(row, EvalRow):
        return row.accuracy
    return row.primary_score


MAKER = BoardMaker(families=("openrouter-evals",), make=boards, needs=("evaluations",))
