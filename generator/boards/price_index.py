"""How list prices move: an index of a fixed basket of models, chained from snapshot to snapshot."""

import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import fmean

import msgspec

from generator.archive.listings import ListingHistory
from generator.base import files, formats
from generator.base.dates import Window, human_day, parse_day
from generator.base.slugs import Slug
from generator.boards import frontier, listed_prices
from generator.boards.board import AnyBoard, Board, BoardId, Column, UnrankedRow
from generator.boards.catalogue import SCOPE
from generator.boards.listed_prices import Sheet
from generator.boards.sources import BoardMaker, Sources, required
from generator.endpoints.models import NAME

ID = BoardId("price-index")
_BASE = 100.0
DAILY = 366
"""The number of the newest days that have a row each; of earlier months the last day has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceIndexRow(UnrankedRow):
    """The list prices of a snapshot against those of the first one, which are 100.

    Attributes:
        index: of the blended price, three input tokens to one output token.
        index_prompt, index_completion: of input and of output alone.
        models: in the basket, still listed at a price.
    """

    day: date
    index: float
    index_prompt: float
    index_completion: float
    models: int


@dataclass(frozen=True, slots=True)
class _Logs:
    """The logarithms of a model's prices on one day, or the differences of those of two days."""

    blended: float
    prompt: float
    completion: float

    def plus(self, step: "_Logs") -> "_Logs":
        """Return the logarithms after a step."""
        return _Logs(
            self.blended + step.blended,
            self.prompt + step.prompt,
            self.completion + step.completion,
        )


