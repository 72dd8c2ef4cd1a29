"""Tokens week by week, by model and by author."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from generator.archive.daily_tokens import DailyTokens
from generator.base import formats
from generator.base.dates import Window, human_day
from generator.boards import sentences, token_columns
from generator.boards.board import (
    AnyBoard,
    Board,
    BoardId,
    Column,
    Entity,
    Standing,
    WeekRow,
)
from generator.boards.names import author
from generator.boards.rank_stability import TokenBounds
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.totals import (
    ABSENT,
    SCOPE,
    Namer,
    Totals,
    bounds_week_on_week,
    recent_weeks,
    token_totals,
)
from generator.endpoints.rankings_daily import NAME, OTHER

SERIES = 9
"""The number of the newest week's models or authors that have a series of their own."""
LED = 5
"""Whoever was among the first so many of any week has one too, as long as there is room."""
_MOST_NAMED = 3
"""More that are level are counted."""
MOST_SERIES = 16
"""Everything beyond so many series is one remainder; those that led a week come first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _TokensRow(WeekRow):
    """Tokens of a week; the ``other`` row of a week is the remainder.

    Attributes:
        total_tokens_high, share_high: with the most that the days outside the top 50 can have held.
    """

    total_tokens: int
    total_tokens_high: int
    share: float
    share_high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelWeekRow(_TokensRow):
    """A model's tokens in a week."""

    model_permaslug: Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorWeekRow(_TokensRow):
    """An author's tokens in a week."""

    author: Entity


_WeekRow = TypeVar("_WeekRow", ModelWeekRow, AuthorWeekRow)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield models by week and authors by week."""
    daily = required(sources.daily_tokens)
    models = _series(daily, None, sources.names.model, "All other models")
    yield _weekly_board(
        daily,
        models,
        token_columns.MODEL,
        _model_row,
        id_=BoardId("models-weekly"),
        title="Weekly tokens by model",
    )
    authors = _series(daily, author, sources.names.author, "All other authors")
    yield _weekly_board(
        daily,
        authors,
        token_columns.AUTHOR,
        _author_row,
        id_=BoardId("authors-weekly"),
        title="Token share by author",
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """One name's tokens of a week, and the most that they can be."""

    week: date
    entity: Entity
    tokens: int
    tokens_high: int
    share: float
    share_high: float

    @property
    def standing(self) -> Standing:
        return "other" if self.entity.id == OTHER else "ranked"


@dataclass(frozen=True, slots=True)
class _Series:
    """The largest names of the newest week and of those before in every week, and what they leave."""

    window: Window
    parts: list[_Part]
    finding: str


def _model_row(part: _Part) -> ModelWeekRow:
    return ModelWeekRow(
        standing=part.standing,
        week=part.week,
        model_permaslug=part.entity,
        total_tokens=part.tokens,
        total_tokens_high=part.tokens_high,
        share=part.share,
        share_high=part.share_high,
    )


def _author_row(part: _Part) -> AuthorWeekRow:
    return AuthorWeekRow(
        standing=part.standing,
        week=part.week,
        author=part.entity,
        total_tokens=part.tokens,
        total_tokens_high=part.tokens_high,
        share=part.share,
        share_high=part.share_high,
    )


def _series(
    daily: DailyTokens,
    namer: Namer | None,
    entity: Callable[[str], Entity],
    rest_name: str,
) -> _Series:
    """Return the series of models, or of what ``namer`` sums them under.

    Args:
        daily: the rankings.
        namer: gives the name under which a listing is summed; None for its own.
        entity: makes an entity of a name.
        rest_name: what the remainder of a week is called.
    """
    weeks = recent_weeks(daily)
    totals = [token_totals(daily, week, namer) for week in weeks]
    followed = _followed(totals)

    bounds_by_week = [bounds_week_on_week(daily, week, namer).now for week in weeks]
    parts: list[_Part] = []
    for week, bounds in zip(totals, bounds_by_week, strict=True):
        rest = week.all
        for name in followed:
            if name in week.by:
                parts.append(_part(week, entity(name), name, bounds))
                rest -= week.by[name]
        parts.append(_remainder(week, Entity(OTHER, rest_name), rest))
    return _Series(
        window=Window(weeks[0].start, weeks[-1].end),
        parts=parts,
        finding=_weekly_finding(totals[-1], bounds_by_week[-1], entity),
    )


