"""The list prices of what the rankings name, as of the snapshot of the catalog that is nearest to a day."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.archive.listings import ListingHistory, Listings, PricePoint
from generator.base.dates import parse_day
from generator.base.slugs import FREE, Slug
from generator.boards.listed_prices import Sheet
from generator.boards.names import Names

NEAREST = "Prices are those of the snapshot of the catalog that is nearest to the end of each week."


@dataclass(frozen=True, slots=True)
class ListPrice:
    """US dollars per token of input and of output, for short prompts, averaged over hours that differ."""

    prompt: Decimal
    completion: Decimal

    @property
    def is_free(self) -> bool:
        return not self.prompt and not self.completion


class DatedPrices:
    """The prices of all listings over time.

    Args:
        listings: every catalog entry ever seen, from one snapshot or more.
        names: what joins the slugs of rankings to them.
    """

    def __init__(self, listings: Listings, names: Names) -> None:
        self._days = sorted(map(parse_day, listings.days))
        self._names = names
        # Asked for each listing of each week.
        self._priced: dict[str, list[ListingHistory]] = {}
        self._read: dict[tuple[str, str], ListPrice | None] = {}

    def nearest(self, day: date) -> date:
        """Return the day of the nearest snapshot, of two as near the earlier."""
        at = bisect_left(self._days, day)
        around = self._days[max(at - 1, 0) : at + 1]
        return min(around, key=lambda snapshot: (abs(snapshot - day), snapshot))

    def price(self, slug: str, snapshot: date) -> ListPrice | None:
        """Return the price of a listing as of a snapshot.

        A listing that came later has its first price, one that was gone its last; a ``:free`` variant
        is free. None where no catalog lists it, and where its price varies.

        Args:
            slug: as rankings name it, with its variant.
            snapshot: its day.
        """
        variant = Slug.parse(slug).variant
        if variant == FREE:
            return ListPrice(Decimal(0), Decimal(0))
        if slug not in self._priced:
            self._priced[slug] = list(self._with_prices(slug, variant))
        priced = self._priced[slug]
        if not priced:
            return None
        # A renamed listing has several entries: the one of that day comes before others.
        entry = max(priced, key=lambda entry: entry.was_listed(str(snapshot)))
        return self._stated(entry, snapshot)

    def _with_prices(self, slug: str, variant: str) -> Iterator[ListingHistory]:
        """Yield the entries of a listing that ever had prices."""
        for entry in self._names.entries(self._names.canonical(slug)):
            if entry.prices and Slug.parse(entry.id).variant == variant:
                yield entry

    def _stated(self, entry: ListingHistory, snapshot: date) -> ListPrice | None:
        until = bisect_right(entry.prices, str(snapshot), key=lambda point: point.day)
        point = entry.prices[max(until - 1, 0)]
        key = entry.id, point.day
        if key not in self._read:
            self._read[key] = _list_price(point)
        return self._read[key]


def _list_price(point: PricePoint) -> ListPrice | None:
    sheet = Sheet.read(point.pricing, parse_day(point.day))
    prompt, completion = sheet.average("prompt", 0), sheet.average("completion", 0)
    if prompt is None or completion is None:
        return None
    return ListPrice(prompt, completion)
