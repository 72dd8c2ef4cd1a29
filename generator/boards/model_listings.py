"""The listings of one model, each with its own rank, tokens and price; and the model's own rank above them."""

from dataclasses import dataclass
from datetime import date

from generator.base import formats
from generator.base.dates import parse_day
from generator.boards.board import (
    Board,
    BoardId,
    Column,
    Entity,
    UnrankedRow,
    has_values,
)
from generator.boards.joined_models import JoinedModel, Listing, Usage
from generator.boards.names import Names
from generator.boards.sources import Sources
from generator.endpoints import models, rankings_daily


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingRow(UnrankedRow):
    """One listing of a model; rank and tokens are its own, prices are US dollars per token.

    Attributes:
        ids: under which the API offers it.
        last_seen: of a listing that is gone, its last day in the catalogue.
    """

    model_permaslug: Entity
    ids: str | None
    rank: int | None
    total_tokens: int | None
    prompt: str | None
    completion: str | None
    last_seen: date | None


_COLUMNS = (
    Column("model_permaslug", "Listing", "entity"),
    Column("ids", "Model ID", "text", "The ID that the API takes"),
    Column("rank", "Listing rank", "rank", "Rank among listings by tokens over seven days"),
    Column("total_tokens", "Tokens, 7 days", "tokens", "Tokens of this listing alone"),
    Column("prompt", "Input", "price", "US dollars per million input tokens"),
    Column("completion", "Output", "price", "US dollars per million output tokens"),
)
_LAST_SEEN = Column(
    "last_seen", "Last listed", "day", "Last day listed, for listings no longer available"
)


def listings_board(model: JoinedModel, sources: Sources) -> Board[ListingRow] | None:
    """Return the listings of a model, the one without a variant first; None when none is known."""
    citations = list(sources.catalogue.citations[:1]) if sources.catalogue else []
    datasets = [models.NAME] if sources.catalogue else []
    if sources.daily_tokens:
        citations.append(sources.daily_tokens.citation)
        datasets.append(rankings_daily.NAME)
    if not model.listings or not citations:
        return None

    rows = [_row(listing, sources.names) for listing in model.listings]
    columns = list(_COLUMNS)
    if has_values(rows, _LAST_SEEN.key):
        columns.append(_LAST_SEEN)
    return Board(
        id=BoardId("listings", model.slug),
        title=f"How is {sources.names.page(model.slug).name} listed?",
        columns=tuple(columns),
        rows=tuple(rows),
        citations=tuple(citations),
        datasets=tuple(datasets),
        finding=_finding(model.usage),
        notes=(
            "OpenRouter ranks and prices each listing on its own; the model is the sum over them.",
        ),
        processing="Sums, shares and ranks are computed here.",
    )


def _row(listing: Listing, names: Names) -> ListingRow:
    name = names.model(listing.slug)
    ids = [entry.id for entry in listing.entries] or [entry.id for entry in listing.former]
    prompt, completion = _prices(listing)
    return ListingRow(
        # Without a path: the page that it would lead to is this one.
        model_permaslug=Entity(name.id, name.name, author=name.author, detail=name.detail),
        ids=", ".join(formats.sanitize(id_) for id_ in ids) or None,
        rank=listing.usage.rank if listing.usage else None,
        total_tokens=listing.usage.tokens if listing.usage else None,
        prompt=prompt,
        completion=completion,
        last_seen=_last_seen(listing),
    )


def _prices(listing: Listing) -> tuple[str | None, str | None]:
    """Input and output; those of the last day in the catalogue for a listing that is gone."""
    if listing.entries:
        pricing = listing.entries[0].pricing
        return pricing.prompt, pricing.completion
    priced = [entry for entry in listing.former if entry.prices]
    if not priced:
        return None, None
    latest = max(priced, key=lambda entry: parse_day(entry.last_seen))
    _, prompt, completion = latest.prices[-1]
    return prompt, completion


def _last_seen(listing: Listing) -> date | None:
    if listing.entries:
        return None
    return max((parse_day(entry.last_seen) for entry in listing.former), default=None)


def _finding(usage: Usage | None) -> str:
    if usage is None:
        return ""
    rank, tokens = formats.ordinal(usage.rank), formats.tokens_in_words(usage.tokens)
    return (
        f"Model rank among models (sum over listings): {rank} of {usage.of}, "
        f"with {tokens} tokens over seven days."
    )
