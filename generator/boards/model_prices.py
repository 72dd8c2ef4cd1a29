"""Every price of a model: one row for each listing and condition, one column for each kind of token."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from generator.archive.listings import ListingHistory
from generator.base import formats
from generator.base.dates import parse_day
from generator.boards.board import Board, BoardId, Column, Entity, UnrankedRow, has_values
from generator.boards.catalogue import SCOPE
from generator.boards.listed_prices import PER_TOKEN, PER_UNIT, clock_time
from generator.endpoints.endpoint import Facts
from generator.endpoints.models import NAME, ModelRow, Override, Pricing

_DESCRIPTIONS = {
    "input_cache_read": "Cached input, read again from an earlier request",
    "input_cache_write": "Input written to the cache for later requests",
    "input_cache_write_1h": "Input written to the cache for one hour",
    "internal_reasoning": "Hidden reasoning tokens",
}
"""Of the prices per token whose label does not say what they are for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPriceRow(UnrankedRow):
    """The prices of one listing under one condition.

    Prices per token are US dollars as the API sends them; those per unit are text such as ``$0.01``.

    Attributes:
        id: the listing's.
        condition: when these prices hold: ``always``, ``above 128K prompt tokens``.
        last_seen: of a listing that is gone, its last day in the catalog.
    """

    id: str
    condition: str
    prompt: str | None = None
    completion: str | None = None
    input_cache_read: str | None = None
    input_cache_write: str | None = None
    input_cache_write_1h: str | None = None
    internal_reasoning: str | None = None
    audio: str | None = None
    audio_output: str | None = None
    input_audio_cache: str | None = None
    image_token: str | None = None
    image: str | None = None
    image_output: str | None = None
    request: str | None = None
    web_search: str | None = None
    last_seen: date | None = None


def _price_columns() -> Iterator[Column]:
    for key, label in PER_TOKEN.items():
        yield Column(key, label, "price", _DESCRIPTIONS.get(key, "US dollars per million tokens"))
    for key, label in PER_UNIT.items():
        yield Column(key, f"{label}, each", "text", "US dollars each")


_ALWAYS = "standard"
_LISTED_AS = Column("id", "Model ID", "text")
_CONDITION = Column("condition", "Condition", "text")
_PRICES = tuple(_price_columns())
_ON_PHONES = ("id", "condition", "prompt", "completion")
_LAST_SEEN = Column("last_seen", "Last listed", "day", "For removed listings: the last day listed")
_SEVERAL_CONDITIONS = "If several conditions apply, the last one wins; other prices stay the same."
_GONE = "Removed listings show the prices of their last day in the catalog, which no longer apply."


def board(
    slug: str,
    model: Entity,
    entries: Sequence[ModelRow],
    facts: Facts[ModelRow],
    former: Sequence[ListingHistory] = (),
) -> Board[ModelPriceRow]:
    """Return all prices of all variants of one model, tiers and time windows included.

    Args:
        slug, model: whose prices.
        entries: what the catalog lists now.
        facts: the catalog.
        former: listings that are gone and once had prices: their last ones come after those of today.
    """
    rows: list[ModelPriceRow] = []
    for entry in entries:
        rows += _rows(entry.id, entry.pricing)
    for gone in former:
        rows += _last_rows(gone)

    verb = "does" if entries else "did"
    columns = tuple(_columns(rows))
    return Board(
        id=BoardId("prices", slug),
        title=f"What {verb} {model.name} cost?",
        columns=columns,
        phone=tuple(column.key for column in columns if column.key in _ON_PHONES),
        rows=tuple(rows),
        citations=facts.citations[:1],
        datasets=(NAME,),
        notes=tuple(_notes(rows, former)),
        scope=SCOPE,
        processing="Shown per million tokens.",
    )


