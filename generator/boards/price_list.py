"""The price list: every price that does not vary, cheapest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.base import formats
from generator.base.slugs import BATCH, FREE, Slug, listing_slug
from generator.boards import price_columns, sentences, token_columns
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.catalogue import SCOPE, listed
from generator.boards.frontier import blended, fixed_prices
from generator.boards.names import Names
from generator.boards.sources import BoardMaker, Sources, required
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

    @property
    def blend(self) -> Decimal:
        """The blended price as a number."""
        return formats.decimal(self.blended) or Decimal(0)

    @property
    def variant(self) -> str:
        """The variant that the listing is, empty for the plain model."""
        return Slug.parse(self.model_permaslug.id).variant


_COLUMNS = (
    token_columns.MODEL,
    Column(
        "blended",
        "Blended price",
        "price",
        "Three input tokens to one output token, US dollars per million",
    ),
    price_columns.PROMPT,
    price_columns.COMPLETION,
    price_columns.CACHE_READ,
    price_columns.CONTEXT,
)


@dataclass(frozen=True, slots=True)
class _Priced:
    """A listing and its blended price in US dollars per token."""

    entry: ModelRow
    blend: Decimal


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield every price that does not vary, cheapest first."""
    facts = required(sources.catalogue)
    priced: list[_Priced] = []
    for entry in listed(facts):
        prices = fixed_prices(entry.pricing)
        if prices is not None:
            priced.append(_Priced(entry, blended(*prices)))
    priced.sort(key=lambda offer: (offer.blend, offer.entry.id))
    rows = tuple(_row(offer, sources.names) for offer in priced)
    yield Board(
        id=BoardId("prices"),
        title="What do models cost?",
        columns=_COLUMNS,
        models="model_permaslug",
        phone=("model_permaslug", "prompt", "completion"),
        rows=rows,
        ordered_by="blended",
        citations=facts.citations[:1],
        datasets=(NAME,),
        finding=finding(rows),
        notes=(
            "The blended price is that of three input tokens to one output token.",
            "Routers, whose price varies, are left out.",
        ),
        scope=SCOPE,
        processing="The blended price and the order are computed here.",
    )


def _row(priced: _Priced, names: Names) -> PriceRow:
    entry = priced.entry
    return PriceRow(
        model_permaslug=names.model(listing_slug(entry.id, entry.canonical_slug)),
        blended=f"{priced.blend:f}",
        prompt=entry.pricing.prompt,
        completion=entry.pricing.completion,
        input_cache_read=entry.pricing.input_cache_read,
        context_length=entry.context_length,
    )


def finding(rows: Sequence[PriceRow]) -> str:
    """Return how many listings are free and which of the others is cheapest, empty when all are free.

    Batch variants are left out of the comparison: their lower price is for another service.
    """
    free = [row for row in rows if not row.blend]
    paid = [row for row in rows if row.blend]
    plain = [row for row in paid if row.variant != BATCH]
    cheapest = sentences.at_top(plain, lambda row: -row.blend)
    if not cheapest:
        return ""

    leaders = sentences.models_listed(cheapest, among=rows)
    verb = formats.inflected(len(cheapest), "is the cheapest", "share the lowest price")
    price = formats.per_million(cheapest[0].blended)
    if free:
        start = f"{_free_listings(free)}; of {formats.counted(len(plain), 'other')}"
    else:
        start = f"Of {formats.counted(len(plain), 'listing')}"
    if len(plain) < len(paid):
        start += f", {BATCH} variants apart"
    return f"{start}, {leaders} {verb}: {price} per million tokens (blended 3:1)."


def _free_listings(free: Sequence[PriceRow]) -> str:
    """Return ``22 listings are free (18 of them free variants)``."""
    variants = len([row for row in free if row.variant == FREE])
    are_free = formats.counted(len(free), "listing is free", "listings are free")
    if not variants:
        return are_free
    if len(free) == 1:
        return f"{are_free} (a free variant)"
    kinds = formats.inflected(variants, "a free variant", "free variants")
    return f"{are_free} ({variants:,} of them {kinds})"


MAKER = BoardMaker(families=("prices",), make=boards, needs=("catalogue",))
