"""The scores of one model by every measure, each with its place among all models that have one."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from generator.base import formats
from generator.boards import artificial_analysis, openrouter_evals
from generator.boards.artificial_analysis import AnalysisBoardRow
from generator.boards.board import (
    AnyBoard,
    Board,
    BoardId,
    Boards,
    Column,
    Entity,
    UnrankedRow,
    citations_of,
    datasets_of,
)
from generator.boards.design_arena import CategoryBoard
from generator.boards.names import Names
from generator.boards.openrouter_evals import EvaluationRow

ARTIFICIAL_ANALYSIS, DESIGN_ARENA, OPENROUTER = "Artificial Analysis", "Design Arena", "OpenRouter"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow(UnrankedRow):
    """A model's score by one measure, with its place among ``of`` models that have one."""

    source: str
    measure: Entity
    score: float
    rank: int
    of: int
    tournaments: int | None
    as_of: str


@dataclass(frozen=True, slots=True)
class ModelScores:
    """A model's scores on one board, which credits them."""

    model: Entity
    board: AnyBoard
    rows: tuple[ScoreRow, ...]


@dataclass(frozen=True, slots=True)
class _Measure:
    """A measure of models, and the scores of all models by it, lowest first."""

    source: str
    entity: Entity
    scores: Sequence[float]
    as_of: str

    def row(self, score: float, shown: float, tournaments: int | None = None) -> ScoreRow:
        better = len(self.scores) - bisect_right(self.scores, score)
        return ScoreRow(
            source=self.source,
            measure=self.entity,
            score=float(shown),
            rank=1 + better,
            of=len(self.scores),
            tournaments=tournaments,
            as_of=self.as_of,
        )


def _measure(
    board: AnyBoard, source: str, name: str, path: str, scores: Iterable[float | None]
) -> _Measure:
    known = sorted(score for score in scores if score is not None)
    return _Measure(source, Entity(name, name, path), known, board.citations[0].human_as_of)


def scores_by_model(boards: Boards, names: Names) -> dict[str, list[ModelScores]]:
    """Return by canonical slug the scores of every model, board by board."""
    by_model: dict[str, list[ModelScores]] = {}
    for scores in chain(_analysis_scores(boards), _arena_scores(boards), _eval_scores(boards)):
        by_model.setdefault(names.canonical(scores.model.id), []).append(scores)
    return by_model


def _analysis_scores(boards: Boards) -> Iterator[ModelScores]:
    board = boards.find(artificial_analysis.ID, AnalysisBoardRow)
    if board is None:
        return
    path = "benchmarks/artificial-analysis/"
    measures = []
    for name, key in _INDICES.items():
        values = [row.number(key) for row in board.rows]
        measures.append(_measure(board, ARTIFICIAL_ANALYSIS, name, path, values))

    for row in board.rows:
        indices = [row.number(key) for key in _INDICES.values()]
        pairs = zip(measures, indices, strict=True)
        rows = [measure.row(score, score) for measure, score in pairs if score is not None]
        yield ModelScores(row.model_permaslug, board, tuple(rows))


_INDICES = {
    "Intelligence index": "intelligence_index",
    "Coding index": "coding_index",
    "Agentic index": "agentic_index",
}


def _arena_scores(boards: Boards) -> Iterator[ModelScores]:
    for board in boards.of_type(CategoryBoard):
        name = formats.sanitize(f"{board.category} ({board.arena})")
        scores = [row.elo for row in board.rows]
        measure = _measure(board, DESIGN_ARENA, name, board.path, scores)
        for row in board.rows:
            score = measure.row(row.elo, row.elo, row.tournaments)
            yield ModelScores(row.model_permaslug, board, (score,))


def _eval_scores(boards: Boards) -> Iterator[ModelScores]:
    board = boards.find(openrouter_evals.ID, EvaluationRow)
    if board is None:
        return
    scores = [row.score for row in board.rows]
    for row in board.rows:
        path = "benchmarks/openrouter/"
        measure = _measure(board, OPENROUTER, row.benchmark_type, path, scores)
        percent = round(row.score * 100, 1)
        yield ModelScores(row.model_permaslug, board, (measure.row(row.score, percent),))


def scores_board(slug: str, model: Entity, scores: Sequence[ModelScores]) -> Board[ScoreRow] | None:
    """Return all scores of a model, by source and place; None when nobody measured it."""
    rows = list(chain.from_iterable(part.rows for part in scores))
    if not rows:
        return None
    rows.sort(key=lambda row: (row.source, row.rank, row.measure.name))
    boards = [part.board for part in scores]
    columns = [
        Column("source", "Source", "text"),
        Column("measure", "Measure", "entity"),
        Column("score", "Score", "score"),
        Column("rank", "Rank", "rank"),
        Column("of", "Of", "integer", "Models with this score"),
    ]
    if any(row.tournaments is not None for row in rows):
        columns.append(_TOURNAMENTS)
    columns.append(Column("as_of", "As of", "text"))
    return Board(
        id=BoardId("scores", slug),
        title=f"How does {model.name} score?",
        columns=tuple(columns),
        rows=tuple(rows),
        citations=citations_of(boards),
        datasets=datasets_of(boards),
        notes=("Each measure has its own scale; ranks are among all models with that score.",),
        processing="Ranks are computed here.",
    )


_TOURNAMENTS = Column(
    "tournaments", "Tournaments", "integer", "On which the rating rests; few of them say little"
)
