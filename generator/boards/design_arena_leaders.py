"""Design Arena: who is first in each category, and who most often."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.base import formats
from generator.boards import category_words, level_words, score_columns, sentences
from generator.boards.board import (
    AnyBoard,
    Board,
    BoardId,
    Column,
    Entity,
    UnrankedRow,
    citations_of,
)
from generator.boards.design_arena import FAMILY as CATEGORIES
from generator.boards.design_arena import CategoryBoard
from generator.boards.intervals import LEVEL_ELO
from generator.boards.sources import BoardMaker, Sources
from generator.endpoints.benchmarks import DESIGN_ARENA

ID = BoardId("design-arena")
LEAST_MODELS, _LEAST_IN_WORDS = 10, "ten"
"""In a category of fewer models a first place says little, so it is not counted."""
_DECIMALS_SHOWN = 2
"""Ratings are displayed with this many decimals; those that are displayed alike are level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderRow(UnrankedRow):
    """The highest rating of one category, and how many ``models`` are rated in it.

    Attributes:
        leader: the model that has it; of several with one rating the first by slug.
        lead: Elo points above the second; None where there is one model.
        level: how many others are level with it.
    """

    arena: str
    category: Entity
    leader: Entity
    elo: float
    lead: float | None
    level: int
    models: int


@dataclass(frozen=True, slots=True)
class CategoryLead:
    """Who is alone at the top of a category.

    Attributes:
        leader: None where several are displayed with the highest rating.
        points: Elo points above the second, as displayed; None where there is one model.
        models: how many are rated.
    """

    leader: Entity | None
    points: float | None
    models: int

    @property
    def is_clear(self) -> bool:
        """Whether it is by more points than those within which ratings without intervals are level."""
        return self.points is not None and self.points > LEVEL_ELO


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield one board over all categories, in their order."""
    categories = sources.boards.of_type(CategoryBoard)
    leads = [_lead(board) for board in categories]
    pairs = zip(categories, leads, strict=True)
    rows = [_row(board, lead) for board, lead in pairs]
    yield Board(
        id=ID,
        title="Design Arena leaders by category",
        columns=(
            Column("arena", "Arena", "text"),
            Column("category", "Category", "entity"),
            Column("leader", "Highest", "entity", "Of several with one rating the first by slug"),
            Column("elo", "Elo", "score"),
            Column("lead", "Lead", "score", "Elo points above the second"),
            Column("level", "Level", "integer", "Other models that are level with it"),
            Column("models", "Models", "integer", "Models rated in the category"),
        ),
        phone=("category", "leader", "elo"),
        rows=tuple(rows),
        citations=citations_of(categories),
        datasets=(DESIGN_ARENA.name,),
        finding=leads_sentence(leads),
        scope=score_columns.DA_SCOPE,
        notes=(
            "A model is first where it alone has the highest rating; categories of fewer than ten models are not counted.",
            "Each category has its own order.",
        ),
        processing="Leaders, leads and counts are computed here.",
    )


def _lead(board: CategoryBoard) -> CategoryLead:
    return lead_of([(row.model_permaslug, row.elo) for row in board.rows])


def _row(board: CategoryBoard, lead: CategoryLead) -> LeaderRow:
    first = board.rows[0]
    return LeaderRow(
        arena=category_words.heading(board.arena_key),
        category=Entity(board.category_key, board.category, board.path),
        leader=first.model_permaslug,
        elo=first.elo,
        lead=lead.points,
        level=first.rank_high - 1,
        models=len(board.rows),
    )


def lead_of(rated: Sequence[tuple[Entity, float]]) -> CategoryLead:
    """Return who is alone at the top of a category of at least one model, and by how much.

    Args:
        rated: the models of the category with their ratings, in any order.
    """
    highest_first = sorted(rated, key=lambda pair: -pair[1])
    models = len(highest_first)
    leader, highest = highest_first[0]
    if models == 1:
        return CategoryLead(leader, points=None, models=1)
    _, second = highest_first[1]
    highest, second = round(highest, _DECIMALS_SHOWN), round(second, _DECIMALS_SHOWN)
    points = round(highest - second, _DECIMALS_SHOWN)
    if highest == second:
        return CategoryLead(None, points, models)
    return CategoryLead(leader, points, models)


def leads_sentence(leads: Sequence[CategoryLead]) -> str:
    """Return the sentence on who is alone at the top of most categories, and in how many by more than ten points.

    Categories of fewer than ten models are not counted.
    """
    counted = [lead for lead in leads if lead.models >= LEAST_MODELS]
    if not counted:
        return f"No category has {_LEAST_IN_WORDS} rated models, so first places are not counted."
    categories = formats.counted(len(counted), "category", "categories")
    among = f"{categories} with at least {_LEAST_IN_WORDS} models"
    times_first = Counter(lead.leader for lead in counted if lead.leader is not None)
    if not times_first:
        return f"No model has the highest rating alone in any of {among}."

    leaders = sentences.at_top(times_first, times_first.get)
    leaders.sort(key=lambda model: model.id)
    most = times_first[leaders[0]]
    clear = sum(1 for lead in counted if lead.leader in leaders and lead.is_clear)
    by_more = f"by more than {LEVEL_ELO:g} Elo points"
    names = level_words.names(leaders)
    if len(leaders) == 1:
        return f"{names} is first in {most} of {among}, more than any other, in {clear} {by_more}."
    return f"{names} are each first in {most} of {among}, together in {clear} {by_more}."


MAKER = BoardMaker(families=("design-arena",), make=boards, after=(CATEGORIES,))
