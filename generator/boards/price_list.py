"""The price list: every price that does not vary, cheapest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.base import formats
from generator.base.slugs import listing_slug
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.catalogue import SCOPE, listed
from generator.boards.frontier import blended
from generator.boards.names import Names
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.token_columns import LISTING
from generator.endpoints.models import NAME, ModelRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRow(UnrankedRow):
    """A listing's prices in US dollars per token; ``blended`` is three input tokens to one output token."""

    model_permaslug: Entity
    blended: str
    prompt: str
    completion: str
    input_cache_read: str | None
    context_length: int | None


_COLUMNS = (
    Column("model_permaslug", "Model", "entity", LISTING),
    Column(
        "blended",
        "Blend",
        "price",
        "Three input tokens to one output token, US dollars per million",
    ),
    Column("prompt", "Input", "price", "US dollars per million input tokens"),
    Column("completion", "Output", "price", "US dollars per million output tokens"),
    Column(
        "input_cache_read",
        "Cached input",
        "price",
        "US dollars per million tokens read from the cache",
    ),
    Column("context_length", "Context", "context", "Tokens of context"),
)


@dataclass(frozen=True, slots=True)
class _Priced:
    """A listing and its blended price in US dollars per token."""

    entry: ModelRow
    blend: Decimal


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield every price that does not vary, cheapest first."""
    facts = required(sources.catalogue)
    priced = [offer for entry in listed(facts) if (offer := _priced(entry)) is not None]
    priced.sort(key=lambda offer: (offer.blend, offer.entry.id))
    yield Board(
        id=BoardId("prices"),
        title="What do models cost?",
        columns=_COLUMNS,
        rows=tuple(_row(offer, sources.names) for offer in priced),
        citations=facts.citations[:1],
        datasets=(NAME,),
        finding=_finding(priced, sources.names),
        notes=(
            "The blend is three input tokens to one output token.",
            "Routers, whose price varies, are left out.",
        ),
        scope=SCOPE,
        processing="The blend and the order are computed here.",
    )


def _priced(entry: ModelRow) -> _Priced | None:
    prompt = formats.decimal(entry.pricing.prompt)
    completion = formats.decimal(entry.pricing.completion)
    # Routers have a price of -1: it is that of whichever model they choose.
    if prompt is None or completion is None or min(prompt, completion) < 0:
        return None
    return _Priced(entry, blended(prompt, completion))


def _model(entry: ModelRow, names: Names) -> Entity:
    return names.model(listing_slug(entry.id, entry.canonical_slug))


def _row(priced: _Priced, names: Names) -> PriceRow:
    entry = priced.entry
    return PriceRow(
        model_permaslug=_model(entry, names),
        blended=f"{priced.blend:f}",
        prompt=entry.pricing.prompt,
        completion=entry.pricing.completion,
        input_cache_read=entry.pricing.input_cache_read,
        context_length=entry.context_length,
    )


def _finding(priced: Sequence[_Priced], names: Names) -> str:
    """A sentence on the cheapest model that costs anything, empty when all are free."""
    paid = [offer for offer in priced if offer.blend > 0]
    if not paid:
        return ""
    cheapest = paid[0]
    price = formats.per_million(f"{cheapest.blend:f}")
    free = len(priced) - len(paid)
    name = _model(cheapest.entry, names).name
    return (
        f"{free} models are free; of the others {name} is cheapest at {price} per million tokens."
    )


MAKER = BoardMaker(families=("prices",), make=boards, needs=("catalogue",))
