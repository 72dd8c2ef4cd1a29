"""The facts of the archive as of a day: for that day, nothing younger exists."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import chain, takewhile
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from generator.archive import gates, listings, remembered
from generator.archive.coverage import (
    Coverage,
    Restated,
    Revisions,
    Statement,
    cut_days,
    is_provisional,
)
from generator.archive.gates import HeldBack, Objection
from generator.archive.listings import Listings, Recalled
from generator.archive.remembered import chained
from generator.archive.store import Answers, Archive, StoredSnapshot
from generator.base.attribution import Citation
from generator.base.dates import Window, human_day, parse_as_of, parse_day
from generator.base.errors import ReplyError
from generator.base.slugs import Slug
from generator.endpoints import BY_NAME, benchmarks, models, rankings_daily, session_cost
from generator.endpoints.endpoint import AnyEndpoint, Call, Endpoint, Facts, HeldState, Parsed, RowT
from generator.endpoints.rankings_daily import OTHER, RankingRow

NamingT = TypeVar(
    "NamingT",
    bound=benchmarks.AnalysisRow
    | benchmarks.EvalRow
    | benchmarks.SearchRow
    | session_cost.SessionCost,
)

T = TypeVar("T")

_WEEK_AT_MOST = 9
"""What is older than this many days is not the list of a week before."""
_STATED = "days-stated"
_MOST_STATES = 3
"""States of the rankings that are in memory: today's, and those of the days that are rendered one after another."""
RANKED_DAYS = 30
"""The number of newest days whose models are looked up where no catalog names them."""


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


@dataclass(frozen=True, slots=True)
class FirstTold:
    """The rankings as known when a snapshot first stated some days: what is said of these days rests on it.

    Attributes:
        snapshot_day: the day of the snapshot.
        new_days: the days that no snapshot before states and that follow on those stated, oldest first.
        daily: the tokens of these days and of the six before them.
    """

    snapshot_day: date
    new_days: tuple[date, ...]
    daily: DailyTokens


@dataclass(frozen=True, slots=True)
class Summary(Generic[T]):
    """What is kept of the days that a snapshot was the first to state.

    Attributes:
        name: under which it is kept.
        make: returns it; it follows from what it is given alone.
        form: the type of each part of it.
        code: returns a checksum of the code that makes it.
    """

    name: str
    make: Callable[[FirstTold], list[T]]
    form: type[T]
    code: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Digest(Generic[T]):
    """What is kept of a snapshot of any dataset; the attributes are those of :class:`Summary`."""

    name: str
    make: Callable[[StoredSnapshot, Sequence[Parsed[Any]]], list[T]]
    form: type[T]
    code: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Refused:
    """An undamaged snapshot that this version cannot read; ``str()`` says how to get rid of it.

    Attributes:
        snapshot: the file and its manifest.
        why: the parser's sentence, or the kind of an unexpected error.
    """

    snapshot: StoredSnapshot
    why: str

    def __str__(self) -> str:
        path, source = self.snapshot.path, self.snapshot.source
        if isinstance(source, Path):
            return (
                f"{path}: {self._what}; delete it together with its manifest to be rid of this note"
            )
        return f"{source.zip}: {path.name} in it: {self._what}"

    @property
    def note(self) -> str:
        """The sentence for pages, with the file's name but not its place on this machine."""
        return f"{self.snapshot.path.name}: {self._what}"

    @property
    def _what(self) -> str:
        return f"this version cannot read it and goes without it ({self.why}); the next older snapshot serves"


