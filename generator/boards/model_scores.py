"""The scores of one model by every measure, each with its place among all models that have one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from generator.base import formats
from generator.boards import artificial_analysis, openrouter_evals, score_columns
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
    has_values,
)
from generator.boards.design_arena import CategoryBoard, rating_interval
from generator.boards.intervals import Interval, interval_rank_ranges, tied_rank_ranges
from generator.boards.names import Names
from generator.boards.openrouter_evals import EvaluationRow
from generator.boards.rank_stability import RankRange

ARTIFICIAL_ANALYSIS, DESIGN_ARENA, OPENROUTER = "Artificial Analysis", "Design Arena", "OpenRouter"
INTELLIGENCE = "Intelligence index"
INDICES = {
    INTELLIGENCE: "intelligence_index",
    "Coding index": "coding_index",
    "Agentic index": "agentic_index",
}
"""The fields of the indices of Artificial Analysis, by name; what says most of a model comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow(UnrankedRow):
    """A model's score by one measure, with its place among ``of`` models that have one.

    Attributes:
        rank_low, rank_high: the ranks that ties as displayed, or the intervals of ratings, leave.
        day: that the source states them for; ``as_of`` is the same in words.
    """

    source: str
    measure: Entity
    score: float
    rank: int
    rank_low: int
    rank_high: int
    of: int
    tournaments: int | None
    as_of: str
    day: date

    @property
    def ranks(self) -> RankRange:
        """Return the range of the rank."""
        return RankRange(self.rank_low, self.rank_high)

    @property
    def score_words(self) -> str:
        """Return an index as it is written everywhere, with one place at least; empty for any other score."""
        return formats.index(self.score) if self.source == ARTIFICIAL_ANALYSIS else ""


@dataclass(frozen=True, slots=True)
class ModelScore:
    """A model's row for one measure, and the board that it comes from."""

    board: AnyBoard
    row: ScoreRow


@dataclass(frozen=True, slots=True)
class _Measure:
    """One index, one category of an arena or one evaluation: models are ranked within it alone."""

    board: AnyBoard
    source: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class _Score:
    """A listing's score.

    Attributes:
        value: by which it is ranked.
        shown: the same as it is shown: a share as a percentage.
        tournaments, interval: what a rating rests on, and how far it is certain.
    """

    listing: str
    value: float
    shown: float
    tournaments: int | None = None
    interval: Interval | None = None


def scores_by_model(boards: Boards, names: Names) -> dict[str, list[ModelScore]]:
    """Return by canonical slug the scores of every model, each ranked within its measure."""
    by_model: dict[str, list[ModelScore]] = {}
    measures = chain(_analysis_scores(boards), _arena_scores(boards), _eval_scores(boards))
    for measure, scores in measures:
        for slug, row in _ranked(measure, scores, names):
            by_model.setdefault(slug, []).append(ModelScore(measure.board, row))
    return by_model


def _ranked(
    measure: _Measure, scores: Iterable[_Score], names: Names
) -> Iterator[tuple[str, ScoreRow]]:
    """Yield each model's row: its listings and the settings it was measured under count once, by the best of them."""
    best: dict[str, _Score] = {}
    for score in scores:
        slug = names.canonical(score.listing)
        if slug not in best or score.value > best[slug].value:
            best[slug] = score

    ordered = sorted(best, key=lambda slug: -best[slug].value)
    scored = [best[slug] for slug in ordered]
    shown = [formats.number(score.shown) for score in scored]
    ties = ranges = tied_rank_ranges(shown)
    # Of an arena every model has an interval, of other measures none.
    intervals = [score.interval for score in scored if score.interval is not None]
    if intervals:
        ranges = interval_rank_ranges(intervals, shown)

    entity = Entity(measure.name, measure.name, measure.path)
    citation = measure.board.citations[0]
    as_of, day = citation.human_as_of, citation.day
    for slug, score, tie, ranks in zip(ordered, scored, ties, ranges, strict=True):
        row = ScoreRow(
            source=measure.source,
            measure=entity,
            score=float(score.shown),
            rank=tie.low,
            rank_low=ranks.low,
            rank_high=ranks.high,
            of=len(ordered),
            tournaments=score.tournaments,
            as_of=as_of,
            day=day,
        )
        yield slug, row


