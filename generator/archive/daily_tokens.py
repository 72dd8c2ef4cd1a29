"""The rankings as one table: the tokens of each listing on each day, and how far they can be relied on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.archive.coverage import Coverage, Revisions, Statement
from generator.archive.gates import HeldBack
from generator.base.attribution import Citation
from generator.base.dates import Window
from generator.endpoints.rankings_daily import OTHER


@dataclass(frozen=True, slots=True)
class DailyTokens:
    """Tokens by day and permaslug, each day as last stated.

    Attributes:
        days: per UTC day the tokens of each slug in the top 50, and of ``other`` where the day has it.
        citation: of the newest snapshot.
        stated: where the tokens of each day come from.
        cut: days whose list is cut short, and which no snapshot states in full.
        doubts: one sentence for each day that is cut short, or that was released by the newest snapshot.
        revisions: the numbers that a later snapshot stated otherwise, in the order in which that was seen.
        held_back: the newest statement of each day that the gates hold back, by day.
        unbelieved: the checksums of snapshots, each with a day that they state and that is not taken from them.
    """

    days: Mapping[date, Mapping[str, int]]
    citation: Citation
    stated: Mapping[date, Statement] = field(default_factory=dict)
    cut: tuple[date, ...] = ()
    doubts: tuple[str, ...] = ()
    revisions: Revisions = field(default_factory=Revisions)
    held_back: tuple[HeldBack, ...] = ()
    unbelieved: frozenset[tuple[str, date]] = frozenset()

    @property
    def first(self) -> date:
        return min(self.days)

    @property
    def last(self) -> date:
        """The newest day."""
        return max(self.days)

    def window(self, days: int) -> Window:
        """Return the newest window of that many days."""
        return Window.ending(self.last, days)

    def coverage(self, window: Window) -> Coverage:
        """Return which days of a window are missing, cut short or provisional: the one place that knows."""
        held = [day for day in window if day in self.days]
        return Coverage(
            window,
            missing=tuple(day for day in window if day not in self.days),
            cut=tuple(day for day in self.cut if day in window),
            provisional=tuple(day for day in held if self.provisional(day)),
        )

    def provisional(self, day: date) -> bool:
        """Return whether the source may still restate a day."""
        statement = self.stated.get(day)
        return statement is not None and statement.provisional(day)

    def bound(self, day: date) -> int | None:
        """Return the most tokens that a model outside that day's top 50 can have: those of its last one."""
        listed = [tokens for slug, tokens in self.days.get(day, {}).items() if slug != OTHER]
        return min(listed, default=None)
