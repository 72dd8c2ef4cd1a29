"""What it costs to add one day to the histories of an archive of a month, and of years.

    python -m tests.benchmarks.histories 1 30
    python -m tests.benchmarks.histories 0.1 30 1856

The first number is the part of the largest day that the API can send: 51 rankings for each of a week, 40 lists of
100 apps, 150 indices, 1,500 ratings, 40 tasks with 10 models each, 500 models; of the models one in 42 changes its
price, of the indices one in thirty, of the ratings two in five. The others are days; the last day of a month is the one
that costs most.
"""

import gzip
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from generator.archive import envelope, listings
from generator.archive.envelope import Snapshot
from generator.archive.history import History
from generator.archive.store import Archive
from generator.base import files
from generator.endpoints import CORE, app_rankings, models, rankings_daily, session_cost
from generator.endpoints import task_classifications as tasks
from generator.endpoints.endpoint import AnyEndpoint, Call, Reply
from generator.render.history_files import history_files
from tests.tiny_archive import (
    app,
    chosen,
    cost,
    evaluation,
    kind_of_work,
    listing,
    rating,
    score,
    task,
)

FIRST = date(2026, 1, 1)
MODELS = 500
Json = dict[str, Any]


class World:
    """What the API sends on each day, the same in every run.

    Args:
        part: of the largest lists of apps, ratings and tasks.
        models: in the catalog, at least 51.
        is_growing: whether the catalog has another model on each day.
    """

    def __init__(self, part: float, models: int = MODELS, *, is_growing: bool = True) -> None:
        self._part = part
        self._slugs = [f"author-{number % 60}/model-{number}-2026" for number in range(models)]
        self._is_growing = is_growing
        self._chance = random.Random(1)  # noqa: S311 - a simulation
        self.prices = dict.fromkeys(self._slugs, "0.000001")
        self.elo = {
            (slug, kind): 1200.5 for slug in self._slugs[: int(125 * part)] for kind in range(12)
        }
        self.index = dict.fromkeys(self._slugs[:150], 40.5)

    def next_day(self) -> None:
        """Let a day go by."""
        # Of 416 listings in the recorded replies, 38 changed their price in four days.
        for slug in self._chance.sample(self._slugs, round(len(self._slugs) / 42)):
            self.prices[slug] = f"0.0000{self._chance.randrange(1, 10**6):06}"
        for key in self._chance.sample(sorted(self.elo), int(0.4 * len(self.elo))):
            self.elo[key] = round(self._chance.uniform(900, 1500), 1)
        for slug in self._chance.sample(sorted(self.index), len(self.index) // 30):
            self.index[slug] = round(self._chance.uniform(10, 70), 1)

    def replies(self, endpoint: AnyEndpoint, day: date, number: int) -> Iterator[tuple[Call, Json]]:
        """Yield the calls of a day's run for one dataset, each with what comes back."""
        name, kind = endpoint.name, endpoint.name.removeprefix("benchmarks-")
        meta = {"as_of": f"{day}T06:00:00Z", "version": "v1"}
        call = partial(Call, name)
        if name == rankings_daily.NAME:
            back = 365 if number == 0 else 7
            asked = [day - timedelta(days=ago) for ago in range(back, 0, -1)]
            rows = [row for one in asked for row in self._rankings(one, day)]
            window = {"start_date": str(asked[0]), "end_date": str(asked[-1])}
            yield call("/r", tuple(window.items())), {"data": rows, "meta": {**meta, **window}}
        elif name == app_rankings.NAME:
            start, end = day - timedelta(days=30), day - timedelta(days=1)
            window = {"start_date": str(start), "end_date": str(end)}
            for category, subcategory in app_rankings.slices():
                for sort in app_rankings.SORTS:
                    params = (("sort", sort), ("category", category), ("subcategory", subcategory))
                    rows = [
                        {"rank": rank, **app(rank, self._chance.randrange(10**9, 10**12))}
                        for rank in range(1, int(100 * self._part) + 1)
                    ]
                    yield call("/a", params), {"data": rows, "meta": {**meta, **window}}
        elif name == models.NAME:
            entries = [listing(slug, prompt=price) for slug, price in self.prices.items()]
            new = range(max(0, number - 100), number) if self._is_growing else ()
            entries += [listing(f"new/model-{one}") for one in new]
            yield call(models.LIST, keyed=False), {"data": entries}
        elif name == tasks.NAME:
            classified = [task(f"code:{one}", 0.025, 0.025, *self._chosen()) for one in range(40)]
            data = {"as_of": str(day), "classifications": classified}
            yield call("/t"), {"data": {**data, "macro_categories": [kind_of_work("code", 1, 1)]}}
        elif name == session_cost.NAME:
            if number % 7 == 0:
                rows = [
                    cost(f"app-{at}", slug, "1-turn", number / 100)
                    for at, slug in enumerate(self._slugs[:400])
                ]
                yield call("/s"), {"data": rows, "meta": meta}
        else:
            yield call("/b"), {"data": list(self._scores(kind)), "meta": meta}

    def _rankings(self, day: date, seen: date) -> Iterator[Json]:
        settled = random.Random(day.toordinal())  # noqa: S311 - a simulation
        fresh = random.Random(f"{day} {min((seen - day).days, 3)}")  # noqa: S311
        for slug in [*settled.sample(self._slugs, min(50, len(self._slugs))), "other"]:
            tokens = settled.randrange(10**9, 10**12) + fresh.randrange(2) * 1000
            yield {"date": str(day), "model_permaslug": slug, "total_tokens": str(tokens)}

    def _chosen(self) -> list[Json]:
        return [
            chosen(slug, round(self._chance.random() / 10, 3))
            for slug in self._chance.sample(self._slugs, 10)
        ]

    def _scores(self, kind: str) -> Iterator[Json]:
        if kind == "artificial-analysis":
            yield from (score(slug, index) for slug, index in self.index.items())
        elif kind == "design-arena":
            yield from (rating(slug, elo, f"kind-{at}") for (slug, at), elo in self.elo.items())
        else:
            yield from (evaluation(slug, 0.5) for slug in self._slugs[:60])


def write(root: Path, days: int, part: float, models: int = MODELS) -> None:
    """Store the snapshots of so many days and of one more."""
    world = World(part, models)
    for number in range(days + 1):
        day = FIRST + timedelta(days=number)
        received = datetime.combine(day, datetime.min.time(), UTC)
        for endpoint in CORE:
            replies = []
            for call, value in world.replies(endpoint, day, number):
                body = json.dumps(value).encode()
                replies.append(Reply(call, body, value, received))
            if replies:
                keep(root, endpoint, day, replies)
        world.next_day()


def keep(root: Path, endpoint: AnyEndpoint, day: date, replies: list[Reply]) -> None:
    """Store a snapshot as a run would, compressed less."""
    citations = [endpoint.read(reply).citation for reply in replies[:1]]
    is_ranking = endpoint.row_day is not None
    days = sorted({row["date"] for row in replies[0].value["data"]}) if is_ranking else []
    stated = tuple(date.fromisoformat(one) for one in days)
    whole = Snapshot(endpoint, day, tuple(replies), tuple(citations), 1, (), stated)
    packed = gzip.compress(envelope.document(whole, "bench"), 1, mtime=0)
    manifest = envelope.manifest(whole, str(day), packed, files.sha256(packed), "bench")
    folder = root / endpoint.name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{day}.json.gz").write_bytes(packed)
    (folder / f"{day}.manifest.json").write_bytes(envelope.msgspec.json.encode(manifest))


def step(root: Path, day: date) -> None:
    """Make the histories as of a day, and print the seconds of CPU that it took, without opening the archive."""
    archive = Archive(root / "data")
    for endpoint in CORE:
        archive.snapshots(endpoint.name)
    listings.remember(archive, day)
    history = History(archive, day)
    start = time.process_time()
    made = history_files(history, root / "cache")
    print(f"{time.process_time() - start:.2f}", *made.failures)


def _in_process(root: Path, day: date) -> tuple[str, float]:
    """Return what a step prints when it has a process of its own, and the peak of that in MiB."""
    said = root / "said"
    with said.open("w") as file:
        command = [sys.executable, "-m", "tests.benchmarks.histories", str(root), str(day)]
        actions = [(os.POSIX_SPAWN_DUP2, file.fileno(), 1)]
        # Not subprocess: only wait4 tells the peak of this one child.
        child = os.posix_spawn(sys.executable, command, os.environ, file_actions=actions)
        _, status, used = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status):
        sys.exit(f"{' '.join(command)} failed")
    return said.read_text().strip(), used.ru_maxrss / (
        1 << 20 if sys.platform == "darwin" else 1 << 10
    )


