"""Design Arena: whose designs win, per arena and category."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.base import formats, paths
from generator.base.attribution import Citation
from generator.boards import category_words, level_words, score_columns
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
from generator.boards.intervals import (
    LEVEL_ELO,
    Interval,
    elo_interval,
    interval_rank_ranges,
    tied_rank_ranges,
    ties,
)
from generator.boards.names import Names
from generator.boards.rank_stability import RankRange
from generator.boards.sources import BoardMaker, Sources
from generator.endpoints.benchmarks import DESIGN_ARENA, ArenaRow, Tournaments

FAMILY = "da"
PLACES_FAMILY = "da-arena"
LEAST_MODELS, _LEAST_IN_WORDS = 10, "ten"
"""In a category of fewer models a first place says little, so it is not counted."""
_PLACES_SHOWN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRow(BoardRow):
    """A model's rating in one category of one arena.

    Attributes:
        win_rate: in percent.
        seconds: mean time to a design.
        tournaments, first, second, third, fourth: how many it took part in, and came first to fourth in.
        rank_low, rank_high: the ranks that the intervals of the ratings leave.
        interval_low, interval_high: the 95% interval of the rating; None without counts of all four places.
    """

    rank: int
    rank_low: int
    rank_high: int
    model_permaslug: Entity
    elo: float
    interval_low: float | None
    interval_high: float | None
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


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderRow(UnrankedRow):
    """The highest rating of one category, and how many ``models`` are rated in it.

    Attributes:
        leader: the model that has it; of several displayed with the same rating the first by slug.
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
    *score_columns.RANK_RANGE,
    score_columns.MODEL,
    Column("elo", "Elo", "score", "Rating from blind votes"),
    Column("win_rate", "Win rate", "score", "Percent of comparisons won"),
)
_COUNTED = (
    Column("interval_low", "From", "score", "Lower end of the rating's 95% confidence interval"),
    Column("interval_high", "To", "score", "Upper end of the rating's 95% confidence interval"),
    Column("tournaments", "Tournaments", "integer", "Tournaments played"),
    Column("seconds", "Seconds", "score", "Average generation time"),
    Column("first", "First", "integer", "Tournaments won"),
    Column("second", "Second", "integer", "Tournaments in which it came second"),
    Column("third", "Third", "integer", "Tournaments in which it came third"),
    Column("fourth", "Fourth", "integer", "Tournaments in which it came fourth"),
)
"""Columns of a category for which the source gives values."""


def _order(row: ArenaRow) -> tuple[float, str, str, str]:
    # One name can stand for several settings, and the source's order is no fact.
    return -row.elo, row.model_permaslug, row.display_name, repr(row)


def _category(
    arena: str,
    category: str,
    rated: list[ArenaRow],
    citations: tuple[Citation, ...],
    names: Names,
) -> CategoryBoard:
    ordered = sorted(rated, key=_order)
    rows = list(_rows(ordered, names))
    counted = [column for column in _COUNTED if has_values(rows, column.key)]
    arena_name, category_name = category_words.phrase(arena), category_words.phrase(category)
    return CategoryBoard(
        id=BoardId(FAMILY, paths.lone_part(arena), paths.lone_part(category)),
        title=f"Design Arena: {category_name} ({arena_name})",
        columns=(*_COLUMNS, *counted),
        models="model_permaslug",
        phone=("rank", "model_permaslug", "elo"),
        rows=tuple(rows),
        citations=citations,
        datasets=(DESIGN_ARENA.name,),
        finding=category_finding(rows, category),
        notes=(
            "Models are level when the 95% confidence intervals of their ratings overlap.",
            "A rating without counts of tournaments has no interval: it counts as known to 5 points.",
            "It may take a direct test to tell which of two level models is better.",
        ),
        scope=score_columns.DA_SCOPE,
        processing="Ranks and intervals are computed here; ratings are the source's.",
        arena_key=arena,
        category_key=category,
        arena=arena_name,
        category=category_words.heading(category),
        path=f"benchmarks/design-arena/{paths.lone_part(arena)}/{paths.lone_part(category)}/",
    )


def _rows(ordered: Sequence[ArenaRow], names: Names) -> Iterator[CategoryRow]:
    places = [places_of(row) for row in ordered]
    shown = [formats.number(row.elo) for row in ordered]
    pairs = zip(ordered, places, strict=True)
    intervals = [elo_interval(row.elo, counts) for row, counts in pairs]
    ranks = tied_rank_ranges(shown)
    ranges = interval_rank_ranges(intervals, shown)
    for at, row in enumerate(ordered):
        interval = intervals[at] if places[at] else None
        yield _row(row, ranks[at].low, ranges[at], interval, names)


