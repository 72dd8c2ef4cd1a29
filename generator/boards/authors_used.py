"""Authors by the tokens of their models, over 7 and over 30 days."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.archive.daily_tokens import DailyTokens
from generator.base import formats
from generator.base.dates import Window
from generator.boards import sentences, token_columns
from generator.boards.board import AnyBoard, Board, BoardId, BoardRow, Column, Entity, Moved
from generator.boards.names import Names, author
from generator.boards.rank_stability import RankRange, ShareGain, certain_change, share_gains
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.totals import (
    SCOPE,
    BoundsWeekOnWeek,
    WeekOnWeek,
    bounds_week_on_week,
    ranks_by_use,
    slugs_before,
    week_on_week,
)
from generator.endpoints.rankings_daily import NAME, OTHER

WEEK = BoardId("authors-7d")
_WEEK = 7
_TITLES = {
    _WEEK: "Which authors' models are used the most?",
    30: "Which authors' models were used the most over 30 days?",
}
"""The titles of the boards by their number of days."""
_LEADERS = 3
"""The number of authors whose share together the finding states."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorUseRow(BoardRow):
    """An author's tokens in the window; the ``other`` row has no rank and counts no models.

    Attributes:
        rank_low, rank_high: the range of the rank (see :mod:`generator.boards.rank_stability`).
        firm: whether the change of rank is certain, None where there is none.
        points: what is certain of the change of the share, None where not even its sign is.
    """

    rank: int | None
    rank_low: int | None
    rank_high: int | None
    moved: Moved | None
    firm: bool | None
    author: Entity
    total_tokens: int
    total_tokens_high: int
    share: float
    points: float | None = None
    points_low: float | None = None
    points_high: float | None = None
    models: int | None

    @property
    def ranks(self) -> RankRange | None:
        """The range of the rank, None for the row of other models."""
        if self.rank_low is None or self.rank_high is None:
            return None
        return RankRange(self.rank_low, self.rank_high)


