"""Commands as processes that are forked from one that has imported the program: the imports are most of a short run.

Each runs with an environment, a folder and streams of its own, as a newly started one. Most tests of
commands look at the machinery and not at what it draws, so these commands know a few charts of all: one of each
sort. Every chart is drawn by the tests of charts, and by the demo. Likewise they know a few lists of apps, and their
bitmaps show no words.
"""

import atexit
import gc
import importlib
import json
import os
import pkgutil
import re
import socketserver
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

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


WORDS = re.compile(r"<text.*?</text>", re.DOTALL)


class Forker:
    """Starts commands one after the other, from a process that runs beside the tests from the first command on."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def run(
        self, arguments: Sequence[str], environment: Mapping[str, str], folder: Path | None
    ) -> tuple[int, str, str]:
        """Return the exit code, the output and the errors of a finished command."""
        with TemporaryDirectory() as streams:
            out, err = Path(streams, "out"), Path(streams, "err")
            order = {
                "arguments": list(arguments),
                "environment": dict(environment),
                "folder": str(folder or Path.cwd()),
                "out": str(out),
                "err": str(err),
            }
            code = self._ask(json.dumps(order))
            return code, out.read_text("utf-8"), err.read_text("utf-8")

    def _ask(self, order: str) -> int:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.forking"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            atexit.register(self._process.communicate)
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


FORKER = Forker()


@contextmanager
def forker_at(path: Path) -> Iterator[None]:
    """Run the commands that come to a socket, for scripts that start them: arguments, environment and folder."""

    class Door(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            arguments, environment, folder = json.loads(self.rfile.readline())
            done = FORKER.run(arguments, environment, Path(folder))
            self.wfile.write(json.dumps(done).encode())

    with socketserver.UnixStreamServer(str(path), Door) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.shutdown()


def know_some_lists(patch: "pytest.MonkeyPatch") -> None:
    """Leave out the other lists of apps in this process too, for as long as the patch lasts."""
    from generator.endpoints import app_rankings

    patch.setattr(app_rankings, "CATEGORIES", SOME_LISTS)


def know_some_charts(patch: "pytest.MonkeyPatch") -> None:
    """Leave out the other charts in this process too, for as long as the patch lasts."""
    from generator.charts import catalogue
    from generator.charts.draw import draw_all
    from generator.publish import stage
    from generator.render.permalinks import day_builder, embeds, replay

    some = _some_of(catalogue.CHARTS)
    for module in (day_builder, embeds, replay):
        patch.setattr(module, "CHARTS", some)
    for module in (stage, replay):
        patch.setattr(module, "draw_all", partial(draw_all, charts=some))


def bitmaps_without_words() -> Callable[[str, float, Mapping[str, str]], bytes]:
    """Return what draws bitmaps without their words, which are most of the cost; the demo's have them."""
    from generator.charts import png

    draw = png.png
    return lambda svg, scale, texts: draw(WORDS.sub("", svg), scale, texts)


def _know_some() -> None:
    """Leave out the other charts and lists; nothing that reads the catalog of charts may have been imported."""
    from generator.charts import catalogue, png
    from generator.endpoints import app_rankings

    png.png = bitmaps_without_words()
    catalogue.CHARTS = _some_of(catalogue.CHARTS)
    app_rankings.CATEGORIES = SOME_LISTS


def _some_of(charts: "Sequence[Chart]") -> "tuple[Chart, ...]":
    return tuple(chart for chart in charts if chart.id in SOME_CHARTS)


def load_certificates_once() -> None:
    """Let all clients of this process share the authorities that they trust: reading them takes 45 ms each time."""
    import httpx

    vars(ssl)["create_default_context"] = cache(ssl.create_default_context)
    httpx.Client(trust_env=False).close()


def _keep_compiled_templates(folder: str) -> None:
    """Compile each template once for all commands: that would be a fifth of a short one."""
    import jinja2

    cached = jinja2.FileSystemBytecodeCache(folder)
    vars(jinja2)["Environment"] = partial(jinja2.Environment, bytecode_cache=cached)


def _serve() -> None:
    """Fork once for each line of the input and write the exit code, until the input ends."""
    _know_some()
    load_certificates_once()
    import altair  # noqa: F401

    import generator

    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    # No command looks for garbage in what all of them share.
    gc.freeze()
    with TemporaryDirectory() as compiled:
        _keep_compiled_templates(compiled)
        _fork_for_each_line()


def _fork_for_each_line() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _become(json.loads(line))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _become(order: dict[str, str]) -> None:
    """Run the command in this process; never return."""
    for stream, path in ((1, order["out"]), (2, order["err"])):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
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


def _run_once() -> None:
    """Run the command as a newly started one would, with the same charts."""
    _know_some()
    from generator.cli import main

    main()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _run_once()
    else:
        _serve()
