"""A cache of drawings that the builds of one test run share: most sites of the tests hold the same charts.

A cached drawing is that of a fresh one, which a test proves; so sharing changes no result.
"""

import fcntl
import functools
import os
import shutil
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from generator.base import files
from generator.base.cache_seal import put_seal
from generator.charts import native
from generator.publish.folders import Folders
from tests.serving import serving

DRAWS = "TESTS_DRAWS"
"""The variable that names the socket of :func:`drawing_for_all`."""
NEVER = 0
"""No call has this number: a second process is never started."""
PICTURES = ("vega_to_svg", "svg_to_png", "vegalite_to_vega", "javascript_bundle")
"""The functions of :mod:`generator.charts.native` whose answers follow from what they are asked, and from nothing else."""


class Drawings:
    """A folder with everything that was drawn so far; it is shared between the workers.

    Attributes:
        folder: None shares nothing.
        pictures: the folder of :func:`share_pictures`.
    """

    folder: Path | None = None
    pictures: Path | None = None

    def lend(self, site: Path) -> None:
        """Give a site without a cache what was drawn for other sites."""
        cache = site / ".cache"
        wanted = not cache.exists() and not site.is_file()
        if wanted and self.folder and self.folder.is_dir():
            with self._locked(self.folder):
                shutil.copytree(self.folder, cache, ignore=shutil.ignore_patterns("lock"))
            put_seal(cache, Folders(site).seal)

    def collect(self, site: Path) -> None:
        """Add a site's cache, except the pages of earlier days, which belong to its archive."""
        cache = site / ".cache"
        if not self.folder or not cache.is_dir():
            return
        self.folder.mkdir(exist_ok=True)
        with self._locked(self.folder):
            for path in sorted(cache.rglob("*")):
                name = path.relative_to(cache)
                if path.is_file() and name.parts[0] != "days" and path.suffix != ".sums":
                    _add(path, self.folder / name)

    @staticmethod
    def _locked(folder: Path) -> "_Lock":
        return _Lock(folder / "lock")


class _Lock:
    """The only one among the workers that reads or writes the folder, for the length of a ``with`` block."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        self._file = self._path.open("a")
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _add(path: Path, target: Path) -> None:
    """Add a file that is not there yet."""
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


DRAWINGS = Drawings()


def share_pictures(folder: Path) -> None:
    """Ask vl-convert once in a test run for each picture: 737 times and not 1,139, which saves 10 s of a processor.

    A new Python that a test starts asks anew, unless it runs a copied checkout, as do the tests of the library itself.
    """
    folder.mkdir(exist_ok=True)
    # Commands have an environment of their own.
    address = os.environ[DRAWS]
    for name in PICTURES:
        setattr(native, name, _shared(_own(name), folder, address))


def _own(name: str) -> Callable[..., Any]:
    """Return the function that asks the library of this process."""
    found = getattr(native, name)
    return getattr(found, "__wrapped__", found)


def _shared(own: Callable[..., Any], folder: Path, address: str) -> Callable[..., Any]:
    @functools.wraps(own)
    def answer(*order: Any) -> Any:
        asked = msgspec.msgpack.encode((own.__name__, order))
        path = folder / files.sha256(asked)
        if path.exists():
            return msgspec.msgpack.decode(path.read_bytes())
        made = _drawn_for_all(asked, address)
        # Whole at once: others may look for it meanwhile.
        begun = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
        begun.write_bytes(msgspec.msgpack.encode(made))
        begun.rename(path)
        return made

    return answer


@contextmanager
def drawing_for_all(*, at_once: bool) -> Iterator[None]:
    """Ask vl-convert in this process for all processes of a test run, for the length of a ``with`` block.

    A process that asks for itself starts one of its own, and V8 takes half a second of a processor to begin: 9 s in all.

    Args:
        at_once: draw in several processes, as a build does; a second one takes 2 s of a processor to get up to speed.
    """
    if not at_once:
        native.MOST_FOR_ONE = NEVER
    functions = {name: _own(name) for name in PICTURES}

    class Drawing(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            name, order = msgspec.msgpack.decode(self.rfile.read())
            try:
                answer = functions[name](*order), ""
            except native.LibraryFailed as failure:
                answer = None, str(failure)
            self.wfile.write(msgspec.msgpack.encode(answer))

    with TemporaryDirectory() as folder:
        os.environ[DRAWS] = str(Path(folder, "draws"))
        server = socketserver.ThreadingUnixStreamServer(os.environ[DRAWS], Drawing)
        # It ends once in a run: to look for that every 10 ms would be half of what it costs.
        with serving(server, seconds=0.2):
            yield


def _drawn_for_all(asked: bytes, address: str) -> Any:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(address)
        connection.sendall(asked)
        connection.shutdown(socket.SHUT_WR)
        made, failure = msgspec.msgpack.decode(connection.makefile("rb").read())
    if failure:
        raise native.LibraryFailed(failure)
    return made
