"""The days of one model: its tokens, rank and share, and the most it can have had outside the top 50."""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from generator.archive.coverage import Coverage
from generator.archive.daily_tokens import DailyTokens
from generator.base import files, formats
from generator.base.dates import Window, human_day
from generator.boards import joined_models, rank_stability, token_columns, totals
from generator.boards.board import Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.joined_models import WEEK
from generator.boards.names import Names
from generator.boards.rank_stability import RankRange
from generator.boards.sources import Sources
from generator.boards.totals import SCOPE, SHOWN_DAYS, token_totals
from generator.endpoints import rankings_daily

_RANK_RANGE = (
    Column(
        "model_rank_low",
        "Best rank",
        "rank",
        "Best rank that equal tokens and listings outside the top 50 leave open",
        in_table=False,
    ),
    Column(
        "model_rank_high",
        "Worst rank",
        "rank",
        "Worst rank that equal tokens and listings outside the top 50 leave open",
        in_table=False,
    ),
)
_COLUMNS = (
    Column("date", "Day", "day"),
    Column("total_tokens", "Tokens", "tokens", "All listings of the model together"),
    Column("model_rank", "Model rank", "rank", "Rank among models on that day"),
    *_RANK_RANGE,
    Column("share", "Share", "share"),
    Column(
        "bound",
        "At most",
        "tokens",
        "Outside the top 50, for each listing: the tokens of the last one in the top 50",
    ),
)


@dataclass(frozen=True, slots=True)
class ModelDay:
    """A model's day in the top 50: the sum over its listings, its rank among such sums, its share of all tokens.

    Attributes:
        rank: equal sums share it.
        ranks: the ranks that equal sums and listings outside the top 50 leave open.
    """

    tokens: int
    rank: int
    ranks: RankRange
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDayRow(UnrankedRow):
    """One day of a model; outside the top 50 only ``bound`` is known, the most a listing of it can have had.

    Of a day that is missing, nothing is known.
    """

    date: date
    total_tokens: int | None = None
    model_rank: int | None = None
    model_rank_low: int | None = None
    model_rank_high: int | None = None
    share: float | None = None
    bound: int | None = None

    @property
    def own_window(self) -> Window:
        """The day."""
        return Window(self.date, self.date)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDaysBoard(Board[ModelDayRow]):
    """The days of one model."""

    model: Entity


def days_by_model(sources: Sources, daily: DailyTokens) -> dict[str, dict[date, ModelDay]]:
    """Return by canonical slug the days on which a listing of the model was in the top 50."""
    names = sources.names
    days = list(daily.days)
    canonical = cache(names.canonical)
    of_days = sources.recalled(
        "model-days",
        dict[str, ModelDay],
        (sys.modules[__name__], joined_models, rank_stability, totals),
        [_key(daily, day, canonical) for day in days],
        lambda at: _of_day(daily, days[at], names),
    )
    by_model: dict[str, dict[date, ModelDay]] = {}
    for day, models in zip(days, of_days, strict=True):
        for slug, known in models.items():
            by_model.setdefault(slug, {})[day] = known
    return by_model


def _key(daily: DailyTokens, day: date, canonical: Callable[[str], str]) -> str:
    """Return a checksum of a day's tokens, and of the listings of its week with the model of each."""
    listings = sorted(rank_stability.named_listings(daily.days, Window.ending(day, WEEK)))
    joined = [(listing, canonical(listing)) for listing in listings]
    return files.sha256(repr((list(daily.days[day].items()), joined)).encode(errors="replace"))


def _of_day(daily: DailyTokens, day: date, names: Names) -> dict[str, ModelDay]:
    totals_of_day = token_totals(daily, Window(day, day), names.canonical)
    ranges = joined_models.rank_ranges(daily, day, names)
    models: dict[str, ModelDay] = {}
    for slug, rank in totals_of_day.shared_ranks().items():
        tokens = totals_of_day.by[slug]
        models[slug] = ModelDay(tokens, rank, ranges[slug], totals_of_day.share(tokens))
    return models


def outside_rows(daily: DailyTokens) -> dict[date, ModelDayRow]:
    """Return for each day that boards show the row of a model outside its top 50: one for all models."""
    # Made for each of 2,000 models with a year of days, they took 6 s of CPU and 60 MB.
    return {day: ModelDayRow(date=day, bound=daily.bound(day)) for day in daily.window(SHOWN_DAYS)}


def days_board(
    model: Entity,
    daily: DailyTokens | None,
    days: Mapping[date, ModelDay],
    outside: Mapping[date, ModelDayRow],
) -> ModelDaysBoard | None:
    """Return the model's newest days, from its first one on; None when it was in the top 50 on none of them.

    Args:
        model: whose days.
        daily: the tokens of each day.
        days: those on which the model was in the top 50.
        outside: what :func:`outside_rows` returns.
    """
    if daily is None or not days:
        return None
    every = Window(min(days), daily.last)
    window = Window(max(every.start, daily.window(SHOWN_DAYS).start), every.end)
    if max(days) < window.start:
        return None
    coverage = daily.coverage(window)
    place = model.path or model.id
    return ModelDaysBoard(
        id=BoardId("model", *place.removeprefix("models/").strip("/").split("/")),
        title=f"How much is {model.name} used?",
        columns=_COLUMNS,
        phone=("date", "total_tokens", "model_rank"),
        rows=tuple(_rows(window, days, outside)),
        citations=(daily.citation,),
        datasets=(rankings_daily.NAME,),
        finding=_days_finding(model, days, daily.coverage(every)),
        notes=(
            "Gaps are days outside the top 50: not zero, but for each listing at most the tokens of the last one in it.",
            "A listing outside the top 50 on a day adds nothing to the sum of that day.",
            *_earlier(every, window),
        ),
        scope=SCOPE,
        window=window,
        coverage=coverage,
        processing=token_columns.PROCESSING,
        model=model,
    )


def _earlier(every: Window, shown: Window) -> Iterator[str]:
    """Yield where the days before those shown are, where there are some."""
    if every.start < shown.start:
        yield (
            f"Shown are the newest {SHOWN_DAYS} days; the history of the daily rankings has all since "
            f"{human_day(every.start)}."
        )


def _rows(
    window: Window, days: Mapping[date, ModelDay], outside: Mapping[date, ModelDayRow]
) -> Iterator[ModelDayRow]:
    for day in window:
        if day in days:
            yield _day_row(day, days[day])
        else:
            yield outside[day]


def _day_row(day: date, known: ModelDay) -> ModelDayRow:
    return ModelDayRow(
        date=day,
        total_tokens=known.tokens,
        model_rank=known.rank,
        model_rank_low=known.ranks.low,
        model_rank_high=known.ranks.high,
        share=known.share,
    )


def _days_finding(model: Entity, days: Mapping[date, ModelDay], coverage: Coverage) -> str:
    lowest = min(day.ranks.low for day in days.values())
    best = RankRange(lowest, min(day.ranks.high for day in days.values()))
    held = coverage.window.days - len(coverage.missing)
    finding = (
        f"{model.name} had a listing in the top 50 on {len(days):,} of {formats.counted(held, 'day')}; "
        f"its best rank among models was {best.words}."
    )
    if not coverage.whole:
        finding += f" {coverage.causes}."
    last = max(days)
    if last < coverage.window.end:
        finding += f" It was last there on {human_day(last)}."
    return finding
