"""What a site of many days leaves out, the oldest first, so that ten years of it fit where it is published.

Nothing is left out while there is room. What is left out follows from the days held, the bytes of their snapshots and
those of today's charts alone, so every build of an archive leaves out the same, and age alone never stops a
publication. The page of a day,
its boards as data, its checksums and the histories of all datasets are never left out, nor is anything of the archive.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from generator.archive import packs
from generator.archive.history import History
from generator.base import dates
from generator.boards.site import Site
from generator.charts.chart import SIZES, DrawnChart

ROOM = 650_000_000
"""In bytes: what the days may take of the 1,000 MB of GitHub Pages; less where today's site and its histories need more."""
PAGES, CHANGES = 100_000, 60_000
"""In bytes: a day's page with its boards as data, and the page of its changes, as measured."""
_EMBED = 2_500
"""In bytes: the page of an embed without its drawings, as measured."""
INTERACTIVE_DAYS = 14
"""The number of the newest days that have interactive embeds; drawing a day takes 1.3 s of CPU.

Each also has a PNG for newsletters of the first chart of each question.
"""
EMBEDDED_DAYS = 365
"""The number of days that have an embed of each chart.

Published from the cache, such a day costs 20 ms of CPU, most of it in the checks; drawing it takes 1.3 s,
so a site draws a year for eight minutes when its cache is lost or its generator is another version.
"""
_FORTNIGHT, _QUARTER = timedelta(days=INTERACTIVE_DAYS), timedelta(days=92)
_YEAR, _FIVE_YEARS = timedelta(days=366), timedelta(days=1827)
_SPARE = timedelta(days=46)
"""So many days before the first that has its charts keep theirs in the cache.

What today's site weighs moves by less than that from one day to the next. A day that gets its charts back would be drawn
again, for which every snapshot up to it is read: 17 s and 110 MiB with five years of days.
"""
_STEP = 250_000
"""In bytes: weights of charts are rounded up to a multiple, so that not every day leaves out other days."""


@dataclass(frozen=True, slots=True)
class ChartWeights:
    """What the charts of a day weigh, in bytes; by default the least that is reckoned with.

    Attributes:
        frozen: each as one page with the pictures inside.
        interactive: each with its specs and pictures, as the newest days have them.
    """

    frozen: int = 1_000_000
    interactive: int = 6_000_000

    @classmethod
    def of(cls, charts: Iterable[DrawnChart]) -> "ChartWeights":
        """Return what a day weighs that has these charts; variants are not kept for days."""
        frozen = interactive = 0
        for chart in charts:
            if chart.is_variant:
                continue
            static = _EMBED + sum(chart.size(f"{size.suffix}.svg") for size in SIZES)
            frozen += static
            if chart.is_interactive:
                dark = sum(chart.size(f"{size.suffix}.dark.svg") for size in SIZES)
                interactive += static + dark + len(chart.script)
            else:
                interactive += static
        least = cls()
        return cls(
            max(least.frozen, _rounded(frozen)), max(least.interactive, _rounded(interactive))
        )