def _part(week: Totals, entity: Entity, name: str, bounds: TokenBounds) -> _Part:
    """Return what a name has of a week, and the most that it can have."""
    tokens = week.by[name]
    return _Part(
        week=week.window.end,
        entity=entity,
        tokens=tokens,
        tokens_high=bounds.span(name).high,
        share=week.share(tokens),
        share_high=bounds.share(name)[1],
    )


def _remainder(week: Totals, entity: Entity, tokens: int) -> _Part:
    """Return what the named ones leave of a week: no more than that, as each may have had more outside the top 50."""
    share = week.share(tokens)
    return _Part(week.window.end, entity, tokens, tokens, share, share)


def _followed(totals: Sequence[Totals]) -> list[str]:
    """Return the names that have a series: those of the newest week by its tokens, then earlier weeks' largest.

    Whoever leads a week is always among them.
    """
    newest = totals[-1]
    best = _best_places(totals)
    followed = set(newest.ranked()[:SERIES])
    for name in sorted(best, key=lambda name: (best[name], name)):
        place, _ = best[name]
        if place == 1 or len(followed) < MOST_SERIES:
            followed.add(name)

    def order(name: str) -> tuple[int, tuple[int, int], str]:
        never_led = (LED + 1, 0)
        return -newest.by.get(name, 0), best.get(name, never_led), name

    return sorted(followed, key=order)


def _best_places(totals: Sequence[Totals]) -> dict[str, tuple[int, int]]:
    """Return the best place, and less the tokens of that week, of each name that was among the first of any week."""
    best: dict[str, tuple[int, int]] = {}
    for week in totals:
        for place, name in enumerate(week.ranked()[:LED], 1):
            standing = (place, -week.by[name])
            best[name] = min(best.get(name, standing), standing)
    return best


def _weekly_finding(newest: Totals, bounds: TokenBounds, entity: Callable[[str], Entity]) -> str:
    """Return the tokens of the newest week, and who has the largest share of them."""
    total = formats.tokens_in_words(newest.all)
    sentence = f"{total} tokens in the week to {human_day(newest.window.end)}"
    level = sentences.at_top(newest.ranked(), newest.by.get)
    if level:
        is_exact = all(bounds.span(name).exact for name in level)
        share = sentences.share_of(newest.share(newest.by[level[0]]), exact=is_exact)
        have = formats.inflected(len(level), "has", "have")
        who = formats.list_in_words([entity(name).name for name in level])
        if len(level) > _MOST_NAMED:
            who = str(len(level))
        sentence += f"; {who} {have} {share} of them{sentences.each(level)}"
    return newest.coverage.qualified(f"{sentence}.")


def _weekly_board(
    daily: DailyTokens,
    series: _Series,
    named: Column,
    row: Callable[[_Part], _WeekRow],
    *,
    id_: BoardId,
    title: str,
) -> Board[_WeekRow]:
    return Board(
        id=id_,
        title=title,
        columns=(
            token_columns.WEEK,
            named,
            token_columns.TOKENS,
            token_columns.TOKENS_HIGH,
            token_columns.SHARE,
            token_columns.SHARE_HIGH,
        ),
        phone=("week", named.key, "share"),
        rows=tuple(row(part) for part in series.parts),
        citations=(daily.citation,),
        datasets=(NAME,),
        finding=series.finding,
        notes=(ABSENT,),
        scope=SCOPE,
        window=series.window,
        coverage=daily.coverage(series.window),
        processing=token_columns.PROCESSING,
    )


MAKER = BoardMaker(
    families=("models-weekly", "authors-weekly"), make=boards, needs=("daily_tokens",)
)
