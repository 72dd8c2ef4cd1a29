"""How the tests are run: what each process prepares, and in which order tests come.

The process that only hands out tests imports no fixtures, and of the package only what draws: it starts a second sooner.
"""

import gc
import importlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

WORKER = "PYTEST_XDIST_WORKER"
"""The variable that names a process to which tests are handed out."""
BUILT = ("demo", "plain", "first_day", "second_day")
"""The fixtures that take longest, the longest first."""
MEMORY = Path("/dev/shm")  # noqa: S108 - the folders inside have names of their own
ROOM = 4 * 2**30
"""Bytes: several times what one run writes."""
AT_THE_END = ExitStack()


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> Iterator[None, int, int]:
    """Run one worker more than there are processors where tests wait for their browsers."""
    return (yield) + (config.option.markexpr != "not browser")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Let each worker keep to one end of the tests, so that few files have their fixtures made by two workers."""
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log) if config.option.dist == "load" else None


def pytest_configure(config: pytest.Config) -> None:
    """Prepare each process of a test run.

    What a run writes is kept in memory where there is room: files on disk are a quarter of the cost of a small site.
    What collecting the tests makes is kept as long as the process: looking for garbage in it would be a third of
    its cost.
    """
    gc.disable()
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        tempfile.tempdir = os.environ["TMPDIR"] = str(MEMORY)
    if WORKER not in os.environ:
        from tests.drawings import drawing_for_all

        AT_THE_END.enter_context(drawing_for_all(at_once=not _hands_out_tests(config)))
    if WORKER in os.environ or not _hands_out_tests(config):
        _prepare_for_tests(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End what was begun; where no tests ran, pytest need not look for what they left, which would take a second.

    Where tests ran, the end of the process has to find all objects: DuckDB tells of those that it has not freed by then.
    """
    AT_THE_END.close()
    if _hands_out_tests(config):
        gc.freeze()
    else:
        gc.unfreeze()


def _hands_out_tests(config: pytest.Config) -> bool:
    return config.getoption("dist", "no") != "no" and bool(config.getoption("tx", None))


def _prepare_for_tests(config: pytest.Config) -> None:
    import hypothesis

    from tests.forking import convert_markdown_once, load_certificates_once
    from tests.running import heed_interrupts

    # A slow machine fails no test, and a second run tries what the first one tried.
    hypothesis.settings.register_profile("tests", deadline=None, derandomize=True, database=None)
    hypothesis.settings.load_profile("tests")
    heed_interrupts()
    load_certificates_once()
    convert_markdown_once()
    config.pluginmanager.import_plugin("tests.fixtures")


def pytest_collection(session: pytest.Session) -> None:
    """Begin with other files than the other workers do: what one of them has compiled, the others only read."""
    worker, of_all = os.environ.get(WORKER), os.environ.get(f"{WORKER}_COUNT")
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
