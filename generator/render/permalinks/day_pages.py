"""``d/<day>/``: what was published for a day, on one page that keeps its address.

Every build makes the page's frame, so that its links to other days are right; the boards in it are cached.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

from markupsafe import Markup

from generator.archive.store import Archive, StoredSnapshot
from generator.base import dates
from generator.base.artifact import Artifact
from generator.boards.site import Site
from generator.endpoints import rankings_daily
from generator.render.addresses import absolute, repository
from generator.render.context import Context
from generator.render.metadata import brief
from generator.render.ordering import with_neighbours
from generator.render.permalinks.store import DayCache, Record

Snapshots = Mapping[date, Sequence[StoredSnapshot]]


def published_snapshots(archive: Archive, site: Site) -> dict[date, list[StoredSnapshot]]:
    """Return every published snapshot by its day, oldest day first, in the order of the endpoints."""
    by_day: dict[date, list[StoredSnapshot]] = {}
    for state in site.datasets:
        for snapshot in archive.snapshots(state.name, site.today):
            by_day.setdefault(snapshot.day, []).append(snapshot)
    return dict(sorted(by_day.items()))


def render_days(
    context: Context,
    cache: DayCache,
    snapshots: Snapshots,
    records: Mapping[date, Record],
) -> Iterator[Artifact]:
    """Yield the page of each day with snapshots; without boards and embeds where it has no record."""
    site, templates = context.site, context.templates
    newest = max(snapshots, default=None)
    week_ends = _week_ends(snapshots)
    for before, day, after in with_neighbours(list(snapshots)):
        record = records.get(day)
        values = {
            "site": site,
            "root": "../../",
            "path": f"d/{day}/",
            "day": day,
            "before": before,
            "after": after,
            "newest": newest,
            "week_end": week_ends.get(day),
            "snapshots": snapshots[day],
            "titles": {state.name: state.title for state in site.datasets},
            # Made from our own templates, which escaped every name in it.
            "boards": Markup(cache.boards(day)) if record else "",  # noqa: S704
            "charts": record.static_charts if record else {},
            "description": brief(
                f"{_published(day, week_ends.get(day))}. {record.headline if record else ''}"
            ),
            "absolute": lambda path: absolute(site, path),
            "page_list": context.page_list,
            "searchable": bool(site.citations),
            "repository": repository(site),
        }
        yield Artifact.text(
            f"d/{day}/index.html", templates.render("collections/day.html.j2", values)
        )


def _week_ends(snapshots: Snapshots) -> dict[date, date]:
    """Return for each day the newest day of use that was known on it: the last of the week it shows."""
    ends: dict[date, date] = {}
    newest: date | None = None
    for day, of_day in sorted(snapshots.items()):
        manifests = (snapshot.manifest for snapshot in of_day)
        ranked = (
            manifest.days for manifest in manifests if manifest.dataset == rankings_daily.NAME
        )
        days = [dates.parse_day(text) for text in chain.from_iterable(ranked)]
        newest = max([*days, *([newest] if newest else [])], default=None)
        if newest is not None:
            ends[day] = newest
    return ends


def _published(day: date, week_end: date | None) -> str:
    """Return ``As published on 21 Aug 2026: week to 20 Aug 2026``."""
    published = f"As published on {dates.human_day(day)}"
    return f"{published}: week to {dates.human_day(week_end)}" if week_end else published
