"""``d/<day>/``: what was published for a day, on one page that keeps its address for as long as the archive lives.

The page's frame is made by every build, so that its ways to other days are right; the boards in it are not.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from markupsafe import Markup

from generator.archive.store import Archive, StoredSnapshot
from generator.base import dates
from generator.base.artifact import Artifact
from generator.boards.site import Site
from generator.render.metadata import brief
from generator.render.pages import absolute
from generator.render.permalinks.store import DayCache, Record
from generator.render.templates import Templates

Snapshots = Mapping[date, Sequence[StoredSnapshot]]


def snapshots(archive: Archive, site: Site) -> dict[date, list[StoredSnapshot]]:
    """Every snapshot that is published, by its day, oldest day first, in the order of the catalogue."""
    found: dict[date, list[StoredSnapshot]] = {}
    for state in site.datasets:
        for kept in archive.snapshots(state.name, site.today):
            found.setdefault(kept.day, []).append(kept)
    return dict(sorted(found.items()))


def pages(
    templates: Templates,
    site: Site,
    shelf: DayCache,
    held: Snapshots,
    records: Mapping[date, Record],
) -> Iterator[Artifact]:
    """The page of each day held; without boards and embeds where no record is kept any more."""
    days = list(held)
    for at, day in enumerate(days):
        record = records.get(day)
        values = {
            "site": site,
            "root": "../../",
            "path": f"d/{day}/",
            "day": day,
            "before": days[at - 1] if at else None,
            "after": days[at + 1] if at + 1 < len(days) else None,
            "newest": days[-1],
            "snapshots": held[day],
            "titles": {state.name: state.title for state in site.datasets},
            # Made from our own templates, which escaped every name in it.
            "boards": Markup(shelf.boards(day)) if record else "",  # noqa: S704
            "charts": record.lean_ones if record else {},
            "description": brief(
                f"As published for {dates.human_day(day)}. {record.headline if record else ''}"
            ),
            "absolute": lambda path: absolute(site, path),
        }
        yield Artifact.text(
            f"d/{day}/index.html", templates.render("collections/day.html.j2", values)
        )
