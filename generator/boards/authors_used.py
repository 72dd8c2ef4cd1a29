"""Authors by the tokens of their models, over 7 and over 30 days."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.archive.history import DailyTokens
from generator.base import formats
from generator.base.dates import Window
from generator.boards import token_columns
from generator.boards.board import AnyBoard, Board, BoardId, BoardRow, Column, Entity, Moved
from generator.boards.names import Names, author
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.totals import (
    SCOPE,
    WeekOnWeek,
    rank_change,
    slugs_before,
    week_on_week,
)
from generator.endpoints.rankings_daily import NAME, OTHER

WEEK = BoardId("authors-7d")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorUseRow(BoardRow):
    """An author's tokens in the window; the ``other`` row has no rank and counts no models."""

    rank: int | None
    moved: Moved | None
    author: Entity
    total_tokens: int
    share: float
    points: float | None
    models: int | None


_COLUMNS = (
    token_columns.RANK,
    token_columns.MOVED,
    token_columns.AUTHOR,
    token_columns.TOKENS,
    token_columns.SHARE,
    Column(
        "points", "Points", "points", "Change of the share against the same window a week before"
    ),
    Column("models", "Models", "integer", "Models of this author in a top fifty of the window"),
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the boards of 7 and 30 days."""
    for days in (7, 30):
        yield _board(sources, required(sources.daily_tokens), days)


def _board(sources: Sources, daily: DailyTokens, days: int) -> Board[AuthorUseRow]:
    window = daily.window(days)
    weeks = week_on_week(daily, window, author)
    return Board(
        id=BoardId(f"authors-{days}d"),
        title="Whose models are used most?",
        columns=_COLUMNS,
        rows=tuple(_rows(daily, sources.names, weeks)),
        citations=(daily.citation,),
        datasets=(NAME,),
        finding=_finding(sources.names, weeks),
        notes=(
            *token_columns.notes(window, daily),
            "Models outside the daily top fifty count for no author, so each author's share is a lower bound.",
        ),
        scope=SCOPE,
        window=window,
        coverage=daily.coverage(window),
        processing=token_columns.PROCESSING,
    )


def _rows(daily: DailyTokens, names: Names, weeks: WeekOnWeek) -> Iterator[AuthorUseRow]:
    now, before = weeks.now, weeks.before
    ranks_before = before.ranks() if weeks.comparable else None
    seen_earlier = {author(slug) for slug in slugs_before(daily, now.window)}
    models = _models_by_author(daily, now.window, names)
    for rank, name in enumerate(now.ranked(), 1):
        yield AuthorUseRow(
            rank=rank,
            moved=rank_change(name, rank, ranks_before, seen_earlier=name in seen_earlier),
            author=names.author(name),
            total_tokens=now.by[name],
            share=now.share(now.by[name]),
            points=_points(name, weeks),
            models=len(models[name]),
        )
    if now.other:
        points = now.share(now.other) - before.share(before.other)
        yield AuthorUseRow(
            standing="other",
            rank=None,
            moved=None,
            author=Entity(OTHER, "Models outside the top fifty"),
            total_tokens=now.other,
            share=now.share(now.other),
            points=points if weeks.comparable else None,
            models=None,
        )


def _models_by_author(daily: DailyTokens, window: Window, names: Names) -> dict[str, set[str]]:
    """Each author's models in a top fifty of the window, all listings of one counted once."""
    models: dict[str, set[str]] = {}
    for day in window:
        for slug in daily.days.get(day, {}):
            models.setdefault(author(slug), set()).add(names.canonical(slug))
    return models


def _points(name: str, weeks: WeekOnWeek) -> float | None:
    """The change of the author's share, None where there is nothing to compare with."""
    now, before = weeks.now, weeks.before
    if not weeks.comparable or name not in before.by:
        return None
    return now.share(now.by[name]) - before.share(before.by[name])


def _finding(names: Names, weeks: WeekOnWeek) -> str:
    now = weeks.now
    leaders = now.ranked()[:3]
    together = formats.share(sum(now.share(now.by[name]) for name in leaders))
    listed = formats.list_in_words([names.author(name).name for name in leaders])
    sentence = f"{listed} together make up {together} of all tokens"

    gains = {name: _points(name, weeks) or 0.0 for name in now.by}
    best = max(gains, key=lambda name: (gains[name], name), default=None)
    if best is not None and gains[best] > 0:
        points = f"{gains[best] * 100:.1f} points"
        sentence += f"; {names.author(best).name} gained most, {points}"
    return now.coverage.qualified(sentence + ".")


MAKER = BoardMaker(families=("authors-7d", "authors-30d"), make=boards, needs=("daily_tokens",))
