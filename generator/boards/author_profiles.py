"""One author across all sources: how much its models are used, which they are, and what they cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from generator.archive.daily_tokens import DailyTokens
from generator.base import formats, isolation
from generator.base.attribution import Citation
from generator.base.dates import Window, human_day
from generator.base.isolation import Failure
from generator.boards import authors_used, sentences, token_columns
from generator.boards.authors_used import AuthorUseRow
from generator.boards.board import (
    Board,
    BoardId,
    Column,
    Entity,
    UnrankedRow,
    WeekRow,
    citations_of,
    datasets_of,
    grouped,
)
from generator.boards.catalogue import joined_credits
from generator.boards.model_profiles import ModelProfile, most_used_first
from generator.boards.names import author
from generator.boards.rank_stability import RankRange, token_rank_ranges
from generator.boards.sentences import PUBLISHED_TOKENS
from generator.boards.sources import Sources
from generator.boards.totals import SCOPE, bounds_week_on_week, token_totals, whole_weeks
from generator.endpoints import rankings_daily

WEEKS = 26
"""The number of the newest weeks that the board of an author's use looks back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorWeekRow(UnrankedRow, WeekRow):
    """An author's tokens in a week, with their share and its rank among authors.

    Attributes:
        total_tokens, share: of what the daily top 50 name, so lower bounds where that leaves some of its models out.
        total_tokens_high, share_high: with the most that the days outside the top 50 can have held.
        rank: equal tokens share it.
        rank_low, rank_high: the ranks that single days and those outside the top 50 leave open.
    """

    total_tokens: int
    total_tokens_high: int
    share: float
    share_high: float
    rank: int
    rank_low: int
    rank_high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorWeeksBoard(Board[AuthorWeekRow]):
    """The weeks of one author."""

    author: Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorModelRow(UnrankedRow):
    """A model of an author; prices are US dollars per token, ``last_seen`` is of models no longer listed.

    Attributes:
        model_rank, model_tokens: of the sum over its listings.
        model_rank_low and others: what single days and those outside the top 50 leave of them.
        prompt, completion, context_length: of its paid listing.
        also_free: ``also free`` where a free listing stands beside that, or nothing.
    """

    model_rank: int | None
    model_rank_low: int | None = None
    model_rank_high: int | None = None
    model_permaslug: Entity
    model_tokens: int | None
    model_tokens_high: int | None
    prompt: str | None = None
    completion: str | None = None
    also_free: str | None = None
    context_length: int | None = None
    intelligence_index: float | None
    last_seen: date | None


@dataclass(frozen=True, slots=True)
class AuthorProfile:
    """One author across all sources.

    Attributes:
        author: name and page (``authors/<author>/``).
        rank, share: by tokens over the last seven days, None outside the top 50.
        finding: one sentence on its standing.
        usage_board: tokens, share and rank week by week, oldest first; None when it was never in a top 50.
        models: all its models, used ones first, former ones with the day they were last seen.
        citations, datasets: of everything above.
    """

    author: Entity
    rank: int | None
    share: float | None
    finding: str
    usage_board: AuthorWeeksBoard | None
    models: Board[AuthorModelRow] | None
    citations: tuple[Citation, ...]
    datasets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuthorProfiles:
    """The profiles of all authors, and a sentence for each that says no more than the author's name."""

    profiles: tuple[AuthorProfile, ...]
    failures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _ByAuthor:
    """What the profiles are made from.

    Attributes:
        weeks: the weeks of each author, oldest first; those in which it was in a daily top 50.
        ranked: all authors of the newest seven days by tokens; empty while nothing is held.
    """

    weeks: Mapping[str, Sequence[AuthorWeekRow]]
    ranked: Sequence[AuthorUseRow]


def profiles(models: Mapping[str, ModelProfile], sources: Sources) -> AuthorProfiles:
    """Return a profile of every author of a model that has a page, by name.

    A profile that cannot be made is replaced by one that says no more than the name, since other pages
    lead to the author's page.

    Args:
        models: every model's profile by canonical slug.
        sources: with all boards made.
    """
    slugs_by_author = grouped(models, author)
    names = sorted(slugs_by_author)
    by_author = isolation.attempt(partial(_by_author, sources), "the figures of each author")
    if isinstance(by_author, Failure):
        bare = tuple(_bare(sources.names.author(name)) for name in names)
        return AuthorProfiles(bare, (by_author.sentence,))

    made: list[AuthorProfile] = []
    failures: list[str] = []
    for name in names:
        owned = [models[slug] for slug in slugs_by_author[name]]
        make = partial(_profile, name, owned, sources, by_author)
        author_profile = isolation.attempt(make, f"the profile of {name}")
        if isinstance(author_profile, Failure):
            failures.append(author_profile.sentence)
            author_profile = _bare(sources.names.author(name))
        made.append(author_profile)
    return AuthorProfiles(tuple(made), tuple(failures))


