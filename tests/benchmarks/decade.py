"""What a site costs as its archive grows: CPU, memory, files and bytes of whole renders.

    python -m tests.benchmarks.decade 30
    python -m tests.benchmarks.decade 30 365 1825 --models 500 --part 1

Each archive is rendered for its last day with nothing kept, with all that a build keeps but no published tree, with
nothing changed, and for one more day.
"""

import argparse
import json
import shutil
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from generator.archive import listings
from generator.archive.store import Archive
from generator.base import files
from generator.base.errors import STALE
from generator.endpoints import CORE
from generator.endpoints.endpoint import Reply
from generator.publish.folders import DEMO_MARK
from tests.benchmarks.histories import FIRST, World, keep
from tests.benchmarks.processes import measured

FEW_DAYS = 30
"""What `make bench` measures: five years of days take half an hour of CPU."""
MODELS, PART = 60, 0.1
"""A catalog so small that what grows with the days stands out."""


class GrowingArchive:
    """An archive that gets one day after another.

    Args:
        data: its folder. It says that it is of a demo: then it is rendered for its last day, which may lie ahead.
        models: how many the catalog has.
        part: of the largest day that the API sends.
    """

    def __init__(self, data: Path, models: int = MODELS, part: float = PART) -> None:
        self._world = World(part, models, is_growing=False)
        self._data = data
        self._days = 0
        files.write_over(data / DEMO_MARK, b"This is a benchmark, with numbers made up.")

    def add(self, days: int) -> None:
        """Store the snapshots of so many more days, and pack those of finished years, as the last run does."""
        for _ in range(days):
            day = FIRST + timedelta(days=self._days)
            self._store(day)
            self._world.next_day()
            self._days += 1
        archive = Archive(self._data)
        listings.remember(archive, day)
        for _ in archive.pack_finished_years(day):
            pass

    def _store(self, day: date) -> None:
        received = datetime.combine(day, datetime.min.time(), UTC)
        for endpoint in CORE:
            replies = []
            for call, value in self._world.replies(endpoint, day, self._days):
                replies.append(Reply(call, json.dumps(value).encode(), value, received))
            if replies:
                keep(self._data, endpoint, day, replies)
        states = {endpoint.name: {"state": "fresh", "message": ""} for endpoint in CORE}
        Archive(self._data).report(day, {"day": str(day), "datasets": states})


def _print_render(name: str, site: Path) -> None:
    took = measured(
        [sys.executable, "-m", "generator", "render", "--site", site], allowed=(0, STALE)
    )
    published = [path for path in (site / "public").rglob("*") if path.is_file()]
    megabytes = sum(path.stat().st_size for path in published) / 1e6
    print(
        f"    {name:36}{took.cpu:9.2f}{took.mebibytes:7.0f}{len(published):9,}{megabytes:9.1f}",
        flush=True,
    )


def few_days() -> None:
    """Print what the renders of a month take."""
    main([FEW_DAYS])


def main(days: list[int], models: int = MODELS, part: float = PART) -> None:
    """Print what each render of an archive of so many days takes."""
    print(f"{'render':40}{'CPU s':>9}{'MiB':>7}{'files':>9}{'MB':>9}")
    for held in days:
        site = Path(tempfile.mkdtemp())
        try:
            archive = GrowingArchive(site / "data", models, part)
            archive.add(held)
            print(f"  {held:,} days, {models:,} models", flush=True)
            _print_render("nothing kept", site)
            shutil.rmtree(site / "public")
            _print_render("no published tree", site)
            _print_render("nothing new", site)
            archive.add(1)
            _print_render("one new day", site)
        finally:
            shutil.rmtree(site)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("days", type=int, nargs="+", help="of an archive")
    parser.add_argument("--models", type=int, default=MODELS, help="in the catalog")
    parser.add_argument(
        "--part", type=float, default=PART, help="of the largest day that the API sends"
    )
    given = parser.parse_args()
    main(given.days, given.models, given.part)
