"""Artificial Analysis: which models score highest."""

from generator.boards import score_columns
from generator.boards.board import Board, Column, Row
from generator.boards.names import Names
from generator.endpoints import benchmarks as source
from generator.endpoints.endpoint import Facts

_BOARD_COLUMNS = (
    score_columns.RANK,
    score_columns.MODEL,
    score_columns.INDEX,
    Column("coding_index", "Coding", "score", "Composite index for coding"),
    Column("agentic_index", "Agentic", "score", "Composite index for agentic work"),
    score_columns.PROMPT,
    score_columns.COMPLETION,
)


def board(facts: Facts, names: Names) -> Board:
    """Every scored row by intelligence, those without a score last."""
    rows = [row for row in facts.rows if isinstance(row, source.AnalysisRow)]
    ordered = sorted(
        rows,
        key=lambda row: (
            score_columns.missing_last(row.intelligence_index),
            row.model_permaslug,
            row.display_name,
        ),
    )
    scored = [row for row in ordered if row.intelligence_index is not None]
    placed = score_columns.ranks([row.intelligence_index for row in scored])
    board_rows = tuple(
        Row(
            {
                "rank": placed[number] if number < len(placed) else None,
                "model_permaslug": score_columns.entity(row, names),
                "intelligence_index": row.intelligence_index,
                "coding_index": row.coding_index,
                "agentic_index": row.agentic_index,
                "prompt": score_columns.price(row, "prompt"),
                "completion": score_columns.price(row, "completion"),
            },
            "ranked" if number < len(placed) else "unranked",
        )
        for number, row in enumerate(ordered)
    )
    return Board(
        id="artificial-analysis",
        title="Which models score highest?",
        columns=_BOARD_COLUMNS,
        rows=board_rows,
        citations=facts.citations,
        datasets=(source.ARTIFICIAL_ANALYSIS.name,),
        finding=score_columns.leads(board_rows, "intelligence_index", "on the intelligence index"),
        notes=(
            "Sorted by intelligence; a dash means that an index was not measured.",
            "One model can stand here more than once, under different settings.",
        ),
        scope=score_columns.AA_SCOPE,
        processing="Ranks are computed here; scores and prices are the source's.",
    )
