"""``d/<day>/``: what was published for a day, on one page that keeps its address."""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property, lru_cache

import msgspec
from markupsafe import Markup

from generator.archive.history import History
from generator.archive.store import Archive
from generator.archive.stored_snapshot import StoredSnapshot
from generator.base import dates, files, formats
from generator.base.artifact import Artifact
from generator.boards import all_boards
from generator.boards.site import Site
from generator.boards.sources import read_sources
from generator.endpoints import rankings_daily
from generator.render.addresses import absolute, repository
from generator.render.context import Context
from generator.render.data_readme import license_text
from generator.render.later_values import with_later
from generator.render.metadata import brief
from generator.render.ordering import with_neighbors
from generator.render.permalinks import board_zips, day_boards
from generator.render.permalinks.board_changes import differences
from generator.render.permalinks.day_boards import DayBoard, DayBoards
from generator.render.permalinks.known_today import KnownLater, Today, known_later
from generator.render.permalinks.short_tables import with_first_rows
from generator.render.permalinks.store import DATA, DayCache, Record
from generator.render.thinning import FIRST_ROWS

_WEEK = 7
Snapshots = Mapping[date, Sequence[StoredSnapshot]]


def published_snapshots(archive: Archive, site: Site) -> dict[date, list[StoredSnapshot]]:
    """Return every published snapshot by its day, oldest day first, in the order of the endpoints."""
    by_day: dict[date, list[StoredSnapshot]] = {}
    for state in site.datasets:
        for snapshot in archive.snapshots(state.name, site.today):
            by_day.setdefault(snapshot.day, []).append(snapshot)
    return dict(sorted(by_day.items()))


