"""Days on which an index of Artificial Analysis was re-based: most scores move at once, with no model having changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from generator.base import dates
from generator.boards.sources import AnalysisDay

INTELLIGENCE = "intelligence_index"
INDICES = {INTELLIGENCE: "intelligence", "coding_index": "coding", "agentic_index": "agentic"}
"""The names of the indices, by field."""

_BROKEN_ABOVE, _REBASED_FROM = 0.5, 0.8
_LEAST_SCORES = 3


@dataclass(frozen=True, slots=True)
class Shift:
    """What became of the scores of an index that two successive snapshots both hold.

    Attributes:
        index: a field of the scores.
        after, day: the last snapshot before and the first after.
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
        return f"{index} {what}{self.counts}. Scores before and after do not compare."

    @property
    def counts(self) -> str:
        """``81 of 83 scores changed, 80 down and 1 up``."""
        directions = [f"{self.fell} down"] if self.fell else []
        directions += [f"{self.rose} up"] if self.rose else []
        changed = f"{self.rose + self.fell} of {self.common} scores changed"
        if len(directions) == 1:
            return f"{changed}, all {'down' if self.fell else 'up'}"
        return f"{changed}, {' and '.join(directions)}"


def shift(index: str, before: AnalysisDay, now: AnalysisDay) -> Shift:
    """Return what became of the scores of an index between two days."""
    old, new = _scores(index, before), _scores(index, now)
    common = [model for model in old if model in new]
    rose = sum(1 for model in common if new[model] > old[model])
    fell = sum(1 for model in common if new[model] < old[model])
    return Shift(index, before.day, now.day, len(common), rose, fell)


def _scores(index: str, day: AnalysisDay) -> dict[tuple[str, str], float]:
    scores = {(row.model_permaslug, row.display_name): getattr(row, index) for row in day.rows}
    return {model: score for model, score in scores.items() if score is not None}


def breaks(days: Sequence[AnalysisDay], index: str = INTELLIGENCE) -> list[Shift]:
    """Return the days on which most scores of an index changed, newest first."""
    shifts = [shift(index, before, now) for before, now in pairwise(days)]
    return [found for found in reversed(shifts) if found.is_break]


def rebasings(days: Sequence[AnalysisDay]) -> Iterator[Shift]:
    """Yield the days on which an index was re-based, index by index, newest first."""
    for index in INDICES:
        yield from (found for found in breaks(days, index) if found.is_rebasing)
