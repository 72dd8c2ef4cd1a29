"""Days on which an index of Artificial Analysis was re-based: most scores move at once, with no model having changed."""

import sys
from collections.abc import Iterable, Iterator, Mapping
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

_BROKEN_ABOVE = 0.5
"""Where a larger part of the scores has changed, no line may join the two days."""
_REBASED_FROM = 0.8
"""From this part of the scores on, an index was re-based..."""
_LEAST_SCORES = 3
"""... if so many models have a score on both days; fewer do not tell."""


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
        when = dates.between(self.after, self.day) or f"on {dates.human_day(self.day)}"
        verb = "was re-based" if self.is_rebasing else "moved"
        return (
            f"The {INDICES[self.index]} index of Artificial Analysis {verb} {when}: {self.counts}. "
            "Scores before and after are not comparable."
        )

    @property
    def counts(self) -> str:
        """``81 of 83 scores changed, 80 down and 1 up``; at least one has."""
        changed = f"{self.rose + self.fell} of {formats.counted(self.common, 'score')} changed"
        if not self.rose:
            return f"{changed}, all down"
        if not self.fell:
            return f"{changed}, all up"
        return f"{changed}, {self.fell} down and {self.rose} up"


def _scores(index: str, rows: Iterable[AnalysisRow]) -> dict[str, dict[str, float]]:
    """Return the scores of each slug by name, one for each setting; of several settings under one name the best."""
    scores: dict[str, dict[str, float]] = {}
    for row in rows:
        score = getattr(row, index)
        if score is not None:
            by_name = scores.setdefault(row.model_permaslug, {})
            by_name[row.display_name] = max(score, by_name.get(row.display_name, score))
    return scores


def _pairs(before: Mapping[str, float], now: Mapping[str, float]) -> list[tuple[float, float]]:
    """Return the old and the new score of each setting of a slug; both by name.

    The only setting of a slug is the same model under whatever name: an author that is renamed
    renames its models, and scores that all come under new names would look like new ones.
    """
    if len(before) == 1 and len(now) == 1:
        return list(zip(before.values(), now.values(), strict=True))
    return [(before[name], now[name]) for name in before if name in now]


def shifts(sources: Sources) -> list[list[Shift]]:
    """Return for each day but the first what became of the scores since the day before, in the order of the indices."""
    days = sources.analysis_days
    keys = [f"{before.key} {now.key}" for before, now in pairwise(days)]
    # Each day is compared with the one before and with the one after it.
    rows = lru_cache(maxsize=2)(lambda at: days[at].read())

    def since_the_day_before(at: int) -> list[Shift]:
        from_to = days[at].stated, days[at + 1].day
        return [_shift(index, from_to, rows(at), rows(at + 1)) for index in INDICES]

    modules = (sys.modules[__name__],)
    return sources.recalled("analysis-shifts", list[Shift], modules, keys, since_the_day_before)


def _shift(
    index: str,
    from_to: tuple[date, date],
    before: Iterable[AnalysisRow],
    now: Iterable[AnalysisRow],
) -> Shift:
    """Return what became of the scores of an index between two days."""
    old, new = _scores(index, before), _scores(index, now)
    common: list[tuple[float, float]] = []
    for slug in old:
        common += _pairs(old[slug], new.get(slug, {}))
    after, day = from_to
    return Shift(
        index=index,
        after=after,
        day=day,
        common=len(common),
        rose=sum(1 for former, score in common if score > former),
        fell=sum(1 for former, score in common if score < former),
    )


def _breaks(sources: Sources, index: str) -> list[Shift]:
    """Return the days on which most scores of an index changed, oldest first."""
    breaks: list[Shift] = []
    for of_day in shifts(sources):
        breaks += [shift for shift in of_day if shift.index == index and shift.is_break]
    return breaks


def rebasings(sources: Sources) -> Iterator[Shift]:
    """Yield the days on which an index was re-based, index by index, oldest first."""
    for index in INDICES:
        for shift in _breaks(sources, index):
            if shift.is_rebasing:
                yield shift


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the days across which scores do not compare, newest first; no board where there is none.

    They are the breaks of the intelligence index, whose history is drawn, and the re-basings of all indices.
    """
    # A re-basing of the intelligence index is a break of it, too.
    distinct = list(dict.fromkeys([*_breaks(sources, INTELLIGENCE), *rebasings(sources)]))
    if not distinct:
        return
    order = list(INDICES)
    distinct.sort(key=lambda shift: (-shift.day.toordinal(), order.index(shift.index)))
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
        rows=tuple(_row(shift) for shift in distinct),
        citations=required(sources.analysis).citations[:1],
        datasets=(ARTIFICIAL_ANALYSIS.name,),
        scope=score_columns.AA_SCOPE,
        processing="Scores of successive snapshots are compared here.",
    )


def _row(shift: Shift) -> RebasingRow:
    return RebasingRow(
        day=shift.day,
        after=shift.after,
        index=shift.index,
        common=shift.common,
        rose=shift.rose,
        fell=shift.fell,
        text=shift.sentence,
    )


MAKER = BoardMaker(families=("rebasings",), make=boards, needs=("analysis", "analysis_days"))
