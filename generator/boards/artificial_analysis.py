"""Artificial Analysis: which models score highest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.base import formats
from generator.boards import price_columns, score_columns
from generator.boards.board import AnyBoard, Board, BoardId, BoardRow, Column, Entity, Standing
from generator.boards.intervals import tied_rank_ranges
from generator.boards.names import Names
from generator.boards.rank_stability import RankRange
from generator.boards.sources import BoardMaker, Sources, required
from generator.endpoints.benchmarks import ARTIFICIAL_ANALYSIS, AnalysisRow
from generator.endpoints.endpoint import Facts

ID = BoardId("artificial-analysis")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisBoardRow(BoardRow):
    """A model's indices and prices; without an intelligence index it is not ranked.

    Attributes:
        rank: of a tie the best that it takes.
        rank_low, rank_high: the ranks that a tie takes; the same where there is none.
    """

    rank: int | None
    rank_low: int | None
    rank_high: int | None
    model_permaslug: Entity
    intelligence_index: float | None
    coding_index: float | None
    agentic_index: float | None
    prompt: str | None
    completion: str | None


_COLUMNS = (
    score_columns.RANK,
    *score_columns.RANK_RANGE,
    score_columns.MODEL,
    score_columns.INDEX,
    Column("coding_index", "Coding", "score", "Composite index for coding"),
    Column("agentic_index", "Agentic", "score", "Composite index for agentic work"),
    price_columns.PROMPT,
    price_columns.COMPLETION,
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield every model by intelligence, those without an index last."""
    yield _board(required(sources.analysis), sources.names)


def _board(facts: Facts[AnalysisRow], names: Names) -> Board[AnalysisBoardRow]:
    ordered = sorted(facts.rows, key=_order)
    scores = [row.intelligence_index for row in ordered if row.intelligence_index is not None]
    shown = [formats.number(score) for score in scores]
    places: list[RankRange | None] = [*tied_rank_ranges(shown)]
    places += [None] * (len(ordered) - len(scores))
    rows = [_row(row, place, names) for row, place in zip(ordered, places, strict=True)]
    return Board(
        id=ID,
        title="Which models score highest?",
        columns=_COLUMNS,
        models="model_permaslug",
        phone=("rank", "model_permaslug", "intelligence_index", "coding_index"),
        rows=tuple(rows),
        citations=facts.citations,
        datasets=(ARTIFICIAL_ANALYSIS.name,),
        finding=finding(rows),
        notes=(
            "Sorted by intelligence; a dash means not measured.",
            "Scores that are displayed alike are level and share a range of ranks.",
            "A model can appear more than once with different settings.",
        ),
        scope=score_columns.AA_SCOPE,
        processing="Ranks are computed here; scores and prices are the source's.",
    )


def finding(rows: Iterable[BoardRow]) -> str:
    """Return the sentence on the highest intelligence index, empty when none is known."""
    scored = [(row.entity("model_permaslug"), row.number("intelligence_index")) for row in rows]
    return score_columns.leader_sentence(scored, "on the intelligence index")


def _order(row: AnalysisRow) -> tuple[tuple[bool, float], str, str, str]:
    missing_last = score_columns.missing_last(row.intelligence_index)
    # One name can stand for several settings, and the source's order is no fact.
    return missing_last, row.model_permaslug, row.display_name, repr(row)


def _row(row: AnalysisRow, place: RankRange | None, names: Names) -> AnalysisBoardRow:
    standing: Standing = "unranked" if place is None else "ranked"
    return AnalysisBoardRow(
        standing=standing,
        rank=place.low if place else None,
        rank_low=place.low if place else None,
        rank_high=place.high if place else None,
        model_permaslug=score_columns.scored_model(row, names),
        intelligence_index=row.intelligence_index,
        coding_index=row.coding_index,
        agentic_index=row.agentic_index,
        prompt=row.pricing.prompt if row.pricing else None,
        completion=row.pricing.completion if row.pricing else None,
    )


MAKER = BoardMaker(families=("artificial-analysis",), make=boards, needs=("analysis",))
