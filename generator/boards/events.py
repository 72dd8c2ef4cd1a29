"""An event: one change of the rankings, the catalog or an index, on a day, in a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.base import dates
from generator.boards import price_changes
from generator.boards.board import Entity

KINDS: Mapping[str, str] = {
    "leader": "New leader",
    "entered": "Entered the top 10",
    "returned": "Returned to the top 10",
    "left": "Left the top 10",
    "rebased": "Index re-based",
    "added": "New listing",
    **price_changes.KINDS,
    "listed": "Older model added",
    "relisted": "Listed again",
    "withdrawn": "Removed",
    "retiring": "Retirement announced",
    "staying": "Retirement no longer announced",
}
"""The names of the kinds, in the order in which the events of a day stand."""


@dataclass(frozen=True, slots=True)
class Event:
    """One change.

    Attributes:
        day: the first that shows it.
        kind: a key of KINDS.
        model: what changed, under its name of that day.
        text: a sentence, which holds that name.
        dataset: the source.
        after: the last day that shows the former state; the change happened after it.
        of: what tells it from other changes of the kind and day, where the model's id does not.
    """

    day: date
    kind: str
    model: Entity
    text: str
    dataset: str
    after: date | None = None
    of: str = ""

    @property
    def id(self) -> str:
        """Return what a feed tells events apart by: the same for the same event in every build."""
        return f"{self.day}/{self.kind}/{self.key}"

    @property
    def key(self) -> str:
        """Return what tells it from other events of the kind and day: what it is of, or the model's slug."""
        return self.of or self.model.id

    @property
    def title(self) -> str:
        """Return the sentence for a place of its own, such as a feed: the model's first mention says its author."""
        return self.text.replace(self.model.name, self.model.titled, 1)


def when(after: date, day: date) -> str:
    """Return `` between 22 and 26 Aug 2026``, to follow a verb; empty where the change was on the day itself.

    Args:
        after: the last day that shows the former state.
        day: the first that shows the change.
    """
    between = dates.between(after, day)
    return f" {between}" if between else ""
