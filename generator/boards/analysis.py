"""Artificial Analysis: which models score highest."""

from generator.boards import scores
from generator.boards.board import Board, Column, Row
from generator.boards.names import Names
from generator.endpoints import benchmarks as source
from generator.endpoints.endpoint import Facts

_BOARD_COLUMNS = (
    scores.RANK,
    scores.MODEL,
    scores.INDEX,
    Column("coding_index", "Coding", "score", "Composite index for coding"),
    Column("agentic_index", "Agentic", "score", "Composite index for agentic work"),
    scores.PROMPT,
    scores.COMPLETION,
)


def board(facts: Facts, names: Names) -> Board:
    """Every scored row by intelligence, those without a score last."""
    rows = [row for row in facts.rows if isinstance(row, source.AnalysisRow)]
    ordered = sorted(
        rows, key=lambda row: (scores.missing_last(row.intelligence_index), row.model_permaslug, row.display_name)
    )
    scored = [row for row in ordered if row.intelligence_index is not None]
    placed = scores.ranks([row.intelligence_index for row in scored])
    board_rows = tuple(
        Row(
            {
                "rank": placed[number] if number < len(placed) else None,
                "model_permaslug": scores.entity(row, names),
                "intelligence_index": row.intelligence_index,
                "coding_index": row.coding_index,
                "agentic_index": row.agentic_index,
                "prompt": scores.price(row, "prompt"),
                "completion": scores.price(row, "completion"),
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
        finding=scores.leads(board_rows, "intelligence_index", "on the intelligence index"),
        notes=(
            "Sorted by intelligence; a dash means that an index was not measured.",
            "One model can stand here more than once, under different settings.",
        ),
        scope=scores.AA_SCOPE,
        processing="Ranks are computed here; scores and prices are the source's.",
    )
