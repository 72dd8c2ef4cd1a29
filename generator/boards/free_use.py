"""The share of tokens that goes to free listings, week by week, with what is not known of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from generator.archive.daily_tokens import DailyTokens
from generator.base.attribution import distinct
from generator.base.dates import Window
from generator.boards import known_shares
from generator.boards.board import AnyBoard, Board, BoardId, Column, UnrankedRow, WeekRow
from generator.boards.dated_prices import NEAREST, DatedPrices
from generator.boards.known_shares import KnownShare
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.token_columns import WEEK
from generator.boards.totals import (
    SCOPE,
    SHOWN_WEEKS,
    Totals,
    not_shown,
    shown_weeks,
    token_totals,
)
from generator.endpoints import models, rankings_daily

ID, PARTS_ID = BoardId("free-use"), BoardId("free-use", "parts")
PARTS: Mapping[str, str] = {
    "free": "Free",
    "unpriced": "Price not known",
    "other": "Outside the top 50",
    "paid": "Paid",
}
"""What the tokens of a week are divided into; what is not known stands between the two that are."""
_NOTES = (
    (
        "A listing is free if it is a :free variant, or if the catalog states a price of zero for both input "
        f"and output. {NEAREST}"
    ),
    (
        "Not known: listings without a price in any archived catalog, and all models outside a day's top 50. If "
        "all of them were free, the share would be the highest possible; if none were, the lowest."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeWeekRow(UnrankedRow, WeekRow):
    """A week's share of free listings: the least and the most it can be, and that of the known listings alone.

    Attributes:
        free_share: of all tokens, those of listings known to be free: the least.
        free_share_most: if all that is not known were free.
        free_of_known: of the tokens of listings of which it is known.
        known: of all tokens, those of listings of which it is known.
    """

    free_share: float
    free_share_most: float
    free_of_known: float | None
    known: float


_COLUMNS = (
    WEEK,
    Column("free_share", "At least", "share", "Of all tokens, those of listings known to be free"),
    Column("free_share_most", "At most", "share", "If all that is not known were free"),
    Column(
        "free_of_known",
        "Of known listings",
        "share",
        "Of the tokens of listings that are known to be free or paid",
    ),
    Column("known", "Known", "share", "Of all tokens, those of listings known to be free or paid"),
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the bounds of each week, and the parts that they come from, both oldest first."""
    daily, catalogue = required(sources.daily_tokens), required(sources.catalogue)
    prices = DatedPrices(sources.listings, sources.names)
    weeks = [_by_part(daily, window, prices) for window in shown_weeks(daily)]
    window = Window(weeks[0].window.start, weeks[-1].window.end)
    shares = [known_shares.known_share(week, "free", "paid") for week in weeks]
    rows = [_week_row(share) for share in shares]

    bounds = Board(
        id=ID,
        title="How much of the traffic is free?",
        columns=_COLUMNS,
        rows=tuple(rows),
        citations=distinct((daily.citation, catalogue.citations[0])),
        datasets=(rankings_daily.NAME, models.NAME),
        phone=("week", "free_share", "free_share_most"),
        finding=known_shares.finding("Free listings", shares[::-1], daily),
        notes=(*_NOTES, *not_shown(daily, window.start, f"{SHOWN_WEEKS} weeks")),
        scope=SCOPE,
        window=window,
        coverage=daily.coverage(window),
        processing="Sums over weeks, shares and bounds are computed from the daily totals.",
    )
    yield bounds
    yield known_shares.parts_board(bounds, PARTS_ID, "Price", weeks, PARTS)


def _by_part(daily: DailyTokens, window: Window, prices: DatedPrices) -> Totals:
    """Return the tokens of a week by part."""
    snapshot = prices.nearest(window.end)

    @cache
    def part(slug: str) -> str:
        price = prices.price(slug, snapshot)
        if price is None:
            return "unpriced"
        return "free" if price.is_free else "paid"

    return token_totals(daily, window, part)


def _week_row(share: KnownShare) -> FreeWeekRow:
    return FreeWeekRow(
        week=share.window.end,
        free_share=share.least,
        free_share_most=share.most,
        free_of_known=share.of_known,
        known=share.known,
    )


MAKER = BoardMaker(families=("free-use",), make=boards, needs=("daily_tokens", "catalogue"))
