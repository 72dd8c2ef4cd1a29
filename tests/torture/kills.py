"""Runs that are killed, or whose disk is full, broken or closed, at any of their file-system calls.

Afterwards the published tree is the old one or the new one, byte for byte, no snapshot is lost or half, and the next
run ends well and leaves nothing behind.
"""

import multiprocessing
import os
import random
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from generator.archive.store import Archive
from generator.base import cache_seal
from generator.base.artifact import Artifact
from generator.base.file_cache import FileCache
from generator.base.files import zipped
from generator.charts.cache import Cache
from generator.cli import steps
from generator.cli.terminal import Terminal
from generator.publish import stage, tree, verify
from generator.publish.stage import Staged
from generator.render.permalinks.store import DayCache, Record
from tests.loopback import KEY, Loopback
from tests.running import LAST, files
from tests.torture.file_faults import ERRORS, KILL, Faults, injected
from tests.torture.outcome import Outcome

RANDOM_KILLS = 300
RENDER_KILLS, RENDER_ERRORS = 100, 30
"""So many of the calls of a whole render, which are thousands."""
SEED = 13
_FINE, _REFUSED, _BUG = 0, 2, 70
BEFORE = LAST - timedelta(days=1)
_DAYS = (date(2026, 8, 16), BEFORE)


@dataclass(frozen=True, slots=True)
class Job:
    """Something that writes into a site folder, on a folder of which each run gets a copy.

    Attributes:
        name: what it does.
        base: the folder before it.
        run: does it.
        wrong: says what is wrong with a folder after a run that was killed or failed, in a few words.
        after: what the folder must hold at the end of an undisturbed run, as ``wrong`` sees it.
    """

    name: str
    base: Path
    run: Callable[[Path], None]
    wrong: Callable[[Path], str]
    left: Callable[[Path], str]


def play() -> Iterator[Outcome]:
    """Yield what came of the faults in each kind of job."""
    with tempfile.TemporaryDirectory() as folder:
        for make in (publishing, archiving, packing):
            job = make(Path(folder))
            yield from at_every_call(job)
        with small_world(), _built(Path(folder) / "built") as (base, url):
            yield _of_random_kills(base, url)
            yield from _of_renders(base)


# One fault at one call


def at_every_call(job: Job) -> Iterator[Outcome]:
    """Yield what came of a kill, and of each error once and for ever, at every call of a job."""
    calls = range(1, count_calls(job) + 1)
    yield at_calls(job, calls, Faults(kind=KILL))
    for kind in ERRORS:
        for for_ever in (False, True):
            yield at_calls(job, calls, Faults(kind=kind, for_ever=for_ever))


def at_calls(job: Job, calls: Sequence[int], faults: Faults) -> Outcome:
    """Return what came of such a fault at each of these calls."""
    found = ((at, _of_one(job, Faults(at, faults.kind, faults.for_ever))) for at in calls)
    wrong = tuple(f"call {at}: {sentence}" for at, sentence in found if sentence)
    how = "from each of the calls on" if faults.for_ever else "at each of the calls"
    return Outcome(f"{job.name}: {faults.kind} {how}", len(calls), wrong)


def count_calls(job: Job) -> int:
    """Return how many calls the job makes."""
    with _copy(job.base) as site, injected(Faults()) as faults:
        job.run(site)
        return len(faults.seen)


def _of_one(job: Job, faults: Faults) -> str:
    """Return what is wrong after one fault, or after the run that follows it; empty where nothing is."""
    with _copy(job.base) as site:
        code = _in_child(lambda: job.run(site), faults)
        if code == _BUG:
            return "an unforeseen error"
        if faults.kind == KILL and code != -signal.SIGKILL:
            return f"ended with {code} before it could be killed"
        wrong = job.wrong(site)
        if wrong:
            return wrong
        # Nothing ends this one: a fork would be half of its cost.
        if _here(lambda: job.run(site), Faults()) != _FINE:
            return "the next run failed"
        return job.left(site)


