"""The alternatives to a model: as good for less, and better at a similar price."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.boards import frontier, score_columns
from generator.boards.board import Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.frontier import FrontierRow
from generator.boards.names import Names

CHEAPER, BETTER = "Cheaper", "Better"
MOST = 3
"""The number of alternatives of each kind that a page shows."""
SIMILAR = Decimal("1.25")
"""Two prices of which one is at most this many times the other are similar."""

_RULE = (
    "Cheaper: a paid model that scores at least as high on the Artificial Analysis Intelligence index and has "
    "a lower blended price; the cheapest three. Better: one that scores higher at a blended price up to "
    "25% higher or 20% lower; the best three. A model is named once."
)
_FREE_RULE = "Better: a free model that scores higher on the Artificial Analysis Intelligence index; the best three."


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternativeRow(UnrankedRow):
    """A model that could take the place of another; ``blended`` is US dollars per token.

    Attributes:
        kind: ``Cheaper`` or ``Better``.
        price_change: its price against the other's: -0.4 is 40% less; None between free models.
    """

    model_permaslug: Entity
    kind: str
    intelligence_index: float
    blended: str
    price_change: float | None


@dataclass(frozen=True, slots=True)
class Scored:
    """A model by its best score, at the price of that listing in US dollars per token."""

    model: Entity
    index: float
    price: Decimal


def best_scores(rows: Iterable[FrontierRow], names: Names) -> dict[str, Scored]:
    """Return the best score of each model, by canonical slug; of equal scores the cheaper one."""
    best: dict[str, Scored] = {}
    for row in rows:
        slug = names.canonical(row.model_permaslug.id)
        scored = Scored(row.model_permaslug, row.intelligence_index, frontier.price(row))
        known = best.get(slug)
        if known is None or (scored.index, -scored.price) > (known.index, -known.price):
            best[slug] = scored
    return best


def cheaper(own: Scored, others: Iterable[Scored]) -> list[Scored]:
    """Return the three cheapest paid models that score at least as high for less, the cheapest first.

    Of models at one price the higher score comes first.
    """
    as_good = [other for other in others if other.index >= own.index]
    for_less = [other for other in as_good if 0 < other.price < own.price]
    return sorted(for_less, key=lambda other: (other.price, -other.index, other.model.id))[:MOST]


def better(own: Scored, others: Iterable[Scored]) -> list[Scored]:
    """Return the three models that score highest above this one at a similar price, the best first.

    Of models with one score the cheaper one comes first.
    """
    higher = [other for other in others if other.index > own.index]
    similar = [other for other in higher if _are_similar(own.price, other.price)]
    return sorted(similar, key=lambda other: (-other.index, other.price, other.model.id))[:MOST]


def _are_similar(price: Decimal, other: Decimal) -> bool:
    """Return whether neither price is far above the other; free models are similar to each other only."""
    return price <= other * SIMILAR and other <= price * SIMILAR


_COLUMNS = (
    score_columns.MODEL,
    Column("kind", "Kind", "text", "Cheaper, or better at a similar price"),
    Column("intelligence_index", "Intelligence", "score", "Artificial Analysis Intelligence index"),
    score_columns.BLENDED,
    Column("price_change", "Price difference", "change", "Of the blended price"),
)


def board(
    slug: str, scores: Mapping[str, Scored], priced: Board[FrontierRow]
) -> Board[AlternativeRow] | None:
    """Return the alternatives to a model, the cheaper ones first.

    Args:
        slug: the model's canonical one.
        scores: the best score of each model.
        priced: the board that they come from, which has the credit.

    Returns:
        None for a model without a score or a fixed price; without rows where no other model is cheaper or better.
    """
    own = scores.get(slug)
    if own is None:
        return None
    others = [other for key, other in scores.items() if key != slug]
    cheap = cheaper(own, others)
    good = [other for other in better(own, others) if other not in cheap]
    rows = [*_rows(CHEAPER, own, cheap), *_rows(BETTER, own, good)]
    return Board(
        id=BoardId("alternatives", slug),
        title="Alternatives",
        columns=_COLUMNS,
        phone=("model_permaslug", "kind", "intelligence_index", "blended"),
        rows=tuple(rows),
        citations=priced.citations,
        datasets=priced.datasets,
        notes=(_RULE if own.price else _FREE_RULE,),
        processing="The blended price and the choice of alternatives are computed here.",
    )


def _rows(kind: str, own: Scored, others: Sequence[Scored]) -> Iterable[AlternativeRow]:
    for other in others:
        change = None
        # Free models have only each other as alternatives.
        if own.price:
            change = float(other.price / own.price - 1)
        yield AlternativeRow(
            model_permaslug=other.model,
            kind=kind,
            intelligence_index=other.index,
            blended=f"{other.price:f}",
            price_change=change,
        )
