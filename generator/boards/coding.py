"""Every model with a coding score, a share of coding requests or an Elo for code, and what it costs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.base import formats
from generator.base.attribution import Citation, distinct
from generator.boards import price_columns, score_columns, sentences
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.coding_measures import coding_indices, coding_ratings, coding_shares
from generator.boards.frontier import blended, fixed_prices
from generator.boards.joined_models import Offer, offers
from generator.boards.sources import BoardMaker, Sources
from generator.endpoints import benchmarks, models, task_classifications

ID = BoardId("coding")
CHEAP = Decimal("0.000001")
"""The input price, in US dollars per token, of which the finding names the best model: $1 per million."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingRow(UnrankedRow):
    """A model's measures for coding, each with its rank among all that have it, and its listed prices.

    Attributes:
        rank: by coding index.
        use: share of the classified coding requests.
        blended: US dollars per token at three input tokens to one output token, of the paid listing.
        best_value: ``yes`` or nothing.
    """

    rank: int | None
    model_permaslug: Entity
    coding_index: float | None
    blended: str | None
    prompt: str | None
    completion: str | None
    use: float | None
    use_rank: int | None
    elo: float | None
    elo_rank: int | None
    context_length: int | None
    best_value: str


_COLUMNS = (
    Column("rank", "Rank", "rank", "Rank by coding index"),
    Column("model_permaslug", "Model", "entity"),
    Column("coding_index", "Coding index", "score", "Artificial Analysis coding index"),
    Column(
        "blended",
        "Blended price",
        "price",
        "US dollars per million tokens, three input tokens to one output token",
    ),
    price_columns.PROMPT,
    price_columns.COMPLETION,
    Column("use", "Coding requests", "share", "Share of the classified coding requests"),
    Column("use_rank", "Rank by use", "rank", "Rank by share of coding requests", in_table=False),
    Column("elo", "Elo", "score", "Design Arena, all coding categories, models"),
    Column("elo_rank", "Rank by Elo", "rank", "Rank by Elo", in_table=False),
    price_columns.CONTEXT,
    Column(
        "best_value",
        "Best value",
        "text",
        "No other paid model has as high a coding index for less, or a higher one for the same blended price",
    ),
)


