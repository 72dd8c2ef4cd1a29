"""Commands as processes that are forked from one that has imported the program: the imports are most of a short run.

Each runs with an environment, a folder and streams of its own, as a newly started one. Most tests of
commands look at the machinery and not at what it draws, so these commands know a few charts of all: one of each
sort. Every chart is drawn by the tests of charts, and by the demo. Likewise they know a few lists of apps, and days and
models of the demo, and their bitmaps show nothing.
"""

import atexit
import faulthandler
import gc
import importlib
import json
import os
import pkgutil
import re
import shutil
import socketserver
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tests.serving import serving

if TYPE_CHECKING:
    import pytest

    from generator.charts.chart import Chart

SOME_CHARTS = {
    "tok-top-bar", "tok-top-stack", "tok-movers", "aa-bars", "fr-scatter", "da-elo", "task-share",
}  # fmt: skip
"""The ids of the charts that forked commands draw: bars, areas and points, with variants, of several datasets."""


SOME_LISTS = {"coding": ("cli-agent", "ide-extension")}
"""The categories whose lists of apps forked commands know, beside that of all apps.

Each list takes two requests, a page, an embed and six files to download.
"""

SOME_DAYS = (0, 5, 6, 7)
"""Which of the recorded days forked commands make the demo of: each earlier one is a replay of all its boards.

After the first of them a source restated its past; from the others follows all that a day before and after shows.
"""