_COLUMNS = (
    token_columns.RANK,
    *token_columns.RANK_RANGE,
    token_columns.MOVED,
    token_columns.FIRM,
    token_columns.AUTHOR,
    token_columns.TOKENS,
    token_columns.TOKENS_HIGH,
    token_columns.SHARE,
    Column(
        "points",
        "Change (pp)",
        "points",
        "Change of share vs the same period a week earlier, in percentage points, as far as is certain",
    ),
    *token_columns.bounds("points", "Change (pp)", "points", "Change of the share"),
    Column("models", "Models", "integer", "Models in a daily top 50 in this period"),
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the boards of 7 and 30 days."""
    for days in _TITLES:
        yield _board(sources, required(sources.daily_tokens), days)


def _board(sources: Sources, daily: DailyTokens, days: int) -> Board[AuthorUseRow]:
    window = daily.window(days)
    weeks = week_on_week(daily, window, author)
    bounds = bounds_week_on_week(daily, window, author)
    gains: Mapping[str, ShareGain] = {}
    if weeks.comparable:
        gains = share_gains(bounds.now, bounds.before)
    rows = tuple(_rows(daily, sources.names, weeks, bounds, gains))
    ranked = [row for row in rows if row.standing == "ranked"]
    return Board(
        id=BoardId(f"authors-{days}d"),
        title=_TITLES[days],
        columns=_COLUMNS,
        phone=("rank", "author", "total_tokens", "share"),
        rows=rows,
        citations=(daily.citation,),
        datasets=(NAME,),
        finding=weeks.now.coverage.qualified(_finding(ranked, gains, days)),
        notes=(
            *token_columns.notes(window, daily),
            "Models outside the daily top 50 are not attributed to any author, so each author's share is a lower bound.",
        ),
        scope=SCOPE,
        window=window,
        coverage=daily.coverage(window),
        processing=token_columns.PROCESSING,
    )


def _rows(
    daily: DailyTokens,
    names: Names,
    weeks: WeekOnWeek,
    bounds: BoundsWeekOnWeek,
    gains: Mapping[str, ShareGain],
) -> Iterator[AuthorUseRow]:
    """Yield the authors, the most used first, then what is outside the top 50, if there is any.

    Args:
        gains: of the share of each author; empty where the weeks do not compare.
    """
    now = weeks.now
    seen_earlier = {author(slug) for slug in slugs_before(daily, now.window)}
    models = _models_by_author(daily, now.window, names)
    for place in ranks_by_use(weeks, bounds, seen_earlier):
        name = place.name
        row = AuthorUseRow(
            rank=place.rank,
            rank_low=place.ranks.low,
            rank_high=place.ranks.high,
            moved=place.moved,
            firm=place.firm,
            author=names.author(name),
            total_tokens=now.by[name],
            total_tokens_high=bounds.now.span(name).high,
            share=now.share(now.by[name]),
            models=len(models[name]),
        )
        gain = gains.get(name)
        if gain is not None:
            change = certain_change(gain.low, gain.high)
            row = replace(row, points=change, points_low=gain.low, points_high=gain.high)
        yield row
    if now.other:
        yield _other_row(weeks)


def _other_row(weeks: WeekOnWeek) -> AuthorUseRow:
    """Return the row of all models outside the top 50, whose authors are not known."""
    now, before = weeks.now, weeks.before
    row = AuthorUseRow(
        standing="other",
        rank=None,
        rank_low=None,
        rank_high=None,
        moved=None,
        firm=None,
        author=Entity(OTHER, "Models outside the top 50"),
        total_tokens=now.other,
        total_tokens_high=now.other,
        share=now.share(now.other),
        models=None,
    )
    if not weeks.comparable:
        return row
    change = now.share(now.other) - before.share(before.other)
    return replace(row, points=change, points_low=change, points_high=change)


def _models_by_author(daily: DailyTokens, window: Window, names: Names) -> dict[str, set[str]]:
    """Return each author's models in a top 50 of the window, all listings of one counted once."""
    models: dict[str, set[str]] = {}
    for day in window:
        for slug in daily.days.get(day, {}):
            models.setdefault(author(slug), set()).add(names.canonical(slug))
    return models


def _finding(ranked: Sequence[AuthorUseRow], gains: Mapping[str, ShareGain], days: int) -> str:
    """Return the share of the first authors together and who gained the most; empty without authors."""
    leaders = ranked[:_LEADERS]
    if not leaders:
        return ""
    listed = formats.list_in_words([row.author.name for row in leaders])
    verb = "accounts for" if len(leaders) == 1 else "account for"
    exact = all(row.total_tokens == row.total_tokens_high for row in leaders)
    together = sentences.share_of(sum(row.share for row in leaders), exact=exact)
    gained = _largest_gain(ranked, gains)
    if gained and days != _WEEK:
        gained += f" vs the {days} days a week earlier"
    return f"{listed} {verb} {together} of tokens{gained}."


def _largest_gain(ranked: Sequence[AuthorUseRow], gains: Mapping[str, ShareGain]) -> str:
    """Return who gained the largest share as a clause; empty where that is not certain.

    It is certain where the gain is firm and nobody can have gained as much.

    Args:
        gains: of the share of each author, of now or of the week before; empty where the weeks do not compare.
    """
    if not gains:
        return ""
    best = max(ranked, key=lambda row: gains[row.author.id].low).author
    gain = gains[best.id]
    others = [gains[name] for name in gains if name != best.id]
    has_rival = any(other.high >= gain.low for other in others)
    has_gained = gain.firm and gain.low > 0
    if has_rival or not has_gained:
        return ""

    shown, least = gain.low, ""
    if gain.low != gain.high:
        shown, least = formats.toward_zero(gain.low, 3), "at least "
    points = formats.points(shown)
    if points == "±0":
        return ""
    return f"; {best.name} gained the most, {least}{points} percentage points"


MAKER = BoardMaker(families=("authors-7d", "authors-30d"), make=boards, needs=("daily_tokens",))