def _rounded(size: int) -> int:
    return -(-size // _STEP) * _STEP


@dataclass(frozen=True, slots=True)
class Thinned:
    """The first day that still has each of what may be left out; the first of the calendar where nothing is.

    Attributes:
        snapshots: the day's snapshots as files of their own.
        zips: the day's snapshots at all; days before ``snapshots`` have them in a zip of their year.
        changes: the page of the day's changes.
        charts: frozen charts, but for the last day of a month.
        month_ends: frozen charts of the last day of a month.
    """

    snapshots: date = date.min
    zips: date = date.min
    changes: date = date.min
    charts: date = date.min
    month_ends: date = date.min

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return a sentence for each kind of files that some day no longer has."""
        told = {
            "snapshots": self.zips,
            "pages of changes": self.changes,
            "frozen charts, but for month ends,": self.charts,
            "frozen charts of month ends": self.month_ends,
        }
        zipped: tuple[str, ...] = ()
        if self.zips < self.snapshots:
            until = dates.human_day(self.snapshots)
            zipped = (
                f"Days before {until} have their snapshots in a zip of each dataset and year.",
            )
        gone = (
            f"Days before {dates.human_day(first)} have no {what} here."
            for what, first in told.items()
            if first > date.min
        )
        return (*zipped, *gone)

    @property
    def sure(self) -> "Thinned":
        """Return the same with frozen charts of those days as well that may get theirs back soon."""
        earliest = date.min + _SPARE
        return replace(
            self,
            charts=max(self.charts, earliest) - _SPARE,
            month_ends=max(self.month_ends, earliest) - _SPARE,
        )

    def is_zipped(self, day: date) -> bool:
        """Return whether a day has its snapshots in the zip of its year."""
        return self.zips <= day < self.snapshots


def snapshot_sizes(history: History, site: Site) -> dict[date, int]:
    """Return the bytes of the snapshots of each day that may be published."""
    sizes: dict[date, int] = {}
    for state in site.datasets:
        if state.redistributable:
            for snapshot in history.archive.snapshots(state.name, site.today):
                sizes[snapshot.day] = sizes.get(snapshot.day, 0) + snapshot.manifest.bytes
    return sizes


def thinned(
    snapshots: Mapping[date, int], room: int = ROOM, charts: ChartWeights | None = None
) -> Thinned:
    """Return what is left out of the days, in the written order, until the rest fits.

    The order: snapshots of finished years, which first move into zips, then the zips of the oldest years; changes more
    than a year old; frozen charts more than three months old but month ends; those of month ends more than five years
    old; frozen charts more than two weeks old; those of month ends more than a year old.

    Args:
        snapshots: the bytes of the snapshots of each day held.
        room: how many bytes the days may take.
        charts: what the charts of a day weigh.
    """
    charts = charts or ChartWeights()
    days = sorted(snapshots)
    excess = days_size(snapshots, Thinned(), charts) - room
    if excess <= 0:
        return Thinned()

    newest = max(days, default=date.min)
    first: dict[str, date] = {}
    finished = sorted({day.year for day in days if packs.is_finished(day.year, newest)})
    if finished:
        # A zip is as heavy as its files, but one of them.
        first["snapshots"] = date(finished[-1] + 1, 1, 1)
    for year in finished:
        if excess <= 0:
            break
        excess -= sum(size for day, size in snapshots.items() if day.year == year)
        first["zips"] = date(year + 1, 1, 1)

    for what, having, least, size in _order(days, charts):
        for day in having:
            if excess <= 0 or newest - day < least:
                break
            if day >= first.get(what, date.min):
                excess -= size
                first[what] = day + timedelta(days=1)
    return Thinned(**first)


def _order(
    days: Sequence[date], charts: ChartWeights
) -> Iterator[tuple[str, Sequence[date], timedelta, int]]:
    """Yield what can be left out, of which days, from what age on, and the bytes that each day then lacks."""
    charted, ends = kept_days(days, EMBEDDED_DAYS), set(month_ends(days))
    of_month_ends = [day for day in charted if day in ends]
    of_others = [day for day in charted if day not in ends]
    yield "changes", days, _YEAR, CHANGES
    yield "charts", of_others, _QUARTER, charts.frozen
    yield "month_ends", of_month_ends, _FIVE_YEARS, charts.frozen
    yield "charts", of_others, _FORTNIGHT, charts.frozen
    yield "month_ends", of_month_ends, _YEAR, charts.frozen


def days_size(snapshots: Mapping[date, int], left_out: Thinned, charts: ChartWeights) -> int:
    """Return the bytes that the days are reckoned at without what is left out of them.

    Args:
        snapshots: the bytes of the snapshots of each day held.
        left_out: of these days.
        charts: what the charts of a day weigh.
    """
    charted = kept_days(sorted(snapshots), EMBEDDED_DAYS, left_out)
    size = sum(bytes_ for day, bytes_ in snapshots.items() if day >= left_out.zips)
    size += len(snapshots) * PAGES + sum(day >= left_out.changes for day in snapshots) * CHANGES
    size += len(charted) * charts.frozen
    return size + len(charted[-INTERACTIVE_DAYS:]) * (charts.interactive - charts.frozen)


def month_ends(days: Sequence[date]) -> Iterator[date]:
    """Yield the last of these days in each month, oldest first."""
    yield from {(day.year, day.month): day for day in days}.values()


def kept_days(days: Sequence[date], newest: int, left_out: Thinned | None = None) -> list[date]:
    """Return the days that keep their embeds: so many of the newest, and of each month before them the last.

    Args:
        days: all that have snapshots, in ascending order.
        newest: how many of them are kept in any case.
        left_out: what of them is left out for room; None for nothing.
    """
    left_out = left_out or Thinned()
    ends = set(month_ends(days))
    first_kept = max(0, len(days) - newest)
    return [
        day
        for at, day in enumerate(days)
        if (day in ends and day >= left_out.month_ends)
        or (at >= first_kept and day not in ends and day >= left_out.charts)
    ]
