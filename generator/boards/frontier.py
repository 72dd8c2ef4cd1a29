"""Price against performance: which models are not beaten by a cheaper one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.base import formats
from generator.boards import price_columns, score_columns, sentences
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.names import Names
from generator.boards.sources import BoardMaker, Sources, required
from generator.endpoints import benchmarks, models
from generator.endpoints.benchmarks import ARTIFICIAL_ANALYSIS, AnalysisRow
from generator.endpoints.endpoint import Facts

INPUT_PARTS, OUTPUT_PARTS = 3, 1
"""The blend: three input tokens to one output token, as the field usually states it."""

NEAR_TOP_POINTS = 7
"""A score so far below the highest still counts as near the top; an index has no zero to take a part of."""

ID = BoardId("frontier")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontierRow(UnrankedRow):
    """A model with an index and a price; ``blended`` is US dollars per token.

    Attributes:
        beaten_by: the model with the highest score that costs no more, None on the frontier and for free models.
        on_frontier: ``yes`` or nothing.
    """

    model_permaslug: Entity
    intelligence_index: float
    prompt: str
    completion: str
    blended: str
    on_frontier: str
    beaten_by: Entity | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A scored model at a price that does not vary; prices are US dollars per token."""

    row: AnalysisRow
    index: float
    price: Decimal
    prompt: Decimal
    completion: Decimal


@dataclass(frozen=True, slots=True)
class Placed:
    """An offer and its rival: the highest score that costs no more; free models have none."""

    offer: Offer
    rival: Offer | None

    @property
    def on_frontier(self) -> bool:
        """Whether it costs money, and nothing that costs no more scores higher."""
        return self.rival is None and self.offer.price > 0


def fixed_prices(pricing: benchmarks.Pricing | models.Pricing) -> tuple[Decimal, Decimal] | None:
    """Return the prices of input and output in US dollars per token; None where one is unknown or varies."""
    prompt, completion = formats.decimal(pricing.prompt), formats.decimal(pricing.completion)
    if prompt is None or completion is None:
        return None
    # A router's price is -1: it is that of whichever model it chooses, and nothing can be ranked by it.
    if min(prompt, completion) < 0:
        return None
    return prompt, completion


def blended(prompt: Decimal, completion: Decimal) -> Decimal:
    """Return US dollars per token at three input tokens to one output token."""
    return (prompt * INPUT_PARTS + completion * OUTPUT_PARTS) / (INPUT_PARTS + OUTPUT_PARTS)


def offers(rows: Iterable[AnalysisRow]) -> list[Offer]:
    """Return the rows with an index and fixed prices, cheapest first; at one price the higher index first."""
    offered = [_offer(row) for row in rows]
    priced = [offer for offer in offered if offer is not None]
    return sorted(priced, key=lambda offer: (offer.price, -offer.index, offer.row.model_permaslug))


def _offer(row: AnalysisRow) -> Offer | None:
    if row.intelligence_index is None or row.pricing is None:
        return None
    prices = fixed_prices(row.pricing)
    if prices is None:
        return None
    prompt, completion = prices
    return Offer(row, row.intelligence_index, blended(prompt, completion), prompt, completion)


def placed(offers: Sequence[Offer]) -> list[Placed]:
    """Return each offer that costs money with its rival.

    An offer of the same price and index as one on the frontier is on it too: neither beats the other.
    Free models are left out: nothing that costs money could ever be cheaper.

    Args:
        offers: cheapest first; at one price the higher index first.
    """
    best: Offer | None = None
    places: list[Placed] = []
    for offer in offers:
        if offer.price <= 0:
            continue
        if best is None or best.index < offer.index:
            best = offer
        if (best.price, best.index) == (offer.price, offer.index):
            places.append(Placed(offer, None))
        else:
            places.append(Placed(offer, best))
    return places


def at_some_ratio(offers: Iterable[Offer]) -> list[Offer]:
    """Return the offers that cost money and may be on the frontier at some ratio of input to output tokens.

    To none of them another is equal in index and in both prices, and better in one. They stay in their order.
    """
    paid = [offer for offer in offers if offer.price > 0]
    keys = [(offer.prompt, offer.completion, -offer.index) for offer in paid]
    unbeaten: set[_RatioKey] = set()
    # What beats an offer has no larger key, so it comes before it.
    for key in sorted(set(keys)):
        if not any(_beats(other, key) for other in unbeaten):
            unbeaten.add(key)
    return [offer for offer, key in zip(paid, keys, strict=True) if key in unbeaten]


_RatioKey = tuple[Decimal, Decimal, float]
"""The prices of input and output of an offer, and its index with a minus before it."""


def _beats(key: _RatioKey, other: _RatioKey) -> bool:
    """Return whether an offer whose input costs no more than another's is not worse in anything else."""
    return key[1] <= other[1] and key[2] <= other[2]


