"""OpenRouter's own evaluations."""

from collections.abc import Iterator

from generator.base import formats
from generator.boards import score_columns
from generator.boards.board import Board, Column, Row
from generator.boards.names import Names
from generator.endpoints import benchmarks as source
from generator.endpoints.endpoint import Facts


def boards(facts: Facts, names: Names) -> Iterator[Board]:
    """OpenRouter's own evaluations, best score per evaluation first."""
    rows = [row for row in facts.rows if isinstance(row, (source.EvalRow, source.SearchRow))]
    if not rows:
        return
    ordered = sorted(
        rows,
        key=lambda row: (row.benchmark_type, -_score(row), row.model_permaslug, row.display_name),
    )
    kinds: dict[str, list[source.EvalRow | source.SearchRow]] = {}
    for row in ordered:
        kinds.setdefault(row.benchmark_type, []).append(row)
    board_rows = []
    for group in kinds.values():
        for place, row in zip(
            score_columns.ranks([_score(row) for row in group]), group, strict=True
        ):
            cost = row.avg_cost_per_task
            board_rows.append(
                Row(
                    {
                        "rank": place,
                        "benchmark_type": formats.sanitize(row.benchmark_type),
                        "model_permaslug": score_columns.entity(row, names),
                        "score": _score(row),
                        "stddev": getattr(row, "accuracy_stddev", None),
                        "cost": None if cost is None else f"${cost:.4f}",
                        "tasks": row.total_tasks,
                    }
                )
            )
    yield Board(
        id="openrouter-evals",
        title="How do models do in OpenRouter's own evaluations?",
        columns=(
            Column("benchmark_type", "Evaluation", "text"),
            score_columns.RANK,
            score_columns.MODEL,
            Column(
                "score",
                "Score",
                "share",
                "Fraction right, or the evaluation's primary score",
                bar=True,
            ),
            Column("stddev", "Spread", "share", "Standard deviation over runs"),
            Column("cost", "Cost per task", "text"),
            Column("tasks", "Tasks", "integer"),
        ),
        rows=tuple(board_rows),
        citations=facts.citations,
        datasets=(source.OPENROUTER.name,),
        finding=f"{len(kinds)} evaluations of {len({row.model_permaslug for row in rows})} models.",
        scope="Each evaluation has its own scale and tasks; compare within one, not across.",
        processing="Ranks are computed here.",
    )


def _score(row: source.EvalRow | source.SearchRow) -> float:
    return row.accuracy if isinstance(row, source.EvalRow) else row.primary_score