class History:
    """The archive as of ``today``.

    Args:
        archive: of all days.
        today: nothing younger is read.
        withheld: datasets whose credits say that they may not be redistributed.
    """

    def __init__(
        self, archive: Archive, today: date, withheld: Collection[str] = frozenset()
    ) -> None:
        self.archive = archive
        self.today = today
        self.withheld = withheld
        # Saves 0.4 s of 8 s in a render of the demo, 1.1 s of 32 s in its first.
        self._answers: dict[str, Answers] = {}
        self._refused: dict[Path, Refused] = {}

    def newest(self, dataset: str, until: date | None = None) -> StoredSnapshot | None:
        """Return the newest readable snapshot up to ``until`` or today; None where there is none."""
        snapshots = self.archive.snapshots(dataset, until or self.today)
        for snapshot in reversed(snapshots):
            if self.readable(snapshot):
                return snapshot
        return None

    def snapshots(self, dataset: str, until: date | None = None) -> list[StoredSnapshot]:
        """Return all readable snapshots up to ``until`` or today, oldest first; each of them is parsed."""
        snapshots = self.archive.snapshots(dataset, until or self.today)
        return [snapshot for snapshot in snapshots if self.readable(snapshot)]

    @property
    def is_newest(self) -> bool:
        """Whether the archive has no snapshot of a later day."""
        newest = [self.archive.newest(name) for name in BY_NAME]
        return all(one is None or one.day <= self.today for one in newest)

    def readable(self, snapshot: StoredSnapshot) -> bool:
        """Return whether this version can parse the snapshot; from then on, :meth:`refused` names one it cannot.

        An earlier, more lenient version may have archived a reply that this one refuses.
        """
        if snapshot.path not in self._refused:
            try:
                self.answers(BY_NAME[snapshot.manifest.dataset], snapshot)
            except Exception as error:
                self._refuse(snapshot, error)
        return snapshot.path not in self._refused

    def _refuse(self, snapshot: StoredSnapshot, error: Exception) -> None:
        why = str(error) if isinstance(error, ReplyError) else type(error).__name__
        self._refused[snapshot.path] = Refused(snapshot, why)

    def refused(self, dataset: str) -> tuple[Refused, ...]:
        """Return the unreadable snapshots of a dataset among those asked for so far, oldest first."""
        refused = [
            refused
            for refused in self._refused.values()
            if refused.snapshot.manifest.dataset == dataset
        ]
        refused.sort(key=lambda refused: (refused.snapshot.day, refused.snapshot.revision))
        return tuple(refused)

    def stored_citations(self, snapshot: StoredSnapshot) -> tuple[Citation, ...]:
        """Return the credits that were stored with a snapshot, for a dataset that is withheld as such."""
        dataset = snapshot.manifest.dataset
        opened = self.archive.opened(snapshot)
        stored = (replace(credit.citation(), dataset=dataset) for credit in opened.citations)
        if dataset in self.withheld:
            return tuple(citation.as_withheld() for citation in stored)
        return tuple(stored)

    def week_before(self, dataset: str) -> StoredSnapshot | None:
        """Return the newest snapshot that is seven to nine days older than the newest; None without one."""
        newest = self.newest(dataset)
        if newest is None:
            return None
        before = self.newest(dataset, newest.day - timedelta(days=7))
        if before is None or (newest.day - before.day).days > _WEEK_AT_MOST:
            return None
        return before

    def answers(
        self, endpoint: Endpoint[RowT], snapshot: StoredSnapshot
    ) -> tuple[tuple[Call, Parsed[RowT]], ...]:
        """Return the snapshot's calls, each with its parsed reply; no row is in two of them.

        Raises:
            ReplyError: this version cannot read it.
        """
        checksum = snapshot.manifest.sha256
        held = self._answers
        if checksum not in held:
            replies = self.archive.replies(endpoint, snapshot)
            answers = [(reply.call, endpoint.read(reply)) for reply in replies]
            distinct = endpoint.without_repeats(answers)
            if endpoint.name in self.withheld:
                distinct = tuple(
                    replace(parsed, citation=parsed.citation.as_withheld()) for parsed in distinct
                )
            calls = [reply.call for reply in replies]
            held[checksum] = tuple(zip(calls, distinct, strict=True))
        return held[checksum]

    def parsed(
        self, endpoint: Endpoint[RowT], snapshot: StoredSnapshot
    ) -> tuple[Parsed[RowT], ...]:
        """Return the parsed replies of one of the endpoint's snapshots, in their order."""
        return tuple(parsed for _, parsed in self.answers(endpoint, snapshot))

    def parsed_once(
        self, endpoint: Endpoint[RowT], snapshot: StoredSnapshot
    ) -> tuple[Parsed[RowT], ...]:
        """Return the same without holding on to it, where it is not held already."""
        if snapshot.manifest.sha256 in self._answers:
            return self.parsed(endpoint, snapshot)
        return History(self.archive, self.today, self.withheld).parsed(endpoint, snapshot)

    def digests(
        self, endpoint: Endpoint[RowT], digest: Digest[T], snapshots: Sequence[StoredSnapshot]
    ) -> Iterator[tuple[StoredSnapshot, list[T]]]:
        """Yield each of these snapshots that is readable, with what is kept of it; only new ones are read.

        Args:
            endpoint: of the dataset.
            digest: what is kept.
            snapshots: all that are asked for; where they are the newest, what others gave is no longer kept.
        """
        kept = self.archive.remembered
        known = kept.values(digest.name, digest.code(), list[digest.form])  # type: ignore[name-defined]
        is_withheld = endpoint.name in self.withheld
        keys = [f"{one.manifest.sha256} {is_withheld}" for one in snapshots]
        for key, snapshot in zip(keys, snapshots, strict=True):
            if key not in known:
                try:
                    replies = self.parsed_once(endpoint, snapshot)
                except Exception as error:
                    # Nothing is kept of it: it is read again by each run, to say why.
                    self._refuse(snapshot, error)
                    continue
                known[key] = digest.make(snapshot, replies)
            yield snapshot, known[key]
        if snapshots[-1:] == self.archive.snapshots(endpoint.name)[-1:]:
            kept.keep(digest.name, digest.code(), [key for key in keys if key in known])

    def newest_answers(self, endpoint: Endpoint[RowT]) -> tuple[tuple[Call, Parsed[RowT]], ...]:
        """Return the calls and parsed replies of the endpoint's newest snapshot; none when nothing is held."""
        newest = self.newest(endpoint.name)
        return self.answers(endpoint, newest) if newest else ()

    def facts(self, endpoint: Endpoint[RowT]) -> Facts[RowT] | None:
        """Return the rows of the newest snapshot with its credits; None when nothing is held."""
        answers = self.newest_answers(endpoint)
        if not answers:
            return None
        replies = [parsed for _, parsed in answers]
        rows: list[RowT] = []
        for reply in replies:
            rows += reply.rows
        return Facts(tuple(rows), endpoint.credits_of(replies))

    def citations(self, dataset: str) -> tuple[Citation, ...]:
        """Return the credits of the newest snapshot's replies, each once; none when nothing is held."""
        endpoint = BY_NAME[dataset]
        return endpoint.credits_of(parsed for _, parsed in self.newest_answers(endpoint))

    # Saves 0.06 s of 8 s in a render of the demo, and more with each day of the archive.
    @cached_property
    def usage(self) -> DailyTokens | None:
        """The rankings of every complete day as last stated in full; None before the first snapshot."""
        usage = self._stated_until(self.today).tokens()
        if self.is_newest:
            # Nothing asks for the state again: the text that it was read from takes 10 MiB of five years of days.
            self.archive.remembered.release(_STATED)
        return usage

    def told(self, summary: Summary[T]) -> tuple[T, ...]:
        """Return what is kept of the newest days as each snapshot first stated them, oldest first.

        A later restatement changes none of it, nor does a day that is stated after younger ones.
        """
        snapshots, keys = self._keyed_rankings(self.today)
        kept = self.archive.remembered
        known = kept.values(summary.name, summary.code(), list[summary.form])  # type: ignore[name-defined]
        first = next((at for at, key in enumerate(keys) if key not in known), len(keys))
        is_whole = self._is_whole(snapshots)
        # Whoever asks again needs no state: that of five years takes 29 MiB.
        if first < len(keys):
            days, start = self._nearest_state(keys[:first])
            for at in range(start, len(keys)):
                newest = days.last
                self._add(days, snapshots[at])
                if at >= first:
                    known[keys[at]] = _summarized(summary, snapshots[at], days, newest)
            self._keep_state(keys[-1], days, lasts=is_whole)
        if is_whole:
            kept.keep(summary.name, summary.code(), keys)
        return tuple(chain.from_iterable(known[key] for key in keys))

    def _stated_until(self, day: date) -> "_StatedDays":
        """Return the days of the rankings as the snapshots up to a day state them."""
        snapshots, keys = self._keyed_rankings(day)
        days, start = self._nearest_state(keys)
        for snapshot in snapshots[start:]:
            self._add(days, snapshot)
        for snapshot in snapshots[:start]:
            # One that could not be read is read again, to say why.
            if snapshot.manifest.sha256 in days.refused:
                self.readable(snapshot)
        if keys and start < len(keys):
            self._keep_state(keys[-1], days, lasts=self._is_whole(snapshots))
        return days

    def _keyed_rankings(self, day: date) -> tuple[list[StoredSnapshot], list[str]]:
        """Return the snapshots of the rankings up to a day, and what tells each, with all before it, from others."""
        snapshots = self.archive.snapshots(rankings_daily.NAME, day)
        withheld = rankings_daily.NAME in self.withheld
        parts = (
            f"{one.name} {one.manifest.sha256} {one.manifest.accepted} {withheld}"
            for one in snapshots
        )
        return snapshots, chained(parts)

    def _is_whole(self, snapshots: Sequence[StoredSnapshot]) -> bool:
        """Return whether these are all snapshots of the rankings that the archive has, on any day."""
        return len(snapshots) == len(self.archive.snapshots(rankings_daily.NAME))

    def _nearest_state(self, keys: Sequence[str]) -> tuple["_StatedDays", int]:
        """Return the state after the last of these snapshots for which one is kept, and the number of the next."""
        states = self.archive.remembered.values(_STATED, remembered.code(), _StatedDays)
        for at in range(len(keys), 0, -1):
            if keys[at - 1] in states:
                return states[keys[at - 1]].copy(), at
        return _StatedDays(), 0

    def _keep_state(self, key: str, days: "_StatedDays", *, lasts: bool) -> None:
        """Keep a state in memory, and for the next run where it is that of the whole archive."""
        states = self.archive.remembered.values(_STATED, remembered.code(), _StatedDays)
        states[key] = days.copy()
        if lasts:
            self.archive.remembered.keep(_STATED, remembered.code(), [key])
        while len(states) > _MOST_STATES:
            del states[next(iter(states))]

    def _add(self, days: "_StatedDays", snapshot: StoredSnapshot) -> None:
        try:
            replies = self.parsed_once(rankings_daily.ENDPOINT, snapshot)
        except Exception as error:
            self._refuse(snapshot, error)
            days.refused.add(snapshot.manifest.sha256)
        else:
            days.add(snapshot, replies)

    def held_back(self, dataset: str) -> tuple[HeldBack, ...]:
        """Return the snapshots and the days of a dataset that the gates hold back, oldest first."""
        newest = self.newest(dataset)
        whole = tuple(
            HeldBack(
                dataset=dataset,
                snapshot=one.path.name,
                snapshot_day=one.day,
                objections=tuple(one.manifest.held_back),
                shown=newest.day if newest else None,
            )
            for one in self.archive.set_aside(dataset, self.today)
        )
        if dataset != rankings_daily.NAME or self.usage is None:
            return whole
        return whole + self.usage.held_back

    @cached_property
    def memory(self) -> Listings:
        """The names and prices of all catalog entries over time."""
        recalled: Recalled = listings.read(self.archive, self.today)
        for snapshot, error in recalled.unreadable:
            self._refuse(snapshot, error)
        return recalled.listings

    def held(self, dataset: str) -> HeldState:
        """Return the state that runs before ``today`` left, from which the day's run is planned.

        The day's own snapshots do not count, so a second run of a day makes the same calls as the first.
        """
        state = HeldState()
        newest = self.newest(dataset, self.today - timedelta(days=1))
        if newest is not None:
            as_of = _comparable_as_of(newest)
            state = HeldState(newest=newest.day, rows=newest.manifest.rows, as_of=as_of)
            if BY_NAME[dataset].row_day is not None:
                stated, settled = self._stated_days(dataset)
                state = replace(state, days=settled, stated_days=stated)
        if dataset == models.NAME:
            state = self._with_slugs(state)
        return state

    def _stated_days(self, dataset: str) -> tuple[frozenset[date], frozenset[date]]:
        """Return the days that snapshots before today state, and those of them that are settled."""
        yesterday = self.today - timedelta(days=1)
        if dataset == rankings_daily.NAME:
            days = self._stated_until(yesterday)
            return days.stated, days.settled
        endpoint = BY_NAME[dataset]
        stated: set[date] = set()
        settled: set[date] = set()
        for snapshot in self.snapshots(dataset, yesterday):
            for parsed in self.parsed(endpoint, snapshot):
                spans = dict(_spans(endpoint, parsed))
                stated.update(spans)
                settled.update(
                    day for day, last in spans.items() if not is_provisional(last, snapshot.day)
                )
        return frozenset(stated), frozenset(settled)

    def _with_slugs(self, state: HeldState) -> HeldState:
        known: set[str] = set()
        for entry in self.memory.entries:
            if entry.first_seen < str(self.today):
                known |= {entry.id, entry.canonical_slug}
        absent = {slug: parse_day(day) for slug, day in self.memory.absent.items()}
        return replace(
            state,
            known_slugs=frozenset(known),
            absent_slugs={slug: day for slug, day in absent.items() if day < self.today},
            wanted_slugs=self.ranked_slugs(),
        )

    def ranked_slugs(self) -> tuple[str, ...]:
        """Return the slugs that rankings, benchmarks and session costs name, most used first, without variants."""
        named = self._slugs_by_tokens()
        named += self._named_slugs(benchmarks.ARTIFICIAL_ANALYSIS)
        named += self._named_slugs(benchmarks.OPENROUTER)
        named += self._named_slugs(session_cost.ENDPOINT)
        slugs = [Slug.parse(slug).base for slug in named]
        return tuple(
            dict.fromkeys(str(slug) for slug in slugs if str(slug) != OTHER and not slug.alias)
        )

    def _named_slugs(self, endpoint: Endpoint[NamingT]) -> list[str]:
        """Return the slugs that the endpoint's newest snapshot names, without variants, in the order of the alphabet."""
        named: set[str] = set()
        for _, reply in self.newest_answers(endpoint):
            named.update(row.model_permaslug for row in reply.rows)
        return sorted(str(Slug.parse(slug).base) for slug in named)

    def _slugs_by_tokens(self) -> list[str]:
        """Return the permaslugs by their tokens of the last thirty days, most used first."""
        if self.usage is None:
            return []
        totals: dict[str, int] = {}
        for day in self.usage.window(RANKED_DAYS):
            for slug, tokens in self.usage.days.get(day, {}).items():
                totals[slug] = totals.get(slug, 0) + tokens
        return sorted(totals, key=lambda slug: (-totals[slug], slug))