def _row(
    row: ArenaRow, rank: int, among: RankRange, interval: Interval | None, names: Names
) -> CategoryRow:
    milliseconds = row.avg_generation_time_ms
    stats = row.tournament_stats or Tournaments()
    # Without the total, how often it came first says nothing.
    counted = stats.total is not None
    return CategoryRow(
        rank=rank,
        rank_low=among.low,
        rank_high=among.high,
        model_permaslug=score_columns.scored_model(row, names),
        elo=row.elo,
        interval_low=interval.low if interval else None,
        interval_high=interval.high if interval else None,
        win_rate=row.win_rate,
        tournaments=stats.total,
        seconds=None if milliseconds is None else milliseconds / 1000,
        first=stats.first_place if counted else None,
        second=stats.second_place if counted else None,
        third=stats.third_place if counted else None,
        fourth=stats.fourth_place if counted else None,
    )


def places_of(row: ArenaRow) -> tuple[int, int, int, int] | None:
    """Return how often a model came first to fourth; None where one of the counts is missing or all are zero."""
    stats = row.tournament_stats or Tournaments()
    first, second, third, fourth = (
        stats.first_place,
        stats.second_place,
        stats.third_place,
        stats.fourth_place,
    )
    if first is None or second is None or third is None or fourth is None:
        return None
    return (first, second, third, fourth) if first + second + third + fourth else None


def category_finding(rows: Sequence[CategoryRow], category: str) -> str:
    """Return the sentence on who is highest in a category, by how much, and who is level with it.

    Args:
        rows: the highest rating first.
        category: its key.
    """
    if not rows:
        return ""
    what = f"in {category_words.phrase(category)}"
    first, *followers = ties(rows, _elo)
    elo = _elo(first[0])
    if len(rows) == 1:
        return f"{level_words.name(first[0].model_permaslug)} is the only model rated {what}, with {elo}."

    lowest = min(rating_interval(row).low for row in first)
    level = [row for row in rows[len(first) :] if rating_interval(row).high >= lowest]
    leaders = [row.model_permaslug for row in first]
    named = level_words.names(leaders)
    if len(leaders) > 1:
        same = f"Level at {elo} {what}: {named}"
        if len(leaders) <= level_words.MOST_NAMED:
            same = f"{named} are level at {elo} {what}"
        return f"{same}; {_levels(level, 'with them')}." if level else f"{same}."

    rating = f"{elo}{_interval_words(first[0])}"
    if level:
        return f"{named} has the highest rating {what}, {rating}; {_levels(level, 'with it')}."
    return f"{named} leads {what} with {rating}, ahead of {_behind(followers[0])}."


def _behind(second: Sequence[CategoryRow]) -> str:
    """Return ``B with 1,300``, or ``B and C, level at 1,300`` of those that share the second place."""
    names = level_words.names([row.model_permaslug for row in second])
    elo = _elo(second[0])
    return f"{names} with {elo}" if len(second) == 1 else f"{names}, level at {elo}"


def _elo(row: CategoryRow) -> str:
    return formats.number(row.elo)


def rating_interval(row: CategoryRow) -> Interval:
    """Return the 95% interval of a rating; without one, the ten points within which ratings are level."""
    if row.interval_low is None or row.interval_high is None:
        return elo_interval(row.elo, None)
    return Interval(row.interval_low, row.interval_high)


def _interval_words(row: CategoryRow) -> str:
    """Return `` (95% CI 1,204–1,396)``, empty for a rating without one."""
    if row.interval_low is None or row.interval_high is None:
        return ""
    return f" (95% CI {row.interval_low:,.0f}–{row.interval_high:,.0f})"


def _levels(level: Sequence[CategoryRow], whom: str) -> str:
    """Return ``b/x with 1,249.6 is level with it``, ``5 others are level with it``."""
    if len(level) == 1:
        return f"{level_words.name(level[0].model_permaslug)} with {_elo(level[0])} is level {whom}"
    return f"{level_words.others(len(level))} are level {whom}"


