"""What a site of many days leaves out, the oldest first, so that ten years of it fit where it is published.

Nothing is left out while there is room. What is left out follows from the days held, the bytes of their snapshots and
those of today's charts alone, so every build of an archive leaves out the same, and age alone stops no publication of
up to some 850 models with charts of their own for ten years. The page of a day, the rows of its boards as data, its
checksums and the histories of all datasets are never left out, nor is anything of the archive.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from generator.archive import packs
from generator.archive.history import History
from generator.base import dates
from generator.boards.site import Site
from generator.charts.chart import SIZES, DrawnChart

ROOM = 720_000_000
"""In bytes: what the days may take of the 1,000 MB of GitHub Pages; less where today's site and its histories need more."""
PAGE, SHORT_PAGE, CHANGES = 85_000, 45_000, 60_000
"""In bytes: a day's page with all rows of its tables and with the first of each, and the page of its changes, as measured."""
BOARDS, ZIPPED_BOARDS = 35_000, 7_000
"""In bytes: the boards of a day as data, and their part of the zip of a year, as measured."""
FIRST_ROWS = 5
"""The number of rows that a table has on a short page."""
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
_DAY = timedelta(days=1)
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
            frozen=max(least.frozen, _rounded(frozen)),
            interactive=max(least.interactive, _rounded(interactive)),
        )


def _rounded(size: int) -> int:
    """Return a weight rounded up to a multiple of the step."""
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
        boards: the day's boards as a file of their own; days before have them in a zip of their year.
        tables: all rows of the tables on the day's page; those of days before have the first few.
    """

    snapshots: date = date.min
    zips: date = date.min
    changes: date = date.min
    charts: date = date.min
    month_ends: date = date.min
    boards: date = date.min
    tables: date = date.min

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return a sentence for each kind of files that some day no longer has."""
        told = {
            "snapshots": self.zips,
            "pages of changes": self.changes,
            "frozen charts, but for month ends,": self.charts,
            "frozen charts of month ends": self.month_ends,
        }
        sentences: list[str] = []
        if self.zips < self.snapshots:
            days = self._zipped_days
            sentences.append(f"{days} have their snapshots in a zip of each dataset and year.")
        for what, first in told.items():
            if first > date.min:
                sentences.append(f"Days before {dates.human_day(first)} have no {what} here.")
        sentences += self._of_tables
        return tuple(sentences)

    @property
    def _of_tables(self) -> Iterator[str]:
        """Yield a sentence on what is elsewhere of the tables of some day."""
        if self.zips_boards:
            first = dates.human_day(self.boards)
            yield f"Days before {first} have their tables as data in a zip of each year."
        if self.tables > date.min:
            first = dates.human_day(self.tables)
            yield f"Pages of days before {first} have the first {FIRST_ROWS} rows of each table."

    @property
    def _zipped_days(self) -> str:
        if self.zips == date.min:
            return f"Days before {dates.human_day(self.snapshots)}"
        last = self.snapshots - _DAY
        return f"Days from {dates.human_day(self.zips)} to {dates.human_day(last)}"

    @property
    def in_cache(self) -> "Thinned":
        """Return what the cache leaves out: it still has frozen charts of days that may get theirs back soon."""
        earliest = date.min + _SPARE
        return replace(
            self,
            charts=max(self.charts, earliest) - _SPARE,
            month_ends=max(self.month_ends, earliest) - _SPARE,
        )

    @property
    def zips_boards(self) -> bool:
        """Return whether some day has its boards in the zip of its year."""
        return self.boards > date.min

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
    old; frozen charts more than two weeks old; those of month ends more than a year old. Last, the boards of finished
    years move into zips, the oldest year first, and the pages of days more than a year old keep the first rows of each table.

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
    left_out, excess = _without_years(snapshots, newest, excess)
    for step in _steps(days, charts):
        left_out, excess = step.taken(left_out, newest, excess)
    left_out, excess = _with_zipped_boards(left_out, days, newest, excess)
    short = _Step("tables", days, _YEAR, PAGE - SHORT_PAGE)
    left_out, _ = short.taken(left_out, newest, excess)
    return left_out


