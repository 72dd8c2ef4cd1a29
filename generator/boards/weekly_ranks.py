"""Ranks of models, week by week."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.archive.daily_tokens import DailyTokens
from generator.base import formats
from generator.base.dates import Window
from generator.boards import sentences, token_columns
from generator.boards.board import AnyBoard, Board, BoardId, Entity, WeekRow
from generator.boards.names import Names
from generator.boards.rank_stability import (
    RankGain,
    RankRange,
    named_listings,
    rank_gains,
    token_bounds,
    token_rank_ranges,
)
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.totals import ABSENT, SCOPE, recent_weeks, token_totals
from generator.endpoints.rankings_daily import NAME

MODELS = 15
"""The number of the newest week's models that are followed."""
LED = 5
"""Whoever was among the first so many of any week is followed too, as long as there is room."""
MOST = 24
"""The most models that are followed; those that led a week come first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RankRow(WeekRow):
    """A model's place in a week, and the range of it (see :mod:`generator.boards.rank_stability`)."""

    model_permaslug: Entity
    rank: int
    rank_low: int
    rank_high: int


@dataclass(frozen=True, slots=True)
class _Week:
    """The ranks of a week, their ranges, and what they rest on."""

    window: Window
    ranked: list[str]
    places: Mapping[str, int]
    ranges: Mapping[str, RankRange]


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the ranks of the newest week's leading models, and of earlier leaders, in every week."""
    daily, names = required(sources.daily_tokens), sources.names
    weeks = [_week(daily, window) for window in recent_weeks(daily)]
    window = Window(weeks[0].window.start, weeks[-1].window.end)
    yield Board(
        id=BoardId("models-ranks"),
        title="How rankings have changed",
        columns=(
            token_columns.WEEK,
            token_columns.MODEL,
            token_columns.RANK,
            *token_columns.RANK_RANGE,
        ),
        rows=tuple(_rows(weeks, names)),
        citations=(daily.citation,),
        datasets=(NAME,),
        finding=_finding(daily, names, weeks),
        notes=("A line breaks where a model was in no daily top 50 of that week.", ABSENT),
        scope=SCOPE,
        window=window,
        coverage=daily.coverage(window),
        processing=token_columns.PROCESSING,
    )


def _rows(weeks: Sequence[_Week], names: Names) -> Iterator[RankRow]:
    """Yield the ranks of the models followed, week by week; a model that no day of a week names has none."""
    followed = _followed(weeks)
    for week in weeks:
        for slug in followed:
            if slug in week.places:
                yield RankRow(
                    week=week.window.end,
                    model_permaslug=names.model(slug),
                    rank=week.places[slug],
                    rank_low=week.ranges[slug].low,
                    rank_high=week.ranges[slug].high,
                )


def _week(daily: DailyTokens, window: Window) -> _Week:
    totals = token_totals(daily, window)
    bounds = token_bounds(daily.days, window, named_listings(daily.days, window))
    return _Week(window, totals.ranked(), totals.ranks(), token_rank_ranges(bounds))


def _followed(weeks: Sequence[_Week]) -> list[str]:
    """Return the newest week's models by rank, then those of earlier weeks, the best of them first."""
    followed = dict.fromkeys(weeks[-1].ranked[:MODELS])
    best: dict[str, int] = {}
    for week in weeks:
        for slug in week.ranked[:LED]:
            best[slug] = min(best.get(slug, LED), week.places[slug])
    for slug in sorted(best, key=lambda slug: (best[slug], slug)):
        if len(followed) < MOST or best[slug] == 1:
            followed.setdefault(slug)
    return list(followed)


def _finding(daily: DailyTokens, names: Names, weeks: Sequence[_Week]) -> str:
    """Return how many of the newest leaders the first week did not know, and who of the others climbed the most."""
    first, newest = weeks[0], weeks[-1]
    leaders = newest.ranked[:MODELS]
    if len(weeks) == 1 or not leaders:
        return ""
    ago = f"{len(weeks) - 1} weeks earlier"
    if len(weeks) == 2:
        ago = "The previous week"
    new = [slug for slug in leaders if slug not in first.places]
    if new:
        verb = formats.inflected(len(new), "was", "were")
        were = f"{len(new)} of the current top {len(leaders)} {verb} in no"
        others = "the rest"
    else:
        were = f"each of the current top {len(leaders)} was in a"
        others = "them"

    sentence = f"{ago}, {were} daily top 50"
    climb = _climb(daily, names, weeks)
    if climb:
        sentence += f"; of {others}, {climb}"
    sentence += "."
    for week in (first, newest):
        sentence = daily.coverage(week.window).qualified(sentence)
    return sentence


def _climb(daily: DailyTokens, names: Names, weeks: Sequence[_Week]) -> str:
    """Return who of the newest week's leaders climbed most since the first week.

    Empty where none climbed, or where single days, or days outside the top 50, leave open who did.
    """
    first, newest = weeks[0], weeks[-1]
    climbs: dict[str, int] = {}
    for slug in newest.ranked[:MODELS]:
        if slug in first.places:
            climbs[slug] = first.places[slug] - newest.places[slug]
    best = sentences.at_top(climbs, climbs.get)
    if not best or not _is_certain(best, climbs, _gains(daily, first.window, newest.window)):
        return ""
    listed = formats.list_in_words([names.model(slug).name for slug in best])
    places = formats.counted(climbs[best[0]], "place")
    return f"{listed} climbed the most, {places}{sentences.each(best)}"


def _gains(daily: DailyTokens, before: Window, now: Window) -> dict[str, RankGain]:
    """Return the places that each model can have gained from one window to the other."""
    listings = named_listings(daily.days, before, now)
    return rank_gains(
        token_bounds(daily.days, now, listings), token_bounds(daily.days, before, listings)
    )


def _is_certain(
    best: Collection[str], compared: Iterable[str], gains: Mapping[str, RankGain]
) -> bool:
    """Return whether the best certainly rose, and nobody else compared can have gained as many places."""
    least = min(gains[slug].low for slug in best)
    others = [slug for slug in compared if slug not in best]
    return least > 0 and all(gains[slug].high < least for slug in others)


MAKER = BoardMaker(families=("models-ranks",), make=boards, needs=("daily_tokens",))
