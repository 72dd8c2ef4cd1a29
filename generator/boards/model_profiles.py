"""One model across all sources: where it stands, what it costs, how it scores, what it is chosen for."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from urllib.parse import quote

from generator.archive.listings import ListingHistory
from generator.base import formats, isolation
from generator.base.attribution import Citation, distinct
from generator.base.dates import human_day, parse_day
from generator.base.isolation import Failure
from generator.boards import (
    alternatives,
    frontier,
    joined_models,
    model_prices,
    price_history,
    sentences,
)
from generator.boards.alternatives import AlternativeRow, Scored
from generator.boards.board import Board, Entity, citations_of, datasets_of
from generator.boards.catalogue import created, modalities_in_words
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
    ARTIFICIAL_ANALYSIS,
    ModelScore,
    ScoreRow,
    scores_board,
    scores_by_model,
)
from generator.boards.model_tasks import ModelTask, ModelTaskRow, tasks_board, tasks_by_model
from generator.boards.names import Names, place_by_use
from generator.boards.price_history import PriceStepRow
from generator.boards.rank_stability import RankRange
from generator.boards.sentences import PUBLISHED_TOKENS
from generator.boards.sources import Sources
from generator.endpoints import models
from generator.endpoints.models import ModelRow

NEIGHBOURS = 2

_REPOSITORY = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+", re.ASCII)


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
        neighbours: models just above and below by tokens.
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
    neighbours: tuple[Entity, ...]
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
        """Return the neighbours that have pages, without the model itself."""
        others = [model for model in self.neighbours if model.path != self.model.path]
        return [model for model in others if model.path]


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
    model = sources.names.page(slug)
    return ModelProfile(
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
        neighbours=(),
        citations=sources.catalogue.citations[:1] if sources.catalogue else (),
        datasets=(models.NAME,) if sources.catalogue else (),
    )


def _by_model(sources: Sources) -> _ByModel:
    names, boards, daily = sources.names, sources.boards, sources.daily_tokens
    priced = boards.find(frontier.ID, FrontierRow)
    return _ByModel(
        joined=joined_models.join(sources),
        days=days_by_model(sources, daily) if daily else {},
        outside=outside_rows(daily) if daily else {},
        scores=scores_by_model(boards, names),
        tasks=tasks_by_model(boards, names),
        priced=priced,
        price_steps=boards.find(price_history.ID, PriceStepRow),
        best_scores=alternatives.best_scores(priced.rows, names) if priced else {},
    )


def _profile(slug: str, sources: Sources, by_model: _ByModel) -> ModelProfile:
    names = sources.names
    model, joined = names.page(slug), by_model.joined.by_slug[slug]
    entries, usage, offer = joined.entries, joined.usage, joined.offer

    known_days = by_model.days.get(slug, {})
    days = days_board(model, sources.daily_tokens, known_days, by_model.outside)
    prices = _prices(slug, entries, sources)
    scores = scores_board(slug, model, by_model.scores.get(slug, []))
    tasks = tasks_board(slug, model, by_model.tasks.get(slug, []))
    instead = None
    if by_model.priced:
        instead = alternatives.board(slug, by_model.best_scores, by_model.priced)

    parts = [board for board in (days, prices, scores, tasks, instead) if board]
    citations = citations_of(parts)
    if sources.catalogue and not prices:
        citations = distinct((*citations, sources.catalogue.citations[0]))
    sentence = finding(
        model,
        usage,
        scores.rows if scores else (),
        by_model.tasks.get(slug, ()),
        sources.daily_tokens.citation.day if sources.daily_tokens else None,
    )
    return ModelProfile(
        model=model,
        ids=tuple(dict.fromkeys([slug, *(entry.id for entry in names.entries(slug))])),
        listed=bool(entries),
        first_seen=names.first_seen(slug),
        last_seen=names.last_seen(slug),
        facts=(*_indices(scores), *_facts(offer, names, slug)),
        finding=sentence,
        rank=usage.rank if usage else None,
        ranks=usage.ranks if usage else None,
        of=len(by_model.joined.ranked),
        share=usage.share if usage else None,
        usage_board=days,
        prices=prices,
        scores=scores,
        tasks=tasks,
        neighbours=_neighbours(by_model.joined.ranked, usage, names),
        citations=citations,
        datasets=datasets_of(parts) or (models.NAME,),
        aliases=names.aliases(slug),
        tokens=usage.tokens if usage else None,
        tokens_high=usage.tokens_high if usage else None,
        offer=offer,
        intelligence_index=joined.intelligence_index,
        listings=listings_board(joined, sources),
        parameters=_parameters(offer),
        links=tuple(_links(offer)),
        alternatives=instead,
        price_history=price_history.model_board(model, by_model.price_steps),
    )


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


def _neighbours(ranked: Sequence[str], usage: Usage | None, names: Names) -> tuple[Entity, ...]:
    """Return the models ranked just above and below the model, itself included."""
    if usage is None:
        return ()
    at = usage.rank - 1
    around = ranked[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]
    return tuple(names.page(slug) for slug in around)


_LEAST_COMPARED = 10
"""A place in a shorter list of scores says little."""
_MEASURES = ("Intelligence index", "Coding index", "Agentic index")
"""The first of these that has the model is told: the best of several lists would be told by its luck."""
_FIRSTS_NAMED = 2


@dataclass(frozen=True, slots=True)
class _Part:
    """What a sentence says after the name of the model, and the day that its source states it for."""

    words: str
    day: date | None

    @property
    def with_day(self) -> str:
        return f"{self.words} ({human_day(self.day)})" if self.day else self.words


def finding(
    model: Entity,
    standing: Usage | None,
    scores: Sequence[ScoreRow],
    tasks: Sequence[ModelTask],
    day: date | None = None,
) -> str:
    """Return the model's rank of the week and by one score, each as a range, and the tasks that it leads.

    Parts that do not rest on one day name theirs.

    Args:
        model: whose page it is.
        standing: its place in the ranking of the week, None outside.
        scores: all its scores.
        tasks: those that it is among the listed models of.
        day: that the source states the ranking for.
    """
    name = sentences.model_names([model])[model]
    parts = list(_parts(standing, scores, tasks, day))
    if parts:
        differ = len({part.day for part in parts}) > 1
        clauses = [part.with_day if differ else part.words for part in parts]
        return f"{name} {'; it '.join(clauses)}."

    known: list[str] = []
    if scores:
        known.append(f"has {formats.counted(len(scores), 'benchmark score')}")
    if tasks:
        known.append(f"is among the models listed for {formats.counted(len(tasks), 'task')}")
    if known:
        return f"{name} is not ranked by tokens this week; it {' and '.join(known)}."
    return f"{name} is not currently ranked."


def _parts(
    standing: Usage | None,
    scores: Sequence[ScoreRow],
    tasks: Sequence[ModelTask],
    day: date | None,
) -> Iterator[_Part]:
    if standing is not None:
        rank, of = standing.ranks.ordinals, formats.counted(standing.of, "model")
        share = f"{standing.share_in_words} of {PUBLISHED_TOKENS}"
        yield _Part(f"ranks {rank} of {of} by tokens this week, with {share}", day)
    score = told_score(scores)
    if score is not None:
        rank, of = score.ranks.ordinals, formats.counted(score.of, "model")
        yield _Part(f"ranks {rank} of {of} by {score.source}, {score.measure.name}", score.day)
    firsts = [task for task in tasks if task.leads]
    if firsts:
        names = _firsts_in_words([task.board.task.name for task in firsts])
        yield _Part(f"handles the most requests for {names}", firsts[0].board.citations[0].day)


def told_score(scores: Sequence[ScoreRow]) -> ScoreRow | None:
    """Return the score by the first index that has the model, else that of the longest list; short lists are passed over."""
    long = [row for row in scores if row.of >= _LEAST_COMPARED]
    by_index = [row for row in long if _is_index(row)]
    if by_index:
        return min(by_index, key=lambda row: _MEASURES.index(row.measure.name))
    return min(long, key=lambda row: (-row.of, row.measure.name), default=None)


def _is_index(row: ScoreRow) -> bool:
    return row.source == ARTIFICIAL_ANALYSIS and row.measure.name in _MEASURES


def _firsts_in_words(tasks: Sequence[str]) -> str:
    """Return the first two tasks by name, and how many others."""
    named = sorted(tasks, key=str.casefold)
    rest = len(named) - _FIRSTS_NAMED
    if rest <= 0:
        return formats.list_in_words(named)
    return formats.list_in_words([*named[:_FIRSTS_NAMED], formats.counted(rest, "other task")])


def _indices(scores: Board[ScoreRow] | None) -> list[tuple[str, str]]:
    """Return the indices with their ranks, as pairs of label and text."""
    rows = [row for row in scores.rows if _is_index(row)] if scores else []
    rows.sort(key=lambda row: _MEASURES.index(row.measure.name))
    return [
        (
            row.measure.name,
            f"{formats.number(row.score)}, ranked {row.ranks.ordinals} of {row.of}",
        )
        for row in rows
    ]


def _facts(offer: Offer | None, names: Names, slug: str) -> tuple[tuple[str, str], ...]:
    """Return the catalog's facts on the listing that gives the model's price, as pairs of label and text."""
    if offer is None:
        return (("Catalog", _last_listed(names, slug)),)

    row = offer.listing
    day = created(row)
    longest = row.top_provider.max_completion_tokens if row.top_provider else None
    expiry = row.expiration_date if row.expiration_date != models.NO_RETIREMENT else None
    facts = (
        ("Added", human_day(day) if day else ""),
        ("Context window", _tokens(row.context_length)),
        ("Max output", _tokens(longest)),
        ("Input", modalities_in_words(row.architecture.input_modalities)),
        ("Output", modalities_in_words(row.architecture.output_modalities)),
        ("Knowledge cutoff", _text(row.knowledge_cutoff)),
        ("Retires on", _day(expiry) if expiry else ""),
        ("Open weights", _text(row.hugging_face_id)),
    )
    return tuple((label, text) for label, text in facts if text)


def _parameters(offer: Offer | None) -> str:
    """Return the parameters of the API that the listing supports, by name."""
    names = offer.listing.supported_parameters if offer else ()
    return ", ".join(sorted(formats.sanitize(name) for name in names))


def _links(offer: Offer | None) -> Iterator[tuple[str, str]]:
    """Yield label and address of the model's pages on other sites; none for an id that is not a plain path."""
    if offer is None:
        return
    listing = offer.listing
    yield "OpenRouter", f"https://openrouter.ai/{quote(listing.id, safe='/:')}"
    if listing.hugging_face_id and _REPOSITORY.fullmatch(listing.hugging_face_id):
        yield "Hugging Face", f"https://huggingface.co/{listing.hugging_face_id}"


def _last_listed(names: Names, slug: str) -> str:
    last = names.last_seen(slug)
    if last is None:
        return "not listed since tracking began"
    return f"last listed on {human_day(last)}"


def _tokens(count: int | None) -> str:
    """Return ``128K tokens``, empty where it is not known."""
    return f"{formats.context(count)} tokens" if count else ""


def _text(text: str | None) -> str:
    return formats.sanitize(text) if text else ""


def _day(text: str) -> str:
    """Return a day of the catalog in words; a text that is not a day is returned as it is."""
    try:
        return human_day(parse_day(text[:10]))
    except ValueError:
        return formats.sanitize(text)
