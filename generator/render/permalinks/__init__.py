"""``d/<day>/``: what was published for a day, for texts that rest on its numbers.

Everything is made from what the archive had on that day, so nothing later can change its numbers. Every day
keeps its boards. The newest days have interactive embeds, those of a year static ones, one page with the
picture inside. All of it is a function of the archive and the code: what the cache has is made again when one
of them changes, and what it has lost is made again as it was. What could not be made of a day is told by each run
until it is there (:mod:`generator.render.permalinks.retries` says when it is tried again).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from generator.base import files, resources
from generator.base.artifact import Artifact, Omission
from generator.boards.site import Site
from generator.render.context import Context
from generator.render.gallery import ids_of_families
from generator.render.permalinks import day_pages, embeds
from generator.render.permalinks.day_builder import DayBuilder
from generator.render.permalinks.day_pages import DayPages, Snapshots
from generator.render.permalinks.retired import last_days, replaced_pages, retired_pages
from generator.render.permalinks.store import DayCache, Kept, Record
from generator.render.thinning import EMBEDDED_DAYS, INTERACTIVE_DAYS, kept_days


def render_permalinks(
    context: Context,
    *,
    interactive_days: int = INTERACTIVE_DAYS,
    embedded_days: int = EMBEDDED_DAYS,
) -> Iterator[Artifact | Omission]:
    """Yield the page and the embeds of each day in the archive, and the last picture of each retired chart.

    Args:
        context: the charts of its own day are not drawn again; without a cache there are no permalinks.
        interactive_days: the number of the newest days that have interactive embeds.
        embedded_days: the number of the newest days that have embeds at all, beside the last of each month.
    """
    if context.cache is None:
        return
    templates, site = context.templates, context.site
    snapshots = day_pages.published_snapshots(context.history.archive, site)
    days = list(snapshots)
    charted = kept_days(days, embedded_days, context.left_out)
    interactive = set(charted[max(0, len(charted) - interactive_days) :])
    spare = set(kept_days(days, embedded_days, context.left_out.in_cache))
    # Saves 13 s of 21 s in a render of the demo, of eight days.
    cache = DayCache(context.cache / "days", context.vouched)
    cache.prune(snapshots)
    builder = DayBuilder(context, cache)
    made_from = fingerprints(site, snapshots)

    records: dict[date, Record] = {}
    failed_days: dict[str, list[date]] = {}
    with_charts = set(charted)
    for day in days:
        kept = Kept(day in with_charts, day in interactive, spare=day in spare)
        records[day] = builder.record(day, made_from[day], kept)
        # What fails today is told of the whole site.
        if day != site.today:
            for sentence in records[day].missing.sentences:
                failed_days.setdefault(sentence, []).append(day)
    yield from _omissions(failed_days)
    # What one day drawn again leaves, which the next would have asked for.
    context.history.archive.remembered.release()

    shown = {*context.charts, *ids_of_families(context.site, context.figures)}
    retired = last_days(records, shown, context.undrawn)
    for day in charted:
        ended = retired.get(day, ())
        yield from _embeds(cache, day, records[day], newest=day == charted[-1], without=ended)
        records[day] = builder.with_last_pages(day, records[day], ended)
        for sentence in records[day].undrawn_last.sentences:
            yield Omission(f"{day}: {sentence}")
        yield from retired_pages(templates, cache, day, ended)
    yield from replaced_pages(templates, charted)
    yield from DayPages(context, cache, snapshots, records, made_from).render()


def _omissions(failed_days: Mapping[str, Sequence[date]]) -> Iterator[Omission]:
    """Yield each sentence on what could not be made once, with the days for which it could not."""
    for sentence, days in failed_days.items():
        when = str(days[0])
        if len(days) > 1:
            when += f" to {days[-1]} ({len(days)} days)"
        yield Omission(f"{when}: {sentence}")


def fingerprints(site: Site, snapshots: Snapshots) -> dict[date, str]:
    """Return for each day what its files are made from: the code, and the snapshots up to that day."""
    made_from = _digest(
        _code(site.config.templates), site.demo, site.public_url, *site.config.drawn_with
    )
    of_days = {}
    for day, of_day in snapshots.items():
        made_from = _digest(made_from, *(snapshot.manifest.sha256 for snapshot in of_day))
        of_days[day] = made_from
    return of_days


def _digest(*parts: str) -> str:
    return files.sha256("\0".join(parts).encode())


def _code(overrides: Path | None) -> str:
    """Return a digest of everything besides the data that decides what an embed looks like."""
    code, templates = Path(__file__).parents[2], resources.folder("templates")
    # An installed package has its templates inside, so each kind is looked for where it belongs.
    paths = [*sorted(code.rglob("*.py")), *sorted(templates.rglob("*.j2"))]
    if overrides:
        paths += sorted(overrides.rglob("*.j2"))
    return files.sha256(b"\0".join(path.read_bytes() for path in paths))


def _embeds(
    cache: DayCache, day: date, record: Record, *, newest: bool, without: Sequence[str]
) -> Iterator[Artifact]:
    """Yield the embeds of a day but for the pages of the charts in ``without``.

    Data that may not be redistributed has a static embed on days with interactive ones, too.
    """
    static = list(record.charts)
    if record.interactive:
        static = record.withheld
        yield from cache.interactive_files(day, record)
        for id_ in record.interactive_charts:
            if id_ not in without:
                page = cache.page(day, "interactive", id_)
                if newest:
                    page = embeds.without_newer(page)
                yield Artifact.text(f"d/{day}/embed/{id_}/index.html", page)
    yield from cache.static_pages(day, record, (id_ for id_ in static if id_ not in without))