def _megabytes(paths: Iterator[Path]) -> float:
    return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6


def main(part: float, *sizes: int) -> None:
    """Print a line for each number of days, and below it the rows and bytes of each dataset."""
    print(
        f"{'days':>6}{'all CPU s':>11}{'MiB':>7}{'one more':>10}{'MiB':>7}{'archive':>9}{'kept MB':>9}"
    )
    for days in sizes:
        root = Path(tempfile.mkdtemp())
        try:
            write(root / "data", days, part)
            last = FIRST + timedelta(days=days - 1)
            everything, peak = _in_process(root, last)
            one_more, later_peak = _in_process(root, last + timedelta(days=1))
            archived = _megabytes((root / "data").rglob("*.gz"))
            kept = _megabytes((root / "cache").rglob("*"))
            print(
                f"{days:6}{everything:>11}{peak:7.0f}{one_more:>10}{later_peak:7.0f}{archived:9.0f}{kept:9.0f}",
                flush=True,
            )
            _print_files(root, last + timedelta(days=1))
        finally:
            shutil.rmtree(root)


def _print_files(root: Path, day: date) -> None:
    history = History(Archive(root / "data"), day)
    for name, made in history_files(history, root / "cache").files.items():
        texts = {path: sum(map(len, parts)) / 1e6 for path, parts in made.texts()}
        parts = [len(body) / 1e6 for _, body in made.parquet()]
        rows = sum(contents.rows for contents in made.table.months.values())
        print(
            f"       {name}: {rows:,} rows, CSV {texts['history.csv']:.1f} MB, "
            f"JSON {texts['history.json']:.1f} MB, {len(parts)} Parquet {sum(parts):.1f} MB",
            flush=True,
        )


if __name__ == "__main__":
    first, *others = sys.argv[1:]
    if Path(first).is_dir():
        step(Path(first), date.fromisoformat(others[0]))
    else:
        main(float(first), *map(int, others))
