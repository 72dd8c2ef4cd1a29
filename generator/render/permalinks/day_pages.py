"""``d/<day>/``: what was published for a day, on one page that keeps its address.

Every build makes the page's frame, so that its links to other days are right; the boards in it are cached.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from markupsafe import Markup

from generator.archive.store import Archive, StoredSnapshot
from generator.base import dates
from generator.base.artifact import Artifact
from generator.boards.site import Site
from generator.render.addresses import absolute
from generator.render.metadata import brief
from generator.render.ordering import with_neighbours
from generator.render.permalinks.store import DayCache, Record
from generator.render.templates import Templates

Snapshots = Mapping[date, Sequence[StoredSnapshot]]


def published_snapshots(archive: Archive, site: Site) -> dict[date, list[StoredSnapshot]]:
    """Return every published snapshot by its day, oldest day first, in the order of the endpoints."""
    by_day: dict[date, list[StoredSnapshot]] = {}
    for state in site.datasets:
        for snapshot in archive.snapshots(state.name, site.today):
            by_day.setdefault(snapshot.day, []).append(snapshot)
    return dict(sorted(by_day.items()))


def render_days(
    templates: Templates,
    site: Site,
    cache: DayCache,
    snapshots: Snapshots,
    records: Mapping[date, Record],
) -> Iterator[Artifact]:
    """Yield the page of each day with snapshots; without boards and embeds where it has no record."""
    newest = max(snapshots, default=None)
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
            "snapshots": snapshots[day],
            "titles": {state.name: state.title for state in site.datasets},
            # Made from our own templates, which escaped every name in it.
            "boards": Markup(cache.boards(day)) if record else "",  # noqa: S704
            "charts": record.static_charts if record else {},
            "description": brief(
                f"As published for {dates.human_day(day)}. {record.headline if record else ''}"
            ),
            "absolute": lambda path: absolute(site, path),
        }
        yield Artifact.text(
            f"d/{day}/index.html", templates.render("collections/day.html.j2", values)
        )