class DayPages:
    """Renders the pages of days.

    What changes from day to day is on the pages of this month and the last: beside a number that has changed since
    stands what is known today. On the pages of older days stands what was known at the end of the last month, so
    that a page of theirs is made once a month, kept with all that it was made from, and published as it is.

    Args:
        context: of today.
        cache: of the days.
        snapshots: of each day.
        records: of each day, in the cache.
        fingerprints: what each day's files are made from.
    """

    def __init__(
        self,
        context: Context,
        cache: DayCache,
        snapshots: Snapshots,
        records: Mapping[date, Record],
        fingerprints: Mapping[date, str],
    ) -> None:
        self._context = context
        self._cache = cache
        self._snapshots = snapshots
        self._records = records
        self._fingerprints = fingerprints
        self._week_ends = _week_ends(snapshots)
        self._newest = max(snapshots, default=None)
        self._month_end = month_end(list(snapshots), context.site.today)
        # Each day is compared with those of the week before it: read once, and not all kept.
        self._held = lru_cache(maxsize=_WEEK + 1)(lambda day: day_boards.read(cache.data(day)))

    def render(self) -> Iterator[Artifact]:
        """Yield the page of each day with snapshots, its boards as data, and what it has that days before had not."""
        for before, day, after in with_neighbors(list(self._snapshots)):
            if is_settled(day, self._month_end):
                yield from self._settled(before, day, after)
            else:
                later = known_later(self._today, self._own_boards(day))
                pages = self._pages(self._context.site, later, before, day, after)
                for name, page in pages.items():
                    yield Artifact.text(f"d/{day}/{name}", page)
            if day >= self._context.left_out.boards:
                boards = self._cache.data_file(day)
                yield Artifact(f"d/{day}/boards.json", boards, self._records[day].sums[DATA])
        yield from self._board_zips()

    def _board_zips(self) -> Iterator[Artifact]:
        """Yield the zips that have the boards of the days that have none of their own."""
        context = self._context
        days = [day for day in self._snapshots if day < context.left_out.boards]
        # Saves 0.15 s for each year.
        folder = context.cache / "board-zips" if context.cache else None
        license_ = license_text(context.site)
        yield from board_zips.board_zips(self._cache, folder, days, self._records, license_)

    def _settled(self, before: date | None, day: date, after: date | None) -> Iterator[Artifact]:
        """Yield the pages of an older day, out of the cache where it has them."""
        made_from = self._made_from(before, day, after)
        kept = self._cache.pages(day, made_from)
        if kept is None:
            pages = self._pages(self._site_then, self._later_then(day), before, day, after)
            kept = self._cache.keep_pages(day, made_from, pages)
        for name, page in kept.items():
            yield Artifact(f"d/{day}/{name}", page.path, page.sha256)

    def _later_then(self, day: date) -> KnownLater:
        """Return what was known of a day's values at the end of the last month, from what was found of it before.

        Each day another one loses its frozen charts, and its page is made again: boards of the last month, which
        takes 20 s with five years of days, are made where a month has ended.
        """
        boards = self._records[day].sums[DATA]
        month = self._fingerprints[self._month_end]
        parts = [month, self._frame, str(day), boards, str(self._is_short(day))]
        made_from = files.sha256("\0".join(parts).encode())
        kept = self._cache.later(day, made_from)
        if kept is not None:
            return msgspec.json.decode(kept, type=KnownLater)
        later = known_later(self._last_month, self._own_boards(day))
        # A number or a text that has no place in JSON is found again by each run.
        with contextlib.suppress(OverflowError, UnicodeEncodeError):
            self._cache.keep_later(day, made_from, msgspec.json.encode(later))
        return later

    def _own_boards(self, day: date) -> Sequence[DayBoard]:
        """Return the boards of a day, with the rows on its page, of whose values more can be known now."""
        if day == self._newest:
            return ()
        boards = self._held(day).boards
        return [board.first(FIRST_ROWS) for board in boards] if self._is_short(day) else boards

    def _is_short(self, day: date) -> bool:
        """Return whether the page of a day has the first rows of each table alone."""
        return day < self._context.left_out.tables

    def _made_from(self, before: date | None, day: date, after: date | None) -> str:
        """Return a checksum of all that the pages of an older day are made from."""
        neighbors = [str(neighbor) for neighbor in (before, after)]
        record = msgspec.json.encode(self._records[day])
        left_out = self._context.left_out
        firsts = (left_out.snapshots, left_out.changes, left_out.boards, left_out.tables)
        lacks = [str(day < first) for first in firsts]
        lacks += [str(left_out.is_zipped(day)), str(bool(left_out.sentences))]
        parts = [self._fingerprints[self._month_end], self._frame, *neighbors, *lacks]
        return files.sha256("\0".join(parts).encode() + record)

    # Asked for each older day.
    @cached_property
    def _frame(self) -> str:
        """Return what stands around each page of a day, and what each page says of the site and its datasets."""
        site = self._context.site
        around = {**self._shared(self._site_then), "root": "", "path": "", "title": ""}
        page = self._context.templates.render("day-base.html.j2", {**around, "description": ""})
        withheld = sorted(state.name for state in site.withheld)
        return f"{page}{self._titles}{withheld}{site.config.name}{site.public_url}"

    @cached_property
    def _today(self) -> Today:
        context = self._context
        return Today(context.site.boards, context.history.daily_tokens)

    # Gathering the boards of a day takes as long as rendering a hundred pages.
    @cached_property
    def _last_month(self) -> Today:
        history, site = self._context.history, self._site_then
        then = History(history.archive, site.today, history.withheld)
        boards = all_boards.gather(read_sources(then)).boards
        return Today(boards, then.daily_tokens)

    @property
    def _site_then(self) -> Site:
        return replace(self._context.site, today=self._month_end)

    def _shared(self, site: Site) -> dict[str, object]:
        """Return what all pages of days are made of."""
        context = self._context
        return {
            "site": site,
            "absolute": lambda path: absolute(site, path),
            "page_list": context.page_list,
            "searchable": bool(site.citations),
            "repository": repository(site),
        }

    @property
    def _titles(self) -> dict[str, str]:
        return {state.name: state.title for state in self._context.site.datasets}

    def _pages(
        self, site: Site, later: KnownLater, before: date | None, day: date, after: date | None
    ) -> dict[str, str]:
        """Return the pages of a day, by their paths in its folder."""
        snapshots, templates = self._snapshots, self._context.templates
        record, week_end = self._records[day], self._week_ends.get(day)
        shared = {
            **self._shared(site),
            "day": day,
            "before": before,
            "after": after,
            "snapshots": snapshots[day],
        }
        of_day = {
            **shared,
            "root": "../../",
            "path": f"d/{day}/",
            "newest": self._newest,
            "week_end": week_end,
            "titles": self._titles,
            "has_snapshots": day >= self._context.left_out.snapshots,
            "is_zipped": self._context.left_out.is_zipped(day),
            "thinned": bool(self._context.left_out.sentences),
            "has_changes": day >= self._context.left_out.changes,
            "boards_zip": self._boards_zip(day),
            "first_rows": FIRST_ROWS if self._is_short(day) else 0,
            # Made from our own templates, which escaped every name in it.
            "boards": Markup(with_later(self._tables(day), later.by_place())),  # noqa: S704
            "later": later.citations,
            "charts": record.charts,
            "description": brief(f"{_published(day, week_end)}. {record.headline}"),
        }
        return {
            "index.html": templates.render("collections/day.html.j2", of_day),
            "changes/index.html": self._changes_page(shared, day, before),
        }

    def _tables(self, day: date) -> str:
        """Return the tables of a day as its page has them, as HTML."""
        tables = self._cache.boards(day)
        if not self._is_short(day):
            return tables
        withheld = {state.name for state in self._context.site.withheld}
        return with_first_rows(tables, FIRST_ROWS, withheld)

    def _boards_zip(self, day: date) -> str:
        """Return the name of the zip that has the boards of a day as data; empty where they are a file of their own."""
        return board_zips.name(day.year) if day < self._context.left_out.boards else ""

    def _changes_page(self, shared: Mapping[str, object], day: date, before: date | None) -> str:
        templates = self._context.templates
        if day < self._context.left_out.changes:
            values = {"root": "../../../", "day": day, "boards_zip": self._boards_zip(day)}
            return templates.render("collections/day-no-changes.html.j2", values)
        earlier = _earlier(day, before, self._snapshots)
        changes = _changes(day, earlier, self._snapshots, self._held)
        return templates.render("collections/day-changes.html.j2", {**shared, **changes})


