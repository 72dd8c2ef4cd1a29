"""Models by tokens: on the newest day, over 7 and over 30 days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.archive.daily_tokens import DailyTokens
from generator.base import formats
from generator.base.dates import Window
from generator.boards import sentences, token_columns
from generator.boards.board import AnyBoard, Board, BoardId, BoardRow, Column, Entity, Moved
from generator.boards.names import Names
from generator.boards.rank_stability import (
    RankRange,
    certain_change,
    share_gains,
    undetermined_token_ranks,
)
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.totals import (
    SCOPE,
    BoundsWeekOnWeek,
    RankByUse,
    WeekOnWeek,
    bounds_week_on_week,
    ranks_by_use,
    relative_change,
    slugs_before,
    week_on_week,
    weeks_leading,
)
from generator.endpoints.rankings_daily import NAME, OTHER

SPARK_DAYS = 30
WEEK = BoardId("models-7d")
_WEEK = 7
_TITLES = {
    1: "Which models were used the most on the latest day?",
    _WEEK: "Which models are used the most?",
    30: "Which models were used the most over 30 days?",
}
"""The titles of the boards by their number of days."""
_MOST_NAMED = 3
"""The most models that are named where several are level; more are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelUseRow(BoardRow):
    """A model's tokens in the window; the ``other`` row has no rank.

    Attributes:
        rank_low, rank_high: the range of the rank (see :mod:`generator.boards.rank_stability`).
        moved_low, moved_high: the fewest and the most places gained (negative: lost), whichever weekday is left
            out of both periods; None without a comparison.
        firm: of the change of rank, None where there is none.
        total_tokens_high: with the most that the days outside the top 50 can have held.
        change: what is certain of the relative change, None where not even its sign is.
        days, days_before: in the top 50, in this window and a week before.
    """

    rank: int | None
    rank_low: int | None
    rank_high: int | None
    moved: Moved | None
    moved_low: int | None
    moved_high: int | None
    firm: bool | None
    model_permaslug: Entity
    total_tokens: int
    total_tokens_high: int
    share: float
    change: float | None
    change_low: float | None
    change_high: float | None
    days: int | None
    days_before: int | None
    spark: tuple[float | None, ...]

    @property
    def ranks(self) -> RankRange | None:
        """Return the range of the rank; None of the row of the other models."""
        if self.rank_low is None or self.rank_high is None:
            return None
        return RankRange(self.rank_low, self.rank_high)

    @property
    def exact(self) -> bool:
        """Whether its tokens are known: it was in the top 50 on each day."""
        return self.total_tokens == self.total_tokens_high


