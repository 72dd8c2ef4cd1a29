"""How firmly ranks by tokens, and changes of tokens, are settled by the days that are held.

Ranks by scores, ratings and shares: :mod:`generator.boards.intervals`.

Tokens are a census of the public traffic, not a sample, so nothing here is a significance test. Two
things leave a rank or a change open: it can hang on a single day, and a day names its top 50 only.

Tokens of a listing on a day (:func:`token_bounds`): known where the day names the listing; otherwise
between 0 and ``min(s, other)``, where ``s`` is the day's smallest named count and ``other`` its sum of
everything not named. A name that adds up several listings (an author) has between the sum ``t`` of those
named and ``t + min(n * s, other)``, where ``n`` of its listings are not named that day. Over a window,
lower and upper bounds are summed.

Range of a rank (:func:`token_rank_ranges`): with the bounds ``low`` and ``high`` of each name, and with
any one day left out or none, ``x`` stands at best at ``1 + |{y: low(y) > high(x)}|`` and at worst at
``|{y: high(y) >= low(x)}|``, itself included. The range runs from the best to the worst of them all. Only
names that some day of the window lists are counted. Equal tokens share a range.

Firm (:func:`rank_gains`, :func:`token_gains`, :func:`share_gains`): a change between two windows that keeps its sign
whichever weekday is left out of both, and whatever the days outside the top 50 held.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from generator.base import formats
from generator.endpoints.rankings_daily import OTHER

_TOP = 50
_WEEKDAYS = 7
_DECIMALS = 12
"""What a difference of two shares has behind these is an error of floats."""


@dataclass(frozen=True, slots=True)
class TokenSpan:
    """The least and the most tokens that are possible."""

    low: int
    high: int

    @property
    def exact(self) -> bool:
        """Whether only one number is possible."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class RankRange:
    """The best and the worst rank that are possible."""

    low: int
    high: int

    @property
    def exact(self) -> bool:
        """Whether only one rank is possible."""
        return self.low == self.high

    @property
    def words(self) -> str:
        """Return ``3``, or ``3–5`` where the rank is open."""
        return rank_words(self.low, self.high)

    @property
    def ordinals(self) -> str:
        """Return ``3rd``, or ``3rd to 5th`` where the rank is open."""
        low, high = formats.ordinal(self.low), formats.ordinal(self.high)
        if self.exact:
            return low
        return f"{low} to {high}"


@dataclass(frozen=True, slots=True)
class TokenGain:
    """Tokens of a window less those of another, and whether the sign holds without any weekday.

    Attributes:
        low, high: the least and the most that are possible; negative for a loss.
        firm: the sign is the same whichever weekday is left out of both windows.
    """

    low: int
    high: int
    firm: bool


@dataclass(frozen=True, slots=True)
class ShareGain:
    """A share of all tokens of a window less that of another, as :class:`TokenGain`; fractions."""

    low: float
    high: float
    firm: bool


@dataclass(frozen=True, slots=True)
class RankGain:
    """The fewest and the most places gained, negative for lost ones, whichever weekday is left out of both windows."""

    low: int
    high: int

    @property
    def firm(self) -> bool:
        """Whether the rank certainly rose, or certainly fell."""
        return self.low > 0 or self.high < 0


Number = TypeVar("Number", int, float)


def certain_change(low: Number | None, high: Number | None) -> Number | None:
    """Return what is certain of a change between two bounds: the one that is nearer to zero.

    None where it can be a rise or a fall, so that not even the sign is known.
    """
    if low is not None and (low > 0 or low == high):
        return low
    if high is not None and high < 0:
        return high
    return None


@dataclass(frozen=True, slots=True)
class TokenBounds:
    """What a window's days say of each name.

    Attributes:
        days: that are held, in their order.
        all: the tokens of each of these days, those outside the top 50 included.
        low, high: per name the bounds of each of these days.
        days_named: per name, on how many of the days it is in the top 50.
    """

    days: tuple[date, ...]
    all: tuple[int, ...]
    low: Mapping[str, Sequence[int]]
    high: Mapping[str, Sequence[int]]
    days_named: Mapping[str, int]

    def span(self, name: str, left_out: int | None = None) -> TokenSpan:
        """Return the bounds over the window, without one weekday (0 is Monday) if given; 0 for an unknown name."""
        kept = self._kept(left_out)
        if name not in self.low:
            return TokenSpan(0, 0)
        low, high = self.low[name], self.high[name]
        return TokenSpan(sum(low[at] for at in kept), sum(high[at] for at in kept))

    def share(self, name: str, left_out: int | None = None) -> tuple[float, float]:
        """Return the bounds of the fraction of all tokens, 0 for a window without any."""
        total = sum(self.all[at] for at in self._kept(left_out))
        if not total:
            return 0.0, 0.0
        span = self.span(name, left_out)
        return span.low / total, span.high / total

    def _kept(self, left_out: int | None) -> list[int]:
        return [at for at, day in enumerate(self.days) if day.weekday() != left_out]

    def has_other_days_than(self, weekday: int) -> bool:
        """Return whether anything is left without that weekday."""
        return any(day.weekday() != weekday for day in self.days)


