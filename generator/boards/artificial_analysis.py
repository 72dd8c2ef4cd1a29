"""Artificial Analysis: which models score highest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.base import formats
from generator.boards import price_columns, score_columns
from generator.boards.board import AnyBoard, Board, BoardId, BoardRow, Column, Entity
from generator.boards.intervals import tied_rank_ranges
from generator.boards.names import Names
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

    rank: int | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    model_permaslug: Entity
    intelligence_index: float | None
    coding_index: float | None
    agentic_index: float | None
    prompt: str | None = None
    completion: str | None = None


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
    rows = list(_rows(facts, names))
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


def _rows(facts: Facts[AnalysisRow], names: Names) -> Iterator[AnalysisBoardRow]:
    """Yield the ranked models, the highest index first, then those without an index."""
    ordered = sorted(facts.rows, key=_order)
    scores = [row.intelligence_index for row in ordered if row.intelligence_index is not None]
    places = tied_rank_ranges([formats.number(score) for score in scores])
    for row, place in zip(ordered[: len(places)], places, strict=True):
        yield replace(
            _unranked(row, names),
            standing="ranked",
            rank=place.low,
            rank_low=place.low,
            rank_high=place.high,
        )
    for row in ordered[len(places) :]:
        yield _unranked(row, names)


def _unranked(row: AnalysisRow, names: Names) -> AnalysisBoardRow:
    """Return a model's indices and prices, without a rank."""
    unpriced = AnalysisBoardRow(
        standing="unranked",
        model_permaslug=score_columns.scored_model(row, names),
        intelligence_index=row.intelligence_index,
        coding_index=row.coding_index,
        agentic_index=row.agentic_index,
    )
    if row.pricing is None:
        return unpriced
    return replace(unpriced, prompt=row.pricing.prompt, completion=row.pricing.completion)


MAKER = BoardMaker(families=("artificial-analysis",), make=boards, needs=("analysis",))
