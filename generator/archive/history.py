"""The facts of the archive as of a day: for that day, nothing younger exists."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import chain, takewhile
from pathlib import Path
from typing import TypeVar

from generator.archive import listings, remembered
from generator.archive.daily_tokens import DailyTokens
from generator.archive.gates import HeldBack
from generator.archive.listings import Listings
from generator.archive.remembered import chained
from generator.archive.stated_days import StatedDays
from generator.archive.store import Answers, Archive
from generator.archive.stored_snapshot import StoredSnapshot
from generator.archive.summaries import Digest, FirstStatement, Summary
from generator.base.attribution import Citation
from generator.base.errors import ReplyError
from generator.endpoints import BY_NAME, rankings_daily
from generator.endpoints.endpoint import Call, Endpoint, Facts, Parsed, RowT

T = TypeVar("T")

_WEEK_AT_MOST = 9
"""What is older than this many days is not the list of a week before."""
_STATED = "days-stated"
_MOST_STATES = 3
"""States of the rankings that are in memory: today's, and those of the days that are rendered one after another."""


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
        for name in BY_NAME:
            newest = self.archive.newest(name)
            if newest is not None and newest.day > self.today:
                return False
        return True

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
        of_dataset = []
        for refused in self._refused.values():
            if refused.snapshot.manifest.dataset == dataset:
                of_dataset.append(refused)
        of_dataset.sort(key=lambda refused: (refused.snapshot.day, refused.snapshot.revision))
        return tuple(of_dataset)

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
        if checksum not in self._answers:
            replies = self.archive.replies(endpoint, snapshot)
            calls = [reply.call for reply in replies]
            parsed = [endpoint.read(reply) for reply in replies]
            distinct = endpoint.without_repeats(zip(calls, parsed, strict=True))
            if endpoint.name in self.withheld:
                distinct = tuple(map(_as_withheld, distinct))
            self._answers[checksum] = tuple(zip(calls, distinct, strict=True))
        return self._answers[checksum]

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
        keys = [f"{snapshot.manifest.sha256} {is_withheld}" for snapshot in snapshots]
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
    def daily_tokens(self) -> DailyTokens | None:
        """The rankings of every complete day as last stated in full; None before the first snapshot."""
        tokens = self.stated_rankings(self.today).tokens()
        if self.is_newest:
            # Nothing asks for the state again: the text that it was read from takes 10 MiB of five years of days.
            self.archive.remembered.release(_STATED)
        return tokens

    def summarized(self, summary: Summary[T]) -> tuple[T, ...]:
        """Return what is kept of the newest days as each snapshot first stated them, oldest first.

        A later restatement changes none of it, nor does a day that is stated after younger ones.
        """
        snapshots, keys = self._keyed_rankings(self.today)
        kept = self.archive.remembered
        known = kept.values(summary.name, summary.code(), list[summary.form])  # type: ignore[name-defined]
        # Whoever asks again needs no state: that of five years takes 29 MiB.
        known_first = len(list(takewhile(known.__contains__, keys)))
        if known_first < len(keys):
            self._summarize(summary, known, first_new=known_first)
        if self._is_whole(snapshots):
            kept.keep(summary.name, summary.code(), keys)
        return tuple(chain.from_iterable(known[key] for key in keys))

    def _summarize(self, summary: Summary[T], known: dict[str, list[T]], *, first_new: int) -> None:
        """Put what is kept of each snapshot of the rankings, from this number on, into ``known``."""
        snapshots, keys = self._keyed_rankings(self.today)
        days, start = self._nearest_state(keys[:first_new])
        for number, snapshot in enumerate(snapshots[start:], start):
            newest = days.last
            self._add(days, snapshot)
            if number >= first_new:
                known[keys[number]] = _summary_of(summary, snapshot, days, newest)
        self._keep_state(keys[-1], days, lasts=self._is_whole(snapshots))

    def stated_rankings(self, day: date) -> StatedDays:
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
        parts = []
        for snapshot in snapshots:
            manifest = snapshot.manifest
            parts.append(f"{snapshot.name} {manifest.sha256} {manifest.accepted} {withheld}")
        return snapshots, chained(parts)

    def _is_whole(self, snapshots: Sequence[StoredSnapshot]) -> bool:
        """Return whether these are all snapshots of the rankings that the archive has, on any day."""
        return len(snapshots) == len(self.archive.snapshots(rankings_daily.NAME))

    def _nearest_state(self, keys: Sequence[str]) -> tuple[StatedDays, int]:
        """Return the state after the last of these snapshots for which one is kept, and the number of the next."""
        states = self.archive.remembered.values(_STATED, remembered.code(), StatedDays)
        for count in range(len(keys), 0, -1):
            state = states.get(keys[count - 1])
            if state is not None:
                return state.copy(), count
        return StatedDays(), 0

    def _keep_state(self, key: str, days: StatedDays, *, lasts: bool) -> None:
        """Keep a state in memory, and for the next run where it is that of the whole archive."""
        states = self.archive.remembered.values(_STATED, remembered.code(), StatedDays)
        states[key] = days.copy()
        if lasts:
            self.archive.remembered.keep(_STATED, remembered.code(), [key])
        while len(states) > _MOST_STATES:
            del states[next(iter(states))]

    def _add(self, days: StatedDays, snapshot: StoredSnapshot) -> None:
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
        held_back = []
        for snapshot in self.archive.set_aside(dataset, self.today):
            held_back.append(
                HeldBack(
                    dataset=dataset,
                    snapshot=snapshot.path.name,
                    snapshot_day=snapshot.day,
                    objections=tuple(snapshot.manifest.held_back),
                    shown=newest.day if newest else None,
                )
            )
        if dataset == rankings_daily.NAME and self.daily_tokens is not None:
            held_back += self.daily_tokens.held_back
        return tuple(held_back)

    @cached_property
    def listings(self) -> Listings:
        """The names and prices of all catalog entries over time."""
        recalled = listings.read(self.archive, self.today)
        for snapshot, error in recalled.unreadable:
            self._refuse(snapshot, error)
        return recalled.listings


def _as_withheld(parsed: Parsed[RowT]) -> Parsed[RowT]:
    return replace(parsed, citation=parsed.citation.as_withheld())


def _summary_of(
    summary: Summary[T], snapshot: StoredSnapshot, days: StatedDays, newest: date
) -> list[T]:
    """Return what is kept of the days after ``newest``, which the snapshot was the first to state."""
    new_days = days.after(newest)
    if not new_days:
        return []
    daily_tokens = days.tokens(new_days[0] - timedelta(days=6))
    if daily_tokens is None:
        return []
    return summary.make(FirstStatement(snapshot.day, new_days, daily_tokens))