_COLUMNS = (
    score_columns.MODEL,
    score_columns.INDEX,
    price_columns.PROMPT,
    price_columns.COMPLETION,
    score_columns.BLENDED,
    Column(
        "beaten_by",
        "Better option",
        "entity",
        "Best-scoring paid model at the same or lower price",
    ),
    Column(
        "on_frontier",
        "Best value",
        "text",
        "No other scores higher for the same price, or as high for less",
    ),
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield every model with an index and a price that does not vary, cheapest first."""
    yield _board(required(sources.analysis), sources.names)


def _board(facts: Facts[AnalysisRow], names: Names) -> Board[FrontierRow]:
    offered = offers(facts.rows)
    free = [Placed(offer, None) for offer in offered if offer.price <= 0]
    rows = [_row(place, names) for place in (*free, *placed(offered))]
    return Board(
        id=ID,
        title="Which models score highest for their price?",
        columns=_COLUMNS,
        models="model_permaslug",
        phone=("model_permaslug", "intelligence_index", "blended"),
        rows=tuple(rows),
        ordered_by="blended",
        citations=facts.citations,
        datasets=(ARTIFICIAL_ANALYSIS.name,),
        finding=finding(rows),
        notes=(
            "The blended price is that of three input tokens to one output token.",
            "Free models are listed apart: no paid model could be cheaper.",
        ),
        scope=score_columns.AA_SCOPE,
        processing="The blended price and the frontier are computed here.",
    )


def _row(place: Placed, names: Names) -> FrontierRow:
    offer, rival = place.offer, place.rival
    row = FrontierRow(
        model_permaslug=score_columns.scored_model(offer.row, names),
        intelligence_index=offer.index,
        prompt=f"{offer.prompt:f}",
        completion=f"{offer.completion:f}",
        blended=f"{offer.price:f}",
        on_frontier="yes" if place.on_frontier else "",
    )
    if rival is None:
        return row
    return replace(row, beaten_by=score_columns.scored_model(rival.row, names))


def finding(rows: Sequence[FrontierRow]) -> str:
    """Return how many paid models are on the frontier, from which to which, empty without a paid model."""
    paid = _paid(rows)
    if not paid:
        return ""
    on_frontier = [row for row in paid if row.on_frontier]
    count = len(on_frontier)
    are = "is" if count == 1 else "are"
    return (
        f"{count:,} of {_models(paid)} {are} best value, {_ends(on_frontier, paid)}: "
        "no other scores higher for the same price, or as high for less."
    )


def _ends(on_frontier: Sequence[FrontierRow], paid: Sequence[FrontierRow]) -> str:
    """Return ``from A (14.2 points at $0.02 per million tokens, blended) to B (63.1 at $10)``, or the only one of them."""
    names = sentences.model_names(row.model_permaslug for row in paid)

    def said(level: Sequence[FrontierRow], points: str = "", per: str = "") -> str:
        models = sentences.listed([names[row.model_permaslug] for row in level])
        score = f"{formats.index(level[0].intelligence_index)}{points}"
        return f"{models} ({score} at {formats.per_million(level[0].blended)}{per})"

    cheapest = sentences.at_top(on_frontier, lambda row: -price(row))
    first = said(cheapest, " points", " per million tokens, blended")
    # As displayed: what differs behind the second decimal is level, and the cheaper is the better.
    best = sentences.at_top(on_frontier, lambda row: round(row.intelligence_index, 2))
    best = sentences.at_top(best, lambda row: -price(row))
    return first if best == cheapest else f"from {first} to {said(best)}"


def cheapest_near_top(rows: Sequence[FrontierRow]) -> list[FrontierRow]:
    """Return the paid models that share the lowest price of all within seven points of the highest score."""
    highest = max((row.intelligence_index for row in rows), default=0.0)
    near: list[FrontierRow] = []
    for row in _paid(rows):
        # Rounded, because 63.1 - 56.1 is a little more than 7 in floats.
        below = round(highest - row.intelligence_index, 6)
        if below <= NEAR_TOP_POINTS:
            near.append(row)
    return sentences.at_top(near, lambda row: -price(row))


def price(row: FrontierRow) -> Decimal:
    """Return US dollars per token, 0 for a free model."""
    return formats.decimal(row.blended) or Decimal(0)


def _paid(rows: Sequence[FrontierRow]) -> list[FrontierRow]:
    return [row for row in rows if price(row) > 0]


def _models(rows: Sequence[FrontierRow]) -> str:
    """Return ``108 paid models``, and where one was scored under several settings ``108 scores of paid models``."""
    if len({row.model_permaslug.id for row in rows}) == len(rows):
        return formats.counted(len(rows), "paid model")
    return f"{len(rows):,} scores of paid models"


MAKER = BoardMaker(families=("frontier",), make=boards, needs=("analysis",))