@dataclass(frozen=True, slots=True)
class _Measures:
    """The three measures by canonical slug, and of each the sources that state it."""

    indices: Mapping[str, float]
    shares: Mapping[str, float]
    ratings: Mapping[str, float]
    citations: tuple[Citation, ...]
    datasets: tuple[str, ...]


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the models by coding index, then those without one by use and Elo; none without any measure."""
    measures = _measures(sources)
    names, catalogue = sources.names, sources.catalogue
    offered = offers(catalogue, names) if catalogue else {}
    rows = _rows(sources, measures, offered)
    if not rows:
        return

    citations, datasets = list(measures.citations), list(measures.datasets)
    if catalogue:
        citations.append(catalogue.citations[0])
        datasets.append(models.NAME)
    yield Board(
        id=ID,
        title="Which model for coding, and at what price?",
        columns=_COLUMNS,
        rows=tuple(rows),
        citations=distinct(citations),
        datasets=tuple(datasets),
        models="model_permaslug",
        phone=("model_permaslug", "coding_index", "blended"),
        finding=finding(rows),
        notes=(
            (
                "Best value: no other paid model has as high a coding index at a lower blended price, or a higher "
                "one at the same price. Free models are left out of it."
            ),
            "Prices are those of a model's paid listing; without one it is free, or not listed now.",
            (
                "Elo is Design Arena's rating over all its coding categories (websites, games, data "
                "visualization and others), from blind votes on what the code shows."
            ),
            "Share of requests counts only the tasks for which the source lists the model, so it is a lower bound.",
        ),
        scope="Each measure covers other models: an empty cell means that the source does not list the model.",
        processing="Shares are summed over coding tasks; ranks, blended prices and best value are computed.",
    )


def _measures(sources: Sources) -> _Measures:
    names = sources.names
    indices: Mapping[str, float] = {}
    shares: Mapping[str, float] = {}
    ratings: Mapping[str, float] = {}
    citations: list[Citation] = []
    datasets: list[str] = []
    if sources.analysis:
        indices = coding_indices(sources.analysis, names)
        citations.append(sources.analysis.citations[0])
        datasets.append(benchmarks.ARTIFICIAL_ANALYSIS.name)
    if sources.tasks:
        shares = coding_shares(sources.tasks, names)
        citations.append(sources.tasks.citations[0])
        datasets.append(task_classifications.NAME)
    if sources.arenas:
        ratings = coding_ratings(sources.arenas, names)
        citations.append(sources.arenas[0].citations[0])
        datasets.append(benchmarks.DESIGN_ARENA.name)
    return _Measures(indices, shares, ratings, tuple(citations), tuple(datasets))


def _rows(sources: Sources, measures: _Measures, offered: Mapping[str, Offer]) -> list[CodingRow]:
    slugs = measures.indices.keys() | measures.shares.keys() | measures.ratings.keys()
    prices = {slug: _blended(offered.get(slug)) for slug in slugs}
    best = _best_value(measures.indices, prices)
    by_index, by_use, by_elo = (
        score_columns.ranks_by_name(values)
        for values in (measures.indices, measures.shares, measures.ratings)
    )

    rows: list[CodingRow] = []
    for slug in slugs:
        listing = offered[slug].listing if slug in offered else None
        use, price = measures.shares.get(slug), prices[slug]
        rows.append(
            CodingRow(
                rank=by_index.get(slug),
                model_permaslug=sources.names.page(slug),
                coding_index=measures.indices.get(slug),
                blended=None if price is None else f"{price:f}",
                prompt=listing.pricing.prompt if listing else None,
                completion=listing.pricing.completion if listing else None,
                use=None if use is None else round(use, 4),
                use_rank=by_use.get(slug),
                elo=measures.ratings.get(slug),
                elo_rank=by_elo.get(slug),
                context_length=listing.context_length if listing else None,
                best_value="yes" if slug in best else "",
            )
        )
    return sorted(rows, key=_order)


def _order(row: CodingRow) -> tuple[float, float, float, str]:
    last = float("inf")
    return row.rank or last, row.use_rank or last, row.elo_rank or last, row.model_permaslug.id


def _blended(offer: Offer | None) -> Decimal | None:
    """Return US dollars per token; None where there is no offer or its price varies."""
    prices = fixed_prices(offer.listing.pricing) if offer else None
    return blended(*prices) if prices else None


def _best_value(indices: Mapping[str, float], prices: Mapping[str, Decimal | None]) -> set[str]:
    """Return the slugs of the paid models that no other beats: those that score more than all that cost less or as much."""
    paid: list[tuple[Decimal, float, str]] = []
    for slug, index in indices.items():
        price = prices[slug]
        if price is not None and price > 0:
            paid.append((price, -index, slug))
    best: set[str] = set()
    unbeaten: tuple[Decimal, float] | None = None
    for price, minus_index, slug in sorted(paid):
        if unbeaten is None or minus_index < unbeaten[1]:
            unbeaten = (price, minus_index)
        if (price, minus_index) == unbeaten:
            best.add(slug)
    return best


def finding(rows: Sequence[CodingRow]) -> str:
    """Return who leads by each measure, among all that the measure covers, and the best of those under $1."""
    told = [sentence for one in _MEASURES if (sentence := _leaders(rows, *one))]
    if not told:
        return ""
    sentence = f"{'; '.join(told)}."
    cheap = [row for row in rows if _costs_up_to(row, CHEAP)]
    best = sentences.at_top(cheap, lambda row: row.coding_index)
    if best:
        is_best = "has the highest index" if len(best) == 1 else "share the highest index"
        score = formats.number(best[0].coding_index or 0.0)
        limit = formats.per_million(f"{CHEAP:f}")
        sentence += (
            f" Of the paid models at up to {limit} per million input tokens, "
            f"{_names(best, rows)} {is_best} ({score})."
        )
    return sentence


def _leaders(rows: Sequence[CodingRow], key: str, what: str, write: Callable[[float], str]) -> str:
    """Return ``Ada has the highest Elo for code (1,403, of 106 models)``; empty where no model is measured."""
    measured = [row for row in rows if row[key] is not None]
    first = sentences.at_top(measured, lambda row: row.number(key))
    if not first:
        return ""
    has = "has" if len(first) == 1 else "share"
    of = formats.counted(len(measured), "model")
    return f"{_names(first, rows)} {has} {what} ({write(first[0].number(key) or 0.0)}, of {of})"


_MEASURES: tuple[tuple[str, str, Callable[[float], str]], ...] = (
    ("coding_index", "the highest coding index", formats.number),
    ("use", "the largest share of coding requests", formats.share),
    ("elo", "the highest Elo for code", formats.number),
)


def _costs_up_to(row: CodingRow, limit: Decimal) -> bool:
    price = formats.decimal(row.prompt)
    paid = row.blended is not None and Decimal(row.blended) > 0
    return paid and price is not None and price <= limit


def _names(first: Sequence[CodingRow], rows: Sequence[CodingRow]) -> str:
    names = sentences.model_names(row.model_permaslug for row in rows)
    return sentences.listed([names[row.model_permaslug] for row in first])


MAKER = BoardMaker(families=("coding",), make=boards)
