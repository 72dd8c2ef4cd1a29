"""Every model with a coding score, a share of coding requests or an Elo for code, and what it costs."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.base import formats
from generator.boards import price_columns, score_columns, sentences
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.coding_measures import (
    Measured,
    Write,
    coding_indices,
    coding_ratings,
    coding_shares,
    placed,
    rating_credits,
    rounded_share,
)
from generator.boards.credits import Credits
from generator.boards.frontier import blended, fixed_prices
from generator.boards.intervals import rounded
from generator.boards.joined_models import Offer, offers
from generator.boards.sources import BoardMaker, Sources
from generator.endpoints import benchmarks, models, task_classifications
from generator.endpoints.models import ModelRow

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
    prompt: str | None = None
    completion: str | None = None
    use: float | None
    use_high: float | None
    use_rank: int | None
    use_rank_low: int | None
    use_rank_high: int | None
    elo: float | None
    elo_rank: int | None
    elo_rank_low: int | None
    elo_rank_high: int | None
    context_length: int | None = None
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
    """The three measures by canonical slug; one whose source is not held is empty."""

    indices: Mapping[str, Measured]
    shares: Mapping[str, Measured]
    ratings: Mapping[str, Measured]


@dataclass(frozen=True, slots=True)
class _MeasuredPlace:
    """A model's value by one measure and the most that it can be, with its rank and the range of that.

    All are None where the source does not list the model.
    """

    value: float | None = None
    most: float | None = None
    rank: int | None = None
    rank_low: int | None = None
    rank_high: int | None = None


_NOT_MEASURED = _MeasuredPlace()


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the models by coding index, then those without one by use and Elo; none without any measure."""
    sourced = Credits()
    measures = _measures(sources, sourced)
    offered: Mapping[str, Offer] = {}
    if sources.catalogue:
        offered = offers(sources.catalogue, sources.names)
        sourced.add(models.NAME, sources.catalogue.citations[0])
    rows = _rows(sources, measures, offered)
    if not rows:
        return

    yield Board(
        id=ID,
        title="Which model for coding, and at what price?",
        columns=_COLUMNS,
        rows=tuple(rows),
        citations=sourced.citations,
        datasets=sourced.datasets,
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


def _measures(sources: Sources, sourced: Credits) -> _Measures:
    """Return the measures that are held, and add their sources to those of the board."""
    names = sources.names
    indices: Mapping[str, Measured] = {}
    shares: Mapping[str, Measured] = {}
    ratings: Mapping[str, Measured] = {}
    if sources.analysis:
        indices = coding_indices(sources.analysis, names)
        sourced.add(benchmarks.ARTIFICIAL_ANALYSIS.name, sources.analysis.citations[0])
    if sources.tasks:
        shares = coding_shares(sources.tasks, names)
        sourced.add(task_classifications.NAME, sources.tasks.citations[0])
    if sources.arenas:
        ratings = coding_ratings(sources.arenas, names)
        sourced.add(benchmarks.DESIGN_ARENA.name, *rating_credits(sources.arenas))
    return _Measures(indices, shares, ratings)


def _rows(sources: Sources, measures: _Measures, offered: Mapping[str, Offer]) -> list[CodingRow]:
    """Return the models that have a measure, those with a coding index first."""
    indices, ratings = _by_slug(measures.indices), _by_slug(measures.ratings)
    shares = _shares_by_slug(measures.shares)
    prices = _blended_prices(offered)
    best = _best_value(measures.indices, prices)

    rows: list[CodingRow] = []
    for slug in indices.keys() | shares.keys() | ratings.keys():
        index, use = indices.get(slug, _NOT_MEASURED), shares.get(slug, _NOT_MEASURED)
        rating = ratings.get(slug, _NOT_MEASURED)
        row = CodingRow(
            rank=index.rank,
            rank_low=index.rank_low,
            rank_high=index.rank_high,
            use_rank=use.rank,
            use_rank_low=use.rank_low,
            use_rank_high=use.rank_high,
            elo_rank=rating.rank,
            elo_rank_low=rating.rank_low,
            elo_rank_high=rating.rank_high,
            model_permaslug=sources.names.page(slug),
            coding_index=index.value,
            blended=f"{prices[slug]:f}" if slug in prices else None,
            use=use.value,
            use_high=use.most,
            elo=rating.value,
            best_value="yes" if slug in best else "",
        )
        if slug in offered:
            row = _with_listing(row, offered[slug].listing)
        rows.append(row)
    return sorted(rows, key=_order)


def _by_slug(
    measured: Mapping[str, Measured], write: Write = formats.number
) -> dict[str, _MeasuredPlace]:
    """Return each model's value by one measure with the ranks that it leaves.

    Args:
        write: writes a value as pages show it; values that it writes alike share a rank.
    """
    places: dict[str, _MeasuredPlace] = {}
    for slug, place in placed(measured, write).items():
        value, most = measured[slug].value, measured[slug].interval.high
        places[slug] = _MeasuredPlace(value, most, place.rank, place.low, place.high)
    return places


def _shares_by_slug(measured: Mapping[str, Measured]) -> dict[str, _MeasuredPlace]:
    """Return each model's share of coding requests and the most that it can be, rounded, with its ranks."""
    places = _by_slug(measured, formats.share)
    for slug, place in places.items():
        share = rounded_share(measured[slug].interval)
        places[slug] = replace(place, value=share.low, most=share.high)
    return places


def _with_listing(row: CodingRow, listing: ModelRow) -> CodingRow:
    """Return the row with the prices and the context of a listing."""
    return replace(
        row,
        prompt=listing.pricing.prompt,
        completion=listing.pricing.completion,
        context_length=listing.context_length,
    )


def _order(row: CodingRow) -> tuple[float, float, float, str]:
    """Return a sort key: by coding index, then by use, then by Elo; models without one of them after the others."""
    last = math.inf
    return row.rank or last, row.use_rank or last, row.elo_rank or last, row.model_permaslug.id


def _blended_prices(offered: Mapping[str, Offer]) -> dict[str, Decimal]:
    """Return the blended price of each model that has fixed ones, in US dollars per token."""
    prices: dict[str, Decimal] = {}
    for slug, offer in offered.items():
        fixed = fixed_prices(offer.listing.pricing)
        if fixed is not None:
            prices[slug] = blended(*fixed)
    return prices


def _best_value(indices: Mapping[str, Measured], prices: Mapping[str, Decimal]) -> set[str]:
    """Return the slugs of the paid models that no other beats: those that score more than all that cost less or as much.

    Models of one price and index do not beat each other.
    """
    paid: list[tuple[Decimal, float, str]] = []
    for slug, index in indices.items():
        if slug in prices and prices[slug] > 0:
            paid.append((prices[slug], -index.value, slug))
    best: set[str] = set()
    # The last one that none beats, of the cheapest first, and of one price of the highest index first.
    unbeaten: tuple[Decimal, float] | None = None
    for price, minus_index, slug in sorted(paid):
        if unbeaten is None or minus_index < unbeaten[1]:
            unbeaten = (price, minus_index)
        if (price, minus_index) == unbeaten:
            best.add(slug)
    return best


@dataclass(frozen=True, slots=True)
class _MeasureWords:
    """The words of the finding for one measure.

    Attributes:
        key, rank: the fields of its values and of their ranks.
        highest: what a model alone at the top has.
        by: by what several are level.
        write: writes a value as pages show it.
    """

    key: str
    rank: str
    highest: str
    by: str
    write: Write


_MEASURES = (
    _MeasureWords(
        key="coding_index",
        rank="rank",
        highest="the highest coding index",
        by="by coding index",
        write=formats.index,
    ),
    _MeasureWords(
        key="use",
        rank="use_rank",
        highest="the largest share of coding requests",
        by="by share of coding requests",
        write=formats.share,
    ),
    _MeasureWords(
        key="elo",
        rank="elo_rank",
        highest="the highest Elo for code",
        by="by Elo for code",
        write=formats.number,
    ),
)


def finding(rows: Sequence[CodingRow]) -> str:
    """Return who leads by each measure, among all that the measure covers, and the best of those under $1.

    Models that ties, intervals or cut lists leave at the first rank are level.
    """
    leaders = [_leaders(rows, measure) for measure in _MEASURES]
    known = [clause for clause in leaders if clause]
    if not known:
        return ""
    return f"{'; '.join(known)}.{_best_of_the_cheap(rows)}"


def _best_of_the_cheap(rows: Sequence[CodingRow]) -> str:
    """Return a sentence on the highest index of the cheap paid models, with a space before; empty without any."""
    cheap = [row for row in rows if _is_cheap(row)]
    # As displayed: what differs behind the second decimal is level.
    best = sentences.at_top(cheap, lambda row: rounded(row.coding_index, 2))
    if not best or best[0].coding_index is None:
        return ""
    is_best = "has the highest index" if len(best) == 1 else "share the highest index"
    score = formats.index(best[0].coding_index)
    limit = formats.per_million(f"{CHEAP:f}")
    return (
        f" Of the paid models at up to {limit} per million input tokens, "
        f"{_names(best, rows)} {is_best} ({score})."
    )


def _is_cheap(row: CodingRow) -> bool:
    """Return whether a model costs something, and no more than the cheap ones for input."""
    price, blended_price = formats.decimal(row.prompt), formats.decimal(row.blended)
    if price is None or blended_price is None:
        return False
    return blended_price > 0 and price <= CHEAP


def _leaders(rows: Sequence[CodingRow], measure: _MeasureWords) -> str:
    """Return ``Ada has the highest Elo for code of 106 models, 1,403``; empty where no model is measured."""
    measured = [row for row in rows if row[measure.key] is not None]
    first = [row for row in measured if row[f"{measure.rank}_low"] == 1]
    if not first:
        return ""
    models = formats.counted(len(measured), "model")
    has = f"has {measure.highest} of {models}"
    if len(first) > 1:
        has = f"are level at the top {measure.by} among {models}"
    return f"{_names(first, rows)} {has}, {_amounts(first, measure)}"


def _amounts(rows: Sequence[CodingRow], measure: _MeasureWords) -> str:
    """Return ``1,403``, ``at least 15.9%``, or ``1,395 to 1,403`` of several."""
    if measure.key == "use" and any(row.use != row.use_high for row in rows):
        return f"at least {_lowest_to_highest(rows, measure.key, formats.share_at_least)}"
    return _lowest_to_highest(rows, measure.key, measure.write)


def _lowest_to_highest(rows: Iterable[CodingRow], key: str, write: Write) -> str:
    values = [row.number(key) or 0.0 for row in rows]
    lowest, highest = write(min(values)), write(max(values))
    if lowest == highest:
        return lowest
    return f"{lowest} to {highest}"


def _names(first: Sequence[CodingRow], rows: Sequence[CodingRow]) -> str:
    """Return the names of some models, which are told apart from all others."""
    names = sentences.model_names(row.model_permaslug for row in rows)
    return sentences.listed([names[row.model_permaslug] for row in first])


MAKER = BoardMaker(families=("coding",), make=boards)
