"""What a month of use costs on each listing, from its listed prices: the formula, and three worked examples.

The calculator's page computes other workloads in the browser, with the same formula over the same tariffs;
``tests/vectors/bills.json`` holds both to the same amounts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.base import formats
from generator.base.slugs import BATCH, Slug, listing_slug
from generator.boards import price_columns, sentences, token_columns
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.catalogue import is_free, listed
from generator.boards.intervals import rounded
from generator.boards.listed_prices import Sheet
from generator.boards.names import Names
from generator.boards.sources import BoardMaker, Sources, required
from generator.endpoints.models import NAME, ModelRow

ID = BoardId("bills")


@dataclass(frozen=True, slots=True)
class Workload:
    """A month of requests that are alike.

    Attributes:
        key, name: of an example.
        tokens_in, tokens_out: new tokens of a whole request, spread evenly over its turns.
        cached: the part of the input, from 0 to 1, that is read from the cache.
        requests: in a month.
        turns: calls of the model for each request; each sends everything before it again.
    """

    key: str
    name: str
    tokens_in: float
    tokens_out: float
    cached: float
    requests: float
    turns: int


EXAMPLES = (
    Workload("bill", "Chat assistant", 1_500, 400, 0, 10_000, 1),
    Workload("bill_agent", "Coding agent", 60_000, 8_000, 0.8, 1_000, 30),
    Workload("bill_documents", "Document extraction", 20_000, 500, 0, 5_000, 1),
)
"""What the page shows without scripts; the first is also what its form starts with."""


@dataclass(frozen=True, slots=True)
class Tier:
    """Prices in US dollars, per token or for a call, of prompts of at least so many tokens.

    Attributes:
        least: tokens of the prompt.
        fresh: of an input token without caching.
        written: of an input token that is written to the cache.
        read: of an input token that is read from the cache.
        output: of an output token.
        call: for each call.
    """

    least: int
    fresh: float
    written: float
    read: float
    output: float
    call: float


@dataclass(frozen=True, slots=True)
class Tariff:
    """The prices of a listing, and its context.

    Attributes:
        tiers: by length of prompt, the shortest first; the first starts at no tokens.
        context: in tokens, None where it is not known.
    """

    tiers: tuple[Tier, ...]
    context: int | None

    def tier(self, prompt: float) -> Tier:
        """Return the prices of a prompt with so many tokens: of the tiers that it reaches the last."""
        reached = [tier for tier in self.tiers if prompt >= tier.least]
        return reached[-1]


def monthly_bill(tariff: Tariff, workload: Workload) -> float | None:
    """Return US dollars for a month; None where a request does not fit into the context.

    In turn k of n a request sends k/n of its input and (k - 1)/n of its output as the prompt.
    """
    into, out, turns = workload.tokens_in, workload.tokens_out, workload.turns
    if tariff.context is not None and into + out > tariff.context:
        return None
    cost_of_request = 0.0
    for turn in range(1, turns + 1):
        prompt = (into * turn + out * (turn - 1)) / turns
        tier = tariff.tier(prompt)
        cached = prompt * workload.cached
        price_of_uncached = tier.fresh
        if workload.cached:
            price_of_uncached = tier.written
        cost_of_request += cached * tier.read + (prompt - cached) * price_of_uncached
        cost_of_request += out / turns * tier.output + tier.call
    return cost_of_request * workload.requests


def tariff(entry: ModelRow) -> Tariff | None:
    """Return a listing's tariff; None where the price of input or output is not known, or varies."""
    sheet = _sheet(entry)
    tiers: list[Tier] = []
    for length in sheet.lengths:
        tier = _tier(sheet, length)
        if tier is None:
            return None
        tiers.append(tier)
    return Tariff(tuple(tiers), entry.context_length)


def _sheet(entry: ModelRow) -> Sheet:
    # The day matters only where sheets are compared.
    return Sheet.read(entry.pricing, date.min)


