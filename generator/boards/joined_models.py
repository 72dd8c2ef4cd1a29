"""Listings joined into models: the one place where a model gets its tokens, its rank and its price.

A *listing* is one entry that the source ranks and prices: ``author/name``, and ``author/name:free`` is
another. A *model* is all listings of one canonical slug. Boards and rankings are lists of listings, as the
source has them; whatever is said of a model comes from here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain

from generator.archive.daily_tokens import DailyTokens
from generator.archive.listings import ListingHistory
from generator.base import formats
from generator.base.dates import Window
from generator.base.slugs import Slug, listing_slug
from generator.boards import sentences
from generator.boards.board import grouped
from generator.boards.catalogue import best_indices, is_free, listed
from generator.boards.names import Names
from generator.boards.rank_stability import (
    RankRange,
    named_listings,
    token_bounds,
    token_rank_ranges,
)
from generator.boards.sources import Sources
from generator.boards.totals import Namer, Totals, bounds_week_on_week, token_totals
from generator.endpoints.endpoint import Facts
from generator.endpoints.models import ModelRow

WEEK = 7
"""Days of the window that models are ranked over."""
ALSO_FREE = "also free"
"""Says of a paid model that there is a free listing too."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens over the week, their share of all tokens, and their rank.

    Of a listing, ``of`` and the rank count listings; of a model, they count models.

    Attributes:
        tokens: the least that is possible.
        tokens_high: with the most that the days outside the top fifty can have held.
        ranks: the best and the worst rank that single days and those outside the top fifty leave open.
    """

    tokens: int
    tokens_high: int
    share: float
    rank: int
    ranks: RankRange
    of: int

    @property
    def exact(self) -> bool:
        """Whether every listing was in the top fifty on each day; else tokens and share are lower bounds."""
        return self.tokens == self.tokens_high

    @property
    def share_in_words(self) -> str:
        """Return ``6.4%``, or ``at least 6.3%`` of a lower bound."""
        return sentences.share_of(self.share, exact=self.exact)


@dataclass(frozen=True, slots=True)
class Offer:
    """What the catalog offers of a model now.

    Attributes:
        listing: its paid listing, the one without a variant before others; a free one where none is paid.
        also_free: whether a free listing stands beside the paid one.
    """

    listing: ModelRow
    also_free: bool

    @property
    def price(self) -> str:
        """Return US dollars per million tokens of input and output: ``$0.60 / $3.60, also free``."""
        pricing = self.listing.pricing
        into, out = formats.per_million(pricing.prompt), formats.per_million(pricing.completion)
        price = f"{into} / {out}"
        if into == out and not into.startswith("$"):
            price = into
        if self.also_free:
            return f"{price}, {ALSO_FREE}"
        return price

    @property
    def free_note(self) -> str | None:
        """``also free`` of a paid listing that a free one stands beside, else None."""
        return ALSO_FREE if self.also_free else None


@dataclass(frozen=True, slots=True)
class Listing:
    """One listing of a model.

    Attributes:
        slug: as rankings name it: the canonical slug, with the variant.
        usage: over the week, None when it was outside every daily top 50.
        entries: what the catalog lists under the slug now.
        former: what it listed once and does not any more.
    """

    slug: str
    usage: Usage | None
    entries: tuple[ModelRow, ...]
    former: tuple[ListingHistory, ...]


@dataclass(frozen=True, slots=True)
class JoinedModel:
    """A model, joined from its listings.

    Attributes:
        slug: the canonical one.
        usage: the sum over its listings, ranked among such sums; None when none was in a top 50.
        offer: None for a model that is not in the catalog.
        intelligence_index: the best of all settings it was measured under.
        listings: the one without a variant first.
    """

    slug: str
    usage: Usage | None
    offer: Offer | None
    intelligence_index: float | None
    listings: tuple[Listing, ...]

    @property
    def entries(self) -> list[ModelRow]:
        """Return all that the catalog lists of the model now, by id."""
        entries = chain.from_iterable(listing.entries for listing in self.listings)
        return sorted(entries, key=lambda entry: entry.id)


@dataclass(frozen=True, slots=True)
class JoinedModels:
    """All models.

    Attributes:
        ranked: the canonical slugs of those that were used in the week, by rank.
        by_slug: these, and every model that has a page.
    """

    ranked: tuple[str, ...]
    by_slug: Mapping[str, JoinedModel]


def join(sources: Sources) -> JoinedModels:
    """Return all models with their figures of the week and of the newest catalog."""
    names, daily = sources.names, sources.daily_tokens
    of_models: dict[str, Usage] = {}
    of_listings: dict[str, Usage] = {}
    if daily:
        window = daily.window(WEEK)
        of_models = _usage(daily, window, names.canonical)
        of_listings = _usage(daily, window)

    listings = _listings(sources, of_listings)
    indices = best_indices(sources.analysis, names)
    by_slug: dict[str, JoinedModel] = {}
    for slug in (*of_models, *names.pages):
        own = listings.get(slug, ())
        entries = list(chain.from_iterable(listing.entries for listing in own))
        by_slug[slug] = JoinedModel(
            slug=slug,
            usage=of_models.get(slug),
            offer=_offer(entries) if entries else None,
            intelligence_index=indices.get(slug),
            listings=tuple(own),
        )
    return JoinedModels(tuple(of_models), by_slug)


def offers(catalogue: Facts[ModelRow], names: Names) -> dict[str, Offer]:
    """Return what the catalog offers of each model, by canonical slug."""
    by_model = grouped(listed(catalogue), lambda entry: names.canonical(_slug(entry)))
    return {slug: _offer(entries) for slug, entries in by_model.items()}


def totals_by_day(daily: DailyTokens, names: Names) -> Iterator[Totals]:
    """Yield the tokens of each day by model, each model the sum over its listings."""
    canonical = cache(names.canonical)
    for day in daily.days:
        yield token_totals(daily, Window(day, day), canonical)


def rank_ranges(daily: DailyTokens, day: date, names: Names) -> dict[str, RankRange]:
    """Return the range of each model's rank on a day: a listing outside the top fifty can add to its sum.

    Those listings count that are in a top fifty of the seven days ending that day.
    """
    listings = named_listings(daily.days, Window.ending(day, WEEK))
    return token_rank_ranges(token_bounds(daily.days, [day], listings, names.canonical))


def sums(amounts: Iterable[tuple[str, float]], names: Names) -> dict[str, float]:
    """Return the sum over the listings of each model, without the noise that adding floats makes.

    Args:
        amounts: of listings, with their slugs.
    """
    by_model: dict[str, float] = {}
    for listing, amount in amounts:
        slug = names.canonical(listing)
        by_model[slug] = by_model.get(slug, 0.0) + amount
    return {slug: round(total, 12) for slug, total in by_model.items()}


def _usage(daily: DailyTokens, window: Window, name: Namer | None = None) -> dict[str, Usage]:
    """Return the usage of each listing, or of what ``name`` sums listings under, by rank."""
    totals = token_totals(daily, window, name)
    bounds = bounds_week_on_week(daily, window, name).now
    open_ranks = token_rank_ranges(bounds)
    places = totals.ranks()

    usage: dict[str, Usage] = {}
    for summed_as, rank in places.items():
        tokens = totals.by[summed_as]
        usage[summed_as] = Usage(
            tokens=tokens,
            tokens_high=bounds.span(summed_as).high,
            share=totals.share(tokens),
            rank=rank,
            ranks=open_ranks[summed_as],
            of=len(places),
        )
    return usage


def _listings(sources: Sources, usage: Mapping[str, Usage]) -> dict[str, list[Listing]]:
    """Return the listings of each model that the week, the catalog or an earlier one names."""
    names = sources.names
    entries: dict[str, list[ModelRow]] = {}
    if sources.catalogue:
        entries = grouped(listed(sources.catalogue), _slug)
    now = {entry.id for entry in chain.from_iterable(entries.values())}
    ever = chain.from_iterable(map(names.entries, names.pages))
    former = grouped([entry for entry in ever if entry.id not in now], _slug)

    by_model: dict[str, list[Listing]] = {}
    for slug in sorted({*usage, *entries, *former}, key=_plain_first):
        listing = Listing(
            slug, usage.get(slug), tuple(entries.get(slug, ())), tuple(former.get(slug, ()))
        )
        by_model.setdefault(names.canonical(slug), []).append(listing)
    return by_model


def _slug(entry: ModelRow | ListingHistory) -> str:
    """Return what rankings name a catalog entry by."""
    return listing_slug(entry.id, entry.canonical_slug)


def _plain_first(slug: str) -> tuple[bool, str]:
    return Slug.parse(slug).is_variant, slug


def _offer(entries: Sequence[ModelRow]) -> Offer:
    """Return what a model's entries offer, of which there is at least one."""

    def place(entry: ModelRow) -> tuple[bool, bool, str]:
        return is_free(entry.pricing), Slug.parse(entry.id).is_variant, entry.id

    first = min(entries, key=place)
    has_free = any(is_free(entry.pricing) for entry in entries)
    return Offer(first.without_unread(), also_free=has_free and not is_free(first.pricing))