def _places_by_arena(made: Sequence[CategoryBoard]) -> Iterator[PlacesBoard]:
    """Yield the places in each arena of several categories; the largest arena has the family's own id."""
    arenas: dict[str, list[CategoryBoard]] = {}
    for board in made:
        arenas.setdefault(board.arena_key, []).append(board)
    sizes: Counter[str] = Counter()
    for board in made:
        sizes[board.arena_key] += len(board.rows)
    largest = max(sizes, key=lambda arena: sizes[arena], default="")
    for arena, categories in arenas.items():
        if len(categories) > 1:
            parts = () if arena == largest else (paths.lone_part(arena),)
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
                    rank_low=row.rank_low,
                    rank_high=row.rank_high,
                    of=len(board.rows),
                    elo=row.elo,
                )
            )
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
        rows=tuple(rows),
        citations=citations_of(categories),
        datasets=categories[0].datasets,
        notes=(
            "A model that is not rated in a category has no rank there; that is not a low rank.",
        ),
        scope=score_columns.DA_SCOPE,
        processing="Ranks are computed here; ratings are the source's.",
        arena=arena,
    )


def _overview(made: Sequence[CategoryBoard]) -> Board[LeaderRow]:
    rows = [_leader(board) for board in made]
    return Board(
        id=BoardId("design-arena"),
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
        citations=citations_of(made),
        datasets=(DESIGN_ARENA.name,),
        finding=_overview_finding(rows),
        scope=score_columns.DA_SCOPE,
        notes=(
            "A model is first where it alone has the highest rating; categories of fewer than ten models are not counted.",
            "Each category has its own order.",
        ),
        processing="Leaders, leads and counts are computed here.",
    )


def _leader(board: CategoryBoard) -> LeaderRow:
    first = board.rows[0]
    top = lead_of([(row.model_permaslug, row.elo) for row in board.rows])
    return LeaderRow(
        arena=category_words.heading(board.arena_key),
        category=Entity(board.category_key, board.category, board.path),
        leader=first.model_permaslug,
        elo=first.elo,
        lead=top.points,
        level=first.rank_high - 1,
        models=len(board.rows),
    )


def lead_of(rated: Sequence[tuple[Entity, float]]) -> CategoryLead:
    """Return who is alone at the top of a category of at least one model, and by how much."""
    ordered = sorted(rated, key=lambda pair: -pair[1])
    if len(ordered) == 1:
        return CategoryLead(ordered[0][0], None, 1)
    first, second = (round(elo, _PLACES_SHOWN) for _, elo in ordered[:2])
    points = round(first - second, _PLACES_SHOWN)
    return CategoryLead(ordered[0][0] if points > 0 else None, points, len(ordered))


def _overview_finding(rows: Sequence[LeaderRow]) -> str:
    leads: list[CategoryLead] = []
    for row in rows:
        alone = row.lead is None or row.lead > 0
        leads.append(CategoryLead(row.leader if alone else None, row.lead, row.models))
    return leads_sentence(leads)


def leads_sentence(leads: Sequence[CategoryLead]) -> str:
    """Return the sentence on who is alone at the top of most categories, and in how many by more than ten points.

    Categories of fewer than ten models are not counted.
    """
    counted = [lead for lead in leads if lead.models >= LEAST_MODELS]
    if not counted:
        return f"No category has {_LEAST_IN_WORDS} rated models, so first places are not counted."
    by_model: dict[Entity, list[CategoryLead]] = {}
    for lead in counted:
        if lead.leader is not None:
            by_model.setdefault(lead.leader, []).append(lead)
    unit = "category" if len(counted) == 1 else "categories"
    among = f"{len(counted)} {unit} with at least {_LEAST_IN_WORDS} models"
    if not by_model:
        return f"No model has the highest rating alone in any of {among}."

    most = max(len(led) for led in by_model.values())
    first = [model for model, led in by_model.items() if len(led) == most]
    best = sorted(first, key=lambda model: model.id)
    clear = [_clear_leads(by_model[model]) for model in best]
    if len(best) == 1:
        name = level_words.name(best[0])
        return (
            f"{name} is first in {most} of {among}, more than any other, "
            f"in {clear[0]} by more than {LEVEL_ELO:g} Elo points."
        )
    return (
        f"{level_words.names(best)} are each first in {most} of {among}, "
        f"together in {sum(clear)} by more than {LEVEL_ELO:g} Elo points."
    )


def _clear_leads(leads: Iterable[CategoryLead]) -> int:
    """Return how many of the leads are clear."""
    return sum(_is_clear(lead) for lead in leads)


def _is_clear(lead: CategoryLead) -> bool:
    return lead.points is not None and lead.points > LEVEL_ELO


MAKER = BoardMaker(families=(FAMILY, PLACES_FAMILY, "design-arena"), make=boards, needs=("arenas",))