_Scored = Iterator[tuple[_Measure, list[_Score]]]
"""Measures, each with the scores of all listings and settings that have one."""


def _analysis_scores(boards: Boards) -> _Scored:
    board = boards.find(artificial_analysis.ID, AnalysisBoardRow)
    if board is None:
        return
    for name, key in INDICES.items():
        scores: list[_Score] = []
        for row in board.rows:
            index = row.number(key)
            if index is not None:
                scores.append(_Score(row.model_permaslug.id, index, index))
        path = "benchmarks/artificial-analysis/"
        yield _Measure(board, ARTIFICIAL_ANALYSIS, name, path), scores


def _arena_scores(boards: Boards) -> _Scored:
    for board in boards.of_type(CategoryBoard):
        name = formats.sanitize(f"{board.category} ({board.arena})")
        scores: list[_Score] = []
        for row in board.rows:
            listing, interval = row.model_permaslug.id, rating_interval(row)
            scores.append(_Score(listing, row.elo, row.elo, row.tournaments, interval))
        yield _Measure(board, DESIGN_ARENA, name, board.path), scores


def _eval_scores(boards: Boards) -> _Scored:
    board = boards.find(openrouter_evals.ID, EvaluationRow)
    if board is None:
        return
    evaluations: dict[str, list[_Score]] = {}
    for row in board.rows:
        percent = round(row.score * 100, 1)
        score = _Score(row.model_permaslug.id, row.score, percent)
        evaluations.setdefault(row.benchmark_type, []).append(score)
    for name, scores in evaluations.items():
        yield _Measure(board, OPENROUTER, name, "benchmarks/openrouter/"), scores


def index_scores(scores: Iterable[ScoreRow]) -> list[ScoreRow]:
    """Return a model's scores by the indices of Artificial Analysis, the intelligence index first."""
    by_index = {row.measure.name: row for row in scores if row.source == ARTIFICIAL_ANALYSIS}
    return [by_index[name] for name in INDICES if name in by_index]


def scores_board(slug: str, model: Entity, scores: Sequence[ModelScore]) -> Board[ScoreRow] | None:
    """Return all scores of a model, by source and place; None when nobody measured it."""
    if not scores:
        return None
    rows = [score.row for score in scores]
    rows.sort(key=lambda row: (row.source, row.rank, row.measure.name))
    boards = [score.board for score in scores]
    tournaments = (_TOURNAMENTS,) if has_values(rows, _TOURNAMENTS.key) else ()
    return Board(
        id=BoardId("scores", slug),
        title=f"{model.name}'s benchmark scores",
        columns=(*_COLUMNS, *tournaments, _AS_OF),
        phone=("measure", "score", "rank"),
        rows=tuple(rows),
        citations=citations_of(boards),
        datasets=datasets_of(boards),
        notes=(
            "Each measure has its own scale; ranks are among all models with that score.",
            "Where one model was measured several times, its best score counts.",
        ),
        processing="Ranks are computed here.",
    )


_COLUMNS = (
    Column("source", "Source", "text"),
    Column("measure", "Measure", "entity"),
    Column("score", "Score", "score", mixed=True),
    Column("rank", "Rank", "rank", "Among all models with this score"),
    *score_columns.RANK_RANGE,
    Column("of", "Models ranked", "integer", "Models with this score"),
)
_AS_OF = Column("as_of", "As of", "text")
_TOURNAMENTS = Column(
    "tournaments",
    "Tournaments",
    "integer",
    "Number of tournaments behind the rating; with few, the rating says little",
)