def named_listings(days: Mapping[date, Mapping[str, int]], *windows: Iterable[date]) -> set[str]:
    """Return the listings that are in the top 50 of some day of the windows."""
    listings: set[str] = set()
    for window in windows:
        for day in window:
            listings.update(days.get(day, ()))
    listings.discard(OTHER)
    return listings


def token_bounds(
    days: Mapping[date, Mapping[str, int]],
    window: Iterable[date],
    listings: Iterable[str],
    summed_as: Callable[[str], str] | None = None,
) -> TokenBounds:
    """Return the bounds of the listings' tokens on each held day of the window.

    Args:
        days: tokens by day and listing, with :data:`OTHER`.
        listings: that are known, in the window or beside it.
        summed_as: gives the name under which a listing is added up; by default its own.
    """
    names = _names(sorted(listings), summed_as)
    held = tuple(day for day in window if day in days)
    low: dict[str, list[int]] = {name: [] for name in names.values()}
    high: dict[str, list[int]] = {name: [] for name in names.values()}
    days_named = dict.fromkeys(names.values(), 0)
    for day in held:
        known, unnamed = _named_and_unnamed(days[day], names)
        each, together = _unnamed_tokens(days[day])
        for name in days_named:
            least = known.get(name, 0)
            hidden = each * unnamed.get(name, 0)
            if together is not None:
                hidden = min(hidden, together)
            low[name].append(least)
            high[name].append(least + hidden)
            if name in known:
                days_named[name] += 1
    every = tuple(sum(days[day].values()) for day in held)
    return TokenBounds(held, every, low, high, days_named)


def _names(listings: Sequence[str], summed_as: Callable[[str], str] | None) -> Mapping[str, str]:
    """Return by listing the name under which it is added up."""
    if summed_as is None:
        return {listing: listing for listing in listings}
    return {listing: summed_as(listing) for listing in listings}


def _named_and_unnamed(
    tokens: Mapping[str, int], names: Mapping[str, str]
) -> tuple[dict[str, int], dict[str, int]]:
    """Return, by name, the tokens of the listings that a day's top 50 has, and how many listings it has not.

    Args:
        tokens: of the day, by listing.
        names: by listing the name under which it is added up.
    """
    known: dict[str, int] = {}
    unnamed: dict[str, int] = {}
    for listing, name in names.items():
        count = tokens.get(listing)
        if count is None:
            unnamed[name] = unnamed.get(name, 0) + 1
        else:
            known[name] = known.get(name, 0) + count
    return known, unnamed


def _unnamed_tokens(tokens: Mapping[str, int]) -> tuple[int, int | None]:
    """Return the smallest count of a day's top 50, which none outside exceeds, and the sum of those outside.

    A day without ``other`` that names fewer than fifty names all there were; with fifty, the sum of the
    rest is not known (None).
    """
    named = [count for listing, count in tokens.items() if listing != OTHER]
    together = tokens.get(OTHER)
    if together is None and len(named) < _TOP:
        together = 0
    return min(named, default=0), together


def token_rank_ranges(bounds: TokenBounds) -> dict[str, RankRange]:
    """Return the range of each name's rank, with any one day of the window left out or none."""
    ranges = _ranks(bounds, _totals(bounds))
    # Without its only day a window would have nothing left.
    left_out_days = range(len(bounds.days)) if len(bounds.days) > 1 else ()
    for left_out in left_out_days:
        for name, rank in _ranks(bounds, _totals(bounds, [left_out])).items():
            known = ranges[name]
            ranges[name] = RankRange(min(known.low, rank.low), max(known.high, rank.high))
    return {name: ranges[name] for name in ranges if bounds.days_named[name]}


def certain_token_leader(bounds: TokenBounds) -> str | None:
    """Return the name that has more tokens than any other can have; None where there is none."""
    for name, rank in _ranks(bounds, _totals(bounds)).items():
        if rank.high == 1 and bounds.days_named[name]:
            return name
    return None


def undetermined_token_ranks(bounds: TokenBounds) -> list[str]:
    """Return the names whose rank over the whole window the days outside the top 50 leave open."""
    ranks = _ranks(bounds, _totals(bounds))
    named = [name for name in ranks if bounds.days_named[name]]
    return [name for name in named if not ranks[name].exact]


