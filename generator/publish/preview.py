"""A local preview: the published tree over http, and a rebuild when a template or style changes."""

import functools
import http.server
import io
import re
import sys
import threading
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from generator.base import files, resources
from generator.base.errors import UsageError

_LOOK_EVERY = 0.5
"""Seconds."""
_HERE = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?", re.IGNORECASE)
_SOME_BYTES = re.compile(r"bytes=(?:(?P<first>[0-9]+)-(?P<last>[0-9]*)|-(?P<final>[0-9]+))")
_STYLESHEET = re.compile(rb'href="(/[^"]*)static/css/')


class _Preview(http.server.SimpleHTTPRequestHandler):
    """Serves files of one folder: nothing is cached or logged, and a missing page is the site's own 404.

    Only requests that name this computer are answered: a page elsewhere must not read the site by a name that it
    lets point here.
    """

    def log_message(self, *_: object) -> None:
        return

    def send_head(self) -> Any:
        """Begin the answer; return the file to be sent, None where there is none."""
        if not _HERE.fullmatch(self.headers.get("Host", "localhost")):
            self.send_error(403)
            return None
        try:
            path = Path(self.translate_path(self.path)).resolve()
        except ValueError:
            path = None
        if path is None or not path.is_relative_to(Path(self.directory).resolve()):
            self.send_error(404)
            return None
        return self._part(path) or super().send_head()

    def _part(self, path: Path) -> io.BytesIO | None:
        """Begin the answer with the bytes of a file that are asked for; None where that is all of it, or a page.

        Data tools such as polars and DuckDB ask for parts, and hosts of sites answer so.
        """
        asked = _SOME_BYTES.fullmatch(self.headers.get("Range", ""))
        if not asked or not path.is_file():
            return None
        size = path.stat().st_size
        part = _asked_bytes(asked, size)
        if not part:
            return None
        with path.open("rb") as file:
            file.seek(part.start)
            body = file.read(len(part))
        self.send_response(206)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Range", f"bytes {part.start}-{part.stop - 1}/{size}")
        self.end_headers()
        return io.BytesIO(body)

    def list_directory(self, _path: object) -> None:
        """Show a folder without a page as missing, as a static host does."""
        self.send_error(404)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Accept-Ranges", "bytes")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = _at_the_top(page.read_bytes())
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class _Server(http.server.ThreadingHTTPServer):
    """A server for which a browser that no longer waits is nothing to report."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _asked_bytes(asked: re.Match[str], size: int) -> range:
    """Return which bytes of a file of this size a range header names; an empty range if it has none of them."""
    if asked["final"]:
        return range(max(0, size - int(asked["final"])), size)
    last = int(asked["last"]) if asked["last"] else size
    return range(int(asked["first"]), min(last + 1, size))


def _at_the_top(page: bytes) -> bytes:
    """Return the site's 404 page with links from the top of the host, where the preview serves the site."""
    folder = _STYLESHEET.search(page)
    return page.replace(b'="' + folder[1], b'="/') if folder else page


def make_server(public: Path, port: int) -> http.server.ThreadingHTTPServer:
    """Return a server of the folder on the loopback; port 0 takes any free one.

    Raises:
        UsageError: there is no built site, or the port is taken.
    """
    files.refuse_no_folder(public.parent)
    if not (public / "index.html").is_file():
        raise UsageError(
            f"{public} contains no site; run leaderboards build (or build --demo) first"
        )
    preview = functools.partial(_Preview, directory=str(public))
    try:
        return _Server(("127.0.0.1", port), preview)
    except OSError as error:
        raise UsageError(
            f"port {port} is unavailable ({error.strerror}); choose another with --port"
        ) from error


def watch(rebuild: Callable[[], None], stop: threading.Event, more: Sequence[Path] = ()) -> None:
    """Call ``rebuild`` whenever a template, a static file or one of ``more`` has changed, until ``stop`` is set."""
    before = _state(more)
    while not stop.wait(_LOOK_EVERY):
        now = _state(more)
        if now != before:
            before = now
            rebuild()


def _state(more: Sequence[Path]) -> dict[Path, float]:
    """Return when each template and static file, and each of ``more``, last changed, by path."""
    folders = [resources.folder(name) for name in ("templates", "static")]
    folders += [path for path in more if path.is_dir()]
    paths = chain(more, chain.from_iterable(folder.rglob("*") for folder in folders))
    return {path: path.stat().st_mtime for path in paths if path.is_file()}
