"""Sites that are built once in a whole run and looked at by many tests, and the browser that looks."""

import fcntl
import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pytest

from generator.charts.chart import DrawnChart, UndrawnChart
from generator.charts.draw import draw_all
from generator.charts.runtime import runtime_js
from tests.browsing import PAGES, chromium, served
from tests.chart_samples import boards
from tests.drawings import DRAWINGS, share_pictures
from tests.fewer_replies import leave_out_charts, leave_out_days
from tests.forking import blank_bitmaps
from tests.installed import Installed, install
from tests.loopback import Loopback
from tests.running import LAST, Built, Ran, leaderboards, run
from tests.tiny_archive import TinyArchive

Made = TypeVar("Made")
Once = Callable[[str, Callable[[Path], Made]], Made]


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
        assert not [chart.reason for chart in made.values() if isinstance(chart, UndrawnChart)]
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