def _bare(entity: Entity) -> AuthorProfile:
    """Return the profile that says nothing but the author's name."""
    return AuthorProfile(
        author=entity,
        rank=None,
        share=None,
        finding=f"The figures of {entity.name} could not be put together for this day.",
        usage_board=None,
        models=None,
        citations=(),
        datasets=(),
    )


def _by_author(sources: Sources) -> _ByAuthor:
    weeks: Mapping[str, Sequence[AuthorWeekRow]] = {}
    if sources.daily_tokens:
        weeks = _weeks_by_author(sources.daily_tokens)
    ranked: Sequence[AuthorUseRow] = ()
    week = sources.boards.find(authors_used.WEEK, AuthorUseRow)
    if week is not None:
        ranked = week.ranked
    return _ByAuthor(weeks, ranked)


def _profile(
    name: str, owned: Sequence[ModelProfile], sources: Sources, by_author: _ByAuthor
) -> AuthorProfile:
    entity = sources.names.author(name)
    place = next((row for row in by_author.ranked if row.author.id == name), None)
    daily, weeks = sources.daily_tokens, by_author.weeks.get(name, ())
    weeks_board = None
    if daily and weeks:
        weeks_board = _weeks_board(entity, daily, weeks)
    models_board = _models_board(entity, most_used_first(owned), sources)
    parts = [board for board in (weeks_board, models_board) if board is not None]
    offered = [profile for profile in owned if profile.listed]
    profile = AuthorProfile(
        author=entity,
        rank=None,
        share=None,
        finding=finding(entity, place, by_author.ranked, len(offered)),
        usage_board=weeks_board,
        models=models_board,
        citations=citations_of(parts),
        datasets=datasets_of(parts),
    )
    if place is None:
        return profile
    return replace(profile, rank=place.rank, share=place.share)


def _weeks_by_author(daily: DailyTokens) -> dict[str, list[AuthorWeekRow]]:
    """Return the weeks in which each author was in a daily top 50, oldest first."""
    rows: dict[str, list[AuthorWeekRow]] = {}
    for week in whole_weeks(daily, WEEKS):
        totals = token_totals(daily, week, author)
        bounds = bounds_week_on_week(daily, week, author).now
        ranges = token_rank_ranges(bounds)
        for name, rank in totals.shared_ranks().items():
            tokens = totals.by[name]
            row = AuthorWeekRow(
                week=week.end,
                total_tokens=tokens,
                total_tokens_high=bounds.span(name).high,
                share=totals.share(tokens),
                share_high=bounds.share(name)[1],
                rank=rank,
                rank_low=ranges[name].low,
                rank_high=ranges[name].high,
            )
            rows.setdefault(name, []).append(row)
    return rows


def _weeks_board(
    entity: Entity, daily: DailyTokens, rows: Sequence[AuthorWeekRow]
) -> AuthorWeeksBoard:
    """Return the author's use week by week.

    Args:
        rows: at least one, oldest first.
    """
    weeks = len(whole_weeks(daily, WEEKS))
    window = Window(rows[0].own_window.start, rows[-1].own_window.end)
    newest_of_largest = _largest_weeks(rows)[-1]
    coverage_of_largest = daily.coverage(newest_of_largest.own_window)
    place = entity.path or entity.id
    return AuthorWeeksBoard(
        id=BoardId("author", place.removeprefix("authors/").strip("/")),
        author=entity,
        title=f"How much are {entity.name}'s models used?",
        columns=(
            token_columns.WEEK,
            token_columns.TOKENS,
            token_columns.TOKENS_HIGH,
            token_columns.SHARE,
            token_columns.SHARE_HIGH,
            Column("rank", "Rank", "rank", "Among authors, that week"),
            *token_columns.RANK_RANGE,
        ),
        phone=("week", "total_tokens", "share"),
        rows=tuple(rows),
        citations=(daily.citation,),
        datasets=(rankings_daily.NAME,),
        finding=coverage_of_largest.qualified(largest_share(entity.name, rows, weeks)),
        notes=(
            "Models outside the daily top 50 are not attributed to any author, so this is a lower bound.",
        ),
        scope=SCOPE,
        coverage=daily.coverage(window),
        processing=token_columns.PROCESSING,
    )


def largest_share(name: str, rows: Sequence[AuthorWeekRow], weeks: int) -> str:
    """Return when the author's share was the largest, empty without rows.

    Where another week can have had as much outside the top 50, it is said to be the largest as far as that shows.

    Args:
        name: the author's.
        rows: the weeks in which it was in a daily top 50.
        weeks: how many weeks were looked at.
    """
    largest = _largest_weeks(rows)
    if not largest:
        return ""
    newest = largest[-1]
    share = sentences.share_of(newest.share, exact=newest.share >= newest.share_high)
    week = f"the week to {human_day(newest.week)}"
    if weeks <= 1:
        return f"In {week} {name}'s share of {PUBLISHED_TOKENS} was {share}."
    when = f"in {week}"
    if len(largest) > 1:
        when = f"in {len(largest)} of them, last in {week}"
    others = [row for row in rows if row not in largest]
    # In a week that has no row the author was outside the top 50, with an unknown share.
    if len(rows) < weeks or any(row.share_high >= newest.share for row in others):
        when += " as far as the daily top 50 shows"
    return f"Of the last {weeks} weeks, {name}'s share of {PUBLISHED_TOKENS} was largest {when}: {share}."


