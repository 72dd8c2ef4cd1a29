"""Design Arena: whose designs win, per arena and category."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.base import paths
from generator.base.attribution import Citation
from generator.boards import category_words, score_columns
from generator.boards.board import (
    AnyBoard,
    Board,
    BoardId,
    BoardRow,
    Column,
    Entity,
    UnrankedRow,
    citations_of,
    has_values,
)
from generator.boards.names import Names
from generator.boards.sources import BoardMaker, Sources
from generator.endpoints.benchmarks import DESIGN_ARENA, ArenaRow, Tournaments

FAMILY = "da"
PLACES_FAMILY = "da-arena"


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRow(BoardRow):
    """A model's rating in one category of one arena.

    Attributes:
        win_rate: in percent.
        seconds: mean time to a design.
        tournaments, first, second, third, fourth: how many it took part in, and came first to fourth in.
    """

    rank: int
    model_permaslug: Entity
    elo: float
    win_rate: float
    tournaments: int | None
    seconds: float | None
    first: int | None
    second: int | None
    third: int | None
    fourth: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryBoard(Board[CategoryRow]):
    """The ratings of one category.

    Attributes:
        arena_key, category_key: as the source writes them.
        arena, category: in words.
        path: its page inside the site.
    """

    arena_key: str
    category_key: str
    arena: str
    category: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow(UnrankedRow):
    """A model's place among ``of`` models in one category of an arena."""

    model_permaslug: Entity
    category: str
    rank: int
    of: int
    elo: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesBoard(Board[PlaceRow]):
    """The places of all categories of one arena; ``arena`` is its name in words."""

    arena: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderRow(UnrankedRow):
    """The leader of one category, and how many ``models`` are rated in it."""

    arena: str
    category: Entity
    leader: Entity
    elo: float
    models: int


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield a board per arena and category, one per arena, and an overview; each reply has its own credit."""
    made: list[CategoryBoard] = []
    for facts in sources.arenas:
        categories: dict[tuple[str, str], list[ArenaRow]] = {}
        for row in facts.rows:
            categories.setdefault((row.arena, row.category), []).append(row)
        for arena, category in sorted(categories):
            rows = categories[arena, category]
            made.append(_category(arena, category, rows, facts.citations, sources.names))
    yield from made
    yield from _places_by_arena(made)
    if made:
        yield _overview(made)


_COLUMNS = (
    score_columns.RANK,
    score_columns.MODEL,
    Column("elo", "Elo", "score", "Rating from blind votes"),
    Column("win_rate", "Win rate", "score", "Percent of comparisons won"),
)
_COUNTED = (
    Column("tournaments", "Tournaments", "integer", "Tournaments it took part in"),
    Column("seconds", "Seconds", "score", "Mean time to a design"),
    Column("first", "First", "integer", "Tournaments it won"),
    Column("second", "Second", "integer", "Tournaments in which it came second"),
    Column("third", "Third", "integer", "Tournaments in which it came third"),
    Column("fourth", "Fourth", "integer", "Tournaments in which it came fourth"),
)
"""Columns of a category for which the source gives values."""


def _category(
    arena: str,
    category: str,
    rated: list[ArenaRow],
    citations: tuple[Citation, ...],
    names: Names,
) -> CategoryBoard:
    ordered = sorted(rated, key=lambda row: (-row.elo, row.model_permaslug, row.display_name))
    places = score_columns.ranks([row.elo for row in ordered])
    rows = [_row(row, place, names) for row, place in zip(ordered, places, strict=True)]
    counted = [column for column in _COUNTED if has_values(rows, column.key)]
    arena_name, category_name = category_words.phrase(arena), category_words.phrase(category)
    leaders = [(row.model_permaslug, row.elo) for row in rows]
    return CategoryBoard(
        id=BoardId(FAMILY, paths.part(arena), paths.part(category)),
        title=f"Whose designs win: {category_name} ({arena_name})?",
        columns=(*_COLUMNS, *counted),
        rows=tuple(rows),
        citations=citations,
        datasets=(DESIGN_ARENA.name,),
        finding=score_columns.leader_sentence(leaders, f"in {category_name}"),
        notes=("With few tournaments the order of neighbours is close to chance.",),
        scope=score_columns.DA_SCOPE,
        processing="Ranks are computed here; ratings are the source's.",
        arena_key=arena,
        category_key=category,
        arena=arena_name,
        category=category_words.heading(category),
        path=f"benchmarks/design-arena/{paths.part(arena)}/{paths.part(category)}/",
    )


def _row(row: ArenaRow, place: int, names: Names) -> CategoryRow:
    milliseconds = row.avg_generation_time_ms
    stats = row.tournament_stats or Tournaments()
    # Without the total, how often it came first says nothing.
    counted = stats.total is not None
    return CategoryRow(
        rank=place,
        model_permaslug=score_columns.scored_model(row, names),
        elo=row.elo,
        win_rate=row.win_rate,
        tournaments=stats.total,
        seconds=None if milliseconds is None else milliseconds / 1000,
        first=stats.first_place if counted else None,
        second=stats.second_place if counted else None,
        third=stats.third_place if counted else None,
        fourth=stats.fourth_place if counted else None,
    )


def _places_by_arena(made: Sequence[CategoryBoard]) -> Iterator[PlacesBoard]:
    """The places in each arena of several categories; the largest arena has the family's own id."""
    arenas: dict[str, list[CategoryBoard]] = {}
    for board in made:
        arenas.setdefault(board.arena_key, []).append(board)
    sizes: Counter[str] = Counter()
    for board in made:
        sizes[board.arena_key] += len(board.rows)
    largest = max(sizes, key=lambda arena: sizes[arena], default="")
    for arena, categories in arenas.items():
        if len(categories) > 1:
            parts = () if arena == largest else (paths.part(arena),)
            yield _places(BoardId(PLACES_FAMILY, *parts), categories)


