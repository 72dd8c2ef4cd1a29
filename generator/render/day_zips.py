"""``data/v1/<day>.zip``: all snapshots of one day with their manifests, the license and the credits.

``data/v1/<dataset>/<year>.zip`` has the same of a dataset and a year, once there is no room for so many files.

A zip is a function of the archive: it is made for days that have passed, of which no run adds anything, and its
members are stored as they are, since their compression could differ from one machine to the next.

Only the newest days have one. It doubles the bytes of its day, and the dated files that it packs keep their
addresses for good: of ten years at a quarter of a megabyte a day they fill the gigabyte that GitHub Pages takes,
and zips of all days would need another. Those of a month need eight megabytes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from generator.archive.history import History
from generator.archive.stored_snapshot import StoredSnapshot
from generator.base import files
from generator.base.dates import parse_day
from generator.endpoints import ENDPOINTS
from generator.render.data_readme import LICENSE
from generator.render.latest import ROOT, Checksum

DAYS = 31
"""The number of days that have a zip."""
_PATH = re.compile(rf"{ROOT}/([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})\.zip", re.ASCII)


def day_zips(history: History) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of the zip of each of the newest days before today, the newest first."""
    by_day = _snapshots_by_day(history)
    for day in sorted(by_day, reverse=True)[:DAYS]:
        yield f"{day}.zip", _zip(str(day), by_day[day])


def year_zip(year: int, snapshots: Sequence[StoredSnapshot]) -> bytes:
    """Return the zip of a dataset's snapshots of a year, oldest first."""
    return _zip(str(year), snapshots)


def published_zips(published: Mapping[str, Checksum]) -> list[tuple[date, int]]:
    """Return the day and the size in bytes of each of these zips among the published files, the newest first."""
    zips = []
    for path, checksum in published.items():
        match = _PATH.fullmatch(path)
        if match:
            zips.append((parse_day(match[1]), checksum.size))
    return sorted(zips, reverse=True)


def _snapshots_by_day(history: History) -> dict[date, list[StoredSnapshot]]:
    by_day: dict[date, list[StoredSnapshot]] = {}
    for endpoint in ENDPOINTS:
        if endpoint.name in history.withheld:
            continue
        for snapshot in history.archive.snapshots(endpoint.name, history.today):
            # One that was held back on its day is not among what its zip had then.
            if snapshot.day < history.today and not snapshot.manifest.held_back:
                by_day.setdefault(snapshot.day, []).append(snapshot)
    return by_day


def _zip(period: str, snapshots: Sequence[StoredSnapshot]) -> bytes:
    members: dict[str, bytes] = {}
    for snapshot in snapshots:
        folder = snapshot.manifest.dataset
        members[f"{folder}/{snapshot.path.name}"] = snapshot.read()
        members[f"{folder}/{snapshot.manifest_path.name}"] = snapshot.read_manifest()
    members["LICENSE"] = LICENSE.encode()
    members["README.md"] = _readme(period, snapshots).encode()
    sums = [f"{files.sha256(body)}  {name}\n" for name, body in sorted(members.items())]
    members["SHA256SUMS"] = "".join(sums).encode()
    return files.zipped(members, packed=False)


def _readme(period: str, snapshots: Sequence[StoredSnapshot]) -> str:
    lines = [
        f"# OpenRouter Data API, snapshots of {period}",
        "",
        "API responses as they came, each with a manifest that states its checksum and source.",
        "`sha256sum --check SHA256SUMS` checks this folder. Show the credit of what you use:",
        "",
    ]
    for snapshot in snapshots:
        manifest = snapshot.manifest
        lines.append(f"- `{manifest.dataset}/{snapshot.path.name}`: {manifest.citation}")
        lines.append(f"  License: {manifest.license}.")
    return "\n".join(lines) + "\n"
