"""The listings of one model, each with its own rank, tokens and price; and the model's own rank above them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from generator.base import formats
from generator.base.dates import parse_day
from generator.boards import price_columns, sentences
from generator.boards.board import (
    Board,
    BoardId,
    Column,
    Entity,
    UnrankedRow,
    has_values,
)
from generator.boards.credits import Credits
from generator.boards.joined_models import JoinedModel, Listing, Usage
from generator.boards.names import Names
from generator.boards.sources import Sources
from generator.endpoints import models, rankings_daily


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingRow(UnrankedRow):
    """One listing of a model; ranks and tokens are its own, prices are US dollars per token.

    Attributes:
        ids: under which the API offers it, or did when it was last listed.
        former_ids: others that it had before.
        last_seen: of a listing that is gone, its last day in the catalog.
    """

    model_permaslug: Entity
    ids: str | None
    rank: int | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    total_tokens: int | None = None
    total_tokens_high: int | None = None
    prompt: str | None
    completion: str | None
    former_ids: str | None
    last_seen: date | None


_COLUMNS = (
    Column("model_permaslug", "Listing", "entity"),
    Column("ids", "Model ID", "text", "The ID that the API takes"),
    Column("rank", "Listing rank", "rank", "Rank among listings by tokens over seven days"),
    Column("total_tokens", "Tokens, 7 days", "tokens", "Tokens of this listing alone"),
    price_columns.PROMPT,
    price_columns.COMPLETION,
)
_WHERE_KNOWN = (
    Column("former_ids", "Former IDs", "text", "IDs that the API no longer takes"),
    Column("last_seen", "Last listed", "day", "Last day listed, for listings no longer available"),
)
"""Columns that are left out where no listing has a value."""


def listings_board(model: JoinedModel, sources: Sources) -> Board[ListingRow] | None:
    """Return the listings of a model, the one without a variant first; None when none is known."""
    sourced = Credits()
    if sources.catalogue:
        sourced.add(models.NAME, *sources.catalogue.citations[:1])
    if sources.daily_tokens:
        sourced.add(rankings_daily.NAME, sources.daily_tokens.citation)
    if not model.listings or not sourced.citations:
        return None

    rows = [_row(listing, sources.names) for listing in model.listings]
    known = [column for column in _WHERE_KNOWN if has_values(rows, column.key)]
    return Board(
        id=BoardId("listings", model.slug),
        title=f"How is {sources.names.page(model.slug).name} listed?",
        columns=(*_COLUMNS, *known),
        phone=("model_permaslug", "rank", "total_tokens"),
        rows=tuple(rows),
        citations=sourced.citations,
        datasets=sourced.datasets,
        finding=_finding(model.usage),
        notes=(
            "OpenRouter ranks and prices each listing on its own; the model is the sum over them.",
        ),
        processing="Sums, shares and ranks are computed here.",
    )


def _row(listing: Listing, names: Names) -> ListingRow:
    former = [entry.id for entry in listing.former]
    ids = [entry.id for entry in listing.entries]
    # A listing that is gone is shown under the IDs that it had.
    if not ids:
        ids, former = former, []
    prompt, completion = _prices(listing)
    row = ListingRow(
        # Without a path: the page that it would lead to is this one.
        model_permaslug=replace(names.model(listing.slug), path=None, detail=""),
        ids=_joined(ids),
        prompt=prompt,
        completion=completion,
        former_ids=_joined(former),
        last_seen=_last_seen(listing),
    )
    usage = listing.usage
    if usage is None:
        return row
    return replace(
        row,
        rank=usage.rank,
        rank_low=usage.ranks.low,
        rank_high=usage.ranks.high,
        total_tokens=usage.tokens,
        total_tokens_high=usage.tokens_high,
    )


def _joined(ids: Sequence[str]) -> str | None:
    """Return the IDs in one text, None where there are none."""
    return ", ".join(formats.sanitize(id_) for id_ in ids) or None


def _prices(listing: Listing) -> tuple[str | None, str | None]:
    """Return the prices of input and output, US dollars per token; of a listing that is gone, its last ones."""
    if listing.entries:
        pricing = listing.entries[0].pricing
        return pricing.prompt, pricing.completion
    priced = [entry for entry in listing.former if entry.prices]
    if not priced:
        return None, None
    latest = max(priced, key=lambda entry: parse_day(entry.last_seen))
    last = latest.prices[-1].pricing
    return last.prompt, last.completion


def _last_seen(listing: Listing) -> date | None:
    """Return the last day in the catalog of a listing that is gone; None of one that is there or never was."""
    if listing.entries:
        return None
    return max((parse_day(entry.last_seen) for entry in listing.former), default=None)


def _finding(usage: Usage | None) -> str:
    """Return the rank and the tokens of the model itself, empty where it is not ranked."""
    if usage is None:
        return ""
    tokens = sentences.tokens_of(usage.tokens, exact=usage.exact)
    return (
        f"Model rank among models (sum over listings): {usage.ranks.ordinals} of {usage.of}, "
        f"with {tokens} tokens over seven days."
    )
