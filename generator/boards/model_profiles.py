"""One model across all sources: where it stands, what it costs, how it scores, what it is chosen for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from generator.archive.listings import ListingHistory
from generator.base import isolation
from generator.base.attribution import Citation, distinct
from generator.base.isolation import Failure
from generator.boards import (
    alternatives,
    frontier,
    joined_models,
    model_facts,
    model_findings,
    model_prices,
    price_history,
)
from generator.boards.alternatives import AlternativeRow, Scored
from generator.boards.board import AnyBoard, Board, Entity, citations_of, datasets_of
from generator.boards.frontier import FrontierRow
from generator.boards.joined_models import JoinedModels, Offer, Usage
from generator.boards.model_days import (
    ModelDay,
    ModelDayRow,
    ModelDaysBoard,
    days_board,
    days_by_model,
    outside_rows,
)
from generator.boards.model_listings import ListingRow, listings_board
from generator.boards.model_prices import ModelPriceRow
from generator.boards.model_scores import (
    ModelScore,
    ScoreRow,
    scores_board,
    scores_by_model,
)
from generator.boards.model_tasks import ModelTask, ModelTaskRow, tasks_board, tasks_by_model
from generator.boards.names import Names, place_by_use
from generator.boards.price_history import PriceStepRow
from generator.boards.rank_stability import RankRange
from generator.boards.sources import Sources
from generator.endpoints import models
from generator.endpoints.models import ModelRow

NEIGHBORS = 2
"""The number of models above and below a model that its page names."""


@dataclass(frozen=True, slots=True)
class ModelProfile:
    """One model across all sources, joined by canonical slug.

    Attributes:
        model: name, author, page; ``id`` is the canonical slug.
        ids: every id and permaslug it runs under: variants, dated slugs, former ids.
        aliases: the names that lead to it for now, such as ``~author/x-latest``.
        listed: it is in the newest catalog.
        first_seen, last_seen: the first and last day on which a held snapshot names it.
        facts: what the catalog says, as (label, text) pairs in reading order: released, context, modalities.
        finding: a sentence or two on its standing.
        rank, of, share: over the last seven days, of the sum over its listings, among ``of`` models; None
            when no listing was in a top 50.
        usage_board: daily tokens with rank and share, oldest first; None when it was never in the top 50.
        prices: every price the catalog has for it, tiers and time windows included.
        scores: every benchmark score with its source, rank and date.
        tasks: the tasks it is among the listed models of.
        neighbors: models just above and below by tokens.
        citations: of everything above.
        datasets: where it comes from.
        tokens: of the same days, summed over its listings.
        tokens_high: with the most that the days outside the top 50 can have held.
        offer: the listing that gives its price, and whether there is a free one; None when it is not listed.
        intelligence_index: the best of all settings it was measured under.
        listings: each with its own rank, tokens and price.
        parameters: of the API that the listing supports, empty where none is known.
        links: its pages at OpenRouter and Hugging Face, as (label, URL) pairs.
        alternatives: what is as good for less, and better at a similar price; None without a score or a price.
        price_history: the prices of its listings as steps; None where none has changed.
    """

    model: Entity
    ids: tuple[str, ...]
    listed: bool
    first_seen: date | None
    last_seen: date | None
    facts: tuple[tuple[str, str], ...]
    finding: str
    rank: int | None
    ranks: RankRange | None
    of: int
    share: float | None
    usage_board: ModelDaysBoard | None
    prices: Board[ModelPriceRow] | None
    scores: Board[ScoreRow] | None
    tasks: Board[ModelTaskRow] | None
    neighbors: tuple[Entity, ...]
    citations: tuple[Citation, ...]
    datasets: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    tokens: int | None = None
    tokens_high: int | None = None
    offer: Offer | None = None
    intelligence_index: float | None = None
    listings: Board[ListingRow] | None = None
    parameters: str = ""
    links: tuple[tuple[str, str], ...] = ()
    alternatives: Board[AlternativeRow] | None = None
    price_history: Board[PriceStepRow] | None = None

    @property
    def exact(self) -> bool:
        """Whether every listing was in the top 50 on each of these days; else tokens and share are lower bounds."""
        return self.tokens == self.tokens_high

    @property
    def others_near(self) -> list[Entity]:
        """Return the neighbors that have pages, without the model itself."""
        return [model for model in self.neighbors if model.path not in (None, self.model.path)]


def most_used_first(profiles: Iterable[ModelProfile]) -> list[ModelProfile]:
    """Return the models by rank, then what is in the catalog, then what was, each by name."""
    return sorted(
        profiles,
        key=lambda profile: place_by_use(profile.rank, profile.model, listed=profile.listed),
    )


@dataclass(frozen=True, slots=True)
class _ByModel:
    """All models joined from their listings, and by canonical slug what other boards have of them.

    Attributes:
        outside: by day the row of a model outside its top 50.
    """

    joined: JoinedModels
    days: Mapping[str, Mapping[date, ModelDay]]
    outside: Mapping[date, ModelDayRow]
    scores: Mapping[str, Sequence[ModelScore]]
    tasks: Mapping[str, Sequence[ModelTask]]
    priced: Board[FrontierRow] | None
    price_steps: Board[PriceStepRow] | None
    best_scores: Mapping[str, Scored]


@dataclass(frozen=True, slots=True)
class ModelProfiles:
    """The profiles of all models, and a sentence for each that says no more than the model's name."""

    profiles: tuple[ModelProfile, ...]
    failures: tuple[str, ...]


