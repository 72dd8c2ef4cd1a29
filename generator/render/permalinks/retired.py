"""Charts that are drawn no more: their addresses lead to their last picture, which says that it is the last."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from datetime import date

from generator.base.artifact import Artifact
from generator.render.permalinks import embeds
from generator.render.permalinks.store import DayCache, Record
from generator.render.templates import Templates

Draw = Callable[[date, Sequence[str]], Mapping[str, str]]
"""Draws charts of a day, by their ids, and gives the lean page of each that could be drawn."""


def last_days(
    records: Mapping[date, Record], drawn: Container[str], undrawn: Container[str] = ()
) -> dict[date, list[str]]:
    """Return the charts that some day still kept had and this build has not, by the last day that had them.

    A chart that could not be drawn today has not been given up.
    """
    last: dict[str, date] = {}
    for day, record in records.items():
        had = (*record.lean_ones, *record.variants)
        last.update(
            dict.fromkeys((id_ for id_ in had if id_ not in drawn and id_ not in undrawn), day)
        )
    return {
        day: [id_ for id_, its_day in last.items() if its_day == day]
        for day in sorted(set(last.values()))
    }


def retired_pages(
    templates: Templates, shelf: DayCache, day: date, ids: Sequence[str], draw: Draw
) -> Iterator[Artifact]:
    """The pages of charts whose last day that was, and ``embed/<id>/`` and ``charts/<id>/``, which lead there.

    A chart of the catalogue has its page on the shelf. A variant, whose board is empty or gone, is drawn
    once from the archive of its last day.
    """
    missing = [id_ for id_ in ids if not shelf.has(day, id_)]
    found = draw(day, missing) if missing else {}
    for id_ in missing:
        # What cannot be drawn any more is asked for once, not by every build.
        shelf.add(day, id_, found.get(id_, ""))
    for id_ in ids:
        page = shelf.page(day, "lean", id_)
        if page:
            path = f"d/{day}/embed/{id_}/"
            yield Artifact.text(f"{path}index.html", embeds.the_last_one(page))
            values = {"root": "../../", "target": f"../../{path}", "day": day}
            moved = templates.render("collections/day-moved.html.j2", values)
            yield Artifact.text(f"embed/{id_}/index.html", moved)
            yield Artifact.text(f"charts/{id_}/index.html", moved)
