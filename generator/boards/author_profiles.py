"""One author across all sources: how much its models are used, which they are, and what they cost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from generator.archive.history import DailyTokens
from generator.base import formats, isolation
from generator.base.dates import human_day
from generator.boards import token_columns
from generator.boards import totals as use
from generator.boards.board import Board, Column, Entity, Row
from generator.boards.names import Names, author
from generator.boards.site import AuthorProfile, ModelProfile
from generator.endpoints import rankings_daily

WEEKS = 26


@dataclass(frozen=True, slots=True)
class _Sources:
    boards: Mapping[str, Board]
    usage: DailyTokens | None
    places: Mapping[str, Row]
    weekly: Mapping[str, list[Row]]


def profiles(
    found: Mapping[str, ModelProfile],
    boards: Mapping[str, Board],
    usage: DailyTokens | None,
    names: Names,
    omissions: list[str],
) -> Iterator[AuthorProfile]:
    """Yield every author of a model that has a page, by name.

    Where a profile cannot be made, ``omissions`` hears of it, and the author's page says no more than the name,
    since other pages lead there.
    """
    by_author: dict[str, list[ModelProfile]] = {}
    for slug, profile in found.items():
        by_author.setdefault(author(slug), []).append(profile)
    sources = _Sources(
        boards,
        usage,
        isolation.or_else(
            lambda: _places(boards.get("authors-7d")), {}, "the places of authors", omissions
        ),
        isolation.or_else(
            lambda: _weekly(usage) if usage else {}, {}, "the weeks of authors", omissions
        ),
    )
    for name in sorted(by_author):
        entity = names.author(name)
        make = partial(_profile, entity, name, by_author[name], sources)
        yield isolation.or_else(make, _bare(entity), f"the profile of {entity.name}", omissions)


def _bare(entity: Entity) -> AuthorProfile:
    """Return the profile that says nothing but the author's name."""
    finding = f"What is known of {entity.name} could not be put together for this day."
    return AuthorProfile(entity, None, None, finding, None, None, (), ())


def _profile(
    entity: Entity, name: str, owned: list[ModelProfile], sources: _Sources
) -> AuthorProfile:
    owned = sorted(
        owned, key=lambda one: (one.rank or 10**6, not one.listed, one.model.name.casefold())
    )
    weeks = _series(entity, sources.usage, sources.weekly.get(name, [])) if sources.usage else None
    table = _models(entity, owned, sources.boards)
    parts = [board for board in (weeks, table) if board]
    place = sources.places.get(name)
    return AuthorProfile(
        author=entity,
        rank=int(place.number("rank") or 0) if place else None,
        share=place.number("share") if place else None,
        finding=_finding(entity, place, owned),
        usage=weeks,
        models=table,
        citations=tuple(dict.fromkeys(citation for board in parts for citation in board.citations)),
        datasets=tuple(dict.fromkeys(dataset for board in parts for dataset in board.datasets)),
    )


def _places(board: Board | None) -> dict[str, Row]:
    return {row.entity("author").id: row for row in board.ranked} if board else {}


def _weekly(usage: DailyTokens) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for week in use.weeks(usage, WEEKS):
        now = use.totals(usage, week, author)
        for rank, name in enumerate(now.ranked(), 1):
            tokens = now.by[name]
            values = {
                "week": week.end,
                "total_tokens": tokens,
                "share": now.share(tokens),
                "rank": rank,
            }
            found.setdefault(name, []).append(Row(values, "unranked"))
    return found


def _series(entity: Entity, usage: DailyTokens, rows: list[Row]) -> Board | None:
    if not rows:
        return None
    best = max(rows, key=lambda row: row.number("share") or 0.0)
    share, day = formats.share(best.number("share") or 0.0), best["week"]
    finding = (
        f"Its largest share was {share}, in the week to {human_day(day)}."
        if isinstance(day, date)
        else ""
    )
    return Board(
        id=f"author.{(entity.path or entity.id).removeprefix('authors/').strip('/')}",
        title=f"How much are the models of {entity.name} used?",
        columns=(
            token_columns.WEEK,
            token_columns.TOKENS,
            token_columns.SHARE,
            Column("rank", "Rank", "rank", "Among authors, that week"),
        ),
        rows=tuple(rows),
        citations=(usage.citation,),
        datasets=(rankings_daily.NAME,),
        finding=finding,
        notes=(
            "Models outside the daily top fifty count for no author, so this is a lower bound.",
        ),
        scope=use.SCOPE,
        processing=token_columns.PROCESSING,
    )


def _models(entity: Entity, owned: list[ModelProfile], boards: Mapping[str, Board]) -> Board | None:
    catalogue = boards.get("catalogue")
    if catalogue is None:
        return None
    known = {row.entity("model_permaslug").path: row for row in reversed(catalogue.rows)}
    rows = []
    for profile in owned:
        entry = known.get(profile.model.path)
        values = {
            "model_permaslug": profile.model,
            "rank": profile.rank,
            "total_tokens": entry["total_tokens"] if entry else None,
            "prompt": entry["prompt"] if entry else None,
            "completion": entry["completion"] if entry else None,
            "context_length": entry["context_length"] if entry else None,
            "intelligence_index": entry["intelligence_index"] if entry else None,
            "last_seen": None if profile.listed else profile.last_seen,
        }
        rows.append(Row(values, "unranked"))
    return Board(
        id=f"author-models.{entity.id}",
        title=f"Which models does {entity.name} have?",
        columns=(
            Column("rank", "Rank", "rank", "Place by tokens over seven days"),
            Column("model_permaslug", "Model", "entity"),
            Column("total_tokens", "Tokens, 7 days", "tokens"),
            Column("prompt", "Input", "price", "US dollars per million input tokens"),
            Column("completion", "Output", "price", "US dollars per million output tokens"),
            Column("context_length", "Context", "context"),
            Column("intelligence_index", "Intelligence", "score", "Artificial Analysis index"),
            Column(
                "last_seen",
                "Last listed",
                "day",
                "For models that are no longer in the catalogue",
                minor=True,
            ),
        ),
        rows=tuple(rows),
        citations=catalogue.citations,
        datasets=catalogue.datasets,
        notes=(
            "Models that left the catalogue keep their page, with the day they were last seen.",
        ),
        processing="Joined here by canonical slug.",
    )


def _finding(entity: Entity, place: Row | None, owned: list[ModelProfile]) -> str:
    offered = sum(1 for profile in owned if profile.listed)
    models_ = f"{offered} model{'s' if offered != 1 else ''} on offer"
    if place is None:
        return f"{entity.name} has {models_}, none of them in this week's top fifty."
    share = formats.share(place.number("share") or 0.0)
    return f"{entity.name} is number {place['rank']} among authors this week, with {share} of all tokens and {models_}."
