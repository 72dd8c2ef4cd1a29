"""``export``: the whole history as Parquet, for DuckDB on a laptop, or Spark, Trino or BigQuery on a cluster.

    <folder>/<dataset>/year=2026/month=8/part-0.parquet

The same files as those of the site. One file a month, each replaced in one step and only when it has changed.
"""

import contextlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.archive.history import History
from generator.archive.store import Archive
from generator.base import files
from generator.base.errors import UsageError
from generator.endpoints import ENDPOINTS
from generator.render.history_files import HistoryFiles, files_of, model_names


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did: files written, and files that were as they should be."""

    written: int
    unchanged: int


def export(
    archive: Archive,
    folder: Path,
    say: Callable[[str], None],
    withheld: Collection[str] = frozenset(),
    cache: Path | None = None,
) -> Exported:
    """Write the files of every month that is new or has changed; those of a withheld dataset are removed.

    Those of a dataset of which nothing can be read stay as they are.

    Args:
        archive: of all days.
        folder: to write to.
        say: is told of each file that is written, and of each snapshot that cannot be read.
        withheld: datasets that may not be redistributed.
        cache: the folder of what builds keep; None keeps nothing.

    Raises:
        UsageError: the archive is empty, or the folder cannot be written.
        LeaderboardsError: a value does not fit its column.
    """
    if not archive.datasets():
        raise _nothing_in(archive)
    files.usable_folder(folder, "--to")
    history = History(archive, date.max, withheld)
    named = model_names(history)
    written = unchanged = 0
    for endpoint in ENDPOINTS:
        if endpoint.name in history.withheld:
            _remove(_parts(folder / endpoint.name))
            continue
        of_dataset = files_of(history, endpoint, named, cache)
        if of_dataset is None:
            continue
        for refused in of_dataset.table.refused:
            say(str(refused))
        done = _write(of_dataset, folder / endpoint.name, say)
        written += done.written
        unchanged += done.unchanged
    if not written + unchanged:
        raise _nothing_in(archive)
    return Exported(written, unchanged)


def _nothing_in(archive: Archive) -> UsageError:
    return UsageError(
        f"{archive.root} contains no snapshot to export; run leaderboards snapshot or build first"
    )


def _write(of_dataset: HistoryFiles, folder: Path, say: Callable[[str], None]) -> Exported:
    """Write the months of a dataset that differ from their files, and remove files of other months."""
    name = of_dataset.table.endpoint.name
    written = unchanged = 0
    targets = set()
    for month, (path, data) in zip(of_dataset.months, of_dataset.parquet(), strict=True):
        target = folder / path.removeprefix("history/")
        targets.add(target)
        if target.is_file() and target.read_bytes() == data:
            unchanged += 1
            continue
        files.write_over(target, data)
        say(f"{name}: wrote {month}")
        written += 1
    _remove(_parts(folder) - targets)
    return Exported(written, unchanged)


def _parts(folder: Path) -> set[Path]:
    """Return the files of a dataset that an export wrote; whatever else lies there is none of ours."""
    return set(folder.glob("year=*/month=*/part-0.parquet"))


def _remove(parts: Iterable[Path]) -> None:
    """Remove these files, and the folders of month, year and dataset that hold nothing then."""
    for part in parts:
        part.unlink()
        for folder in list(part.parents)[:3]:
            with contextlib.suppress(OSError):
                folder.rmdir()