def _columns(days: int) -> tuple[Column, ...]:
    """Return the columns of a period; only of seven days is the period a week earlier the previous week."""
    compared = "vs previous week" if days == _WEEK else "vs a week earlier"
    return (
        token_columns.RANK,
        *token_columns.RANK_RANGE,
        token_columns.MOVED,
        *token_columns.bounds(
            "moved", "Places gained", "integer", "Places gained vs the same period a week earlier"
        ),
        token_columns.FIRM,
        token_columns.MODEL,
        token_columns.TOKENS,
        token_columns.TOKENS_HIGH,
        token_columns.SHARE,
        Column(
            "change",
            compared,
            "change",
            "Tokens vs the same period a week earlier; where days in the top 50 differ, the part that is certain",
        ),
        *token_columns.bounds("change", compared, "change", "Change of tokens"),
        token_columns.DAYS,
        token_columns.DAYS_BEFORE,
        Column(
            "spark",
            f"{SPARK_DAYS} days",
            "spark",
            "Tokens of each day; gaps are days outside the top 50",
        ),
    )


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield a board of the newest day, one of 7 and one of 30 days."""
    for days in _TITLES:
        yield _board(sources, required(sources.daily_tokens), days)


def _board(sources: Sources, daily: DailyTokens, days: int) -> Board[ModelUseRow]:
    names = sources.names
    window = daily.window(days)
    weeks = week_on_week(daily, window)
    bounds = bounds_week_on_week(daily, window)
    rows = tuple(_rows(daily, names, weeks, bounds))
    ranked = [row for row in rows if row.standing == "ranked"]
    return Board(
        id=BoardId(f"models-{days}d"),
        title=_TITLES[days],
        columns=_columns(days),
        models="model_permaslug",
        phone=("rank", "model_permaslug", "total_tokens", "share"),
        rows=rows,
        citations=(daily.citation,),
        datasets=(NAME,),
        finding=_finding(daily, weeks, bounds, ranked),
        notes=(
            *token_columns.notes(window, daily),
            *_missing_from_sparks(daily),
            *_open_ranks(bounds, len(ranked)),
            *_models_that_left(weeks, names),
        ),
        scope=SCOPE,
        window=window,
        coverage=daily.coverage(window),
        processing=token_columns.PROCESSING,
    )


def _rows(
    daily: DailyTokens, names: Names, weeks: WeekOnWeek, bounds: BoundsWeekOnWeek
) -> Iterator[ModelUseRow]:
    """Yield the models by tokens, the most used first, then all others together, where there are any."""
    now = weeks.now
    for place in ranks_by_use(weeks, bounds, slugs_before(daily, now.window)):
        slug = place.name
        row = ModelUseRow(
            rank=place.rank,
            rank_low=place.ranks.low,
            rank_high=place.ranks.high,
            moved=place.moved,
            moved_low=None,
            moved_high=None,
            firm=place.firm,
            model_permaslug=names.model(slug),
            total_tokens=now.by[slug],
            total_tokens_high=bounds.now.span(slug).high,
            share=now.share(now.by[slug]),
            change=None,
            change_low=None,
            change_high=None,
            days=bounds.now.days_named[slug],
            days_before=None,
            spark=_spark(daily, slug),
        )
        if weeks.comparable:
            row = _compared(row, place, bounds)
        yield row
    if now.other:
        yield _other_row(daily, names, weeks)


def _other_row(daily: DailyTokens, names: Names, weeks: WeekOnWeek) -> ModelUseRow:
    """Return the row of all models outside the top 50."""
    now, before = weeks.now, weeks.before
    change = None
    if weeks.comparable:
        change = relative_change(now.other, before.other)
    return ModelUseRow(
        standing="other",
        rank=None,
        rank_low=None,
        rank_high=None,
        moved=None,
        moved_low=None,
        moved_high=None,
        firm=None,
        model_permaslug=names.model(OTHER),
        total_tokens=now.other,
        total_tokens_high=now.other,
        share=now.share(now.other),
        change=change,
        change_low=change,
        change_high=change,
        days=None,
        days_before=None,
        spark=_spark(daily, OTHER),
    )


def _compared(row: ModelUseRow, place: RankByUse, bounds: BoundsWeekOnWeek) -> ModelUseRow:
    """Return a model's row with how its rank and its tokens changed since the same window a week before."""
    now, before = bounds.now.span(place.name), bounds.before.span(place.name)
    low, high = relative_change(now.low, before.high), relative_change(now.high, before.low)
    return replace(
        row,
        moved_low=place.gain.low,
        moved_high=place.gain.high,
        change=certain_change(low, high),
        change_low=low,
        change_high=high,
        days_before=bounds.before.days_named[place.name],
    )


def _spark(daily: DailyTokens, slug: str) -> tuple[float | None, ...]:
    """Return the tokens of each day, None on days outside the top 50."""
    return tuple(daily.days.get(day, {}).get(slug) for day in daily.window(SPARK_DAYS))


def _missing_from_sparks(daily: DailyTokens) -> tuple[str, ...]:
    """Return a note on days that the line of thirty days leaves out for all models."""
    # Before the first day held, nothing is missing.
    held = Window(max(daily.first, daily.window(SPARK_DAYS).start), daily.last)
    coverage = daily.coverage(held)
    if coverage.whole:
        return ()
    return (f"In the line of {SPARK_DAYS} days: {coverage.causes}.",)


def _open_ranks(bounds: BoundsWeekOnWeek, ranked: int) -> tuple[str, ...]:
    """Return a note on how many ranks the days outside the top 50 leave open."""
    count = len(undetermined_token_ranks(bounds.now))
    if not count:
        return ()
    note = (
        f"Days outside the top 50 leave {count} of {ranked} ranks open; "
        "≥ and ≤ mark numbers known only as a bound."
    )
    return (note,)


