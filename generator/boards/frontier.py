"""Price against performance: which models are not beaten by a cheaper one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.base import formats
from generator.boards import score_columns
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.names import Names
from generator.boards.sources import BoardMaker, Sources, required
from generator.endpoints.benchmarks import ARTIFICIAL_ANALYSIS, AnalysisRow
from generator.endpoints.endpoint import Facts

INPUT_PARTS, OUTPUT_PARTS = 3, 1
"""The blend: three input tokens to one output token, as the field usually states it."""

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
    beaten_by: Entity | None


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
    """An offer and its rival: the highest score that costs no more; without one it is on the frontier."""

    offer: Offer
    rival: Offer | None

    @property
    def on_frontier(self) -> bool:
        return self.rival is None


def blended(prompt: Decimal, completion: Decimal) -> Decimal:
    """Return US dollars per token at three input tokens to one output token."""
    return (prompt * INPUT_PARTS + completion * OUTPUT_PARTS) / (INPUT_PARTS + OUTPUT_PARTS)


def offers(rows: Iterable[AnalysisRow]) -> list[Offer]:
    """Return the rows with an index and fixed prices, cheapest first; at one price the higher index first."""
    priced = [offer for row in rows if (offer := _offer(row)) is not None]
    return sorted(priced, key=lambda offer: (offer.price, -offer.index, offer.row.model_permaslug))


def _offer(row: AnalysisRow) -> Offer | None:
    if row.intelligence_index is None or row.pricing is None:
        return None
    prompt = formats.decimal(row.pricing.prompt)
    completion = formats.decimal(row.pricing.completion)
    # A negative price means that it varies; nothing can be ranked by it.
    if prompt is None or completion is None or min(prompt, completion) < 0:
        return None
    return Offer(row, row.intelligence_index, blended(prompt, completion), prompt, completion)


def placed(offers: Sequence[Offer]) -> list[Placed]:
    """Return each offer that costs money with its rival.

    Free models are left out: nothing that costs money could ever be cheaper.

    Args:
        offers: cheapest first; at one price the higher index first.
    """
    best: Offer | None = None
    places: list[Placed] = []
    for offer in offers:
        if offer.price <= 0:
            continue
        if best is not None and best.index >= offer.index:
            places.append(Placed(offer, best))
        else:
            places.append(Placed(offer, None))
            best = offer
    return places


_COLUMNS = (
    score_columns.MODEL,
    score_columns.INDEX,
    score_columns.PROMPT,
    score_columns.COMPLETION,
    score_columns.BLENDED,
    Column("beaten_by", "Beaten by", "entity", "The highest score that costs no more"),
    Column(
        "on_frontier",
        "On the frontier",
        "text",
        "No other model scores higher for the same price or less",
    ),
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield every model with an index and a price that does not vary, cheapest first."""
    yield _board(required(sources.analysis), sources.names)


def _board(facts: Facts[AnalysisRow], names: Names) -> Board[FrontierRow]:
    offered = offers(facts.rows)
    free = [_row(Placed(offer, None), names, "") for offer in offered if offer.price <= 0]
    paid = placed(offered)
    rows = free + [_row(place, names, "yes" if place.on_frontier else "") for place in paid]
    count = sum(1 for place in paid if place.on_frontier)
    finding = f"{count} of {len(paid)} priced models are on the frontier: none scores higher for the same price or less."
    return Board(
        id=ID,
        title="What does a point of intelligence cost?",
        columns=_COLUMNS,
        rows=tuple(rows),
        citations=facts.citations,
        datasets=(ARTIFICIAL_ANALYSIS.name,),
        finding=finding if paid else "",
        notes=(
            "The price blends three input tokens with one output token.",
            "Free models stand apart: no priced model could be cheaper.",
        ),
        scope=score_columns.AA_SCOPE,
        processing="The blended price and the frontier are computed here.",
    )


def _row(place: Placed, names: Names, on_frontier: str) -> FrontierRow:
    offer, rival = place.offer, place.rival
    return FrontierRow(
        model_permaslug=score_columns.scored_model(offer.row, names),
        intelligence_index=offer.index,
        prompt=f"{offer.prompt:f}",
        completion=f"{offer.completion:f}",
        blended=f"{offer.price:f}",
        on_frontier=on_frontier,
        beaten_by=score_columns.scored_model(rival.row, names) if rival else None,
    )


MAKER = BoardMaker(families=("frontier",), make=boards, needs=("analysis",))