def _without_years(snapshots: Mapping[date, int], newest: date, excess: int) -> tuple[Thinned, int]:
    """Return which snapshots are left out, a finished year at a time, and the bytes that are still too many."""
    sizes: dict[int, int] = {}
    for day, size in sorted(snapshots.items()):
        if packs.is_finished(day.year, newest):
            sizes[day.year] = sizes.get(day.year, 0) + size
    if not sizes:
        return Thinned(), excess

    first_zip = date.min
    for year, size in sizes.items():
        if excess <= 0:
            break
        excess -= size
        first_zip = _first_day_after(year)
    # A zip is as heavy as its files, but one of them.
    return Thinned(snapshots=_first_day_after(max(sizes)), zips=first_zip), excess


def _with_zipped_boards(
    left_out: Thinned, days: Sequence[date], newest: date, excess: int
) -> tuple[Thinned, int]:
    """Return what is left out once boards of finished years are in zips, and the bytes that are still too many."""
    held = Counter(day.year for day in days if packs.is_finished(day.year, newest))
    for year, count in sorted(held.items()):
        if excess <= 0:
            break
        excess -= count * (BOARDS - ZIPPED_BOARDS)
        left_out = replace(left_out, boards=_first_day_after(year))
    return left_out, excess


def _first_day_after(year: int) -> date:
    return date(year + 1, 1, 1)


@dataclass(frozen=True, slots=True)
class _Step:
    """What is left out next.

    Attributes:
        what: the attribute of :class:`Thinned`.
        days: those that have it, oldest first.
        least_age: it is left out of days that are so much older than the newest.
        size: the bytes that each day then lacks.
    """

    what: str
    days: Sequence[date]
    least_age: timedelta
    size: int

    def taken(self, left_out: Thinned, newest: date, excess: int) -> tuple[Thinned, int]:
        """Return what is left out after this step, which ends when all fits, and the bytes that are still too many."""
        first: date = getattr(left_out, self.what)
        for day in self.days:
            if excess <= 0 or newest - day < self.least_age:
                break
            if day >= first:
                excess -= self.size
                first = day + _DAY
        return replace(left_out, **{self.what: first}), excess


def _steps(days: Sequence[date], charts: ChartWeights) -> tuple[_Step, ...]:
    """Return the steps that leave out changes and charts, in the written order."""
    ends = set(month_ends(days))
    charted_ends: list[date] = []
    charted_others: list[date] = []
    for day in kept_days(days, EMBEDDED_DAYS):
        part = charted_ends if day in ends else charted_others
        part.append(day)
    return (
        _Step("changes", days, _YEAR, CHANGES),
        _Step("charts", charted_others, _QUARTER, charts.frozen),
        _Step("month_ends", charted_ends, _FIVE_YEARS, charts.frozen),
        _Step("charts", charted_others, _FORTNIGHT, charts.frozen),
        _Step("month_ends", charted_ends, _YEAR, charts.frozen),
    )


def days_size(snapshots: Mapping[date, int], left_out: Thinned, charts: ChartWeights) -> int:
    """Return the bytes that the days are reckoned at, without what is left out of them.

    Args:
        snapshots: the bytes of the snapshots of each day held.
        left_out: of these days.
        charts: what the charts of a day weigh.
    """
    charted = kept_days(sorted(snapshots), EMBEDDED_DAYS, left_out)
    interactive = charted[-INTERACTIVE_DAYS:]
    size = len(charted) * charts.frozen
    size += len(interactive) * (charts.interactive - charts.frozen)
    for day, snapshots_size in snapshots.items():
        size += PAGE if day >= left_out.tables else SHORT_PAGE
        size += BOARDS if day >= left_out.boards else ZIPPED_BOARDS
        if day >= left_out.changes:
            size += CHANGES
        if day >= left_out.zips:
            size += snapshots_size
    return size


def month_ends(days: Sequence[date]) -> Iterator[date]:
    """Yield the last of these days in each month, oldest first."""
    yield from {(day.year, day.month): day for day in days}.values()


def kept_days(days: Sequence[date], newest: int, left_out: Thinned | None = None) -> list[date]:
    """Return the days that keep their embeds: so many of the newest, and of each month before them the last.

    Args:
        days: all that have snapshots, in ascending order.
        newest: how many of them are kept beside ends of months.
        left_out: what of them is left out for room; None for nothing.
    """
    left_out = left_out or Thinned()
    ends = set(month_ends(days))
    first_kept = max(0, len(days) - newest)
    kept: list[date] = []
    for number, day in enumerate(days):
        is_new = number >= first_kept and day >= left_out.charts
        is_kept_end = day in ends and day >= left_out.month_ends
        if is_kept_end or (is_new and day not in ends):
            kept.append(day)
    return kept