def _places(id_: BoardId, categories: Sequence[CategoryBoard]) -> PlacesBoard:
    rows: list[PlaceRow] = []
    for board in categories:
        for row in board.rows:
            rows.append(
                PlaceRow(
                    model_permaslug=row.model_permaslug,
                    category=board.category,
                    rank=row.rank,
                    of=len(board.rows),
                    elo=row.elo,
                )
            )
    arena = categories[0].arena
    return PlacesBoard(
        id=id_,
        title=f"Who is good at what: {arena}?",
        columns=(
            score_columns.MODEL,
            Column("category", "Category", "text"),
            Column("rank", "Place", "rank", "By Elo in the category"),
            Column("of", "Of", "integer", "Models rated in the category"),
            Column("elo", "Elo", "score"),
        ),
        rows=tuple(rows),
        citations=citations_of(categories),
        datasets=categories[0].datasets,
        notes=(
            "A model that is not rated in a category has no place there; that is not a bad place.",
        ),
        scope=score_columns.DA_SCOPE,
        processing="Places are computed here; ratings are the source's.",
        arena=arena,
    )


def _overview(made: Sequence[CategoryBoard]) -> Board[LeaderRow]:
    rows = [_leader(board) for board in made]
    return Board(
        id=BoardId("design-arena"),
        title="Who leads in which arena?",
        columns=(
            Column("arena", "Arena", "text"),
            Column("category", "Category", "entity"),
            Column("leader", "Leader", "entity"),
            Column("elo", "Elo", "score"),
            Column("models", "Models", "integer", "Models rated in the category"),
        ),
        rows=tuple(rows),
        citations=citations_of(made),
        datasets=(DESIGN_ARENA.name,),
        finding=_overview_finding(rows),
        scope=score_columns.DA_SCOPE,
        processing="Leaders and counts are computed here.",
    )


def _leader(board: CategoryBoard) -> LeaderRow:
    first = board.rows[0]
    return LeaderRow(
        arena=category_words.heading(board.arena_key),
        category=Entity(board.category_key, board.category, board.path),
        leader=first.model_permaslug,
        elo=first.elo,
        models=len(board.rows),
    )


def _overview_finding(rows: Sequence[LeaderRow]) -> str:
    led = Counter(row.leader.name for row in rows)
    name = min(led, key=lambda leader: (-led[leader], leader))
    return f"{name} leads in {led[name]} of {len(rows)} categories; each has its own order."


MAKER = BoardMaker(families=(FAMILY, PLACES_FAMILY, "design-arena"), make=boards, needs=("arenas",))