def _largest_weeks(rows: Sequence[AuthorWeekRow]) -> list[AuthorWeekRow]:
    """Return the weeks of the largest share, oldest first."""
    largest = sentences.at_top(rows, lambda row: row.share)
    return sorted(largest, key=lambda row: row.week)


_MODELS_COLUMNS = (
    Column("model_rank", "Rank", "rank", "Rank among models by tokens over seven days"),
    Column("model_permaslug", "Model", "entity"),
    Column("model_tokens", "Tokens, 7 days", "tokens", "All listings of the model together"),
    Column("prompt", "Input", "price", "US dollars per million input tokens, of the paid listing"),
    Column(
        "completion", "Output", "price", "US dollars per million output tokens, of the paid listing"
    ),
    Column(
        "also_free", "Free listing", "text", "Whether there is a free listing beside the paid one"
    ),
    Column("context_length", "Context", "context", "Of the listing that gives the price"),
    Column("intelligence_index", "Intelligence", "score", "Artificial Analysis index"),
    Column("last_seen", "Last listed", "day", "Last day listed, for models no longer available"),
)


def _models_board(
    entity: Entity, owned: Sequence[ModelProfile], sources: Sources
) -> Board[AuthorModelRow] | None:
    if sources.catalogue is None:
        return None
    use: list[Citation] = []
    if sources.daily_tokens:
        use.append(sources.daily_tokens.citation)
    sourced = joined_credits(sources.catalogue, use, sources.analysis)
    return Board(
        id=BoardId("author-models", entity.id),
        title=f"{entity.name}'s models",
        columns=_MODELS_COLUMNS,
        models="model_permaslug",
        phone=("model_rank", "model_permaslug", "prompt", "completion"),
        rows=tuple(_model_row(profile) for profile in owned),
        citations=sourced.citations,
        datasets=sourced.datasets,
        notes=(
            "A row is a model: its tokens are the sum over its listings, its rank is among such sums.",
            "Removed models keep their page, with the last day they were listed.",
        ),
        processing="Matched across sources by canonical slug; sums and ranks are computed here.",
    )


def _model_row(profile: ModelProfile) -> AuthorModelRow:
    ranks, offer = profile.ranks, profile.offer
    row = AuthorModelRow(
        model_rank=profile.rank,
        model_permaslug=profile.model,
        model_tokens=profile.tokens,
        model_tokens_high=profile.tokens_high,
        intelligence_index=profile.intelligence_index,
        last_seen=None if profile.listed else profile.last_seen,
    )
    if ranks is not None:
        row = replace(row, model_rank_low=ranks.low, model_rank_high=ranks.high)
    if offer is not None:
        row = replace(
            row,
            prompt=offer.listing.pricing.prompt,
            completion=offer.listing.pricing.completion,
            also_free=offer.free_note,
            context_length=offer.listing.context_length,
        )
    return row


def finding(
    entity: Entity, place: AuthorUseRow | None, ranked: Sequence[AuthorUseRow], offered: int
) -> str:
    """Return the author's place among those of the week, and how many models it has on offer.

    Args:
        entity: the author.
        place: its row in the ranking of the week, None where it has none.
        ranked: that ranking, empty while there is none.
        offered: how many of its models the catalog lists.
    """
    name = entity.name
    if name == formats.UNNAMED:
        name = entity.id
    models = "no models"
    if offered:
        models = formats.counted(offered, "model")

    if place is not None and place.ranks is not None:
        ranking = _place_in_words(place, place.ranks, ranked)
        return f"{name} {ranking}; it has {models} available."
    if not ranked or not offered:
        return f"{name} has {models} available."
    if offered == 1:
        return f"{name} has {models} available, which was not in a daily top 50 this week."
    return f"{name} has {models} available, none of them in a daily top 50 this week."


def _place_in_words(place: AuthorUseRow, ranks: RankRange, ranked: Sequence[AuthorUseRow]) -> str:
    """Return ``ranks 2nd of 40 authors by tokens this week, with 14.3% of the tokens OpenRouter publishes``."""
    authors = formats.counted(len(ranked), "author")
    words = f"ranks {ranks.ordinals} of {authors} by tokens this week"
    level = [row.author for row in ranked if row.total_tokens == place.total_tokens]
    others = [other.name for other in level if other != place.author]
    if others:
        words += f", level with {sentences.listed(others)}"
    exact = place.total_tokens == place.total_tokens_high
    share = sentences.share_of(place.share, exact=exact)
    return f"{words}, with {share} of {PUBLISHED_TOKENS}"
