"""Archives of any number of models and days, stored as a run stores them, and what a site of them costs.

    python -m tests.benchmarks.archives 100 8 1000 8
    python -m tests.benchmarks.archives write site 1000 30

Pairs of models and days; with ``write`` an archive is left in a folder, for a look by hand. What the API sends comes
from :class:`tests.benchmarks.histories.World`.
"""

import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.benchmarks.histories import FIRST, write
from tests.benchmarks.processes import measured

PART = 0.1
"""The part of the largest lists of apps, ratings and tasks."""


def measure(models: int, days: int) -> None:
    """Print what the first and the next render of an archive cost, and the size of the site.

    It ends this process where the archive would reach beyond today: a render refuses a day that is still to come.
    """
    today = FIRST + timedelta(days=days)
    most = (datetime.now(UTC).date() - FIRST).days
    if days > most:
        sys.exit(f"{days:,} days from {FIRST} on end after today; at most {most:,} can be rendered")
    with tempfile.TemporaryDirectory() as made:
        site = Path(made) / "site"
        write(site / "data", days - 1, PART, models)
        render = [sys.executable, "-m", "generator", "render", "--site", site, "--today", today]
        # What was sent last is older than today, which the command says with its exit code.
        cold, warm = (measured(render, allowed=(0, 3)) for _ in range(2))
        files = [path for path in (site / "public").rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files) / 1e6
    print(
        f"{models:7,}{days:6,}{cold.cpu:9.1f}{cold.mebibytes:7.0f}{warm.cpu:9.1f}{warm.mebibytes:7.0f}"
        f"{len(files):9,}{size:8.0f}",
        flush=True,
    )


def sizes() -> None:
    """Print the sizes that the README has."""
    main(100, 8, 1_000, 8, 5_000, 8)


def main(*pairs: int) -> None:
    """Print a line for each pair of models and days."""
    print(
        f"{'models':>7}{'days':>6}{'cold s':>9}{'MiB':>7}{'warm s':>9}{'MiB':>7}{'files':>9}{'MB':>8}"
    )
    for models, days in zip(pairs[::2], pairs[1::2], strict=True):
        measure(models, days)


if __name__ == "__main__":
    first, *others = sys.argv[1:]
    if first == "write":
        write(Path(others[0]) / "data", int(others[2]) - 1, PART, int(others[1]))
    else:
        main(int(first), *map(int, others))