class _Restated(msgspec.Struct, frozen=True, array_like=True):
    """The same as :class:`Restated`, as it is kept."""

    day: date
    seen: Statement
    numbers: msgspec.Raw


class _StatedDays(msgspec.Struct):
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

    def copy(self) -> "_StatedDays":
        """Return the same, to which snapshots can be added; what is known of one day is never changed in place."""
        return _StatedDays(
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
        odd = {} if snapshot.manifest.accepted else self._objections(stated)
        for day in sorted(stated):
            if day in odd and not self._is_released(snapshot, day, stated[day], odd[day]):
                self._hold_back(snapshot, day, stated[day], odd[day])
            else:
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
        held_back = sum(bool(found) for found in odd.values())
        for day in new_days:
            before = self._before(day, stated, odd)
            came = gates.day_of(stated[day])
            came = replace(came, restated_days=len(restated), odd_days=held_back)
            odd[day] = gates.between_days(came, before)
        return {day: found for day, found in odd.items() if found}

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
        return gates.day_of(tokens) if tokens is not None else None

    def _is_released(
        self,
        snapshot: StoredSnapshot,
        day: date,
        tokens: Mapping[str, int],
        odd: tuple[Objection, ...],
    ) -> bool:
        """Return whether runs on two days before have stated a day alike; it is said that it is believed now."""
        earlier = [
            (seen, [gates.day_of(stated)])
            for seen, stated in self.set_aside.get(day, [])
            if seen < snapshot.day
        ]
        _, runs = gates.run_of_alike([gates.day_of(tokens)], earlier)
        if runs < gates.ALIKE_RUNS:
            return False
        sentence = f"{human_day(day)}: {gates.in_words(odd)}; accepted after {runs} runs"
        self.released.append(f"{rankings_daily.NAME}: {sentence}")
        return True

    def _hold_back(
        self,
        snapshot: StoredSnapshot,
        day: date,
        tokens: dict[str, int],
        odd: tuple[Objection, ...],
    ) -> None:
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
        return frozenset(
            day
            for day, statement in self.stated_by.items()
            if not statement.provisional(day) and day not in self.held_back
        )

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
        days = {day: self.days[day] for day in known}
        if not days or self.citation is None:
            return None
        cut = cut_days(days)
        doubts = [*self.released]
        doubts += [
            f"{rankings_daily.NAME}: {human_day(day)} is cut short: {len(days[day])} rows, "
            "fewer than the days around it have"
            for day in cut
        ]
        # A day is restated after its end only: of ten years, the newest few are looked at for each snapshot.
        recent = takewhile(lambda one: one.seen.snapshot_day > first, reversed(self.restated))
        # Without copies of them, the whole state would stay in memory.
        restated = [
            Restated(one.day, one.seen, bytes(one.numbers)) for one in recent if one.day >= first
        ]
        held_back = [self.held_back[day] for day in sorted(self.held_back) if day >= first]
        return DailyTokens(
            days,
            self.citation,
            self.stated_by,
            cut,
            tuple(doubts),
            Revisions(tuple(restated[::-1])),
            tuple(held_back),
            frozenset(self.unbelieved),
        )


def _revised(
    before: Mapping[str, int], after: Mapping[str, int]
) -> Iterator[tuple[str, int | None, int | None]]:
    """Yield what two statements of a day differ in: a slug, and its tokens in each."""
    for slug in sorted(before.keys() | after.keys()):
        if before.get(slug) != after.get(slug):
            yield slug, before.get(slug), after.get(slug)


def _summarized(
    summary: Summary[T], snapshot: StoredSnapshot, days: _StatedDays, newest: date
) -> list[T]:
    """Return what is kept of the days after ``newest``, which the snapshot was the first to state."""
    new_days = days.after(newest)
    daily = days.tokens(new_days[0] - timedelta(days=6)) if new_days else None
    return summary.make(FirstTold(snapshot.day, new_days, daily)) if daily is not None else []


def _spans(endpoint: AnyEndpoint, parsed: Parsed[Any]) -> Iterator[tuple[date, date]]:
    """Yield the first and the last day that each row of a reply states."""
    for row in parsed.rows:
        last = endpoint.last_day(row)
        if endpoint.row_day and last:
            yield endpoint.row_day(row), last


def _comparable_as_of(snapshot: StoredSnapshot) -> str | None:
    """Return the snapshot's as_of; None when it lies after the day on which the snapshot was made.

    Before such replies were refused, one could enter the archive; every later reply would look old
    beside it.
    """
    as_of = snapshot.manifest.as_of
    return as_of if parse_as_of(as_of).date() <= snapshot.day else None