def _models_that_left(weeks: WeekOnWeek, names: Names) -> tuple[str, ...]:
    """Return a note on models that were ranked a week before and are not any more, the largest first."""
    if not weeks.comparable:
        return ()
    left = [slug for slug in weeks.before.ranked() if slug not in weeks.now.by]
    if not left:
        return ()
    called = sentences.model_names(names.model(slug) for slug in left)
    since = _PERIODS.get(weeks.now.window.days, "the same period a week earlier")
    return (f"Dropped out since {since}: {', '.join(called.values())}.",)


_PERIODS = {1: "the same day a week earlier", 7: "the previous week"}
"""What the period a week before is called, by its number of days."""
_Rows = Sequence[ModelUseRow]


def _finding(daily: DailyTokens, weeks: WeekOnWeek, bounds: BoundsWeekOnWeek, rows: _Rows) -> str:
    """Return the sentence on who leads; of the week also the change of the share, and for how long."""
    if not rows:
        return ""
    window, first = weeks.now.window, rows[0]
    sentence = _lead(window, rows)
    if window.days == 7 and first.rank_high == 1:
        sentence += _share_change(first, weeks, bounds)
        run = weeks_leading(daily, first.model_permaslug.id)
        if run > 1:
            sentence += f"; it has led {_windows_in_words(run)} in a row"
    return weeks.now.coverage.qualified(f"{sentence}.")


def _lead(window: Window, rows: _Rows) -> str:
    """Return who is in front, without a full stop."""
    first = rows[0]
    period = {1: " that day", 7: ""}.get(window.days, f" over {window.days} days")
    names = sentences.model_names(sentences.models_of(rows))
    level = sentences.at_top(rows, lambda row: row.total_tokens)
    if len(level) > 1:
        return _level(level, [names[model] for model in sentences.models_of(level)], period)

    name = names[first.model_permaslug]
    tokens = f"{_share_of(first)} of tokens{period}"
    if first.rank_high != 1:
        return f"{name} is ahead with {tokens}, but not firmly"
    sentence = f"{name} leads with {tokens}"
    if window.days == 7 or len(rows) == 1:
        return sentence
    second = rows[1]
    return f"{sentence}, ahead of {names[second.model_permaslug]} with {_share_of(second)}"


def _level(rows: _Rows, names: list[str], period: str) -> str:
    """Return that models have the same tokens; they are level only where nothing more is possible of any."""
    is_exact = all(row.exact for row in rows)
    tokens = f"{sentences.share_of(rows[0].share, exact=is_exact)} of tokens{period}"
    named = formats.list_in_words(names)
    if len(names) > _MOST_NAMED:
        named = f"{len(names):,} models"
    if is_exact:
        return f"{named} are level with {tokens} each"
    return f"{named} have {tokens} each"


def _share_of(row: ModelUseRow) -> str:
    return sentences.share_of(row.share, exact=row.exact)


def _share_change(row: ModelUseRow, weeks: WeekOnWeek, bounds: BoundsWeekOnWeek) -> str:
    """Return how its share changed, where every day says so and no weekday decides it."""
    slug = row.model_permaslug.id
    gain = share_gains(bounds.now, bounds.before, [slug])[slug]
    was_listed = weeks.comparable and row.days_before
    if not was_listed or not gain.firm or gain.low != gain.high:
        return ""
    points = formats.signed(abs(gain.low) * 100, 1).lstrip("+")
    if points == "±0":
        return ", about as in the previous week"
    direction = "up" if gain.low > 0 else "down"
    return f", {direction} {points} percentage points from the previous week"


_COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTS_IN_WORDS = dict(enumerate(_COUNTS, 2))


def _windows_in_words(count: int) -> str:
    """Return ``three 7-day periods`` of two or more, or ``11 periods of 7 days``."""
    if count in _COUNTS_IN_WORDS:
        return f"{_COUNTS_IN_WORDS[count]} 7-day periods"
    return f"{count} periods of 7 days"


MAKER = BoardMaker(
    families=("models-1d", "models-7d", "models-30d"), make=boards, needs=("daily_tokens",)
)
