"""What the archive says, read for one day: nothing younger than that day exists for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from generator.archive import listings
from generator.archive.listings import Listings
from generator.archive.store import Archive, StoredSnapshot
from generator.base.attribution import Citation, distinct
from generator.base.dates import Window, parse_as_of, parse_day
from generator.base.errors import ReplyError
from generator.base.slugs import Slug
from generator.endpoints import BY_NAME, benchmarks, models, rankings_daily
from generator.endpoints.endpoint import Call, Facts, HeldState, Parsed
from generator.endpoints.parsing import FIRST_DAY
from generator.endpoints.rankings_daily import OTHER

RowT = TypeVar("RowT")

SETTLING_DAYS = 3
"""A day younger than this may still be restated: every change seen so far came within three days."""


@dataclass(frozen=True, slots=True)
class DailyTokens:
    """Tokens by day and permaslug, each day as last stated.

    Attributes:
        days: per UTC day the tokens of each slug in the top fifty, and of ``other`` where the day has it.
        citation: of the snapshot that stated the newest day.
    """

    days: Mapping[date, Mapping[str, int]]
    citation: Citation

    @property
    def first(self) -> date:
        return min(self.days)

    @property
    def last(self) -> date:
        return max(self.days)

    def window(self, days: int) -> Window:
        """The newest window of that many days."""
        return Window.ending(self.last, days)

    def bound(self, day: date) -> int | None:
        """What a model outside that day's top fifty had at most: the tokens of the last one in it."""
        listed = [tokens for slug, tokens in self.days.get(day, {}).items() if slug != OTHER]
        return min(listed, default=None)


@dataclass(frozen=True, slots=True)
class Refused:
    """A snapshot that is whole and cannot be read, and why."""

    kept: StoredSnapshot
    why: str

    def __str__(self) -> str:
        return f"{self.kept.path}: {self._what}; delete it together with its manifest to be rid of this note"

    @property
    def note(self) -> str:
        """What pages say: the file's name without where it lies on this machine."""
        return f"{self.kept.path.name}: {self._what}"

    @property
    def _what(self) -> str:
        return f"this version cannot read it and goes without it ({self.why}); the next older snapshot serves"