def profiles(sources: Sources) -> ModelProfiles:
    """Return a profile of every model that some source has ever named, in the order of its slug.

    A profile that cannot be made is replaced by one that says no more than the name, since other pages
    lead to the model's page.

    Args:
        sources: with all boards made.
    """
    by_model = isolation.attempt(partial(_by_model, sources), "the figures of each model")
    made: list[ModelProfile] = []
    if isinstance(by_model, Failure):
        made += [_bare(slug, sources) for slug in sources.names.pages]
        return ModelProfiles(tuple(made), (by_model.sentence,))

    failures: list[str] = []
    for slug in sources.names.pages:
        make = partial(_profile, slug, sources, by_model)
        profile = isolation.attempt(make, f"the profile of {slug}")
        if isinstance(profile, Failure):
            failures.append(profile.sentence)
            profile = _bare(slug, sources)
        made.append(profile)
    return ModelProfiles(tuple(made), tuple(failures))


def _bare(slug: str, sources: Sources) -> ModelProfile:
    """Return the profile that says nothing but the model's name."""
    model, catalogue = sources.names.page(slug), sources.catalogue
    bare = ModelProfile(
        model=model,
        ids=(slug,),
        listed=True,
        first_seen=None,
        last_seen=None,
        facts=(),
        finding=f"The figures of {model.name} could not be put together for this day.",
        rank=None,
        ranks=None,
        of=0,
        share=None,
        usage_board=None,
        prices=None,
        scores=None,
        tasks=None,
        neighbors=(),
        citations=(),
        datasets=(),
    )
    if catalogue is None:
        return bare
    return replace(bare, citations=catalogue.citations[:1], datasets=(models.NAME,))


def _by_model(sources: Sources) -> _ByModel:
    names, boards, daily = sources.names, sources.boards, sources.daily_tokens
    priced = boards.find(frontier.ID, FrontierRow)
    by_model = _ByModel(
        joined=joined_models.join(sources),
        days={},
        outside={},
        scores=scores_by_model(boards, names),
        tasks=tasks_by_model(boards, names),
        priced=priced,
        price_steps=boards.find(price_history.ID, PriceStepRow),
        best_scores={},
    )
    if daily is not None:
        days, outside = days_by_model(sources, daily), outside_rows(daily)
        by_model = replace(by_model, days=days, outside=outside)
    if priced is not None:
        by_model = replace(by_model, best_scores=alternatives.best_scores(priced.rows, names))
    return by_model


@dataclass(frozen=True, slots=True)
class _ModelBoards:
    """The boards of one model's page; None where there is nothing to show."""

    days: ModelDaysBoard | None
    prices: Board[ModelPriceRow] | None
    scores: Board[ScoreRow] | None
    tasks: Board[ModelTaskRow] | None
    alternatives: Board[AlternativeRow] | None

    @property
    def made(self) -> list[AnyBoard]:
        """Return the boards that there are, in the order of the page."""
        boards = (self.days, self.prices, self.scores, self.tasks, self.alternatives)
        return [board for board in boards if board is not None]