def _in_child(run: Callable[[], None], faults: Faults) -> int:
    """Run something in a forked process; return its exit code."""
    child = os.fork()
    if child == 0:
        code = _BUG
        try:
            code = _here(run, faults)
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _here(run: Callable[[], None], faults: Faults) -> int:
    """Run something, with nothing readable by others; return the exit code of a process that does."""
    before = os.umask(0o077)
    try:
        with injected(faults):
            run()
    except OSError as error:
        return _REFUSED if error.errno in ERRORS.values() else _BUG
    except SystemExit as end:
        return int(end.code or 0)
    finally:
        os.umask(before)
    return _FINE


@contextmanager
def _copy(base: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(shutil.copytree(base, Path(folder) / "site", symlinks=True))


# What is done


def publishing(folder: Path) -> Job:
    """Publish a few files over others, with a cache, as a render does."""
    base = folder / "publishing"
    _publish(base, "old")
    old, new = _tree("old"), _tree("new")

    def wrong(site: Path) -> str:
        return _other_tree(site, old, new)

    def left(site: Path) -> str:
        return _other_tree(site, new) or _leftovers(site) or _modes(site / "public")

    return Job("publishing", base, lambda site: _publish(site, "new"), wrong, left)


def _publish(site: Path, text: str) -> None:
    with steps.site_lock(site) as folders:
        with cache_seal.sealed(folders.cache, folders.seal):
            _fill(folders.cache, text)
            source = folders.cache / "linked"
            linked = Artifact("d/linked.html", source)
            made = [Artifact.text(name, said) for name, said in _texts(text).items()]
            path, written = tree.staged(folders.root, [*made, linked])
        stage.publish(folders, Staged(path, written.sums, (), (), ()))


def _fill(cache: Path, text: str) -> None:
    """Write into each kind of cache."""
    drawn = Cache(cache, "charts")
    drawn.put(drawn.key(text.encode()), text.encode())
    drawn.forget_unused()
    kept = FileCache(cache / "history")
    kept.put("2026-08.csv", "0" * 64, text.encode())
    days = DayCache(cache / "days")
    days.prune(_DAYS)
    record = Record(text, interactive=False, charts={}, variants=[], headline="")
    days.store(_DAYS[0], record, {"boards.html": text.encode(), "static/a.html": b"a"})
    (cache / "linked").write_text(text)


def _texts(text: str) -> dict[str, str]:
    return {"index.html": text, "models/a/index.html": f"a {text}", f"only-{text}.txt": text}


def _tree(text: str) -> dict[str, bytes]:
    """Return the published files."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        _publish(site, text)
        return files(site / "public")


def archiving(folder: Path) -> Job:
    """Keep a second day's snapshot, and the report of its run."""
    from tests.tiny_archive import TinyArchive, daily

    base = folder / "archiving"
    TinyArchive(base / "data").rankings(daily({"a/one": 3}, last=_DAYS[0]), on=BEFORE)
    before = files(base / "data")

    def keep(site: Path) -> None:
        with steps.site_lock(site) as folders:
            TinyArchive(folders.data).rankings(daily({"a/one": 4}, last=BEFORE), on=LAST)
            Archive(folders.data).report(LAST, {"datasets": {}})

    def wrong(site: Path) -> str:
        now = files(site / "data")
        if {name: now.get(name) for name in before} != before:
            return "a file of the day before was lost or changed"
        return ", ".join(verify.verify_folder(site / "data").wrong)

    def left(site: Path) -> str:
        snapshots = Archive(site / "data").snapshots("rankings-daily")
        if [snapshot.day for snapshot in snapshots] != [BEFORE, LAST]:
            return "the day was not kept"
        return wrong(site) or _leftovers(site)

    return Job("archiving", base, keep, wrong, left)


def packing(folder: Path) -> Job:
    """Pack a finished year, of which a run before has packed the first snapshot and removed only half of it."""
    from tests.tiny_archive import TinyArchive, daily, score

    base = folder / "packing"
    tiny = TinyArchive(base / "data")
    for at, day in enumerate((date(2025, 6, 1), date(2025, 6, 2), BEFORE)):
        tiny.rankings(daily({"a/one": at + 1}, last=day), on=day)
        tiny.scores(score("a/one", 50.0 + at), on=day)
    kept = _snapshots(base)
    first = base / "data" / "rankings-daily" / "2025-06-01.json.gz"
    beside = first.with_name("2025-06-01.manifest.json")
    pair = {path.name: path.read_bytes() for path in (first, beside)}
    first.with_name("2025.zip").write_bytes(zipped(pair, packed=False))
    first.unlink()

    def pack(site: Path) -> None:
        with steps.site_lock(site) as folders:
            for _ in Archive(folders.data).pack_finished_years(LAST):
                pass

    def wrong(site: Path) -> str:
        if _snapshots(site) != kept:
            return "a snapshot was lost or changed"
        return ", ".join(verify.verify_folder(site / "data").wrong)

    def left(site: Path) -> str:
        loose = [name for name in files(site / "data") if "/2025-" in name]
        return f"not packed: {loose}" if loose else wrong(site) or _leftovers(site)

    return Job("packing", base, pack, wrong, left)


def _snapshots(site: Path) -> dict[str, tuple[bytes, bytes]]:
    """Return the bytes of each snapshot and of its manifest, wherever they are."""
    archive = Archive(site / "data")
    held = chain.from_iterable(archive.snapshots(name) for name in archive.datasets())
    return {
        f"{one.manifest.dataset}/{one.path.name}": (one.read(), one.read_manifest()) for one in held
    }


def _other_tree(site: Path, *allowed: dict[str, bytes]) -> str:
    now = files(site / "public")
    if now in allowed:
        return ""
    first = allowed[-1]
    differ = [name for name in now.keys() | first.keys() if now.get(name) != first.get(name)]
    return f"a published tree that is neither the old nor the new one: {sorted(differ)[:3]}"


def _leftovers(site: Path) -> str:
    found = sorted(str(path.relative_to(site)) for path in site.glob("**/.staging*"))
    return f"left behind: {found}" if found else ""


def _modes(public: Path) -> str:
    """Return which file or folder a web server could not read."""
    for path in (public, *public.rglob("*")):
        mode = path.stat().st_mode & 0o777
        if mode != (0o755 if path.is_dir() else 0o644):
            return f"{path.relative_to(public)} has mode {mode:o}"
    return ""


# Whole runs


@contextmanager
def small_world() -> Iterator[None]:
    """Know a few charts and lists of all, as the commands of the tests do."""
    from tests.forking import blank_bitmaps, know_some_charts, know_some_lists

    with pytest.MonkeyPatch.context() as patch:
        know_some_charts(patch)
        know_some_lists(patch)
        patch.setattr("generator.charts.png.png", blank_bitmaps())
        yield


@contextmanager
def _built(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield a site published a day ago, with a cache of today's charts, and the address of an API of today.

    The API is in a process of its own: forks of a process with threads may stop.
    """
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("fork").Process(target=_serve, args=(there,), daemon=True)
    server.start()
    url = here.recv()
    site = folder / "site"
    try:
        for day in (BEFORE, LAST):
            here.send(day)
            _in_child(lambda day=day: _build(site, day, url), Faults())  # type: ignore[misc]
            if day == BEFORE:
                shutil.copytree(site / "data", folder / "data")
                shutil.copytree(site / "public", folder / "public")
        for part in ("data", "public"):
            shutil.rmtree(site / part)
            (folder / part).rename(site / part)
        yield site, url
    finally:
        server.kill()
        server.join()


def _serve(orders: Any) -> None:
    with Loopback(small=True) as server:
        orders.send(server.url)
        while True:
            server.day = orders.recv()


def _build(site: Path, day: date, url: str) -> None:
    """Run the whole command."""
    from generator.cli.commands import cli

    os.environ["OPENROUTER_API_KEY"] = KEY
    options = ["--base-url", url, "--requests-per-minute", "0", "--today", str(day), "--quiet"]
    code = cli.main(["build", "--site", str(site), *options], standalone_mode=False)
    if code != _FINE:
        raise SystemExit(code)


class _Silent(Terminal):
    """A terminal that shows no errors either."""

    def error(self, text: str) -> None: ...


def _render(site: Path) -> None:
    with steps.site_lock(site) as folders:
        steps.render(folders, LAST, "", _Silent(quiet=True))


def _whole_archive(base: Path, other_tree: Callable[[Path], str]) -> Callable[[Path], str]:
    data = files(base / "data")
    kept = {name for name in data if name != "models/memory.json"}

    def wrong(site: Path) -> str:
        now = files(site / "data")
        if {name: now.get(name) for name in kept} != {name: data[name] for name in kept}:
            return "a file of the archive was lost or changed"
        broken = verify.verify_folder(site / "data").wrong
        return ", ".join(broken) or other_tree(site)

    return wrong


def _of_renders(base: Path) -> Iterator[Outcome]:
    """Yield what came of faults at some calls of a whole render."""
    with _copy(base) as site:
        shutil.rmtree(site / "public")
        _in_child(lambda: _render(site), Faults())
        new = files(site / "public")
    old = files(base / "public")

    def left(site: Path) -> str:
        return _other_tree(site, new) or _leftovers(site) or _modes(site / "public")

    wrong_in = _whole_archive(base, lambda site: _other_tree(site, old, new))
    job = Job("a whole render", base, _render, wrong_in, left)
    calls = _counted_in_child(job)
    rng = random.Random(SEED)  # noqa: S311 - the same calls each time
    for kind, times in ((KILL, RENDER_KILLS), *((name, RENDER_ERRORS) for name in ERRORS)):
        numbers = sorted(rng.sample(range(1, calls + 1), min(times, calls)))
        found = ((at, _of_one(job, Faults(at, kind, at % 2 == 0))) for at in numbers)
        wrong = tuple(f"call {at}: {sentence}" for at, sentence in found if sentence)
        yield Outcome(f"{job.name}: {kind} at some of {calls:,} calls", len(numbers), wrong)


def _counted_in_child(job: Job) -> int:
    """Return how many calls a job makes that would change this process."""
    with _copy(job.base) as site:
        told = site.with_name("calls")

        def count() -> None:
            with injected(Faults()) as faults:
                job.run(site)
            told.write_text(str(len(faults.seen)))

        _in_child(count, Faults())
        return int(told.read_text())


def _of_random_kills(base: Path, url: str) -> Outcome:
    """Return what came of builds that were killed at random moments, every tenth of which is followed by another."""
    with _copy(base) as site:
        begun = _seconds_of_children()
        code = _in_child(lambda: _build(site, LAST, url), Faults())
        lasts = _seconds_of_children() - begun
        assert code == _FINE, code
        names = set(files(site / "public"))
    old = files(base / "public")

    def other_tree(site: Path) -> str:
        # Each run notes when its replies came: another run's tree has the same names and other bytes.
        if files(site / "public") == old:
            return ""
        return _incomplete(site / "public", names)

    wrong_in = _whole_archive(base, other_tree)
    rng = random.Random(SEED)  # noqa: S311 - the same moments each time
    wrong = []
    for number in range(RANDOM_KILLS):
        after = rng.uniform(0, lasts)
        with _copy(base) as site:
            _killed(lambda site=site: _build(site, LAST, url), after)  # type: ignore[misc]
            sentence = wrong_in(site)
            if not sentence and number % 10 == 0:
                code = _in_child(lambda site=site: _build(site, LAST, url), Faults())  # type: ignore[misc]
                failed = f"the next run ended with {code}" if code else ""
                sentence = failed or _incomplete(site / "public", names) or _leftovers(site)
            if sentence:
                wrong.append(f"after {after:.2f} s of {lasts:.1f}: {sentence}")
    return Outcome("a whole build: killed at a random moment", RANDOM_KILLS, tuple(wrong))


def _incomplete(public: Path, names: set[str]) -> str:
    differ = names ^ set(files(public))
    if differ:
        return f"a published tree that is neither the old nor the new one: {sorted(differ)[:3]}"
    return ", ".join(verify.verify_folder(public).wrong[:3])


def _seconds_of_children() -> float:
    """Return the processor time of all processes that have ended."""
    spent = os.times()
    return spent.children_user + spent.children_system


def _killed(run: Callable[[], None], seconds: float) -> None:
    """Run something in a forked process, and end it after so much processor time, whatever it is doing."""
    child = os.fork()
    if child == 0:
        try:
            # Nothing handles this signal, so it ends the process as SIGKILL does.
            signal.setitimer(signal.ITIMER_PROF, max(seconds, 0.001))
            run()
        finally:
            os._exit(0)
    os.waitpid(child, 0)