class History:
    """The archive as of ``today``."""

    def __init__(self, archive: Archive, today: date) -> None:
        self.archive = archive
        self.today = today
        self._answers: dict[str, tuple[tuple[Call, Parsed], ...]] = {}
        self._refused: dict[Path, Refused] = {}

    def newest(self, dataset: str, until: date | None = None) -> StoredSnapshot | None:
        """Return the newest snapshot that can be read, up to ``until`` or today; None where there is none."""
        held = self.archive.snapshots(dataset, until or self.today)
        return next((kept for kept in reversed(held) if self.readable(kept)), None)

    def snapshots(self, dataset: str, until: date | None = None) -> list[StoredSnapshot]:
        """Return all snapshots that can be read, up to ``until`` or today, oldest first; each is parsed for that."""
        return [
            kept
            for kept in self.archive.snapshots(dataset, until or self.today)
            if self.readable(kept)
        ]

    def readable(self, kept: StoredSnapshot) -> bool:
        """Return whether the snapshot is understood; if not, it is one of those that were refused from now on.

        What an earlier, more lenient reader has kept can be more than this one takes.
        """
        if kept.path not in self._refused:
            try:
                self.answers(kept)
            except Exception as error:
                self._refuse(kept, error)
        return kept.path not in self._refused

    def _refuse(self, kept: StoredSnapshot, error: Exception) -> None:
        why = str(error) if isinstance(error, ReplyError) else type(error).__name__
        self._refused[kept.path] = Refused(kept, why)

    def refused(self, dataset: str) -> tuple[Refused, ...]:
        """Return the snapshots of a dataset that were asked for so far and cannot be read, oldest first."""
        found = [one for one in self._refused.values() if one.kept.manifest.dataset == dataset]
        return tuple(sorted(found, key=lambda one: (one.kept.day, one.kept.revision)))

    def week_before(self, dataset: str) -> StoredSnapshot | None:
        """The newest snapshot that is at least a week older than the newest, to compare windows with."""
        newest = self.newest(dataset)
        return self.newest(dataset, newest.day - timedelta(days=7)) if newest else None

    def answers(self, kept: StoredSnapshot) -> tuple[tuple[Call, Parsed], ...]:
        """The snapshot's calls with what their replies mean; parsed once."""
        key = kept.manifest.sha256
        if key not in self._answers:
            endpoint = BY_NAME[kept.manifest.dataset]
            replies = self.archive.replies(endpoint, kept)
            self._answers[key] = tuple((reply.call, endpoint.read(reply)) for reply in replies)
        return self._answers[key]

    def parsed(self, kept: StoredSnapshot) -> tuple[Parsed, ...]:
        """The snapshot's replies with their rows."""
        return tuple(parsed for _, parsed in self.answers(kept))

    def facts(self, dataset: str, *row_types: type[RowT]) -> Facts[RowT] | None:
        """Return the rows of these types in the newest snapshot, with its credits; None when nothing is held."""
        kept = self.newest(dataset)
        if kept is None:
            return None
        replies = self.parsed(kept)
        rows: list[RowT] = []
        for reply in replies:
            rows += [row for row in reply.rows if isinstance(row, row_types)]
        return Facts(tuple(rows), distinct(reply.citation for reply in replies))

    def citations(self, dataset: str) -> tuple[Citation, ...]:
        """Return the credits of the newest snapshot's replies, each once; none when nothing is held."""
        kept = self.newest(dataset)
        if kept is None:
            return ()
        return distinct(reply.citation for reply in self.parsed(kept))

    @cached_property
    def usage(self) -> DailyTokens | None:
        """Every day's rankings as last stated; None before the first snapshot."""
        days: dict[date, dict[str, int]] = {}
        citation: Citation | None = None
        for kept in self.snapshots(rankings_daily.NAME):
            for one in self.parsed(kept):
                said: dict[date, dict[str, int]] = {}
                for row in one.rows:
                    said.setdefault(row.date, {})[row.model_permaslug] = row.tokens
                days.update({day: tokens for day, tokens in said.items() if day < self.today})
                citation = one.citation if one.rows or citation is None else citation
        return DailyTokens(dict(sorted(days.items())), citation) if days and citation else None

    @cached_property
    def memory(self) -> Listings:
        return listings.recall(self.archive, self.today, self._refuse)

    def held(self, dataset: str) -> HeldState:
        """What runs before ``today`` left of a dataset: what the day's run is planned from.

        The day's own snapshots do not count, so a second run of a day makes the same calls as the first.
        """
        kept = self.newest(dataset, self.today - timedelta(days=1))
        if kept is None and dataset != models.NAME:
            return HeldState()
        held = (
            HeldState(newest=kept.day, rows=kept.manifest.rows, as_of=_comparable_as_of(kept))
            if kept
            else HeldState()
        )
        if dataset == rankings_daily.NAME:
            return replace(held, days=self._held_days())
        if dataset == models.NAME:
            return replace(held, **self._held_slugs())
        return held

    def _held_days(self) -> frozenset[date]:
        before = self.snapshots(rankings_daily.NAME, self.today - timedelta(days=1))
        days = {parse_day(day) for kept in before for day in kept.manifest.days}
        # The first backfill asked from the first day on: before the oldest rows there is nothing to fetch.
        earlier = Window(FIRST_DAY, min(days)) if days else ()
        return frozenset({*days, *earlier})

    def _held_slugs(self) -> dict[str, Any]:
        earlier = [entry for entry in self.memory.entries if entry.first_seen < str(self.today)]
        absent = {slug: parse_day(day) for slug, day in self.memory.absent.items()}
        return {
            "known_slugs": frozenset(
                slug for entry in earlier for slug in (entry.id, entry.canonical_slug)
            ),
            "absent_slugs": {slug: day for slug, day in absent.items() if day < self.today},
            "wanted_slugs": self.ranked_slugs(),
        }

    def ranked_slugs(self) -> tuple[str, ...]:
        """Return the slugs that the newest rankings and benchmarks name, most used first, without variants."""
        named = self._slugs_by_tokens()
        for endpoint in (benchmarks.ARTIFICIAL_ANALYSIS, benchmarks.OPENROUTER):
            snapshot = self.newest(endpoint.name)
            replies = self.parsed(snapshot) if snapshot else ()
            scored: set[str] = set()
            for reply in replies:
                scored.update(row.model_permaslug for row in reply.rows)
            named += sorted(str(Slug.parse(slug).base) for slug in scored)
        slugs = [Slug.parse(slug).base for slug in named]
        return tuple(
            dict.fromkeys(str(slug) for slug in slugs if str(slug) != OTHER and not slug.alias)
        )

    def _slugs_by_tokens(self) -> list[str]:
        """Permaslugs by their tokens of the last thirty days, most used first."""
        if self.usage is None:
            return []
        totals: dict[str, int] = {}
        for day in self.usage.window(30):
            for slug, tokens in self.usage.days.get(day, {}).items():
                totals[slug] = totals.get(slug, 0) + tokens
        return sorted(totals, key=lambda slug: (-totals[slug], slug))


def _comparable_as_of(kept: StoredSnapshot) -> str | None:
    """Return the snapshot's as_of; None when it lies after the day on which the snapshot was made.

    Before such replies were refused, one could enter the archive; every later reply would look old
    beside it.
    """
    as_of = kept.manifest.as_of
    return as_of if parse_as_of(as_of).date() <= kept.day else None
