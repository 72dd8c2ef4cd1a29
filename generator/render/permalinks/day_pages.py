"""``d/<day>/``: what was published for a day, on one page that keeps its address.

Every build makes the page's frame, so that its links to other days are right; the boards in it are cached.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain

from markupsafe import Markup

from generator.archive.store import Archive, StoredSnapshot
from generator.base import dates, formats
from generator.base.artifact import Artifact
from generator.base.attribution import Citation, distinct
from generator.boards.site import Site
from generator.endpoints import rankings_daily
from generator.render.addresses import absolute, repository
from generator.render.context import Context
from generator.render.metadata import brief
from generator.render.ordering import with_neighbours
from generator.render.permalinks import day_boards
from generator.render.permalinks.day_boards import DayBoard, DayBoards, Today, differences
from generator.render.permalinks.store import DayCache, Record
from generator.render.table_cells import with_later

_WEEK = 7
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
    """Yield the page of each day with snapshots, its boards as data, and what it has that days before had not."""
    site, templates = context.site, context.templates
    newest = max(snapshots, default=None)
    week_ends = _week_ends(snapshots)
    today = Today(site.boards, context.history.usage)

    # Each day is compared with those of the week before it: read once, and not all kept.
    @lru_cache(maxsize=_WEEK + 1)
    def held(day: date) -> DayBoards:
        return day_boards.read(cache.data(day))

    for before, day, after in with_neighbours(list(snapshots)):
        record, week_end = records[day], week_ends.get(day)
        later = _Later(today, held(day).boards if day != newest else ())
        shared = {
            "site": site,
            "day": day,
            "before": before,
            "after": after,
            "snapshots": snapshots[day],
            "absolute": lambda path: absolute(site, path),
            "page_list": context.page_list,
            "searchable": bool(site.citations),
            "repository": repository(site),
        }
        values = {
            **shared,
            "root": "../../",
            "path": f"d/{day}/",
            "newest": newest,
            "week_end": week_end,
            "titles": {state.name: state.title for state in site.datasets},
            # Made from our own templates, which escaped every name in it.
            "boards": Markup(with_later(cache.boards(day), later)),  # noqa: S704
            "later": later.citations(),
            "charts": record.charts,
            "description": brief(f"{_published(day, week_end)}. {record.headline}"),
        }
        page = templates.render("collections/day.html.j2", values)
        yield Artifact.text(f"d/{day}/index.html", page)
        yield Artifact(f"d/{day}/boards.json", cache.data_file(day))
        page = templates.render(
            "collections/day-changes.html.j2",
            {**shared, **_changes(day, _earlier(day, before, snapshots), snapshots, held)},
        )
        yield Artifact.text(f"d/{day}/changes/index.html", page)


def _earlier(day: date, before: date | None, snapshots: Snapshots) -> list[date]:
    """Return the days that a day is compared with: the one before it and that of a week before, where they are held."""
    wanted = dict.fromkeys((before, day - timedelta(days=_WEEK)))
    return [one for one in wanted if one is not None and one in snapshots]


def _changes(
    day: date, earlier: Sequence[date], snapshots: Snapshots, held: Callable[[date], DayBoards]
) -> dict[str, object]:
    """Return what the page of a day's changes shows beside what all pages of the day do."""
    than = formats.list_in_words([dates.human_day(one) for one in earlier])
    return {
        "root": "../../../",
        "path": f"d/{day}/changes/",
        "events": held(day).events,
        "compared": [
            (one, differences(held(one), held(day)), [*snapshots[day], *snapshots[one]])
            for one in earlier
        ],
        "description": brief(
            f"How the rankings of {dates.human_day(day)} differ from those of {than}."
            if than
            else f"The rankings of {dates.human_day(day)} are the first."
        ),
    }


class _Later:
    """What is known today of the values of a day's boards."""

    def __init__(self, today: Today, boards: Iterable[DayBoard]) -> None:
        self._since: dict[str, Mapping[tuple[int, str], str]] = {}
        credited: list[Citation] = []
        for board in boards:
            values = today.since(board)
            if values:
                self._since[board.board] = values
                credited += today.citations(board)
        self._citations = distinct(credited)

    def __call__(self, board: str, row: int, column: str) -> str:
        return self._since.get(board, {}).get((row, column), "")

    def citations(self) -> tuple[Citation, ...]:
        """Return whom the values that differ are credited to, none where no value differs."""
        return self._citations


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
