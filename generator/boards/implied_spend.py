"""What the tokens of each week come to at list prices: a band, because input and output are published as one number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.archive.coverage import Coverage
from generator.archive.daily_tokens import DailyTokens
from generator.base import formats
from generator.base.attribution import distinct
from generator.base.dates import Window, human_day
from generator.boards import token_columns
from generator.boards.board import AnyBoard, Board, BoardId, Column, UnrankedRow, WeekRow
from generator.boards.dated_prices import NEAREST, DatedPrices
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.totals import SCOPE, SHOWN_WEEKS, not_shown, shown_weeks, token_totals
from generator.endpoints import models, rankings_daily

ID = BoardId("implied-spend")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendWeekRow(UnrankedRow, WeekRow):
    """The tokens of a week at list prices, in US dollars, as far as prices are known.

    Attributes:
        spend_low: with each listing's tokens at the lower of its prices for input and output.
        spend_high: with each listing's tokens at the higher of the two.
        covered: of all tokens, those with a known price.
        prices_of: the day of the snapshot that has the prices.
    """

    spend_low: float
    spend_high: float
    covered: float
    prices_of: date


_COLUMNS = (
    token_columns.WEEK,
    Column(
        "spend_low",
        "At least",
        "dollars",
        "With all tokens at the lower list price of each listing, mostly that of input",
    ),
    Column(
        "spend_high",
        "At most",
        "dollars",
        "With all tokens at the higher list price of each listing, mostly that of output",
    ),
    Column("covered", "Covered", "share", "Of all tokens, those with a known list price"),
    Column("prices_of", "Prices of", "day", "The snapshot of the catalog with the prices"),
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the newest weeks, oldest first."""
    daily, catalogue = required(sources.daily_tokens), required(sources.catalogue)
    prices = DatedPrices(sources.listings, sources.names)
    weeks = shown_weeks(daily)
    rows = [_row(daily, week, prices) for week in weeks]
    window = Window(weeks[0].start, weeks[-1].end)
    coverage = daily.coverage(window)
    yield Board(
        id=ID,
        title="What would the tokens cost at list prices?",
        columns=_COLUMNS,
        phone=("week", "spend_low", "spend_high"),
        rows=tuple(rows),
        citations=distinct((daily.citation, catalogue.citations[0])),
        datasets=(rankings_daily.NAME, models.NAME),
        finding=finding(rows, coverage),
        notes=(
            (
                "A band at list prices, not what anyone paid or earned: the source does not say how many tokens "
                "are input, and cached input, batches and discounts cost less."
            ),
            f"{NEAREST} Weeks before the first snapshot have its prices.",
            "Not included: tokens outside the top 50 and listings without a known price.",
            *not_shown(daily, window.start, f"{SHOWN_WEEKS} weeks"),
        ),
        scope=SCOPE,
        window=window,
        coverage=coverage,
        processing="Both amounts are computed here from the daily totals and the list prices.",
    )


def _row(daily: DailyTokens, week: Window, prices: DatedPrices) -> SpendWeekRow:
    snapshot = prices.nearest(week.end)
    totals = token_totals(daily, week)
    low, high, covered = Decimal(0), Decimal(0), 0
    for slug, tokens in totals.by.items():
        price = prices.price(slug, snapshot)
        if price is not None:
            low += tokens * min(price.prompt, price.completion)
            high += tokens * max(price.prompt, price.completion)
            covered += tokens
    return SpendWeekRow(
        week=week.end,
        spend_low=round(float(low), 2),
        spend_high=round(float(high), 2),
        covered=totals.share(covered),
        prices_of=snapshot,
    )


def finding(rows: Sequence[SpendWeekRow], coverage: Coverage) -> str:
    """Return the band of the newest week and its coverage; empty where no price of the week is known.

    Args:
        rows: oldest first.
        coverage: of all their days.
    """
    newest = rows[-1]
    if not newest.covered:
        return ""
    low = formats.dollars_in_words(newest.spend_low)
    high = formats.dollars_in_words(newest.spend_high)
    cost = f"between {low} and {high}, depending on how many of them are input"
    if low == high:
        cost = low
    gaps = coverage.within(newest.own_window).in_brackets
    return (
        f"At the list prices of {human_day(newest.prices_of)}, {formats.share(newest.covered)} of the "
        f"tokens of the week to {human_day(newest.week)}{gaps} would cost {cost}; "
        "this is no estimate of revenue."
    )


MAKER = BoardMaker(families=("implied-spend",), make=boards, needs=("daily_tokens", "catalogue"))