def rank_gains(now: TokenBounds, before: TokenBounds) -> dict[str, RankGain]:
    """Return how many places each name can have gained from one window to the other.

    Both windows are bounds of the same listings. A name that is new is placed by its bounds.
    """
    gains: dict[str, RankGain] = {}
    for weekday in _left_out(now, before):
        after = _ranks(now, _totals(now, _places(now, weekday)))
        earlier = _ranks(before, _totals(before, _places(before, weekday)))
        for name in now.low:
            low = earlier[name].low - after[name].high
            high = earlier[name].high - after[name].low
            known = gains.get(name, RankGain(low, high))
            gains[name] = RankGain(min(known.low, low), max(known.high, high))
    return gains


def token_gains(now: TokenBounds, before: TokenBounds) -> dict[str, TokenGain]:
    """Return by how much each name's tokens changed from one window to the other."""
    gains: dict[str, TokenGain] = {}
    for name in now.low:
        after, earlier = now.span(name), before.span(name)
        low, high = after.low - earlier.high, after.high - earlier.low
        gains[name] = TokenGain(low, high, _is_firm_gain(now, before, name))
    return gains


def _is_firm_gain(now: TokenBounds, before: TokenBounds, name: str) -> bool:
    """Return whether a name's tokens certainly rose, or certainly fell, whichever weekday is left out."""
    directions: set[_Direction] = set()
    for weekday in _left_out(now, before):
        after, earlier = now.span(name, weekday), before.span(name, weekday)
        directions.add(_direction((after.low, after.high), (earlier.low, earlier.high)))
    return _is_firm(directions)


_Direction = Literal["up", "down", "open"]


def _direction(after: tuple[float, float], earlier: tuple[float, float]) -> _Direction:
    """Return whether a number certainly rose or fell between two pairs of its lower and upper bound."""
    if after[0] > earlier[1]:
        return "up"
    if after[1] < earlier[0]:
        return "down"
    return "open"


def _is_firm(directions: Collection[_Direction]) -> bool:
    """Return whether a number certainly rose each time, or certainly fell each time."""
    return set(directions) in ({"up"}, {"down"})


def share_gains(
    now: TokenBounds, before: TokenBounds, names: Iterable[str] | None = None
) -> dict[str, ShareGain]:
    """Return by how much the names' (by default all) shares of all tokens changed between two windows.

    Changes that are equal compare as equal: what is left of them beyond twelve decimals is an error of floats.
    """
    gains: dict[str, ShareGain] = {}
    for name in now.low if names is None else names:
        low, high = now.share(name)
        earlier_low, earlier_high = before.share(name)
        directions: set[_Direction] = set()
        for weekday in _left_out(now, before):
            directions.add(_direction(now.share(name, weekday), before.share(name, weekday)))
        gains[name] = ShareGain(
            low=round(low - earlier_high, _DECIMALS),
            high=round(high - earlier_low, _DECIMALS),
            firm=_is_firm(directions),
        )
    return gains


def _left_out(now: TokenBounds, before: TokenBounds) -> Iterator[int | None]:
    """Yield None, for no day left out, then each weekday without which both windows have days left."""
    yield None
    for weekday in range(_WEEKDAYS):
        if now.has_other_days_than(weekday) and before.has_other_days_than(weekday):
            yield weekday


def _places(bounds: TokenBounds, weekday: int | None) -> list[int]:
    return [at for at, day in enumerate(bounds.days) if day.weekday() == weekday]


_Totals = Mapping[str, tuple[int, int]]


def _totals(bounds: TokenBounds, left_out: Sequence[int] = ()) -> _Totals:
    """Return the least and the most tokens of each name over the window, without the days at these indices."""
    totals: dict[str, tuple[int, int]] = {}
    for name, low in bounds.low.items():
        high = bounds.high[name]
        least = sum(low) - sum(low[at] for at in left_out)
        most = sum(high) - sum(high[at] for at in left_out)
        totals[name] = (least, most)
    return totals


def _ranks(bounds: TokenBounds, totals: _Totals) -> dict[str, RankRange]:
    """Return the range of ranks of each name among itself and the names that some day lists."""
    listed = [totals[name] for name in totals if bounds.days_named[name]]
    lows = sorted(low for low, _ in listed)
    highs = sorted(high for _, high in listed)
    ranks: dict[str, RankRange] = {}
    for name, (low, high) in totals.items():
        above = len(lows) - bisect_right(lows, high)
        not_below = len(highs) - bisect_left(highs, low)
        # A name that no day lists is not among those that are counted.
        itself = 0 if bounds.days_named[name] else 1
        ranks[name] = RankRange(above + 1, not_below + itself)
    return ranks


def rank_words(low: int, high: int) -> str:
    """Return ``3``, or ``3–5`` of a range."""
    if low == high:
        return f"{low:,}"
    return f"{low:,}–{high:,}"
