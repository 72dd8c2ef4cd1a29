"""The frontier over time: which models were on it, and the least that a given score cost.

An index that is re-based moves most models at once. No line is drawn across such a day: the rows of each
era carry its number, and a chart joins rows of one era only.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from generator.base import formats
from generator.base.attribution import Citation
from generator.base.dates import human_day
from generator.boards import frontier, rebasing, score_columns, sentences
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.frontier import Offer, at_some_ratio, offers, placed
from generator.boards.names import Names
from generator.boards.sources import BoardMaker, Sources, required
from generator.endpoints.benchmarks import ARTIFICIAL_ANALYSIS, AnalysisRow

CHEAPEST_ID = BoardId("frontier-cheapest")
LEVELS = (30, 40, 50, 60)
LONGEST = timedelta(days=366)
"""No frontier is compared with one that is older than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontierDayRow(UnrankedRow):
    """A model on the frontier of one day; prices are US dollars per token."""

    day: date
    era: int
    model_permaslug: Entity
    intelligence_index: float
    prompt: str
    completion: str
    blended: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheapestRow(UnrankedRow):
    """The cheapest model of a day with at least ``level`` points; prices are US dollars per token."""

    day: date
    era: int
    level: int
    prompt: str
    completion: str
    blended: str
    model_permaslug: Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryBoard(Board[FrontierDayRow]):
    """The frontier of each day.

    Attributes:
        at_some_ratio: of the days of the newest era also the models that are on the frontier at another ratio of
            input to output tokens only, for charts.
    """

    at_some_ratio: tuple[FrontierDayRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheapestBoard(Board[CheapestRow]):
    """The cheapest model of each day and level.

    Attributes:
        at_some_ratio: also the models that are the cheapest at another ratio of input to output tokens only, for charts.
    """

    at_some_ratio: tuple[CheapestRow, ...]


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of the index, the cheapest offer that reaches it, and those that do so at some ratio of tokens."""

    level: int
    cheapest: list[AnalysisRow]
    at_some_ratio: list[AnalysisRow]


@dataclass(frozen=True, slots=True)
class _Best:
    """The offers of a day that are on the frontier, those that are at some ratio of tokens, and those of each level."""

    on_frontier: list[AnalysisRow]
    at_some_ratio: list[AnalysisRow]
    levels: list[_Level]


@dataclass(frozen=True, slots=True)
class _Era:
    """A day and the number of its era, which counts up when the index was re-based."""

    day: date
    number: int
    best: _Best


_DAY = Column("day", "Day", "day")
_ERA = Column(
    "era", "Era", "integer", "Counts up when the index was re-based; do not compare across"
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the frontier and the cheapest price per level over all days, oldest first."""
    citation = required(sources.analysis).citations[0]
    eras = _eras(sources)
    yield _frontier(eras, citation, sources.names)
    yield _cheapest(eras, citation, sources.names)


def _eras(sources: Sources) -> list[_Era]:
    """Return every day with the number of its era, and what is best on it."""
    days = sources.analysis_days
    bests = sources.recalled(
        "analysis-best",
        _Best,
        (sys.modules[__name__], frontier),
        [day.key for day in days],
        lambda at: _best(days[at].read()),
    )
    intelligence = list(rebasing.INDICES).index(rebasing.INTELLIGENCE)
    breaks = [of_day[intelligence].is_break for of_day in rebasing.shifts(sources)]
    number = 1
    eras: list[_Era] = []
    # The first day follows on none, so it breaks with none.
    for day, best, is_break in zip(days, bests, [False, *breaks], strict=True):
        if is_break:
            number += 1
        eras.append(_Era(day.day, number, best))
    return eras


def _best(rows: Iterable[AnalysisRow]) -> _Best:
    offered = offers(rows)
    paid = [offer for offer in offered if offer.price > 0]
    by_level = []
    for level in LEVELS:
        reaching = [offer for offer in paid if offer.index >= level]
        alike = [replace(offer, index=level) for offer in reaching]
        by_level.append(_Level(level, _rows(reaching[:1]), _rows(at_some_ratio(alike))))
    on_frontier = [place.offer for place in placed(offered) if place.on_frontier]
    return _Best(_rows(on_frontier), _rows(at_some_ratio(offered)), by_level)


def _rows(offered: Iterable[Offer]) -> list[AnalysisRow]:
    return [offer.row for offer in offered]


def _frontier(eras: Sequence[_Era], citation: Citation, names: Names) -> HistoryBoard:
    newest = [era for era in eras if era.number == eras[-1].number]
    rows: list[FrontierDayRow] = []
    for era in eras:
        rows += _day_rows(era, era.best.on_frontier, names)
    candidates: list[FrontierDayRow] = []
    for era in newest:
        candidates += _day_rows(era, era.best.at_some_ratio, names)
    first_day, last_day = newest[0].day, newest[-1].day
    return HistoryBoard(
        id=BoardId("frontier-history"),
        title="How have the best-value models changed?",
        columns=(_DAY, _ERA, score_columns.MODEL, score_columns.INDEX, score_columns.BLENDED),
        phone=("day", "model_permaslug", "intelligence_index"),
        rows=tuple(rows),
        citations=(citation,),
        datasets=(ARTIFICIAL_ANALYSIS.name,),
        finding=finding(rows, first_day, last_day, rebased=len(newest) < len(eras)),
        notes=(
            f"Starts {human_day(eras[0].day)}, when tracking began; the source gives no earlier days.",
        ),
        scope=score_columns.AA_SCOPE,
        processing="Blended prices, the frontier and eras are computed here.",
        at_some_ratio=tuple(candidates),
    )


def _day_rows(era: _Era, best: Iterable[AnalysisRow], names: Names) -> Iterator[FrontierDayRow]:
    """Yield the best models of a day, the cheapest first."""
    for offer in offers(best):
        yield FrontierDayRow(
            day=era.day,
            era=era.number,
            model_permaslug=score_columns.scored_model(offer.row, names),
            intelligence_index=offer.index,
            prompt=f"{offer.prompt:f}",
            completion=f"{offer.completion:f}",
            blended=f"{offer.price:f}",
        )


def finding(
    rows: Sequence[FrontierDayRow], first_day: date, last_day: date, *, rebased: bool
) -> str:
    """Return how many models are on the frontier, and how it differs from that of the first day, at most a year ago.

    Args:
        rows: of all days.
        first_day, last_day: of the newest era; no earlier score compares with one of these days.
        rebased: there was an era before it.
    """
    now = {row.model_permaslug for row in rows if row.day == last_day}
    earlier = _compared(rows, first_day, last_day)
    ids, before = _ids(rows, last_day), _ids(rows, earlier)
    on = formats.counted(len(ids), "model is", "models are")
    sentence = f"On {human_day(last_day)} {on} on the frontier"
    if first_day < last_day:
        new = formats.counted(len(ids - before), "is", "are")
        sentence += f"; compared with {human_day(earlier)}, {new} new"
        joined = [model for model in now if model.id not in before]
        if joined:
            names = sentences.model_names(row.model_permaslug for row in rows)
            called = sorted(names[model] for model in joined)
            sentence += f" ({sentences.listed(called)})"
        left = formats.counted(len(before - ids), "is", "are")
        sentence += f" and {left} no longer on it"
    if rebased:
        day = human_day(first_day)
        sentence += f". The index was re-based by {day}: earlier scores are not comparable"
    return sentence + "."


def _compared(rows: Iterable[FrontierDayRow], first_day: date, last_day: date) -> date:
    """Return the day that the newest one is compared with, the same as in its chart: the first, at most a year ago."""
    days = {row.day for row in rows if first_day <= row.day <= last_day}
    return min(day for day in days | {first_day, last_day} if last_day - day <= LONGEST)


def _ids(rows: Iterable[FrontierDayRow], day: date) -> set[str]:
    """Return the models on the frontier of a day, of which one can be there under several settings."""
    return {row.model_permaslug.id for row in rows if row.day == day}


def highest_score(rows: Sequence[FrontierDayRow]) -> str:
    """Return the highest score on the newest day's frontier, empty without rows.

    Scores that are displayed alike are level.
    """
    newest = max((row.day for row in rows), default=None)
    if newest is None:
        return ""
    of_newest = [row for row in rows if row.day == newest]
    highest = sentences.at_top(of_newest, lambda row: round(row.intelligence_index, 2))
    names = sentences.model_names(row.model_permaslug for row in rows)
    leaders = sentences.listed([names[row.model_permaslug] for row in highest])
    points = formats.index(highest[0].intelligence_index)
    return f"The highest score on the frontier of {human_day(newest)} is {points}, of {leaders}."


def _cheapest(eras: Sequence[_Era], citation: Citation, names: Names) -> CheapestBoard:
    rows: list[CheapestRow] = []
    candidates: list[CheapestRow] = []
    for era in eras:
        for level in era.best.levels:
            rows += _level_rows(era, level.level, level.cheapest, names)
            candidates += _level_rows(era, level.level, level.at_some_ratio, names)
    return CheapestBoard(
        id=CHEAPEST_ID,
        title="How cheap is each score level?",
        columns=(
            _DAY,
            _ERA,
            Column("level", "Index at least", "integer"),
            score_columns.BLENDED,
            Column("model_permaslug", "Cheapest model", "entity"),
        ),
        phone=("level", "blended", "model_permaslug"),
        rows=tuple(rows),
        citations=(citation,),
        datasets=(ARTIFICIAL_ANALYSIS.name,),
        finding=cheapest_finding(rows, eras[-1].day),
        notes=("Free models are left out: their availability and limits change.",),
        scope=score_columns.AA_SCOPE,
        processing="Blended prices and minima are computed here.",
        at_some_ratio=tuple(candidates),
    )


def _level_rows(
    era: _Era, level: int, cheapest: Iterable[AnalysisRow], names: Names
) -> Iterator[CheapestRow]:
    """Yield the cheapest models that reach a level on a day, the cheapest first."""
    for offer in offers(cheapest):
        yield CheapestRow(
            day=era.day,
            era=era.number,
            level=level,
            prompt=f"{offer.prompt:f}",
            completion=f"{offer.completion:f}",
            blended=f"{offer.price:f}",
            model_permaslug=score_columns.scored_model(offer.row, names),
        )


def cheapest_finding(rows: Sequence[CheapestRow], newest: date) -> str:
    """Return what each level costs at least on the newest day, empty when no paid model reaches any.

    A row names one model; another may cost the same.
    """
    now = sorted((row for row in rows if row.day == newest), key=lambda row: row.level)
    if not now:
        return ""
    *others, highest = now
    name = sentences.model_names(row.model_permaslug for row in rows)[highest.model_permaslug]
    sentence = (
        f"On {human_day(newest)} an index of {highest.level} or more cost at least "
        f"{formats.per_million(highest.blended)} per million tokens, with {name}"
    )
    if not others:
        return f"{sentence}."
    parts = [f"{row.level} or more {formats.per_million(row.blended)}" for row in others]
    return f"{sentence}; {formats.list_in_words(parts)}."


MAKER = BoardMaker(
    families=("frontier-history", "frontier-cheapest"),
    make=boards,
    needs=("analysis", "analysis_days"),
)
