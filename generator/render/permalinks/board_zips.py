"""``d/boards-<year>.zip``: the boards of each day of a year as data, once there is no room for a file of each.

They are alike from day to day and weigh a fifth so. What is in a zip is a function of the archive and the code; its own
bytes depend on the version of zlib as well, as those of ``latest.zip`` do.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from pathlib import Path

from generator.base import files
from generator.base.artifact import Artifact
from generator.base.file_cache import FileCache
from generator.render.permalinks.store import DATA, DayCache, Record


def name(year: int) -> str:
    """Return the name of the zip of a year, which is in the folder of all days."""
    return f"boards-{year}.zip"


def member(day: date) -> str:
    """Return the name that the boards of a day have in it."""
    return f"{day}/{DATA}"


def board_zips(
    cache: DayCache,
    folder: Path | None,
    days: Iterable[date],
    records: Mapping[date, Record],
    license_: str,
) -> Iterator[Artifact]:
    """Yield the zip of each year of these days.

    Args:
        cache: has the boards of each day.
        folder: of the zips that are kept from one run to the next; None keeps none.
        days: oldest first.
        records: of each day, in the cache.
        license_: the terms of the data, which each zip has as well.
    """
    kept, names = FileCache(folder), []
    for year, of_year in groupby(days, key=lambda day: day.year):
        held = list(of_year)
        names.append(name(year))
        sums = [f"{member(day)} {records[day].sums[DATA]}" for day in held]
        key = files.sha256("\n".join([*sums, license_]).encode())
        body = kept.get(name(year), key)
        if body is None:
            members = {member(day): cache.data(day) for day in held}
            body = files.zipped({**members, "LICENSE": license_.encode()})
            kept.put(name(year), key, body)
        yield Artifact(f"d/{name(year)}", body)
    kept.keep_only(names)