def _columns(rows: Sequence[ModelPriceRow]) -> Iterator[Column]:
    """Yield the columns that the rows need: prices that one of them has, and what tells them apart."""
    yield _LISTED_AS
    if any(row.condition != _ALWAYS for row in rows):
        yield _CONDITION
    for column in (*_PRICES, _LAST_SEEN):
        if has_values(rows, column.key):
            yield column


def _notes(rows: Sequence[ModelPriceRow], former: Sequence[ListingHistory]) -> Iterator[str]:
    conditions = Counter(row.id for row in rows if row.condition != _ALWAYS)
    if any(count > 1 for count in conditions.values()):
        yield _SEVERAL_CONDITIONS
    if former:
        yield _GONE


def _last_pricing(gone: ListingHistory) -> Pricing:
    return gone.prices[-1].pricing


def _last_rows(gone: ListingHistory) -> Iterator[ModelPriceRow]:
    """Yield the last prices of a listing that is gone, with its last day in the catalog."""
    last_seen = parse_day(gone.last_seen)
    for row in _rows(gone.id, _last_pricing(gone)):
        yield replace(row, last_seen=last_seen)


def _rows(id_: str, pricing: Pricing) -> Iterator[ModelPriceRow]:
    """Yield the listing's plain prices, then those under each condition with the plain ones where it names none.

    Where no condition changes a price, the plain ones say all.
    """
    plain = _prices(pricing)
    yield _row(id_, _ALWAYS, plain)
    others: list[dict[str, str | None]] = []
    for override in pricing.overrides:
        stated = {key: price for key, price in _prices(override).items() if price}
        others.append({**plain, **stated})
    if any(_amounts(prices) != _amounts(plain) for prices in others):
        for override, prices in zip(pricing.overrides, others, strict=True):
            yield _row(id_, condition(override), prices)


def _prices(pricing: Pricing | Override) -> dict[str, str | None]:
    return {column.key: getattr(pricing, column.key) for column in _PRICES}


def _amounts(prices: Mapping[str, str | None]) -> list[Decimal | None]:
    return [formats.decimal(price) for price in prices.values()]


def _row(id_: str, when: str, prices: Mapping[str, str | None]) -> ModelPriceRow:
    return ModelPriceRow(
        id=formats.sanitize(id_),
        condition=when,
        prompt=prices["prompt"],
        completion=prices["completion"],
        input_cache_read=prices["input_cache_read"],
        input_cache_write=prices["input_cache_write"],
        input_cache_write_1h=prices["input_cache_write_1h"],
        internal_reasoning=prices["internal_reasoning"],
        audio=prices["audio"],
        audio_output=prices["audio_output"],
        input_audio_cache=prices["input_audio_cache"],
        image_token=prices["image_token"],
        image=_dollars_each(prices["image"]),
        image_output=_dollars_each(prices["image_output"]),
        request=_dollars_each(prices["request"]),
        web_search=_dollars_each(prices["web_search"]),
    )


def _dollars_each(price: str | None) -> str | None:
    """Return a price per unit as exact dollars: ``$0.01`` for ``0.010``; ``varies`` for a negative one."""
    if price is None:
        return None
    value = formats.decimal(price)
    if value is None:
        return formats.MISSING
    if value < 0:
        return "varies"
    return formats.exact_dollars(value)


def condition(override: Override) -> str:
    """Return when other prices hold: ``above 128K prompt tokens``, ``16:00 to 00:00 UTC``."""
    parts: list[str] = []
    if override.min_prompt_tokens is not None:
        parts.append(f"above {formats.context(override.min_prompt_tokens)} prompt tokens")
    if override.utc_start is not None or override.utc_end is not None:
        # Where one is not stated, it is midnight, as in the averages of a day and in price changes.
        start, end = override.utc_start or 0, override.utc_end or 0
        parts.append(f"{clock_time(start)} to {clock_time(end)} UTC")
    if override.utc_days:
        days = [formats.sanitize(str(day)) for day in override.utc_days]
        parts.append(f"on {', '.join(days)}")
    return ", ".join(parts) or "under unspecified conditions"