PICTURES = "TESTS_PICTURES"
"""The variable that names the folder of pictures which the commands share with the tests."""
SIZE = re.compile(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"')


class Forker:
    """Starts commands one after the other, from a process that runs beside the tests from the first command on."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def run(
        self, arguments: Sequence[str], environment: Mapping[str, str], folder: Path | None
    ) -> tuple[int, str, str]:
        """Return the exit code, the output and the errors of a finished command."""
        with TemporaryDirectory() as streams:
            code = self._ask(_order(arguments, environment, folder, Path(streams)))
            out, err = (Path(streams, name).read_text("utf-8") for name in ("out", "err"))
            return code, out, err

    def begin(self, arguments: Sequence[str], environment: Mapping[str, str], streams: Path) -> int:
        """Return the id of a command that goes on, in a session of its own; it writes ``out`` and ``err`` in a folder."""
        return self._ask(_order(arguments, environment, None, streams) | {"goes_on": True})

    def ended(self, begun: int) -> int:
        """Return the exit code of a command that was begun, once it has ended."""
        return self._ask({"ended": begun})

    def _ask(self, order: Mapping[str, Any]) -> int:
        if self._process is None:
            from tests.drawings import DRAWINGS

            shares = {PICTURES: str(DRAWINGS.pictures)} if DRAWINGS.pictures else {}
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.forking"],
                env=os.environ | shares,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            atexit.register(self._process.communicate)
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


def _order(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path | None, streams: Path
) -> dict[str, Any]:
    return {
        "arguments": list(arguments),
        "environment": dict(environment),
        "folder": str(folder or Path.cwd()),
        "out": str(streams / "out"),
        "err": str(streams / "err"),
        "goes_on": False,
    }


FORKER = Forker()


@contextmanager
def forker_at(path: Path) -> Iterator[None]:
    """Run the commands that come to a socket, for scripts that start them: arguments, environment and folder."""

    class Door(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            arguments, environment, folder = json.loads(self.rfile.readline())
            done = FORKER.run(arguments, environment, Path(folder))
            self.wfile.write(json.dumps(done).encode())

    with serving(socketserver.UnixStreamServer(str(path), Door)):
        yield


def know_some_lists(patch: "pytest.MonkeyPatch") -> None:
    """Leave out the other lists of apps in this process too, for as long as the patch lasts."""
    from generator.endpoints import app_rankings

    patch.setattr(app_rankings, "CATEGORIES", SOME_LISTS)


def know_some_charts(patch: "pytest.MonkeyPatch") -> None:
    """Leave out the other charts, and the words of bitmaps, in this process too, for as long as the patch lasts."""
    from generator.charts import catalogue, png
    from generator.charts.draw import draw_all
    from generator.publish import stage
    from generator.render.permalinks import day_builder, embeds, replay

    patch.setattr(png, "png", blank_bitmaps())
    some = _some_of(catalogue.CHARTS)
    for module in (day_builder, embeds, replay):
        patch.setattr(module, "CHARTS", some)
    for module in (stage, replay):
        patch.setattr(module, "draw_all", partial(draw_all, charts=some))


def blank_bitmaps() -> Callable[[str, float, Mapping[str, str]], bytes]:
    """Return what writes bitmaps of the right size with nothing on them; those of the demo are drawn."""
    from PIL import Image

    from generator.charts.png import written

    def blank(svg: str, scale: float, texts: Mapping[str, str]) -> bytes:
        size = SIZE.search(svg)
        assert size, svg[:100]
        return written(
            Image.new("P", (round(float(size[1]) * scale), round(float(size[2]) * scale))), texts
        )

    return blank


def _know_some(folder: Path) -> None:
    """Leave out most charts, lists, days and models, and the drawing of bitmaps; what reads them may not be imported yet.

    Args:
        folder: for the replies that are left; its files are read for as long as this process runs.
    """
    from generator.charts import catalogue, lettering, png
    from generator.endpoints import app_rankings
    from generator.fetch import recorded
    from tests.fewer_replies import leave_out_charts, leave_out_models

    png.png = blank_bitmaps()
    png.LEVEL = 1
    # A site that knows its address has a card for each board and model, each with a dozen lines to be set and pasted.
    lettering.Canvas.text = _no_words
    catalogue.CHARTS = _some_of(catalogue.CHARTS)
    app_rankings.CATEGORIES = SOME_LISTS
    recorded.DEMO_DAYS = tuple(recorded.DEMO_DAYS[at] for at in SOME_DAYS)
    recorded.REPLIES = shutil.copytree(recorded.REPLIES, folder / "replies")
    leave_out_charts(recorded.REPLIES)
    leave_out_models(recorded.REPLIES)


def _no_words(*_: object, **__: object) -> int:
    """Write nothing in place of :meth:`generator.charts.lettering.Canvas.text`; return its width in pixels."""
    return 0


def _some_of(charts: "Sequence[Chart]") -> "tuple[Chart, ...]":
    return tuple(chart for chart in charts if chart.id in SOME_CHARTS)


def load_certificates_once() -> None:
    """Let all clients of this process share the authorities that they trust: reading them takes 45 ms each time."""
    import httpx

    vars(ssl)["create_default_context"] = cache(ssl.create_default_context)
    httpx.Client(trust_env=False).close()


def convert_markdown_once() -> None:
    """Convert each text of Markdown once in this process: the prose of a small site is 5 to 8 % of its cost."""
    import markdown

    convert, converted = markdown.markdown, dict[str, str]()

    def once(text: str, **settings: Any) -> str:
        key = f"{sorted(settings.items())}{text}"
        if key not in converted:
            converted[key] = convert(text, **settings)
        return converted[key]

    vars(markdown)["markdown"] = once


def _make_what_is_always_the_same() -> None:
    """Convert the package's own prose, list fonts and work out dark colors before there are commands.

    What one of them makes, no other sees: prose and colors are each a twentieth of a small site. The list of fonts is a
    file in a folder that goes with this process; commands end without a chance to remove one.
    """
    from generator.base import palette, resources
    from generator.charts import system_fonts
    from generator.render.templates import Templates

    len(palette.DARK_OF)
    system_fonts.listing()

    templates = Templates()
    for page in resources.folder("templates").rglob("*.md"):
        templates.prose(page)


def _keep_compiled_templates(folder: str) -> None:
    """Let commands share compiled templates even where Python is to write no byte code.

    To compile them in each command would be a third of all that the commands take.

    Args:
        folder: for the templates; it goes with this process.
    """
    if sys.dont_write_bytecode:
        sys.dont_write_bytecode, sys.pycache_prefix = False, folder


def _serve(folder: Path) -> None:
    """Fork once for each line of the input and write the exit code, until the input ends."""
    _know_some(folder)
    load_certificates_once()
    convert_markdown_once()
    import altair  # noqa: F401

    import generator

    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    _make_what_is_always_the_same()
    if PICTURES in os.environ:
        from tests.drawings import share_pictures

        share_pictures(Path(os.environ[PICTURES]))
    # No command looks for garbage in what all of them share, and seldom in what it makes: a tenth of a small build.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    _keep_compiled_templates(str(folder))
    _fork_for_each_line()
    # DuckDB tells of each of its objects that the end of the process does not find.
    gc.unfreeze()


def _fork_for_each_line() -> None:
    for line in sys.stdin:
        sys.stdout.write(f"{_carried_out(json.loads(line))}\n")
        sys.stdout.flush()


def _carried_out(order: dict[str, Any]) -> int:
    """Return the exit code of a command, or the id of one that goes on."""
    child = order.get("ended") or os.fork()
    if child == 0:
        _become(order)
    if order.get("goes_on"):
        return int(child)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _become(order: dict[str, Any]) -> None:
    """Run the command in this process; never return."""
    if order["goes_on"]:
        os.setsid()
    for stream, path in ((1, order["out"]), (2, order["err"])):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    # What ends without a word says where it was.
    faulthandler.enable()
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = ["leaderboards", *order["arguments"]]
    code = 1
    try:
        from generator.cli import main

        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _run_once(folder: Path) -> None:
    """Run the command as a newly started one would, with the same charts."""
    _know_some(folder)
    from generator.cli import main

    main()


if __name__ == "__main__":
    with TemporaryDirectory() as known:
        if len(sys.argv) > 1:
            _run_once(Path(known))
        else:
            _serve(Path(known))
