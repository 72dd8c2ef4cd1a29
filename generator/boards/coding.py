"""Every model with a coding score, a share of coding requests or an Elo for code, and what it costs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.base import formats
from generator.base.attribution import Citation, distinct
from generator.boards import price_columns, score_columns, sentences
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.coding_measures import (
    Measured,
    Placed,
    Write,
    coding_indices,
    coding_ratings,
    coding_shares,
    placed,
)
from generator.boards.frontier import blended, fixed_prices
from generator.boards.intervals import ties
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
        rank_low, rank_high: the ranks that a tie takes.
        use: share of the classified coding requests; ``use_high`` with the most that cut lists leave.
        use_rank_low, use_rank_high: the ranks that ties and cut lists leave.
        elo_rank_low, elo_rank_high: the ranks that the intervals of the ratings leave.
        blended: US dollars per token at three input tokens to one output token, of the paid listing.
        best_value: ``yes`` or nothing.
    """

    rank: int | None
    rank_low: int | None
    rank_high: int | None
    model_permaslug: Entity
    coding_index: float | None
    blended: str | None
    prompt: str | None
    completion: str | None
    use: float | None
    use_high: float | None
    use_rank: int | None
    use_rank_low: int | None
    use_rank_high: int | None
    elo: float | None
    elo_rank: int | None
    elo_rank_low: int | None
    elo_rank_high: int | None
    context_length: int | None
    best_value: str


_COLUMNS = (
    Column("rank", "Rank", "rank", "Rank by coding index"),
    *score_columns.rank_range("rank"),
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
    Column(
        "use_high",
        "Coding requests at most",
        "share",
        "With the most that tasks which do not list the model can hold of it",
        in_table=False,
    ),
    Column("use_rank", "Rank by use", "rank", "Rank by share of coding requests", in_table=False),
    *score_columns.rank_range("use_rank", "by use"),
    Column("elo", "Elo", "score", "Design Arena, all coding categories, models"),
    Column("elo_rank", "Rank by Elo", "rank", "Rank by Elo", in_table=False),
    *score_columns.rank_range("elo_rank", "by Elo"),
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

    indices: Mapping[str, Measured]
    shares: Mapping[str, Measured]
    ratings: Mapping[str, Measured]
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
            "Share of requests counts only the tasks for which the source lists the model; ≥ marks a lower bound.",
            (
                "Models are level where their values are displayed alike, where the intervals of their ratings overlap, "
                "or where lists that are cut leave their order open."
            ),
        ),
        scope="Each measure covers other models: an empty cell means that the source does not list the model.",
        processing="Shares are summed over coding tasks; ranks, blended prices and best value are computed.",
    )