_NO_CHANGE = _Logs(0.0, 0.0, 0.0)
_Stated = list[tuple[str, _Logs | None]]
"""The days on which a model's prices changed, oldest first, each with the prices from then on; None for no prices."""
_Series = Mapping[str, _Logs]
"""A model's prices by the day of the snapshot, from the first on without a gap."""


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield one board: a row for each recent snapshot, and for the last of each month before.

    No board where the first snapshot lists no model at a price.
    """
    facts = required(sources.catalogue)
    every = list(_rows(sources))
    rows = list(_thinned(every))
    if not rows:
        return
    yield Board(
        id=ID,
        title="How have list prices changed?",
        columns=(
            Column("day", "Day", "day", "Of the snapshot of the catalog"),
            Column("index", "Price index", "score", "Blended price, first day = 100"),
            Column("index_prompt", "Input", "score", "Input price, first day = 100"),
            Column("index_completion", "Output", "score", "Output price, first day = 100"),
            Column("models", "Models", "integer", "In the basket, still listed at a price"),
        ),
        phone=("day", "index", "models"),
        rows=tuple(rows),
        citations=facts.citations[:1],
        datasets=(NAME,),
        finding=finding(rows),
        notes=(
            (
                "The basket: all models, variants left out, with a price for input and output on the first day. Each "
                "counts the same, until it is no longer listed at a price; models listed later are never added."
            ),
            "A step of the index is the geometric mean of the price changes from one snapshot to the next.",
            *_monthly(every),
        ),
        scope=SCOPE,
        processing="The index is computed here from successive snapshots.",
    )


def _thinned(rows: Sequence[PriceIndexRow]) -> Iterator[PriceIndexRow]:
    """Yield the first row, the last of each month, and all of the newest days: on a chart, days of years are one line."""
    since = _daily_since(rows)
    last_of_month = {(row.day.year, row.day.month): row.day for row in rows}
    for row in rows:
        is_last = row.day == last_of_month[row.day.year, row.day.month]
        if row is rows[0] or is_last or row.day >= since:
            yield row


def _daily_since(rows: Sequence[PriceIndexRow]) -> date:
    """Return the first day from which on each has a row of its own."""
    if not rows:
        return date.min
    return Window.ending(rows[-1].day, DAILY).start


def _monthly(rows: Sequence[PriceIndexRow]) -> Iterator[str]:
    """Yield a note on the months of which the last snapshot alone is shown, where there are some."""
    since = _daily_since(rows)
    if rows[0].day < since:
        yield (
            f"Before {human_day(since)}, shown are the first snapshot and the last of each month; steps between "
            "them are counted all the same."
        )


def _rows(sources: Sources) -> Iterator[PriceIndexRow]:
    """Yield the index of each snapshot, until no model of the basket is listed at a price."""
    days = sorted(sources.listings.days)
    basket = _basket(sources, days)
    if not basket:
        return

    logs = _NO_CHANGE
    yield _row(days[0], logs, len(basket))
    for before, day in pairwise(days):
        remaining = [prices for prices in basket if day in prices]
        if not remaining:
            return
        logs = logs.plus(_mean_step([(prices[before], prices[day]) for prices in remaining]))
        yield _row(day, logs, len(remaining))


def _basket(sources: Sources, days: Sequence[str]) -> list[_Series]:
    """Return the prices of each model that the first snapshot lists at a price, variants left out."""
    models = [entry for entry in sources.listings.entries if _is_model(entry)]
    basket: list[_Series] = []
    for entry, stated in zip(models, _stated(sources, models), strict=True):
        series = _series(entry, dict(stated), days)
        if series:
            basket.append(series)
    return basket


def _is_model(entry: ListingHistory) -> bool:
    return not entry.is_alias and not Slug.parse(entry.id).is_variant


def _stated(sources: Sources, models: Sequence[ListingHistory]) -> list[_Stated]:
    """Return the prices of each model over time, from what was found of it before.

    Saves 2 s of 73 in a render of five years of days with twelve prices changed on each.
    """
    return sources.recalled(
        "price-logarithms",
        _Stated,
        (sys.modules[__name__], listed_prices, frontier, formats),
        [files.sha256(msgspec.json.encode(entry.prices)) for entry in models],
        lambda at: list(_changes(models[at])),
    )


def _changes(entry: ListingHistory) -> Iterator[tuple[str, _Logs | None]]:
    """Yield the days on which the prices of a listing changed, oldest first, each with the prices from then on."""
    # The last prices of a day are those of its last snapshot.
    points = {point.day: point for point in entry.prices}
    sheet: Sheet | None = None
    for day, point in points.items():
        sheet = Sheet.read(point.pricing, parse_day(day), sheet)
        yield day, _logs(sheet)


def _series(
    entry: ListingHistory, stated: Mapping[str, _Logs | None], days: Sequence[str]
) -> _Series:
    """Return the prices from the first snapshot to the last that still lists the entry at a price."""
    series: dict[str, _Logs] = {}
    logs: _Logs | None = None
    for day in entry.listed_from_first(days):
        logs = stated.get(day, logs)
        if logs is None:
            break
        series[day] = logs
    return series


def _logs(sheet: Sheet) -> _Logs | None:
    """Return the logarithms of the prices for short prompts; None where one is not known, varies or is zero."""
    prompt, completion = sheet.average("prompt", 0), sheet.average("completion", 0)
    if not prompt or not completion:
        return None
    both = frontier.blended(prompt, completion)
    return _Logs(math.log(both), math.log(prompt), math.log(completion))


def _mean_step(pairs: Sequence[tuple[_Logs, _Logs]]) -> _Logs:
    """Return the mean step from the prices before to those after; of prices themselves it is the geometric mean."""
    # Lists, not generators, which fmean counts one by one in Python.
    return _Logs(
        fmean([now.blended - before.blended for before, now in pairs]),
        fmean([now.prompt - before.prompt for before, now in pairs]),
        fmean([now.completion - before.completion for before, now in pairs]),
    )


def _row(day: str, logs: _Logs, models: int) -> PriceIndexRow:
    return PriceIndexRow(
        day=parse_day(day),
        index=_index(logs.blended),
        index_prompt=_index(logs.prompt),
        index_completion=_index(logs.completion),
        models=models,
    )


def _index(log: float) -> float:
    """Return the index, 100 on the first day, of the logarithm of how much prices have changed since."""
    return round(_BASE * math.exp(log), 2)


def finding(rows: Sequence[PriceIndexRow]) -> str:
    """Return how the newest prices compare with the first; empty where there is one snapshot only.

    Args:
        rows: oldest first.
    """
    first, newest = rows[0], rows[-1]
    if newest is first:
        return ""
    models = formats.counted(first.models, "model")
    remaining = ""
    if newest.models < first.models:
        verb = formats.inflected(newest.models, "remains", "remain")
        remaining = f"; {newest.models:,} of them {verb}"
    return (
        f"By a chained index, list prices of the {models} listed on {human_day(first.day)} were "
        f"{_compared(newest.index)} on {human_day(newest.day)} (input {_change(newest.index_prompt)}, "
        f"output {_change(newest.index_completion)}){remaining}."
    )


def _compared(index: float) -> str:
    """Return ``2.1% lower``, ``1.0% higher`` or ``the same``."""
    change = index / _BASE - 1
    if not change:
        return "the same"
    if change > 0:
        return f"{formats.share(change)} higher"
    return f"{formats.share(-change)} lower"


def _change(index: float) -> str:
    return formats.change(index / _BASE - 1)


MAKER = BoardMaker(families=("price-index",), make=boards, needs=("catalogue",))
