"""What was published for a day, for texts that rest on its numbers: a page, and each chart as it was.

Everything is drawn from what the archive held on that day, so nothing later can change its numbers. The
newest days have full embeds; older ones a page for each chart that stands alone, which is not made again
when the code changes, only when what was kept of it is lost.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.archive.store import Archive, StoredSnapshot
from generator.base import files, resources
from generator.base.artifact import Artifact
from generator.boards.board import Boards
from generator.boards.site import Site
from generator.charts.catalogue import CHARTS
from generator.charts.chart import DrawnChart
from generator.render.permalinks import day_pages as dated
from generator.render.permalinks import embeds, replay
from generator.render.permalinks.day_pages import Snapshots
from generator.render.permalinks.retired import last_days, retired_pages
from generator.render.permalinks.store import DayCache, Record
from generator.render.templates import Templates

FULL = 14
"""So many of the newest days have full embeds, at 3 MB and 150 files a day; drawn anew a day costs 1.3 s of CPU."""
KEPT = 365
"""So many days keep an embed of each chart: with the day's page 26 files and 0.5 MB a day, 190 MB in a year.

Published from what is kept, such a day costs 20 ms of CPU, most of it in the checks; drawn anew it costs 1.3 s,
so a site that has lost the cache of a whole year draws for eight minutes, once.
"""


def frozen(
    archive: Archive,
    site: Site,
    charts: Mapping[str, DrawnChart],
    templates: Templates,
    cache: Path,
    *,
    lost: list[str],
    undrawn: Container[str] = (),
    full: int = FULL,
    kept: int = KEPT,
) -> Iterator[Artifact]:
    """``d/<day>/`` for each day held, with its embeds below it, and the last picture of each chart given up.

    Args:
        charts: those of the day of the build, which need not be drawn again.
        templates: as pages use them.
        cache: a folder for what the days before gave; what it holds of other days is removed.
        lost: hears one sentence for each chart that could not be drawn.
        undrawn: ids of charts that failed today: they have pages of their own and are not given up.
        full, kept: the number of days that have full embeds, and that have embeds at all.
    """
    held = dated.snapshots(archive, site)
    shelf = DayCache(cache)
    days = list(held)[-kept:]
    shelf.prune(days)
    keys = _fingerprints(site, held)
    press = DayBuilder(archive, site, charts, templates, shelf, lost)
    records = {day: press.record(day, *keys[day], full=day in days[-full:]) for day in days}
    ended = last_days(records, charts, undrawn)
    for day, record in records.items():
        yield from _embeds(shelf, day, record, newest=day == days[-1], without=ended.get(day, ()))
        yield from retired_pages(templates, shelf, day, ended.get(day, ()), press.pages)
    yield from dated.pages(templates, site, shelf, held, records)


@dataclass(frozen=True, slots=True)
class DayBuilder:
    """Makes what the shelf lacks."""

    archive: Archive
    site: Site
    charts: Mapping[str, DrawnChart]
    templates: Templates
    shelf: DayCache
    lost: list[str]

    def record(self, day: date, lean_key: str, full_key: str, *, full: bool) -> Record:
        """What the shelf holds of the day, after it was made anew, or thinned, where that was due."""
        record = self.shelf.record(day)
        old = record is None or record.lean != lean_key or (full and record.full != full_key)
        if record is None or old or self._has_more(day, record):
            boards, drawn = self._drawn(day)
            keys = {"lean": lean_key, "full": full_key if full else ""}
            made, found = embeds.made(self.templates, self.site, day, boards, drawn, **keys)
            return self.shelf.put(day, made, found, before=record)
        return record if full or not record.full else self.shelf.drop_interactive(day, record)

    def _has_more(self, day: date, record: Record) -> bool:
        """Whether a chart that failed in an earlier run of today has now been drawn."""
        mains = {chart.id for chart in self.charts.values() if chart.main}
        return day == self.site.today and not mains <= record.charts.keys()

    def _drawn(self, day: date) -> tuple[Boards, list[DrawnChart]]:
        """The boards and charts as they were; variants are left out of what has to be drawn."""
        if day == self.site.today:
            return self.site.boards, list(self.charts.values())
        boards = replay.boards(self.archive, day, self.lost)
        return boards, replay.charts(day, boards, {chart.id for chart in CHARTS}, self.lost)

    def pages(self, day: date, ids: Sequence[str]) -> dict[str, str]:
        """The lean pages of charts of a day, by id, as far as they can be drawn."""
        found = replay.charts(day, replay.boards(self.archive, day, self.lost), ids, self.lost)
        return {chart.id: embeds.alone(self.templates, self.site, day, chart) for chart in found}


def _fingerprints(site: Site, held: Snapshots) -> dict[date, tuple[str, str]]:
    """For each day, what its lean form is made from, and what its full form.

    The lean one is told by the day's own snapshots: neither the code nor an earlier day that is filled in
    later makes it anew.
    """
    code = _code()
    earlier = ""
    keys = {}
    for day, kept in held.items():
        own = _digest(site.demo, site.public_url, *_sums(kept))
        earlier = _digest(earlier, own)
        keys[day] = (own, _digest(code, earlier))
    return keys


def _sums(kept: Sequence[StoredSnapshot]) -> Iterator[str]:
    return (one.manifest.sha256 for one in kept)


def _digest(*parts: str) -> str:
    return files.sha256("\0".join(parts).encode())


def _code() -> str:
    """All that decides what an embed looks like besides the data."""
    code, templates = Path(__file__).parents[2], resources.folder("templates")
    # An installed package has its templates inside, so each kind is looked for where it belongs.
    paths = (*sorted(code.rglob("*.py")), *sorted(templates.rglob("*.j2")))
    return files.sha256(b"\0".join(path.read_bytes() for path in paths))


def _embeds(
    shelf: DayCache, day: date, record: Record, *, newest: bool, without: Sequence[str]
) -> Iterator[Artifact]:
    """The embeds of a day but for the pages of some charts."""
    if record.full:
        yield from shelf.full(day, record)
        for id_ in (one for one in record.charts if one not in without):
            page = shelf.page(day, "full", id_)
            yield Artifact.text(
                f"d/{day}/embed/{id_}/index.html",
                embeds.of_the_newest_day(page) if newest else page,
            )
    lean = record.former if record.full else record.lean_ones
    yield from shelf.lean(day, (id_ for id_ in lean if id_ not in without))
