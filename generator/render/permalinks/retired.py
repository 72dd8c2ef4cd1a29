"""Retired charts, which are drawn no more: their addresses lead to the last picture, which says that it is."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date

from generator.base.artifact import Artifact
from generator.charts.catalogue import REPLACED
from generator.render.permalinks import embeds
from generator.render.permalinks.store import DayCache, Record
from generator.render.templates import Templates


def last_days(
    records: Mapping[date, Record], drawn: Container[str], undrawn: Container[str] = ()
) -> dict[date, list[str]]:
    """Return the charts that some cached day had and this build has not, by the last day that had them.

    A chart that could not be drawn today is not retired.
    """
    last: dict[str, date] = {}
    for day, record in records.items():
        for id_ in (*record.charts, *record.variants):
            if id_ not in drawn and id_ not in undrawn:
                last[id_] = day
    by_day: dict[date, list[str]] = {day: [] for day in sorted(set(last.values()))}
    for id_, day in last.items():
        by_day[day].append(id_)
    return by_day


def retired_pages(
    templates: Templates, cache: DayCache, day: date, ids: Sequence[str]
) -> Iterator[Artifact]:
    """Yield the last page of each chart whose last day this is, and the two addresses that lead there.

    The cache has the page of a chart of the catalog, and of a variant, whose board is empty or gone, what
    :meth:`~generator.render.permalinks.day_builder.DayBuilder.with_last_pages` drew from the archive of its last day.

    Args:
        templates: as pages use them.
        cache: of the day.
        day: the last that had these charts.
        ids: of retired charts.
    """
    for id_ in ids:
        page = cache.page(day, "static", id_) if cache.has_static(day, id_) else ""
        if page:
            path = f"d/{day}/embed/{id_}/"
            yield Artifact.text(f"{path}index.html", embeds.as_the_last(page))
            for place in ("embed", "charts"):
                yield _moved(templates, f"{place}/{id_}/", path, day)


def replaced_pages(templates: Templates, days: Iterable[date]) -> Iterator[Artifact]:
    """Yield the addresses of charts that have left the catalog: they lead to what answers their question now.

    Args:
        templates: as pages use them.
        days: those that have embeds.
    """
    for id_, successor in REPLACED.items():
        for place in ("charts", "embed"):
            yield _moved(templates, f"{place}/{id_}/", f"{place}/{successor}/")
        for day in days:
            yield _moved(templates, f"d/{day}/embed/{id_}/", f"d/{day}/embed/{successor}/")


def _moved(templates: Templates, path: str, target: str, day: date | None = None) -> Artifact:
    """Return a page that leads elsewhere: to a picture of that day, or to another chart."""
    root = "../" * path.count("/")
    framed = "embed/" in path
    values = {"root": root, "target": f"{root}{target}", "day": day, "framed": framed}
    page = templates.render("collections/day-moved.html.j2", values)
    return Artifact.text(f"{path}index.html", page)
