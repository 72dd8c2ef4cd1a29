"""Sites that are built once in a whole run and looked at by many tests, and the browser that looks."""

import fcntl
import gc
import importlib
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import hypothesis
import pytest

from generator.charts.chart import DrawnChart, UndrawnChart
from generator.charts.draw import draw_all
from generator.charts.runtime import runtime_js
from tests.browsing import PAGES, chromium, served
from tests.chart_samples import boards
from tests.drawings import DRAWINGS, share_pictures
from tests.fewer_replies import leave_out_charts, leave_out_days
from tests.forking import (
    blank_bitmaps,
    convert_markdown_once,
    load_certificates_once,
)
from tests.installed import Installed, install
from tests.loopback import Loopback
from tests.running import LAST, Built, Ran, heed_interrupts, leaderboards, run
from tests.tiny_archive import TinyArchive

Made = TypeVar("Made")
Once = Callable[[str, Callable[[Path], Made]], Made]
BUILT = ("demo", "plain", "first_day", "second_day")
"""The fixtures that take longest, the longest first."""
MEMORY = Path("/dev/shm")  # noqa: S108 - the folders inside have names of their own
ROOM = 4 * 2**30
"""Bytes: several times what one run writes."""

hypothesis.settings.register_profile("tests", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("tests")
"""A slow machine fails no test, and a second run tries what the first one tried."""


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> Iterator[None, int, int]:
    """Run one worker more than there are processors: a test waits for its browser, or for what it started."""
    return (yield) + 1


def pytest_configure() -> None:
    """Prepare each process of a test run.

    What a run writes is kept in memory where there is room: files on disk are a quarter of the cost of a small site.
    What collecting the tests makes is kept as long as the process: looking for garbage in it would be a third of
    its cost.
    """
    heed_interrupts()
    gc.disable()
    load_certificates_once()
    convert_markdown_once()
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        tempfile.tempdir = os.environ["TMPDIR"] = str(MEMORY)


def pytest_collection(session: pytest.Session) -> None:
    """Begin with other files than the other workers do: what one of them has compiled, the others only read."""
    worker, of_all = (os.environ.get(f"PYTEST_XDIST_WORKER{end}") for end in ("", "_COUNT"))
    whole_suite = session.config.args_source is pytest.Config.ArgsSource.TESTPATHS
    if worker and of_all and whole_suite:
        names = sorted(path.stem for path in Path(__file__).parent.glob("test_*.py"))
        start = len(names) * int(worker.removeprefix("gw")) // int(of_all)
        for name in names[start:] + names[:start]:
            importlib.import_module(f"tests.{name}")


def pytest_collection_finish() -> None:
    """Look for garbage from here on, in what tests make and not in what was imported; seldom, which saves a tenth."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(100_000, 50, 100)


def pytest_unconfigure() -> None:
    """Let the end of the process find all objects: DuckDB tells of those that it has not freed by then."""
    gc.unfreeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use a browser or the full site built for it, and run those that wait for a site first.

    With two workers, one begins at the front and builds, while the other is busy in the second half.
    """
    needs = {item: set(getattr(item, "fixturenames", ())) for item in items}
    for item in items:
        if needs[item] & {"browser", "demo"}:
            item.add_marker("browser")
    modules: dict[Path, int] = {}
    for item in items:
        rank = next((at for at, name in enumerate(BUILT) if name in needs[item]), len(BUILT))
        modules[item.path] = min(rank, modules.get(item.path, rank))
    items.sort(key=lambda item: modules[item.path])


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this test run that all workers see."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session", autouse=True)
def drawings(shared: Path) -> None:
    """Let the builds of this run share what they draw."""
    DRAWINGS.folder = shared / "drawings"
    DRAWINGS.pictures = shared / "pictures"
    share_pictures(DRAWINGS.pictures)