def _profile(slug: str, sources: Sources, by_model: _ByModel) -> ModelProfile:
    names = sources.names
    model, joined = names.page(slug), by_model.joined.by_slug[slug]
    boards = _boards(slug, model, sources, by_model)
    score_rows = boards.scores.rows if boards.scores else ()
    tasks = by_model.tasks.get(slug, ())
    rankings_day = sources.daily_tokens.citation.day if sources.daily_tokens else None
    listed_ids = [entry.id for entry in names.entries(slug)]

    profile = ModelProfile(
        model=model,
        ids=tuple(dict.fromkeys([slug, *listed_ids])),
        listed=bool(joined.entries),
        first_seen=names.first_seen(slug),
        last_seen=names.last_seen(slug),
        facts=(*model_facts.indices(score_rows), *_catalogue_facts(slug, joined.offer, names)),
        finding=model_findings.finding(model, joined.usage, score_rows, tasks, rankings_day),
        rank=None,
        ranks=None,
        of=len(by_model.joined.ranked),
        share=None,
        usage_board=boards.days,
        prices=boards.prices,
        scores=boards.scores,
        tasks=boards.tasks,
        neighbors=_neighbors(by_model.joined.ranked, joined.usage, names),
        citations=_citations(boards, sources),
        datasets=datasets_of(boards.made) or (models.NAME,),
        aliases=names.aliases(slug),
        intelligence_index=joined.intelligence_index,
        listings=listings_board(joined, sources),
        alternatives=boards.alternatives,
        price_history=price_history.model_board(model, by_model.price_steps),
    )
    return _with_offer(_with_usage(profile, joined.usage), joined.offer)


def _with_offer(profile: ModelProfile, offer: Offer | None) -> ModelProfile:
    """Return the profile with what its offer says, where the model is listed."""
    if offer is None:
        return profile
    parameters, links = model_facts.parameters(offer), tuple(model_facts.links(offer))
    return replace(profile, offer=offer, parameters=parameters, links=links)


def _with_usage(profile: ModelProfile, usage: Usage | None) -> ModelProfile:
    """Return the profile with the model's tokens of the week and its rank by them, where it has any."""
    if usage is None:
        return profile
    return replace(
        profile,
        rank=usage.rank,
        ranks=usage.ranks,
        share=usage.share,
        tokens=usage.tokens,
        tokens_high=usage.tokens_high,
    )


def _boards(slug: str, model: Entity, sources: Sources, by_model: _ByModel) -> _ModelBoards:
    """Return the boards of the page of a model, which ``slug`` names."""
    known_days = by_model.days.get(slug, {})
    entries = by_model.joined.by_slug[slug].entries
    better_or_cheaper = None
    if by_model.priced:
        better_or_cheaper = alternatives.board(slug, by_model.best_scores, by_model.priced)
    return _ModelBoards(
        days=days_board(model, sources.daily_tokens, known_days, by_model.outside),
        prices=_prices(slug, entries, sources),
        scores=scores_board(slug, model, by_model.scores.get(slug, [])),
        tasks=tasks_board(slug, model, by_model.tasks.get(slug, [])),
        alternatives=better_or_cheaper,
    )


def _citations(boards: _ModelBoards, sources: Sources) -> tuple[Citation, ...]:
    """Return the citations of the boards, and that of the catalog, which gives the name."""
    citations = citations_of(boards.made)
    if sources.catalogue and not boards.prices:
        citations = distinct((*citations, sources.catalogue.citations[0]))
    return citations


def _catalogue_facts(slug: str, offer: Offer | None, names: Names) -> list[tuple[str, str]]:
    if offer is None:
        return model_facts.of_unlisted(names.entries(slug), names.last_seen(slug))
    return model_facts.of_listing(offer)


def _prices(
    slug: str, entries: Sequence[ModelRow], sources: Sources
) -> Board[ModelPriceRow] | None:
    """Return the prices of the model; None where it is not listed and never had any."""
    former = _former(slug, entries, sources.names)
    if sources.catalogue is None or not (entries or former):
        return None
    model = sources.names.page(slug)
    return model_prices.board(slug, model, entries, sources.catalogue, former)


def _former(slug: str, entries: Sequence[ModelRow], names: Names) -> list[ListingHistory]:
    """Return the listings of the model that once had a price and are not in the catalog now."""
    now = {entry.id for entry in entries}
    return [entry for entry in names.entries(slug) if entry.id not in now and entry.prices]


def _neighbors(ranked: Sequence[str], usage: Usage | None, names: Names) -> tuple[Entity, ...]:
    """Return the models ranked just above and below the model, itself included."""
    if usage is None:
        return ()
    at = usage.rank - 1
    around = ranked[max(0, at - NEIGHBORS) : at + NEIGHBORS + 1]
    return tuple(names.page(slug) for slug in around)
