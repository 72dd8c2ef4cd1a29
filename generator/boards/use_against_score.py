"""How much more or less a model is used than models of like score and price: what is left of a log-linear fit."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean

from generator.archive.coverage import Coverage
from generator.archive.daily_tokens import DailyTokens
from generator.base import formats
from generator.base.attribution import distinct
from generator.base.dates import Window, human_day
from generator.base.slugs import FREE, Slug
from generator.boards import score_columns, sentences
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.catalogue import best_indices
from generator.boards.frontier import blended, fixed_prices
from generator.boards.joined_models import Offer, offers
from generator.boards.names import Names
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.totals import SCOPE, Namer, token_totals
from generator.endpoints import benchmarks, models, rankings_daily

ID = BoardId("use-against-score")
LEAST_MODELS = 10
"""No line is fitted through fewer models."""
_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainstScoreRow(UnrankedRow):
    """A model's tokens of a week beside those that its score and its price suggest.

    Attributes:
        blended: US dollars per token, three input tokens to one output token.
        expected_tokens: of a model with this score and price, by the fit.
        ratio: tokens divided by the expected ones.
    """

    model_permaslug: Entity
    intelligence_index: float
    blended: str
    total_tokens: int
    expected_tokens: int
    ratio: float


@dataclass(frozen=True, slots=True)
class Used:
    """A model that is used, scored and priced; the price is US dollars per token."""

    slug: str
    tokens: int
    index: float
    price: Decimal


@dataclass(frozen=True, slots=True)
class Fit:
    """ln(tokens) = level + per_point × index + per_price × ln(price), by least squares.

    Attributes:
        explained: the part of the variance of ln(tokens) that it explains, from 0 to 1.
    """

    level: float
    per_point: float
    per_price: float
    explained: float

    def expected(self, model: Used) -> float:
        """Return the tokens of a model with this score and price."""
        return math.exp(
            self.level + self.per_point * model.index + self.per_price * math.log(model.price)
        )


def fitted(used: Sequence[Used]) -> Fit | None:
    """Return the fit; None for too few models, and where these leave it open.

    It is open where scores, prices or tokens are all alike, or prices follow from scores.
    """
    if len(used) < LEAST_MODELS:
        return None
    points = [model.index for model in used]
    prices = [math.log(model.price) for model in used]
    tokens = [math.log(model.tokens) for model in used]
    # The normal equations of the deviations from the means, solved by Cramer's rule.
    point_square, price_square = _codeviation(points, points), _codeviation(prices, prices)
    both, variance = _codeviation(points, prices), _codeviation(tokens, tokens)
    determinant = point_square * price_square - both * both
    if determinant <= _NOISE * point_square * price_square or variance <= _NOISE:
        return None
    with_points, with_prices = _codeviation(points, tokens), _codeviation(prices, tokens)
    per_point = (with_points * price_square - with_prices * both) / determinant
    per_price = (with_prices * point_square - with_points * both) / determinant
    level = fmean(tokens) - per_point * fmean(points) - per_price * fmean(prices)
    explained = (per_point * with_points + per_price * with_prices) / variance
    return Fit(level, per_point, per_price, explained)


_NOISE = 1e-9
"""Sums that differ by less than this part of them are equal but for rounding."""


def _codeviation(left: Sequence[float], right: Sequence[float]) -> float:
    """Return the sum of the products of two values' deviations from their means."""
    left_mean, right_mean = fmean(left), fmean(right)
    pairs = zip(left, right, strict=True)
    return math.fsum((a - left_mean) * (b - right_mean) for a, b in pairs)


