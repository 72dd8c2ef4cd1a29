"""What vl-convert does to its own process costs the run one picture."""

import os
import threading
from pathlib import Path

import pytest

from generator.base.config import KEY_VARIABLE
from generator.charts import native
from generator.charts.native import CannotLoad, Library, LibraryFailed
from tests.chart_samples import FATAL_SPEC
from tests.drawings import PICTURES

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><path d="M0 0h4v4z"/></svg>'


@pytest.fixture(autouse=True)
def _pictures_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the library itself, whatever other tests have drawn."""
    for name in PICTURES:
        monkeypatch.setattr(native, name, getattr(native, name).__wrapped__)


def children() -> set[str]:
    """Return the ids of the processes that this one has started, from whatever thread."""
    lists = Path("/proc/self/task").glob("*/children")
    return set(" ".join(path.read_text() for path in lists).split())


def test_a_picture_that_ends_the_process_is_refused_and_the_next_one_is_drawn() -> None:
    before = native.svg_to_png(SQUARE, 1)
    with pytest.raises(LibraryFailed, match="vl-convert ended its process"):
        native.vega_to_svg(FATAL_SPEC)
    assert native.svg_to_png(SQUARE, 1) == before


def test_an_error_is_told_in_its_first_line_and_the_process_goes_on() -> None:
    native.svg_to_png(SQUARE, 1)
    running = children()
    with pytest.raises(LibraryFailed, match=r"RuntimeError: a non-XML character[^\n]*\Z"):
        native.svg_to_png(SQUARE.replace("<path", "\x1b<path"), 1)
    assert children() == running


def test_a_process_that_takes_too_long_is_ended_and_after_some_nothing_is_tried_again() -> None:
    # A bitmap this small can be there at once; before the first chart of a process, V8 begins.
    library, running, order = Library(seconds=0), children(), ("vega_to_svg", '{"width": 4}')
    for _ in range(native.MOST_HANGS):
        with pytest.raises(LibraryFailed, match="vl-convert took longer than 0 s"):
            library.call(*order, allowed_base_urls=[])
        assert children() == running
    with pytest.raises(LibraryFailed, match="vl-convert took too long 5 times"):
        library.call(*order, allowed_base_urls=[])


def test_the_process_has_no_key_and_ends_with_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "sk-or-v1-" + "5e" * 32)
    library, running = Library(), children()
    library.call("svg_to_png", SQUARE, scale=1)
    (child,) = children() - running
    told = Path(f"/proc/{child}/environ").read_text()
    assert "PATH=" in told
    assert "5e5e" not in told
    assert os.getpgid(int(child)) != os.getpgid(0)
    library.stop()
    assert children() == running


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (
            "raise ImportError('libx.so.6: no such file\\nand more')",
            "ImportError: libx.so.6: no such file and more",
        ),
        ("import os; os.abort()", "its process ends at once"),
    ],
)
def test_a_package_that_cannot_be_loaded_is_named_with_its_cure_and_is_not_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str, why: str
) -> None:
    package = tmp_path / "vl_convert"
    package.mkdir()
    (package / "__init__.py").write_text(broken)
    library, running = Library(), children()
    with monkeypatch.context() as patched:
        patched.setenv("PYTHONPATH", str(tmp_path))
        with pytest.raises(CannotLoad) as raised:
            library.call("svg_to_png", SQUARE, scale=1)
    assert str(raised.value) == (
        f"the package vl-convert-python cannot be loaded ({why}); install it again, with what it needs: "
        "pip install --force-reinstall vl-convert-python==1.9.0.post1"
    )
    with pytest.raises(CannotLoad):
        library.call("svg_to_png", SQUARE, scale=1)
    assert children() == running


def test_a_process_that_ends_before_it_is_ready_is_started_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "vl_convert"
    package.mkdir()
    (package / "__init__.py").write_text(
        "import os, pathlib\n"
        "tried = pathlib.Path(__file__).with_name('tried')\n"
        "tried.exists() or (tried.touch(), os.abort())\n"
        "def svg_to_png(svg, scale):\n"
        "    return b'drawn'\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    library = Library()
    assert library.call("svg_to_png", SQUARE, scale=1) == b"drawn"
    library.stop()


def test_a_second_process_starts_when_there_is_much_to_draw() -> None:
    library, running = Library(), children()
    started = []
    for _ in range(native.MOST_FOR_ONE):
        library.call("svg_to_png", SQUARE, scale=1)
        started.append(len(children() - running))
    library.stop()
    assert started == [*[1] * (native.MOST_FOR_ONE - 1), 2]


def test_things_are_made_two_at_a_time_and_come_in_their_order() -> None:
    both = threading.Barrier(2)

    def make(number: int) -> int:
        both.wait(timeout=30)
        return number * number

    assert list(native.each(make, range(6))) == [0, 1, 4, 9, 16, 25]


def test_nothing_more_is_made_for_who_stops_asking() -> None:
    made: list[int] = []
    asked = native.each(made.append, range(1000))
    next(asked)
    asked.close()
    assert len(made) < 20
