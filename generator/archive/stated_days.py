"""The days of the rankings as successive snapshots state them: what is believed, held back, released and restated."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

import msgspec

from generator.archive import gates
from generator.archive.coverage import Restated, Revisions, Statement, cut_days
from generator.archive.daily_tokens import DailyTokens
from generator.archive.gates import HeldBack, Objection
from generator.archive.stored_snapshot import StoredSnapshot
from generator.base.attribution import Citation
from generator.base.dates import human_day
from generator.endpoints import rankings_daily
from generator.endpoints.endpoint import Parsed
from generator.endpoints.rankings_daily import RankingRow


class _Restated(msgspec.Struct, frozen=True, array_like=True):
    """The same as :class:`Restated`, as it is kept."""

    day: date
    seen: Statement
    numbers: msgspec.Raw


class StatedDays(msgspec.Struct):
    """The days as their snapshots state them, one snapshot after the other, the oldest first.

    Attributes:
        days: tokens by day and slug.
        stated_by: where the tokens of each day come from.
        set_aside: statements of a day that are not believed, each with the day of its snapshot.
        held_back: the newest such statement of each day.
        unbelieved: the checksums of snapshots, each with such a day.
        released: a sentence for each day that the newest snapshot released.
        restated: in the order in which it was seen.
        citation: of the newest snapshot.
        refused: the checksums of snapshots that could not be read.
    """

    days: dict[date, dict[str, int]] = {}
    stated_by: dict[date, Statement] = {}
    set_aside: dict[date, list[tuple[date, dict[str, int]]]] = {}
    held_back: dict[date, HeldBack] = {}
    unbelieved: set[tuple[str, date]] = set()
    released: list[str] = []
    restated: list[_Restated] = []
    citation: Citation | None = None
    refused: set[str] = set()

    def copy(self) -> "StatedDays":
        """Return the same, to which snapshots can be added; what is known of one day is never changed in place."""
        return StatedDays(
            days=dict(self.days),
            stated_by=dict(self.stated_by),
            set_aside=dict(self.set_aside),
            held_back=dict(self.held_back),
            unbelieved=set(self.unbelieved),
            released=list(self.released),
            restated=list(self.restated),
            citation=self.citation,
            refused=set(self.refused),
        )

    def add(self, snapshot: StoredSnapshot, replies: tuple[Parsed[RankingRow], ...]) -> None:
        """Take each day that was over as the replies state it, except for those that the gates hold back."""
        self.released = []
        stated: dict[date, dict[str, int]] = {}
        citations: dict[date, Citation] = {}
        for reply in replies:
            if reply.rows or self.citation is None:
                self.citation = reply.citation
            for row in reply.rows:
                if row.date < snapshot.day:
                    stated.setdefault(row.date, {})[row.model_permaslug] = row.tokens
                    citations[row.date] = reply.citation

        odd: dict[date, tuple[Objection, ...]] = {}
        if not snapshot.manifest.accepted:
            odd = self._objections(stated)
        for day in sorted(stated):
            if day in odd:
                runs = self._runs_alike(day, stated[day], snapshot.day)
                if runs < gates.ALIKE_RUNS:
                    self._hold_back(snapshot, day, stated[day], odd[day])
                    continue
                self.released.append(_released(day, odd[day], runs))
            self._believe(day, stated[day], Statement(snapshot.day, citations[day]))

    def _objections(
        self, stated: Mapping[date, Mapping[str, int]]
    ) -> dict[date, tuple[Objection, ...]]:
        """Return what is odd about each day of a snapshot, for the days about which something is."""
        odd: dict[date, tuple[Objection, ...]] = {}
        new_days = [day for day in sorted(stated) if day not in self.days]
        restated = [day for day in stated if day in self.days]
        for day in restated:
            if stated[day] != self.days[day]:
                held = gates.day_of(self.days[day])
                odd[day] = gates.objections([gates.day_of(stated[day])], [held])
        odd_days = sum(bool(objections) for objections in odd.values())
        for day in new_days:
            before = self._before(day, stated, odd)
            came = gates.day_of(stated[day])
            came = replace(came, restated_days=len(restated), odd_days=odd_days)
            odd[day] = gates.between_days(came, before)
        return {day: objections for day, objections in odd.items() if objections}

    def _before(
        self,
        day: date,
        stated: Mapping[date, Mapping[str, int]],
        odd: Mapping[date, tuple[Objection, ...]],
    ) -> gates.Part | None:
        """Return the day before a new one, as it was held or as the same snapshot states it; None for neither."""
        before = day - timedelta(days=1)
        tokens: Mapping[str, int] | None = self.days.get(before)
        if tokens is None and not odd.get(before):
            tokens = stated.get(before)
        if tokens is None:
            return None
        return gates.day_of(tokens)

    def _runs_alike(self, day: date, tokens: Mapping[str, int], snapshot_day: date) -> int:
        """Return on how many days before that of a snapshot runs in a row have stated a day alike."""
        earlier: list[tuple[date, gates.Statement]] = []
        for seen, stated in self.set_aside.get(day, []):
            if seen < snapshot_day:
                earlier.append((seen, [gates.day_of(stated)]))
        _, runs = gates.run_of_alike([gates.day_of(tokens)], earlier)
        return runs

    def _hold_back(
        self,
        snapshot: StoredSnapshot,
        day: date,
        tokens: dict[str, int],
        odd: tuple[Objection, ...],
    ) -> None:
        """Set aside what a snapshot states of a day; what was believed of it before stays."""
        self.set_aside[day] = [*self.set_aside.get(day, []), (snapshot.day, tokens)]
        self.unbelieved.add((snapshot.manifest.sha256, day))
        self.held_back[day] = HeldBack(
            dataset=rankings_daily.NAME,
            snapshot=snapshot.path.name,
            snapshot_day=snapshot.day,
            day=day,
            objections=odd,
            shown=self.stated_by[day].snapshot_day if day in self.stated_by else None,
        )

    def _believe(self, day: date, tokens: dict[str, int], seen: Statement) -> None:
        """Take a day as stated, and note the numbers that were believed before and were others."""
        held = self.days.get(day)
        if held is not None:
            numbers = list(_revised(held, tokens))
            if numbers:
                # Unlike msgspec, json takes numbers of any length and every text.
                packed = json.dumps(numbers, separators=(",", ":")).encode()
                self.restated.append(_Restated(day, seen, msgspec.Raw(packed)))
        self.days[day] = tokens
        self.stated_by[day] = seen
        self.set_aside.pop(day, None)
        self.held_back.pop(day, None)

    @property
    def stated(self) -> frozenset[date]:
        """The days that some snapshot states, those that are held back too."""
        return frozenset({*self.days, *self.held_back})

    @property
    def settled(self) -> frozenset[date]:
        """The days that the source no longer restates and of which nothing is held back."""
        settled = set()
        for day, statement in self.stated_by.items():
            if not statement.provisional(day) and day not in self.held_back:
                settled.add(day)
        return frozenset(settled)

    @property
    def last(self) -> date:
        """The newest day; the first of the calendar while there is none."""
        return max(self.days, default=date.min)

    def after(self, day: date) -> tuple[date, ...]:
        """Return the days after a day, oldest first."""
        return tuple(sorted(known for known in self.days if known > day))

    def tokens(self, first: date = date.min) -> DailyTokens | None:
        """Return all days from the first on; None while there is none."""
        known = sorted(day for day in self.days if day >= first)
        if not known or self.citation is None:
            return None
        days = {day: self.days[day] for day in known}
        cut = cut_days(days)
        cut_short = [_cut_short(day, len(days[day])) for day in cut]
        held_back = [self.held_back[day] for day in sorted(self.held_back) if day >= first]
        return DailyTokens(
            days=days,
            citation=self.citation,
            stated=self.stated_by,
            cut=cut,
            doubts=(*self.released, *cut_short),
            revisions=self._revisions(first),
            held_back=tuple(held_back),
            unbelieved=frozenset(self.unbelieved),
        )

    def _revisions(self, first: date) -> Revisions:
        """Return what later snapshots stated otherwise of the days from the first on."""
        newest_first: list[Restated] = []
        for restated in reversed(self.restated):
            # A day is restated after its end only: of ten years, the newest few are looked at for each snapshot.
            if restated.seen.snapshot_day <= first:
                break
            if restated.day >= first:
                # Without a copy, the whole state would stay in memory.
                numbers = bytes(restated.numbers)
                newest_first.append(Restated(restated.day, restated.seen, numbers))
        return Revisions(tuple(newest_first[::-1]))


def _released(day: date, objections: tuple[Objection, ...], runs: int) -> str:
    reasons = gates.in_words(objections)
    return f"{rankings_daily.NAME}: {human_day(day)}: {reasons}; accepted after {runs} runs"


def _cut_short(day: date, rows: int) -> str:
    short = f"{human_day(day)} is cut short: {rows} rows, fewer than the days around it have"
    return f"{rankings_daily.NAME}: {short}"


def _revised(
    before: Mapping[str, int], after: Mapping[str, int]
) -> Iterator[tuple[str, int | None, int | None]]:
    """Yield what two statements of a day differ in: a slug, and its tokens in each."""
    for slug in sorted(before.keys() | after.keys()):
        if before.get(slug) != after.get(slug):
            yield slug, before.get(slug), after.get(slug)
