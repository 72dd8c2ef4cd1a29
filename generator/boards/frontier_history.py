"""The frontier over time: which models were on it, and the least that a given score cost.

An index that is re-based moves most models at once. No line is drawn across such a day: the rows of each
era carry its number, and a chart joins rows of one era only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from generator.base import formats
from generator.base.attribution import Citation
from generator.boards import rebasing, score_columns
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.frontier import offers, placed
from generator.boards.names import Names
from generator.boards.sources import AnalysisDay, BoardMaker, Sources, required
from generator.endpoints.benchmarks import ARTIFICIAL_ANALYSIS

LEVELS = (30, 40, 50, 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontierDayRow(UnrankedRow):
    """A model on the frontier of one day; ``blended`` is US dollars per token."""

    day: date
    era: int
    model_permaslug: Entity
    intelligence_index: float
    blended: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheapestRow(UnrankedRow):
    """The cheapest model of a day with at least ``level`` points; ``blended`` is US dollars per token."""

    day: date
    era: int
    level: int
    blended: str
    model_permaslug: Entity


@dataclass(frozen=True, slots=True)
class _Era:
    """A day and the number of its era, which counts up when the index was re-based."""

    day: AnalysisDay
    number: int


_DAY = Column("day", "Day", "day")
_ERA = Column(
    "era", "Era", "integer", "Counts up when the index was re-based; do not compare across"
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the frontier and the cheapest price per level over all days, oldest first."""
    citation = required(sources.analysis).citations[0]
    eras = _eras(sources.analysis_days)
    yield _frontier(eras, citation, sources.names)
    yield _cheapest(eras, citation, sources.names)


def _eras(days: Sequence[AnalysisDay]) -> list[_Era]:
    number = 1
    eras = [_Era(days[0], number)]
    for before, now in pairwise(days):
        number += rebasing.shift(rebasing.INTELLIGENCE, before, now).is_break
        eras.append(_Era(now, number))
    return eras


def _frontier(eras: Sequence[_Era], citation: Citation, names: Names) -> Board[FrontierDayRow]:
    rows: list[FrontierDayRow] = []
    for era in eras:
        for place in placed(offers(era.day.rows)):
            if not place.on_frontier:
                continue
            offer = place.offer
            rows.append(
                FrontierDayRow(
                    day=era.day.day,
                    era=era.number,
                    model_permaslug=score_columns.scored_model(offer.row, names),
                    intelligence_index=offer.index,
                    blended=f"{offer.price:f}",
                )
            )
    first_day, last_day = eras[0].day.day, eras[-1].day.day
    first = {row.model_permaslug.id for row in rows if row.day == first_day}
    last = {row.model_permaslug.id for row in rows if row.day == last_day}
    return Board(
        id=BoardId("frontier-history"),
        title="How has the frontier moved?",
        columns=(_DAY, _ERA, score_columns.MODEL, score_columns.INDEX, score_columns.BLENDED),
        rows=tuple(rows),
        citations=(citation,),
        datasets=(ARTIFICIAL_ANALYSIS.name,),
        finding=f"{len(last - first)} models joined the frontier and {len(first - last)} left it, in {len(eras)} days.",
        notes=("Since this site began to watch; the source gives no earlier days.",),
        scope=score_columns.AA_SCOPE,
        processing="Blended prices, the frontier and eras are computed here.",
    )


def _cheapest(eras: Sequence[_Era], citation: Citation, names: Names) -> Board[CheapestRow]:
    rows: list[CheapestRow] = []
    for era in eras:
        paid = [offer for offer in offers(era.day.rows) if offer.price > 0]
        for level in LEVELS:
            best = next((offer for offer in paid if offer.index >= level), None)
            if best is None:
                continue
            rows.append(
                CheapestRow(
                    day=era.day.day,
                    era=era.number,
                    level=level,
                    blended=f"{best.price:f}",
                    model_permaslug=score_columns.scored_model(best.row, names),
                )
            )
    return Board(
        id=BoardId("frontier-cheapest"),
        title="What is the least that a score costs?",
        columns=(
            _DAY,
            _ERA,
            Column("level", "Index at least", "integer"),
            score_columns.BLENDED,
            Column("model_permaslug", "Cheapest model", "entity"),
        ),
        rows=tuple(rows),
        citations=(citation,),
        datasets=(ARTIFICIAL_ANALYSIS.name,),
        finding=_cheapest_finding(rows, eras[-1].day.day),
        notes=("Free models are left out: they come and go, and with limits.",),
        scope=score_columns.AA_SCOPE,
        processing="Blended prices and minima are computed here.",
    )


def _cheapest_finding(rows: Sequence[CheapestRow], newest: date) -> str:
    """A sentence on the highest level of the newest day, empty when no model reaches any."""
    now = [row for row in rows if row.day == newest]
    if not now:
        return ""
    highest = max(now, key=lambda row: row.level)
    price = formats.per_million(highest.blended)
    return f"An index of {highest.level} costs at least {price} per million tokens, with {highest.model_permaslug.name}."


MAKER = BoardMaker(
    families=("frontier-history", "frontier-cheapest"),
    make=boards,
    needs=("analysis", "analysis_days"),
)