def _measures(sources: Sources) -> _Measures:
    names = sources.names
    indices: Mapping[str, Measured] = {}
    shares: Mapping[str, Measured] = {}
    ratings: Mapping[str, Measured] = {}
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
    by_index, by_elo = placed(measures.indices), placed(measures.ratings)
    by_use = placed(measures.shares, formats.share)

    rows: list[CodingRow] = []
    for slug in slugs:
        listing = offered[slug].listing if slug in offered else None
        price, index = prices[slug], measures.indices.get(slug)
        use, rating = measures.shares.get(slug), measures.ratings.get(slug)
        rank, rank_low, rank_high = _ranks(by_index.get(slug))
        use_rank, use_rank_low, use_rank_high = _ranks(by_use.get(slug))
        elo_rank, elo_rank_low, elo_rank_high = _ranks(by_elo.get(slug))
        rows.append(
            CodingRow(
                rank=rank,
                rank_low=rank_low,
                rank_high=rank_high,
                use_rank=use_rank,
                use_rank_low=use_rank_low,
                use_rank_high=use_rank_high,
                elo_rank=elo_rank,
                elo_rank_low=elo_rank_low,
                elo_rank_high=elo_rank_high,
                model_permaslug=sources.names.page(slug),
                coding_index=index.value if index else None,
                blended=None if price is None else f"{price:f}",
                prompt=listing.pricing.prompt if listing else None,
                completion=listing.pricing.completion if listing else None,
                use=round(use.value, 4) if use else None,
                use_high=round(use.interval.high, 4) if use else None,
                elo=rating.value if rating else None,
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


def _ranks(place: Placed | None) -> tuple[int | None, int | None, int | None]:
    """Return the rank, the best and the worst one; without a place nothing."""
    return (place.rank, place.low, place.high) if place else (None, None, None)


def _best_value(indices: Mapping[str, Measured], prices: Mapping[str, Decimal | None]) -> set[str]:
    """Return the slugs of the paid models that no other beats: those that score more than all that cost less or as much."""
    paid: list[tuple[Decimal, float, str]] = []
    for slug, index in indices.items():
        price = prices[slug]
        if price is not None and price > 0:
            paid.append((price, -index.value, slug))
    best: set[str] = set()
    unbeaten: tuple[Decimal, float] | None = None
    for price, minus_index, slug in sorted(paid):
        if unbeaten is None or minus_index < unbeaten[1]:
            unbeaten = (price, minus_index)
        if (price, minus_index) == unbeaten:
            best.add(slug)
    return best


@dataclass(frozen=True, slots=True)
class _Told:
    """How a measure is told of: its field and that of its rank, what the first has, and by what several are level."""

    key: str
    rank: str
    what: str
    by: str
    write: Write


_MEASURES = (
    _Told("coding_index", "rank", "the highest coding index", "by coding index", formats.number),
    _Told(
        "use",
        "use_rank",
        "the largest share of coding requests",
        "by share of coding requests",
        formats.share,
    ),
    _Told("elo", "elo_rank", "the highest Elo for code", "by Elo for code", formats.number),
)


def finding(rows: Sequence[CodingRow]) -> str:
    """Return who leads by each measure, among all that the measure covers, and the best of those under $1.

    Models that ties, intervals or cut lists leave at the first rank are level.
    """
    told = [sentence for measure in _MEASURES if (sentence := _leaders(rows, measure))]
    if not told:
        return ""
    sentence = f"{'; '.join(told)}."
    cheap = [row for row in rows if _costs_up_to(row, CHEAP) and row.coding_index is not None]
    scored = sorted(cheap, key=lambda row: -(row.coding_index or 0.0))
    if scored:
        best = ties(scored, lambda row: formats.number(row.coding_index or 0.0))[0]
        is_best = "has the highest index" if len(best) == 1 else "share the highest index"
        score = formats.number(best[0].coding_index or 0.0)
        limit = formats.per_million(f"{CHEAP:f}")
        sentence += (
            f" Of the paid models at up to {limit} per million input tokens, "
            f"{_names(best, rows)} {is_best} ({score})."
        )
    return sentence


def _leaders(rows: Sequence[CodingRow], told: _Told) -> str:
    """Return ``Ada has the highest Elo for code (1,403, of 106 models)``; empty where no model is measured."""
    measured = [row for row in rows if row[told.key] is not None]
    first = [row for row in measured if row[f"{told.rank}_low"] == 1]
    if not first:
        return ""
    has = f"has {told.what}" if len(first) == 1 else f"are level at the top {told.by}"
    of = formats.counted(len(measured), "model")
    return f"{_names(first, rows)} {has} ({_amounts(first, told)}, of {of})"


def _amounts(rows: Sequence[CodingRow], told: _Told) -> str:
    """``1,403``, ``at least 16.0%``, or ``1,395 to 1,403`` of several."""
    values = sorted(row.number(told.key) or 0.0 for row in rows)
    shown = list(dict.fromkeys(told.write(value) for value in (values[0], values[-1])))
    is_open = told.key == "use" and any(row.use != row.use_high for row in rows)
    return f"{'at least ' if is_open else ''}{' to '.join(shown)}"


def _costs_up_to(row: CodingRow, limit: Decimal) -> bool:
    price = formats.decimal(row.prompt)
    paid = row.blended is not None and Decimal(row.blended) > 0
    return paid and price is not None and price <= limit


def _names(first: Sequence[CodingRow], rows: Sequence[CodingRow]) -> str:
    names = sentences.model_names(row.model_permaslug for row in rows)
    return sentences.listed([names[row.model_permaslug] for row in first])


MAKER = BoardMaker(families=("coding",), make=boards)
