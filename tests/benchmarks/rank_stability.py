"""How firm the weekly ranks of the recorded days are: three shares, with their definitions."""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from generator.archive.daily_tokens import DailyTokens
from generator.base import attribution
from generator.base.dates import Window, parse_day
from generator.boards.rank_stability import (
    TokenBounds,
    firm_rank_moves,
    named_listings,
    token_bounds,
    undetermined_token_ranks,
)
from generator.boards.totals import token_totals, whole_weeks
from generator.fetch.recorded import REPLIES

TOP = 20
_MOST_WEEKS = 104


@dataclass(frozen=True, slots=True)
class Part:
    """A number of cases, out of how many."""

    what: str
    count: int
    of: int

    def __str__(self) -> str:
        return f"{self.what}: {self.count} of {self.of} ({self.count / self.of:.0%})"


def recorded_days() -> DailyTokens:
    """Return the rankings that the demo is made of."""
    reply = json.loads(gzip.decompress((REPLIES / "rankings-daily.json.gz").read_bytes()))
    days: dict[date, dict[str, int]] = {}
    for row in reply["data"]:
        day = days.setdefault(parse_day(row["date"]), {})
        day[row["model_permaslug"]] = int(row["total_tokens"])
    return DailyTokens(days, attribution.rankings(reply["meta"]["as_of"]))


def parts(daily: DailyTokens) -> Iterator[Part]:
    """Return the shares of the disjoint weeks' ranks that depend on a single day, or on models outside the top 50."""
    weeks = whole_weeks(daily, _MOST_WEEKS)
    tops = [token_totals(daily, week).ranked()[:TOP] for week in weeks]
    flips = pairs = 0
    for week, top in zip(weeks, tops, strict=True):
        bounds = token_bounds(daily.days, week, named_listings(daily.days, week))
        for upper, lower in pairwise(top):
            pairs += 1
            flips += _flips(bounds.low[upper], bounds.low[lower])
    yield Part(f"neighbors of the top {TOP} whose order one day decides", flips, pairs)

    moves = vanishing = 0
    for at in range(1, len(weeks)):
        now, before = weeks[at], weeks[at - 1]
        listings = named_listings(daily.days, now, before)
        firm = firm_rank_moves(
            _bounds(daily, now, listings),
            _bounds(daily, before, listings),
        )
        places = token_totals(daily, before).ranks()
        for place, slug in enumerate(tops[at], 1):
            if places.get(slug, place) != place:
                moves += 1
                vanishing += slug not in firm
    yield Part(
        f"moves into or within the top {TOP} from one week to the next that are not firm",
        vanishing,
        moves,
    )

    newest = weeks[-1]
    bounds = _bounds(daily, newest, named_listings(daily.days, newest))
    named = sum(1 for days in bounds.days_named.values() if days)
    undetermined = len(undetermined_token_ranks(bounds))
    yield Part("ranks of the newest week that its days leave open", undetermined, named)


def _bounds(daily: DailyTokens, week: Window, listings: set[str]) -> TokenBounds:
    return token_bounds(daily.days, week, listings)


def _flips(upper: Sequence[int], lower: Sequence[int]) -> bool:
    """Return whether the second has more once some day is left out."""
    lead = sum(upper) - sum(lower)
    return any(lead - (high - low) < 0 for high, low in zip(upper, lower, strict=True))


def main() -> None:
    """Print the shares, one per line."""
    for part in parts(recorded_days()):
        print(part)