@pytest.fixture(scope="session")
def once(shared: Path) -> Once[Any]:
    """``once(name, make)``: what ``make(folder)`` returns, made by the worker that first wants it and read by all."""

    def made(name: str, make: Callable[[Path], Any]) -> Any:
        folder, result = shared / name, shared / f"{name}.pickle"
        with (shared / f"{name}.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not result.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                result.write_bytes(pickle.dumps(make(folder)))
        return pickle.loads(result.read_bytes())  # noqa: S301 - written in this run, by these tests

    return made


@pytest.fixture(scope="session")
def installed(once: Once[Installed]) -> Installed:
    """The wheel of this checkout, in an environment of its own."""
    return once("installed", install)


@pytest.fixture(scope="session")
def demo(installed: Installed, once: Once[Built]) -> Built:
    """The demo, built by the wheel as a newcomer does, in an empty folder, with every sort of page and of chart."""

    def make(folder: Path) -> Built:
        leave_out_charts(installed.replies)
        leave_out_days(installed.replies.parent)
        done = installed.run(folder, "build", "--demo")
        ran = Ran(done.returncode, done.stdout, done.stderr)
        site = folder / "site"
        DRAWINGS.collect(site)
        return Built(site, ran, LAST)

    return once("demo", make)


@pytest.fixture(scope="session")
def plain(once: Once[Built]) -> Built:
    """The demo as forked commands make it: some of its days and models, and few charts."""

    def make(folder: Path) -> Built:
        site = folder / "site"
        return Built(site, leaderboards("build", "--demo", "--site", site, key=None), LAST)

    return once("plain", make)


@pytest.fixture(scope="session")
def first_day(once: Once[Built]) -> Built:
    """A first build of a small API's data, on the last recorded day but one."""

    def make(folder: Path) -> Built:
        with Loopback(small=True) as server:
            return run(server, folder / "site", LAST - timedelta(days=1))

    return once("first", make)


@pytest.fixture(scope="session")
def second_day(first_day: Built, once: Once[Built]) -> Built:
    """The next day's build on the same archive."""

    def make(folder: Path) -> Built:
        with Loopback(small=True) as server:
            return run(server, first_day.copied(folder), LAST)

    return once("second", make)


@pytest.fixture(scope="session")
def drawn(once: Once[dict[str, DrawnChart]]) -> dict[str, DrawnChart]:
    """Every chart of the catalog, drawn from boards with hostile names, by id."""

    def make(folder: Path) -> dict[str, DrawnChart]:
        # The compiled templates are those of any other build.
        DRAWINGS.lend(folder)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("generator.charts.png.png", blank_bitmaps())
            made = {chart.id: chart for chart in draw_all(boards(), folder / ".cache")}
        assert not [chart.failure for chart in made.values() if isinstance(chart, UndrawnChart)]
        return made

    return once("drawn", make)


@pytest.fixture(scope="session")
def runtime(once: Once[bytes]) -> bytes:
    """The script that draws charts in the browser; making it takes a second of a processor."""
    return once("runtime", runtime_js)


@pytest.fixture(scope="session")
def running_browser() -> Iterator[Any]:
    """The one Chromium of a worker: starting it takes a second of a processor."""
    with chromium() as found:
        yield found
        PAGES.close()


@pytest.fixture(scope="module")
def browser(running_browser: Any) -> Iterator[Any]:
    """A Chromium; what asks for it is marked ``browser``, and skipped, visibly, where there is none.

    A :class:`tests.browsing.Tab` is the cheap way to open a page in it.
    """
    yield running_browser
    for tab in list(PAGES.taken):
        PAGES.give_back(tab)
    PAGES.close_others(running_browser)


@pytest.fixture(autouse=True)
def _visits_end() -> Iterator[None]:
    """End the visits of a test with it; those of its module's fixtures go on."""
    held = list(PAGES.taken)
    yield
    for tab in list(PAGES.taken):
        if tab not in held:
            PAGES.give_back(tab)


@pytest.fixture(scope="session")
def site(demo: Built) -> Iterator[str]:
    """The address at which the demo is served, without a slash at its end; what its pages share is loaded once."""
    with served(demo.public) as address:
        yield address


@pytest.fixture
def tiny() -> Iterator[TinyArchive]:
    """An empty archive."""
    with TemporaryDirectory() as folder:
        yield TinyArchive(Path(folder))
