"""Design Arena: the places of the models of an arena in all of its categories."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.base import paths
from generator.boards import score_columns
from generator.boards.board import (
    AnyBoard,
    Board,
    BoardId,
    Column,
    Entity,
    UnrankedRow,
    citations_of,
    grouped,
)
from generator.boards.design_arena import FAMILY as CATEGORIES
from generator.boards.design_arena import CategoryBoard
from generator.boards.sources import BoardMaker, Sources

FAMILY = "da-arena"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow(UnrankedRow):
    """A model's place among ``of`` models in one category of an arena; intervals leave it between two ranks."""

    model_permaslug: Entity
    category: str
    rank: int
    rank_low: int
    rank_high: int
    of: int
    elo: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesBoard(Board[PlaceRow]):
    """The places of all categories of one arena; ``arena`` is its name in words."""

    arena: str


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the places in each arena of several categories; the largest arena has the family's own id."""
    categories = sources.boards.of_type(CategoryBoard)
    by_arena = grouped(categories, lambda board: board.arena_key)
    sizes: Counter[str] = Counter()
    for board in categories:
        sizes[board.arena_key] += len(board.rows)
    # Of equal ones the first.
    largest = max(sizes, key=lambda arena: sizes[arena])
    for arena, of_arena in by_arena.items():
        if len(of_arena) == 1:
            continue
        id_ = BoardId(FAMILY)
        if arena != largest:
            id_ = BoardId(FAMILY, paths.lone_part(arena))
        yield _board(id_, of_arena)


def _board(id_: BoardId, categories: Sequence[CategoryBoard]) -> PlacesBoard:
    """Return the places in the categories of one arena."""
    arena = categories[0].arena
    return PlacesBoard(
        id=id_,
        title=f"Design Arena ranks by category: {arena}",
        columns=(
            score_columns.MODEL,
            Column("category", "Category", "text"),
            Column("rank", "Rank", "rank", "By Elo in the category"),
            *score_columns.RANK_RANGE,
            Column("of", "Of", "integer", "Models rated in the category"),
            Column("elo", "Elo", "score"),
        ),
        phone=("model_permaslug", "category", "rank"),
        rows=tuple(_rows(categories)),
        citations=citations_of(categories),
        datasets=categories[0].datasets,
        notes=(
            "A model that is not rated in a category has no rank there; that is not a low rank.",
        ),
        scope=score_columns.DA_SCOPE,
        processing="Ranks are computed here; ratings are the source's.",
        arena=arena,
    )


def _rows(categories: Iterable[CategoryBoard]) -> Iterator[PlaceRow]:
    """Yield the models of each category in its order."""
    for board in categories:
        for row in board.rows:
            yield PlaceRow(
                model_permaslug=row.model_permaslug,
                category=board.category,
                rank=row.rank,
                rank_low=row.rank_low,
                rank_high=row.rank_high,
                of=len(board.rows),
                elo=row.elo,
            )


MAKER = BoardMaker(families=(FAMILY,), make=boards, after=(CATEGORIES,))
