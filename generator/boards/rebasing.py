"""Days on which an index of Artificial Analysis was re-based: most scores move at once, with no model having changed."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from generator.base import dates, formats
from generator.boards import score_columns
from generator.boards.board import AnyBoard, Board, BoardId, Column, UnrankedRow
from generator.boards.sources import BoardMaker, Sources, required
from generator.endpoints.benchmarks import ARTIFICIAL_ANALYSIS, AnalysisRow

INTELLIGENCE = "intelligence_index"
INDICES = {INTELLIGENCE: "intelligence", "coding_index": "coding", "agentic_index": "agentic"}
"""The names of the indices, by field."""

ID = BoardId("rebasings")

_BROKEN_ABOVE, _REBASED_FROM = 0.5, 0.8
_LEAST_SCORES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RebasingRow(UnrankedRow):
    """A day across which scores of an index do not compare.

    Attributes:
        after: the last day as of which the source stated the former scores.
        index: its field: ``intelligence_index``.
        common, rose, fell: how many models have a score before and after, and how many of these changed.
        text: the same as a sentence.
    """

    day: date
    after: date
    index: str
    common: int
    rose: int
    fell: int
    text: str


@dataclass(frozen=True, slots=True)
class Shift:
    """What became of the scores of an index that two successive snapshots both hold.

    Attributes:
        index: a field of the scores.
        after: the last day as of which the source stated the former scores.
        day: of the first snapshot with the new ones.
        common: how many models have a score in both.
        rose, fell: how many of these scores changed.
    """

    index: str
    after: date
    day: date
    common: int
    rose: int
    fell: int

    @property
    def is_break(self) -> bool:
        """Whether more than half of the scores changed, so that no line may join the two days."""
        return self.rose + self.fell > _BROKEN_ABOVE * self.common

    @property
    def is_rebasing(self) -> bool:
        """Whether nearly all scores changed, and enough of them to tell."""
        changed = self.rose + self.fell
        return self.common >= _LEAST_SCORES and changed >= _REBASED_FROM * self.common

    @property
    def sentence(self) -> str:
        """The shift with its date, or with the days between which it happened."""
        index = f"The {INDICES[self.index]} index of Artificial Analysis"
        when = dates.between(self.after, self.day) or f"on {dates.human_day(self.day)}"
        what = f"was re-based {when}: " if self.is_rebasing else f"moved {when}: "
        return f"{index} {what}{self.counts}. Scores before and after are not comparable."

    @property
    def counts(self) -> str:
        """``81 of 83 scores changed, 80 down and 1 up``."""
        directions = [f"{self.fell} down"] if self.fell else []
        directions += [f"{self.rose} up"] if self.rose else []
        changed = f"{self.rose + self.fell} of {formats.counted(self.common, 'score')} changed"
        if len(directions) == 1:
            return f"{changed}, all {'down' if self.fell else 'up'}"
        return f"{changed}, {' and '.join(directions)}"


def _scores(index: str, rows: Iterable[AnalysisRow]) -> dict[tuple[str, str], float]:
    """Return by model its score, of several settings under one name the best."""
    scores: dict[tuple[str, str], float] = {}
    for row in rows:
        model, score = (row.model_permaslug, row.display_name), getattr(row, index)
        if score is not None:
            scores[model] = max(score, scores.get(model, score))
    return scores


def shifts(sources: Sources) -> list[list[Shift]]:
    """Return for each day but the first what became of the scores of each index since the day before."""
    days = sources.analysis_days
    keys = [f"{before.key} {now.key}" for before, now in pairwise(days)]
    rows = lru_cache(maxsize=2)(lambda at: days[at].read())

    def since_the_day_before(at: int) -> list[Shift]:
        before, now = days[at], days[at + 1]
        return [
            _shift(index, (before.stated, now.day), rows(at), rows(at + 1)) for index in INDICES
        ]

    modules = (sys.modules[__name__],)
    return sources.recalled("analysis-shifts", list[Shift], modules, keys, since_the_day_before)


def _shift(
    index: str, days: tuple[date, date], before: Iterable[AnalysisRow], now: Iterable[AnalysisRow]
) -> Shift:
    """Return what became of the scores of an index between two days."""
    old, new = _scores(index, before), _scores(index, now)
    common = [model for model in old if model in new]
    rose = sum(1 for model in common if new[model] > old[model])
    fell = sum(1 for model in common if new[model] < old[model])
    return Shift(index, *days, len(common), rose, fell)


def breaks(sources: Sources, index: str = INTELLIGENCE) -> list[Shift]:
    """Return the days on which most scores of an index changed, newest first."""
    of_index = [found[list(INDICES).index(index)] for found in shifts(sources)]
    return [found for found in reversed(of_index) if found.is_break]


def rebasings(sources: Sources) -> Iterator[Shift]:
    """Yield the days on which an index was re-based, index by index, newest first."""
    for index in INDICES:
        yield from (found for found in breaks(sources, index) if found.is_rebasing)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the days across which scores do not compare, newest first; no board where there is none."""
    rebasings_ = [*breaks(sources), *rebasings(sources)]
    order = list(INDICES)
    rebasings_.sort(key=lambda rebasing: (-rebasing.day.toordinal(), order.index(rebasing.index)))
    if not rebasings_:
        return
    yield Board(
        id=ID,
        title="When was an index re-based?",
        columns=(
            Column("day", "Day", "day", "The first snapshot with the new scores"),
            Column(
                "after",
                "After",
                "day",
                "The last day as of which the source stated the former scores",
            ),
            Column("index", "Index", "text"),
            Column("common", "Scored before and after", "integer"),
            Column("rose", "Up", "integer"),
            Column("fell", "Down", "integer"),
            Column("text", "What happened", "text"),
        ),
        phone=("day", "text"),
        rows=tuple(_row(rebasing) for rebasing in dict.fromkeys(rebasings_)),
        citations=required(sources.analysis).citations[:1],
        datasets=(ARTIFICIAL_ANALYSIS.name,),
        scope=score_columns.AA_SCOPE,
        processing="Scores of successive snapshots are compared here.",
    )


def _row(found: Shift) -> RebasingRow:
    return RebasingRow(
        day=found.day,
        after=found.after,
        index=found.index,
        common=found.common,
        rose=found.rose,
        fell=found.fell,
        text=found.sentence,
    )


MAKER = BoardMaker(families=("rebasings",), make=boards, needs=("analysis", "analysis_days"))
