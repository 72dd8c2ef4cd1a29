"""Design Arena: whose designs win, in each category of each arena."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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
    grouped,
    has_values,
)
from generator.boards.intervals import (
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
    interval_low: float | None = None
    interval_high: float | None = None
    win_rate: float
    tournaments: int | None
    seconds: float | None = None
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


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield a board per arena and category, by their keys; each reply has its own credit."""
    for facts in sources.arenas:
        categories = grouped(facts.rows, lambda row: (row.arena, row.category))
        for arena, category in sorted(categories):
            rows = categories[arena, category]
            yield _category(arena, category, rows, facts.citations, sources.names)


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
"""Columns of the categories for which the source gives values."""


def _order(row: ArenaRow) -> tuple[float, str, str, str]:
    """Return a sort key: the highest rating first."""
    # One name can stand for several settings, and the source's order is no fact.
    return -row.elo, row.model_permaslug, row.display_name, repr(row)


def _category(
    arena: str,
    category: str,
    rated: Sequence[ArenaRow],
    citations: tuple[Citation, ...],
    names: Names,
) -> CategoryBoard:
    rows = list(_rows(sorted(rated, key=_order), names))
    counted = [column for column in _COUNTED if has_values(rows, column.key)]
    arena_name, category_name = category_words.phrase(arena), category_words.phrase(category)
    arena_part, category_part = paths.lone_part(arena), paths.lone_part(category)
    return CategoryBoard(
        id=BoardId(FAMILY, arena_part, category_part),
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
        path=f"benchmarks/design-arena/{arena_part}/{category_part}/",
    )


def _rows(ordered: Sequence[ArenaRow], names: Names) -> Iterator[CategoryRow]:
    """Yield the models of a category.

    Args:
        ordered: the highest rating first.
    """
    shown = [formats.number(row.elo) for row in ordered]
    intervals = [elo_interval(row.elo, places_of(row)) for row in ordered]
    ties_ = tied_rank_ranges(shown)
    open_ranks = interval_rank_ranges(intervals, shown)
    for row, tie, ranks, interval in zip(ordered, ties_, open_ranks, intervals, strict=True):
        yield _row(row, tie.low, ranks, interval, names)


def _row(
    row: ArenaRow, rank: int, ranks: RankRange, interval: Interval, names: Names
) -> CategoryRow:
    """Return a model's row.

    Args:
        rank: of a tie the best that it takes.
        ranks: that the intervals leave open.
        interval: of the rating; shown where it follows from counted places.
    """
    stats = row.tournament_stats or Tournaments()
    if stats.total is None:
        # Without the total, how often it came first says nothing.
        stats = Tournaments()
    category_row = CategoryRow(
        rank=rank,
        rank_low=ranks.low,
        rank_high=ranks.high,
        model_permaslug=score_columns.scored_model(row, names),
        elo=row.elo,
        win_rate=row.win_rate,
        tournaments=stats.total,
        first=stats.first_place,
        second=stats.second_place,
        third=stats.third_place,
        fourth=stats.fourth_place,
    )
    if places_of(row) is not None:
        category_row = replace(category_row, interval_low=interval.low, interval_high=interval.high)
    if row.avg_generation_time_ms is not None:
        category_row = replace(category_row, seconds=row.avg_generation_time_ms / 1000)
    return category_row


def places_of(row: ArenaRow) -> tuple[int, int, int, int] | None:
    """Return how often a model came first to fourth; None where one of the counts is missing or all are zero."""
    stats = row.tournament_stats or Tournaments()
    first, second = stats.first_place, stats.second_place
    third, fourth = stats.third_place, stats.fourth_place
    if first is None or second is None or third is None or fourth is None:
        return None
    if first + second + third + fourth == 0:
        return None
    return first, second, third, fourth


def category_finding(rows: Sequence[CategoryRow], category: str) -> str:
    """Return the sentence on who is highest in a category, by how much, and who is level with it.

    Args:
        rows: the highest rating first.
        category: its key.
    """
    if not rows:
        return ""
    where = category_words.within(category)
    groups = ties(rows, _elo)
    first = groups[0]
    elo, names = _elo(first[0]), level_words.names([row.model_permaslug for row in first])
    if len(rows) == 1:
        return f"{names} is the only model rated {where}, with {elo}."

    lowest = min(rating_interval(row).low for row in first)
    behind = rows[len(first) :]
    level = [row for row in behind if rating_interval(row).high >= lowest]
    if len(first) > 1:
        return _shared_lead(first, level, where)

    rating = f"{elo}{_interval_words(first[0])}"
    if level:
        return f"{names} has the highest rating {where}, {rating}; {_levels(level, 'with it')}."
    return f"{names} leads {where} with {rating}, ahead of {_second(groups[1])}."


def _shared_lead(first: Sequence[CategoryRow], level: Sequence[CategoryRow], where: str) -> str:
    """Return which models are displayed with the highest rating, and who is level with them."""
    elo, names = _elo(first[0]), level_words.names([row.model_permaslug for row in first])
    sentence = f"{names} are level at {elo} {where}"
    if len(first) > level_words.MOST_NAMED:
        sentence = f"Level at {elo} {where}: {names}"
    if level:
        sentence += f"; {_levels(level, 'with them')}"
    return f"{sentence}."


def _second(second: Sequence[CategoryRow]) -> str:
    """Return ``B with 1,300``, or ``B and C, level at 1,300`` of those that share the second place."""
    names = level_words.names([row.model_permaslug for row in second])
    elo = _elo(second[0])
    if len(second) > 1:
        return f"{names}, level at {elo}"
    return f"{names} with {elo}"


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


MAKER = BoardMaker(families=(FAMILY,), make=boards, needs=("arenas",))