_COLUMNS = (
    Column("model_permaslug", "Model", "entity"),
    Column("ratio", "Times expected", "score", "Tokens divided by the expected tokens"),
    Column(
        "total_tokens",
        "Tokens, 7 days",
        "tokens",
        "Sum over the model's listings, free variants left out",
    ),
    Column(
        "expected_tokens",
        "Expected tokens",
        "tokens",
        "Of a model with this score and this price, by the fit",
    ),
    Column("intelligence_index", "Intelligence", "score", "Artificial Analysis index"),
    score_columns.BLENDED,
)
_NOTES = (
    (
        "Included are models with an intelligence index and a paid listing in the top 50 on each day of the "
        "week; others would be compared by a part of their tokens. Tokens of :free variants are left out."
    ),
    (
        "The fit says which models are used alike by score and price. It does not say why: speed, context, "
        "age, or being the default of an app count as well."
    ),
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the models, those used the most above what is expected first; no board without a fit."""
    daily, analysis = required(sources.daily_tokens), required(sources.analysis)
    catalogue = required(sources.catalogue)
    used = _used(sources)
    fit = fitted(used)
    if fit is None:
        return

    rows = [_row(model, fit, sources.names) for model in used]
    rows.sort(key=lambda row: (-row.ratio, row.model_permaslug.id))
    window = daily.window(_WEEK)
    coverage = daily.coverage(window)
    citations = (daily.citation, analysis.citations[0], catalogue.citations[0])
    yield Board(
        id=ID,
        title="Which models are used more than their score and price explain?",
        columns=_COLUMNS,
        models="model_permaslug",
        phone=("model_permaslug", "ratio", "total_tokens"),
        rows=tuple(rows),
        citations=distinct(citations),
        datasets=(rankings_daily.NAME, benchmarks.ARTIFICIAL_ANALYSIS.name, models.NAME),
        finding=finding(rows, fit, coverage),
        notes=_NOTES,
        scope=SCOPE,
        window=window,
        coverage=coverage,
        processing="The fit, expected tokens and their ratio are computed here.",
    )


def _used(sources: Sources) -> list[Used]:
    """Return the models that each day of the newest week names, with their score and their price."""
    daily, names = required(sources.daily_tokens), sources.names
    indices = best_indices(sources.analysis, names)
    on_offer = offers(required(sources.catalogue), names)
    window = daily.window(_WEEK)
    paid = _paid_models(names)
    compared = _named_each_day(daily, paid) & indices.keys() & on_offer.keys()
    used: list[Used] = []
    for slug, tokens in token_totals(daily, window, paid).by.items():
        # Neither nothing used nor nothing paid has a logarithm.
        if slug in compared and tokens > 0:
            price = _blended_price(on_offer[slug])
            if price > 0:
                used.append(Used(slug, tokens, indices[slug], price))
    return used


def _blended_price(offer: Offer) -> Decimal:
    """Return US dollars per token of three input tokens to one output token; 0 where the price varies."""
    prices = fixed_prices(offer.listing.pricing)
    if prices is None:
        return Decimal(0)
    return blended(*prices)


def _paid_models(names: Names) -> Namer:
    """Return a function that sums listings under their model, and free variants, which have no price, under none."""

    def model(slug: str) -> str:
        if Slug.parse(slug).variant == FREE:
            return ""
        return names.canonical(slug)

    return model


def _named_each_day(daily: DailyTokens, name: Namer) -> set[str]:
    """Return the names that are in the top 50 on each day of the newest week that is held."""
    held = [day for day in daily.window(_WEEK) if day in daily.days]
    named = [set(token_totals(daily, Window(day, day), name).by) for day in held]
    return set.intersection(*named)


def _row(model: Used, fit: Fit, names: Names) -> AgainstScoreRow:
    expected = fit.expected(model)
    return AgainstScoreRow(
        model_permaslug=names.page(model.slug),
        intelligence_index=model.index,
        blended=f"{model.price:f}",
        total_tokens=model.tokens,
        expected_tokens=round(expected),
        ratio=round(model.tokens / expected, 2),
    )


def finding(rows: Sequence[AgainstScoreRow], fit: Fit, coverage: Coverage) -> str:
    """Return how much score and price explain, and who is used the most above and below what they suggest.

    Args:
        rows: at least one; those that are displayed alike are level.
        fit: through all rows.
        coverage: of the week.
    """
    highest = sentences.at_top(rows, lambda row: row.ratio)
    lowest = sentences.at_top(rows, lambda row: -row.ratio)
    sentence = (
        f"Score and price explain {formats.share(fit.explained)} of the variance of tokens (log scale) among "
        f"{formats.counted(len(rows), 'model')} in the week to {human_day(coverage.window.end)}"
        f"{coverage.in_brackets}."
    )
    if highest[0].ratio == lowest[0].ratio:
        return sentence
    most = sentences.models_listed(highest, among=rows)
    least = sentences.models_listed(lowest, among=rows)
    are = formats.inflected(len(highest), "is", "are")
    return (
        f"{sentence} Given score and price, {most} {are} used the most, "
        f"{_times(highest[0].ratio)} as much as expected, and {least} the least, {_times(lowest[0].ratio)}."
    )


def _times(ratio: float) -> str:
    """Return a ratio, which is rounded to two places, with its noun: ``1.5 times``, ``less than 0.01 times``."""
    if ratio == 0:
        return formats.times("less than 0.01")
    return formats.times(formats.number(ratio))


MAKER = BoardMaker(
    families=("use-against-score",),
    make=boards,
    needs=("daily_tokens", "analysis", "catalogue"),
)
