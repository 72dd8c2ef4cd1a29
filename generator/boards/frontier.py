"""Price against performance: which models are not beaten by a cheaper one."""

from dataclasses import dataclass
from decimal import Decimal

from generator.base import formats
from generator.boards import score_columns
from generator.boards.board import Board, Column, Row
from generator.boards.names import Names
from generator.endpoints import benchmarks as source
from generator.endpoints.endpoint import Facts

INPUT_PARTS, OUTPUT_PARTS = 3, 1
"""The blend: three input tokens to one output token, as the field usually states it."""


@dataclass(frozen=True, slots=True)
class Offer:
    row: source.AnalysisRow
    index: float
    price: Decimal
    prompt: Decimal
    completion: Decimal


def blended(prompt: Decimal, completion: Decimal) -> Decimal:
    """US dollars per token at three input tokens to one output token."""
    return (prompt * INPUT_PARTS + completion * OUTPUT_PARTS) / (INPUT_PARTS + OUTPUT_PARTS)


def offers(rows: list[source.AnalysisRow]) -> list[Offer]:
    found = []
    for row in rows:
        prompt, completion = (
            formats.decimal(score_columns.price(row, "prompt")),
            formats.decimal(score_columns.price(row, "completion")),
        )
        # A negative price means that it varies; nothing can be ranked by it.
        if (
            row.intelligence_index is None
            or prompt is None
            or completion is None
            or min(prompt, completion) < 0
        ):
            continue
        found.append(
            Offer(row, row.intelligence_index, blended(prompt, completion), prompt, completion)
        )
    return sorted(found, key=lambda offer: (offer.price, -offer.index, offer.row.model_permaslug))


def pareto(offers: list[tuple[Decimal, float]]) -> list[bool]:
    """For offers in order of price: is there none that costs no more and scores at least as much?"""
    best = float("-inf")
    kept = []
    for _, index in offers:
        kept.append(index > best)
        best = max(best, index)
    return kept


def _rivals(offers: list[Offer]) -> dict[int, Offer]:
    """By the identity of each beaten offer, the one that beats it: the highest score that costs no more.

    Args:
        offers: in order of price; of equal prices the higher score first.
    """
    found: dict[int, Offer] = {}
    best: Offer | None = None
    for offer in offers:
        if best is not None and best.index >= offer.index:
            found[id(offer)] = best
        else:
            best = offer
    return found


_COLUMNS = (
    score_columns.MODEL,
    score_columns.INDEX,
    score_columns.PROMPT,
    score_columns.COMPLETION,
    Column("blended", "Price", "price", "US dollars per million tokens, three input to one output"),
    Column("beaten_by", "Beaten by", "entity", "The highest score that costs no more", minor=True),
    Column(
        "on_frontier",
        "On the frontier",
        "text",
        "No other model scores higher for the same price or less",
    ),
)


def board(facts: Facts, names: Names) -> Board:
    """Every model with an index and a price that does not vary, cheapest first."""
    rows = [row for row in facts.rows if isinstance(row, source.AnalysisRow)]
    found = offers(rows)
    # Free models are apart: nothing that costs money could ever be cheaper.
    paid = [offer for offer in found if offer.price > 0]
    on = dict(
        zip((id(offer) for offer in paid), pareto([(o.price, o.index) for o in paid]), strict=True)
    )
    rivals = _rivals(paid)
    board_rows = tuple(
        Row(
            {
                "model_permaslug": score_columns.entity(offer.row, names),
                "intelligence_index": offer.index,
                "prompt": f"{offer.prompt:f}",
                "completion": f"{offer.completion:f}",
                "blended": f"{offer.price:f}",
                "on_frontier": "yes" if on.get(id(offer)) else "",
                "beaten_by": score_columns.entity(rivals[id(offer)].row, names)
                if id(offer) in rivals
                else None,
            },
            "unranked",
        )
        for offer in found
    )
    count = sum(on.values())
    finding = f"{count} of {len(paid)} priced models are on the frontier: none scores higher for the same price or less."
    return Board(
        id="frontier",
        title="What does a point of intelligence cost?",
        columns=_COLUMNS,
        rows=board_rows,
        citations=facts.citations,
        datasets=(source.ARTIFICIAL_ANALYSIS.name,),
        finding=finding if paid else "",
        notes=(
            "The price blends three input tokens with one output token.",
            "Free models stand apart: no priced model could be cheaper.",
        ),
        scope=score_columns.AA_SCOPE,
        processing="The blended price and the frontier are computed here.",
    )