def month_end(days: Sequence[date], today: date) -> date:
    """Return the last of these days before the month of today; the first of the calendar where there is none."""
    before = [day for day in days if day < today.replace(day=1)]
    return max(before, default=date.min)


def is_settled(day: date, last: date) -> bool:
    """Return whether a day is older than the month of ``last``: its pages state what was known on ``last``."""
    return day < last.replace(day=1)


def _earlier(day: date, before: date | None, snapshots: Snapshots) -> list[date]:
    """Return the days that a day is compared with: the one before it and that of a week before, where they are held."""
    wanted = dict.fromkeys((before, day - timedelta(days=_WEEK)))
    return [other for other in wanted if other is not None and other in snapshots]


def _changes(
    day: date, earlier: Sequence[date], snapshots: Snapshots, held: Callable[[date], DayBoards]
) -> dict[str, object]:
    """Return what the page of a day's changes shows beside what all pages of the day do."""
    than = formats.list_in_words([dates.human_day(other) for other in earlier])
    description = f"The rankings of {dates.human_day(day)} are the first."
    if than:
        description = f"How the rankings of {dates.human_day(day)} differ from those of {than}."
    compared = []
    for other in earlier:
        changed = differences(held(other), held(day))
        compared.append((other, changed, [*snapshots[day], *snapshots[other]]))
    return {
        "root": "../../../",
        "path": f"d/{day}/changes/",
        "events": held(day).events,
        "compared": compared,
        "description": brief(description),
    }


def _week_ends(snapshots: Snapshots) -> dict[date, date]:
    """Return for each day the newest day of use that was known on it: the last of the week it shows."""
    ends: dict[date, date] = {}
    newest = date.min
    for day, of_day in sorted(snapshots.items()):
        for snapshot in of_day:
            manifest = snapshot.manifest
            if manifest.dataset == rankings_daily.NAME and manifest.days:
                newest = max(newest, dates.parse_day(max(manifest.days)))
        if newest > date.min:
            ends[day] = newest
    return ends


def _published(day: date, week_end: date | None) -> str:
    """Return ``As published on 21 Aug 2026: week to 20 Aug 2026``."""
    published = f"As published on {dates.human_day(day)}"
    if week_end is None:
        return published
    return f"{published}: week to {dates.human_day(week_end)}"
