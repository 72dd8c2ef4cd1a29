"""The changes of the top 10 by tokens over seven days, each on the first day on which it is firm."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from generator.boards.events import Event, when
from generator.boards.names import Names
from generator.boards.weeks_told import TOP, WeekTold
from generator.endpoints import rankings_daily


@dataclass(frozen=True, slots=True)
class _Move:
    """A firm change of the top 10: its kind, whose it is, and of a new leader who led before."""

    kind: str
    slug: str
    former: str = ""


class _TopTen:
    """Who firmly leads and who firmly is in the top 10: a rank that one day decides changes nothing here.

    Args:
        week: the first that is known, whose first ten are taken as they are.
    """

    def __init__(self, week: WeekTold) -> None:
        self._leader = week.top[0]
        self._members = set(week.top)
        self._former_members: set[str] = set()

    def move_to(self, week: WeekTold) -> list[_Move]:
        """Return what firmly changes in a later week: the leader, then who enters by rank, then who leaves by slug."""
        moves: list[_Move] = []
        first = week.top[0]
        if first != self._leader and week.ranges[first].high == 1:
            moves.append(_Move("leader", first, self._leader))
            self._leader = first
        for slug in week.top:
            if slug not in self._members and week.ranges[slug].high <= TOP:
                kind = "returned" if slug in self._former_members else "entered"
                moves.append(_Move(kind, slug))
                self._members.add(slug)
        for slug in sorted(self._members):
            if slug not in week.ranges:
                moves.append(_Move("left", slug))
                self._members.discard(slug)
                self._former_members.add(slug)
        return moves


def ranking_events(told: Sequence[WeekTold], names: Names, start: date) -> Iterator[Event]:
    """Yield the changes of the top 10 as they were first stated, each on the first day on which it is firm.

    Args:
        told: all weeks, as what is known of the top 10 rests on each of them.
        names: of models.
        start: the first day of an event that is yielded.
    """
    if not told:
        return
    top_ten = _TopTen(told[0])
    for before, week in pairwise(told):
        for move in top_ten.move_to(week):
            if week.day >= start:
                yield _event(move, week, before.day, names)


def _event(move: _Move, week: WeekTold, before: date, names: Names) -> Event:
    """Return a change of the top 10 in words.

    Args:
        move: what changed.
        week: that shows it.
        before: the end of the last week that was compared.
        names: of models.
    """
    between = when(before, week.day)
    if move.kind == "leader":
        former = names.model_on(move.former, week.told_on).name
        what = f"took the lead by tokens over seven days from {former}{between}"
    elif move.kind == "left":
        what = f"left the top 10 by tokens over seven days{between}"
    else:
        verb = "entered"
        if move.kind == "returned":
            verb = "returned to" if between else "re-entered"
        ranks = week.ranges[move.slug].words
        what = f"{verb} the top 10 by tokens over seven days{between}, at No. {ranks}"
    model = names.model_on(move.slug, week.told_on)
    return Event(
        day=week.day,
        kind=move.kind,
        model=model,
        text=f"{model.name} {what}.",
        dataset=rankings_daily.NAME,
        after=before,
    )
