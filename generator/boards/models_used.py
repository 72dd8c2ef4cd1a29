"""Models by tokens: on the newest day, over 7 and over 30 days."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.archive.history import DailyTokens
from generator.base import formats
from generator.base.dates import Window
from generator.boards import token_columns
from generator.boards.board import AnyBoard, Board, BoardId, BoardRow, Column, Entity, Moved
from generator.boards.names import Names
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.totals import (
    SCOPE,
    Totals,
    WeekOnWeek,
    rank_change,
    relative_change,
    slugs_before,
    week_on_week,
    weeks_leading,
)
from generator.endpoints.rankings_daily import NAME, OTHER

SPARK_DAYS = 30
WEEK = BoardId("models-7d")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelUseRow(BoardRow):
    """A model's tokens in the window; the ``other`` row has no rank."""

    rank: int | None
    moved: Moved | None
    model_permaslug: Entity
    total_tokens: int
    share: float
    change: float | None
    spark: tuple[float | None, ...]


_COLUMNS = (
    token_columns.RANK,
    token_columns.MOVED,
    token_columns.MODEL,
    token_columns.TOKENS,
    token_columns.SHARE,
    Column(
        "change",
        "Against the week before",
        "change",
        "Of tokens, against the same window a week before",
    ),
    Column(
        "spark",
        f"{SPARK_DAYS} days",
        "spark",
        "Tokens of each day; gaps are days outside the top fifty",
    ),
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the boards of one day, 7 and 30 days."""
    for days in (1, 7, 30):
        yield _board(sources, required(sources.daily_tokens), days)


def _board(sources: Sources, daily: DailyTokens, days: int) -> Board[ModelUseRow]:
    names = sources.names
    window = daily.window(days)
    weeks = week_on_week(daily, window)
    return Board(
        id=BoardId(f"models-{days}d"),
        title="Which models are used most?",
        columns=_COLUMNS,
        rows=tuple(_rows(daily, names, weeks)),
        citations=(daily.citation,),
        datasets=(NAME,),
        finding=_finding(daily, names, weeks),
        notes=(
            *token_columns.notes(window, daily),
            *_missing_from_sparks(daily),
            *_models_that_left(weeks, names),
        ),
        scope=SCOPE,
        window=window,
        coverage=daily.coverage(window),
        processing=token_columns.PROCESSING,
    )


def _rows(daily: DailyTokens, names: Names, weeks: WeekOnWeek) -> Iterator[ModelUseRow]:
    now, before = weeks.now, weeks.before
    ranks_before = before.ranks() if weeks.comparable else None
    seen_earlier = slugs_before(daily, now.window)
    for rank, slug in enumerate(now.ranked(), 1):
        tokens = now.by[slug]
        change = relative_change(tokens, before.by.get(slug))
        yield ModelUseRow(
            rank=rank,
            moved=rank_change(slug, rank, ranks_before, seen_earlier=slug in seen_earlier),
            model_permaslug=names.model(slug),
            total_tokens=tokens,
            share=now.share(tokens),
            change=change if weeks.comparable else None,
            spark=_spark(daily, slug),
        )
    if now.other:
        change = relative_change(now.other, before.other)
        yield ModelUseRow(
            standing="other",
            rank=None,
            moved=None,
            model_permaslug=names.model(OTHER),
            total_tokens=now.other,
            share=now.share(now.other),
            change=change if weeks.comparable else None,
            spark=_spark(daily, OTHER),
        )


def _spark(daily: DailyTokens, slug: str) -> tuple[float | None, ...]:
    """Tokens of each day, None on days outside the top fifty."""
    return tuple(daily.days.get(day, {}).get(slug) for day in daily.window(SPARK_DAYS))


def _missing_from_sparks(daily: DailyTokens) -> tuple[str, ...]:
    """A note on days that the line of thirty days leaves out for all models."""
    # Before the first day held, nothing is missing.
    held = Window(max(daily.first, daily.window(SPARK_DAYS).start), daily.last)
    covered = daily.coverage(held)
    return () if covered.whole else (f"In the line of {SPARK_DAYS} days: {covered.causes}.",)


def _models_that_left(weeks: WeekOnWeek, names: Names) -> tuple[str, ...]:
    """A note on models that were ranked a week before and are not any more, the largest first."""
    if not weeks.comparable:
        return ()
    gone = [names.model(slug).name for slug in weeks.before.ranked() if slug not in weeks.now.by]
    return (f"Left since the week before: {', '.join(gone)}.",) if gone else ()


def _finding(daily: DailyTokens, names: Names, weeks: WeekOnWeek) -> str:
    """The sentence on who leads; of the week also for how long, and the change of the share."""
    coverage = weeks.now.coverage
    if weeks.now.window.days == 7:
        return coverage.qualified(_finding_of_the_week(daily, names, weeks))
    return coverage.qualified(_finding_of_other_windows(names, weeks.now))


def _finding_of_the_week(daily: DailyTokens, names: Names, weeks: WeekOnWeek) -> str:
    now, before = weeks.now, weeks.before
    leader = now.ranked()[0]
    run = weeks_leading(daily, leader)
    lead = f"leads for the {_ordinal(run)} week running" if run > 1 else "leads"
    share = now.share(now.by[leader])

    sentence = f"{names.model(leader).name} {lead} with {formats.share(share)} of all tokens"
    if weeks.comparable and leader in before.by:
        points = share - before.share(before.by[leader])
        direction = "up" if points >= 0 else "down"
        sentence += f", {direction} {abs(points) * 100:.1f} points on the week before"
    return sentence + "."


def _finding_of_other_windows(names: Names, now: Totals) -> str:
    leader, *rest = now.ranked()
    days = now.window.days
    period = f"{days} days" if days > 1 else "the day"
    share = formats.share(now.share(now.by[leader]))
    sentence = f"{names.model(leader).name} has {share} of all tokens of {period}"
    if rest:
        second = rest[0]
        share = formats.share(now.share(now.by[second]))
        sentence += f", ahead of {names.model(second).name} with {share}"
    return sentence + "."


_ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)


def _ordinal(number: int) -> str:
    """``third``, ``11th``, ``22nd``."""
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


MAKER = BoardMaker(
    families=("models-1d", "models-7d", "models-30d"), make=boards, needs=("daily_tokens",)
)