def _tier(sheet: Sheet, length: int) -> Tier | None:
    """Return the prices of prompts of a length and more; None where that of input or output is not known."""
    fresh, output = sheet.average("prompt", length), sheet.average("completion", length)
    if fresh is None or output is None:
        return None
    read = sheet.average("input_cache_read", length)
    write = sheet.average("input_cache_write", length)
    written = fresh
    if read is not None and write is not None:
        written = write
        # Some state the whole price of a token written, others what storing it adds to the input price.
        if write < fresh:
            written += fresh
    if read is None:
        read = fresh
    return Tier(
        least=length,
        fresh=float(fresh),
        written=float(written),
        read=float(read),
        output=float(output),
        call=float(sheet.average("request", length) or 0),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BillRow(UnrankedRow):
    """A listing's bill for each example, in US dollars for a month; prices are US dollars per token.

    Attributes:
        note: what limits the bill, or why there is none.
    """

    model_permaslug: Entity
    bill: float | None
    bill_agent: float | None
    bill_documents: float | None
    prompt: str
    completion: str
    input_cache_read: str | None
    note: str
    tariff: Tariff | None
    is_batch: bool


def _bill_column(example: Workload) -> Column:
    about = f"US dollars per month: {example.name.lower()}"
    return Column(example.key, example.name, "dollars", about)


_COLUMNS = (
    token_columns.MODEL,
    *map(_bill_column, EXAMPLES),
    price_columns.PROMPT,
    price_columns.COMPLETION,
    price_columns.CACHE_READ,
    Column("note", "Note", "text", "What limits the bill, or why there is none"),
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield every listing with its bills, the lowest for the first example first, free listings after the paid."""
    facts = required(sources.catalogue)
    rows = [_row(entry, sources.names) for entry in listed(facts) if _gives_only_text(entry)]
    rows.sort(key=_cheapest_first)
    yield Board(
        id=ID,
        title="What would a month cost on each model?",
        columns=_COLUMNS,
        rows=tuple(rows),
        citations=facts.citations[:1],
        datasets=(NAME,),
        models="model_permaslug",
        phone=("model_permaslug", "bill"),
        finding=finding(rows),
        notes=(
            (
                "Not included: reasoning tokens beyond the output tokens given, web search, images and audio, "
                "discounts, fees and taxes, and prices of single providers that differ from the listed ones."
            ),
            "Token counts differ between models: the same text is more tokens for one than for another.",
            (
                "Free listings cost nothing and are limited in requests per day. Models that also give images or "
                "audio are left out."
            ),
        ),
        scope="Listed prices of the day, in US dollars.",
        processing="Bills are computed from listed prices; a price that varies by hour counts with its average.",
    )


def _row(entry: ModelRow, names: Names) -> BillRow:
    prices = tariff(entry)
    chat, agent, documents = (_rounded_bill(prices, example) for example in EXAMPLES)
    return BillRow(
        model_permaslug=names.model(listing_slug(entry.id, entry.canonical_slug)),
        bill=chat,
        bill_agent=agent,
        bill_documents=documents,
        prompt=entry.pricing.prompt,
        completion=entry.pricing.completion,
        input_cache_read=entry.pricing.input_cache_read,
        note=_note(entry, prices),
        tariff=prices,
        is_batch=Slug.parse(entry.id).variant == BATCH,
    )


def _rounded_bill(prices: Tariff | None, example: Workload) -> float | None:
    """Return the bill to a millionth of a dollar; None where there is none."""
    if prices is None:
        return None
    return rounded(monthly_bill(prices, example), 6)


def _gives_only_text(entry: ModelRow) -> bool:
    return set(entry.architecture.output_modalities) <= {"text"}


def _note(entry: ModelRow, prices: Tariff | None) -> str:
    """Return what limits the bill, or why there is none; empty where nothing does."""
    if prices is None:
        prompt = formats.decimal(entry.pricing.prompt)
        # A router has the price of -1.
        if prompt is not None and prompt < 0:
            return "price varies with the model chosen"
        return "price unknown"
    if is_free(entry.pricing):
        return "free, rate limited"
    notes: list[str] = []
    if _sheet(entry).varies_by_hour:
        notes.append("average over the hours")
    if len(prices.tiers) > 1:
        notes.append(f"other prices above {formats.context(prices.tiers[1].least)} prompt tokens")
    if entry.pricing.input_cache_read is None:
        notes.append("no cache price")
    return ", ".join(notes)


def _cheapest_first(row: BillRow) -> tuple[bool, bool, float, str]:
    """Return a sort key: the lowest bill first, then free listings, then those without a bill."""
    return row.bill is None, row.bill == 0, row.bill or 0.0, row.model_permaslug.id


def finding(rows: Sequence[BillRow]) -> str:
    """Return which paid listing has the lowest bill for each example, batch variants apart; empty without any."""
    lowest = [_lowest(rows, example) for example in EXAMPLES]
    known = [phrase for phrase in lowest if phrase]
    if not known:
        return ""
    return f"Lowest monthly bills of paid listings, batch variants apart: {formats.list_in_words(known)}."


def _lowest(rows: Sequence[BillRow], example: Workload) -> str:
    """Return ``chat assistant $0.27 (Ling)``; empty where no paid listing has a bill."""
    paid = [row for row in rows if row.number(example.key) and not row.is_batch]
    if not paid:
        return ""
    lowest = min(row.number(example.key) or 0.0 for row in paid)
    cheapest = [row for row in paid if row.number(example.key) == lowest]
    names = sentences.model_names(row.model_permaslug for row in rows)
    who = sentences.listed([names[row.model_permaslug] for row in cheapest])
    return f"{example.name.lower()} {formats.dollars(lowest)} ({who})"


MAKER = BoardMaker(families=("bills",), make=boards, needs=("catalogue",))
