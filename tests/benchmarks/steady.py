"""What one new day costs a site that stands, by the age of its archive.

    python -m tests.benchmarks.steady 30 365
    python -m tests.benchmarks.steady 30 365 1825 --models 60 --part 0.1

The first month of each archive is rendered as it is. What later days have of their own, frozen charts and boards, is
copied from days of that month, since drawing years of them takes hours; all else is made by the program: the site is
rendered once for its last day, then one day is added, and that render is measured. Its charts are drawn in processes
of their own, whose CPU counts, and the largest peak of all processes is given.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from generator.archive.history import History
from generator.archive.store import Archive
from generator.base import cache_seal, files
from generator.base.errors import STALE
from generator.base.program import version
from generator.boards import all_boards
from generator.cli.steps import last_run
from generator.publish.folders import Folders, demo_sentence
from generator.render.permalinks import fingerprints
from generator.render.permalinks.day_pages import published_snapshots
from generator.render.permalinks.store import INTERACTIVE, PAGE, DayCache, Record
from generator.render.thinning import (
    EMBEDDED_DAYS,
    INTERACTIVE_DAYS,
    ChartWeights,
    kept_days,
    snapshot_sizes,
    thinned,
)
from tests.benchmarks.decade import MODELS, PART, GrowingArchive
from tests.benchmarks.processes import Cost, measured

MONTH = 30
FEW = (MONTH, 365)
"""What `make bench` measures."""
_TEXTS = (".html", ".json", ".svg")
"""The files of a day that name it."""


def _copy_days(folders: Folders) -> None:
    """Give each day that is not rendered yet what a rendered one has."""
    archive = Archive(folders.data, folders.cache / "remembered")
    today = last_run(archive) or date.min
    history = History(archive, today)
    demo = demo_sentence(archive)
    site = all_boards.site(history, demo=demo, public_url="", version=version())
    snapshots = published_snapshots(archive, site)
    made_from = fingerprints(site, snapshots)
    cache, folder = DayCache(folders.cache / "days"), folders.cache / "days"
    records = {day: record for day in snapshots if (record := cache.record(day))}
    static = next(day for day in records if not records[day].interactive)
    interactive = max(records)
    weights = ChartWeights(*(_weight(folder / str(day)) for day in (static, interactive)))
    left_out = thinned(snapshot_sizes(history, site), charts=weights)
    charted = kept_days(list(snapshots), EMBEDDED_DAYS, left_out)
    for day in [day for day in snapshots if day not in records and day != today]:
        source = interactive if day in charted[-INTERACTIVE_DAYS:] else static
        shutil.copytree(folder / str(source), folder / str(day))
        record = _rename(folder / str(day), records[source], source, made_from[day])
        if day not in charted:
            cache.reduced(day, record, charts=False)
    cache_seal.put_seal(folders.cache, folders.seal)


def _rename(folder: Path, record: Record, source: date, made_from: str) -> Record:
    """Make a copy of a day another day, with its own credits and links to its own pictures; return its record.

    Checks look for the credit of a day among those of all days up to it, the newest first.
    """
    sums = dict(record.sums)
    for name in sums:
        is_page = name.startswith(INTERACTIVE) and name.endswith(PAGE)
        if name.endswith(_TEXTS):
            # An interactive page keeps the days of the data that it shows.
            former, now = [f"d/{day}/" if is_page else f"{day}" for day in (source, folder.name)]
            body = (folder / name).read_bytes().replace(former.encode(), now.encode())
            files.write_over(folder / name, body)
            sums[name] = files.sha256(body)
    record = msgspec.structs.replace(record, made_from=made_from, sums=sums)
    files.write_over(folder / "record.json", msgspec.json.encode(record))
    return record


def _weight(*folders: Path) -> int:
    return sum(path.stat().st_size for path in _files(*folders))


def _inodes(*folders: Path) -> set[int]:
    found: set[int] = set()
    for path in _files(*folders):
        found.add(path.stat().st_ino)
    return found


def _files(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        for root, _, names in os.walk(folder):
            yield from (Path(root, name) for name in names)


def measure(days: int, models: int, part: float) -> Cost:
    """Print what one new day costs a site of so many days, and return it."""
    folder = tempfile.mkdtemp()
    folders = Folders(Path(folder))
    render = [sys.executable, "-m", "generator", "render", "--site", folders.root]
    try:
        archive = GrowingArchive(folders.data, models, part)
        archive.add(MONTH)
        if days > MONTH:
            subprocess.run(render, stdout=subprocess.DEVNULL, check=False)
            archive.add(days - MONTH)
            _copy_days(folders)
        subprocess.run(render, stdout=subprocess.DEVNULL, check=False)
        archive.add(1)
        before = _inodes(folders.data, folders.cache, folders.public)
        took = measured(render, allowed=(0, STALE))
        published = list(_files(folders.public))
        made = sum(path.stat().st_ino not in before for path in published)
        archived = _weight(folders.data)
        weight = sum(path.stat().st_size for path in published)
        parquet = sum(path.stat().st_size for path in published if path.suffix == ".parquet")
        print(
            f"{days:6,}{took.cpu:9.1f}{took.mebibytes:7.0f}{len(published):9,}{made:9,}"
            f"{archived / 1e6:9.1f}{weight / 1e6:9.1f}{parquet / 1e6:9.1f}",
            flush=True,
        )
        return took
    finally:
        shutil.rmtree(folder)


def main(days: list[int], models: int = MODELS, part: float = PART) -> None:
    """Print a line for each number of days, and for each after the first its ratio to the first."""
    print(
        f"{'days':>6}{'CPU s':>9}{'MiB':>7}{'files':>9}{'made':>9}{'archive':>9}{'site MB':>9}{'Parquet':>9}"
    )
    first: Cost | None = None
    for held in days:
        took = measure(held, models, part)
        if first is None:
            first = took
        else:
            print(f" ratio{took.cpu / first.cpu:9.2f}{took.mebibytes / first.mebibytes:7.2f}")


def few() -> None:
    """Print a month and a year."""
    main(list(FEW))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("days", type=int, nargs="+", help="of an archive")
    parser.add_argument("--models", type=int, default=MODELS, help="in the catalog, at least 51")
    parser.add_argument(
        "--part", type=float, default=PART, help="of the largest day that the API sends"
    )
    given = parser.parse_args()
    main(given.days, given.models, given.part)
