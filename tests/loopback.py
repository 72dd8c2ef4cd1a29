"""The recorded API behind a real socket on 127.0.0.1, with faults, limits and longer lists on demand.

Two recordings are of September 2026 and are played on days of August. A client with the real clock receives
them after their as_of; one whose clock shows the played day would have to refuse them.
"""

import json
import math
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx

from generator.fetch.recorded import DEMO_DAYS, Answer
from tests import replies

ROOT = "/api/v1"
KEY = "sk-or-v1-loopback"
KEYED = ("/datasets/", "/benchmarks", "/classifications/")
A_MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Request:
    """One GET as it came in: the path below the API root, header names in lower case, seconds of the clock."""

    path: str
    params: dict[str, str]
    headers: dict[str, str]
    time: float
    target: str

    @property
    def keyed(self) -> bool:
        return self.path.startswith(KEYED)


Fault = Callable[[Request], Answer | bytes | None]
"""An answer, or raw bytes written to the socket before it is closed, or None for "ask the API after all"."""


@dataclass(slots=True)
class _Planned:
    prefix: str
    fault: Fault
    left: float


@dataclass(slots=True)
class _Slice:
    path: str
    params: dict[str, str]
    body: bytes | list[dict[str, Any]]


@dataclass(slots=True)
class Loopback:
    """A server for the length of a ``with`` block; ``url`` is the API root.

    Attributes:
        day: what the API takes for today; may be set while it runs.
        key: the only key it knows.
        per_minute: keyed requests let through in any sixty seconds, None for as many as come.
        small: a world of six models (:mod:`tests.replies`), from which a site is built in moments.
        clock: seconds, for the limit and for the time of each request.
        requests: everything that was asked, oldest first.
    """

    day: date = DEMO_DAYS[-1]
    key: str = KEY
    per_minute: int | None = None
    small: bool = False
    clock: Callable[[], float] = time.monotonic
    requests: list[Request] = field(default_factory=list)
    _faults: list[_Planned] = field(default_factory=list)
    _slices: list[_Slice] = field(default_factory=list)
    _let_through: deque[float] = field(default_factory=deque)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _server: ThreadingHTTPServer | None = None

    def __enter__(self) -> "Loopback":
        loopback = self

        class Door(_Door):
            def do_GET(self) -> None:
                self.reply_with(loopback.reply)

        self._server = _Server(("127.0.0.1", 0), Door)
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()

    @property
    def url(self) -> str:
        if not self._server:
            raise RuntimeError("the server runs only inside its with block")
        return f"http://127.0.0.1:{self._server.server_address[1]}{ROOT}"

    def asked(self, prefix: str = "") -> list[Request]:
        return [request for request in self.requests if request.path.startswith(prefix)]

    def fail(
        self,
        path_prefix: str,
        status: int = 503,
        body: Any = None,
        *,
        headers: Mapping[str, str] | None = None,
        times: int | None = None,
        fault: Fault | None = None,
    ) -> None:
        """Answer paths that start so with a fault, ``times`` over or until ``mend``; the newest fault goes first.

        Args:
            path_prefix: below the API root.
            status: of the faulty answer.
            body: bytes or text as they are, another value as JSON, None for the documented error body.
            headers: in place of a JSON content type.
            times: how often, None for ever.
            fault: decides by the request instead of by ``status``, ``body`` and ``headers``.
        """
        sent = {"content-type": "application/json"} if headers is None else dict(headers)
        answer = Answer(status, sent, _bytes(_error(status) if body is None else body))
        self._faults.insert(
            0,
            _Planned(
                path_prefix, fault or (lambda _: answer), math.inf if times is None else times
            ),
        )

    def mend(self) -> None:
        self._faults.clear()

    def replace(self, path: str, params_subset: Mapping[str, str], body: Any) -> None:
        """Answer requests for ``path`` with at least these parameters by other facts; the newest goes first.

        A list of rows stands in for ``data`` and is served in pages by ``limit`` and ``offset``, with the meta
        that the API would have given; anything else is the whole body. What the API refuses stays refused.
        """
        self._slices.insert(
            0, _Slice(path, dict(params_subset), body if isinstance(body, list) else _bytes(body))
        )

    def reply(self, target: str, headers: list[tuple[str, str]]) -> Answer | bytes:
        """Return the reply to a request target, after noting and counting it."""
        parts = urlsplit(target)
        # The slash between author and slug must come as it is: an encoded one names nothing.
        path = parts.path if "%2f" in parts.path.lower() else unquote(parts.path)
        inside = path.startswith(f"{ROOT}/")
        request = Request(
            path.removeprefix(ROOT) if inside else path,
            dict(parse_qsl(parts.query, keep_blank_values=True)),
            {name.lower(): value for name, value in headers},
            self.clock(),
            target,
        )
        keys = [value for name, value in headers if name.lower() == "authorization"]
        with self._lock:
            self.requests.append(request)
            planned = self._planned(request)
        # Outside the lock: a fault may sleep, or wait for the next request.
        found = planned.fault(request) if planned else None
        if found is None and inside and request.keyed:
            found = self._limited(request.time)
        return (
            found
            if found is not None
            else self._answer(request, inside, keys == [f"Bearer {self.key}"])
        )

    def _planned(self, request: Request) -> _Planned | None:
        for planned in self._faults:
            if planned.left > 0 and request.path.startswith(planned.prefix):
                planned.left -= 1
                return planned
        return None

    def _limited(self, now: float) -> Answer | None:
        if self.per_minute is None:
            return None
        with self._lock:
            while self._let_through and self._let_through[0] <= now - A_MINUTE:
                self._let_through.popleft()
            if len(self._let_through) < self.per_minute:
                self._let_through.append(now)
                return None
            oldest = self._let_through[0]
        wait = math.ceil(oldest + A_MINUTE - now)
        headers = {
            "retry-after": str(wait),
            "x-ratelimit-limit": str(self.per_minute),
            "x-ratelimit-remaining": "0",
        }
        return Answer(429, {"content-type": "application/json"} | headers, _bytes(_error(429)))

    def _answer(self, request: Request, inside: bool, authorized: bool) -> Answer:
        if not inside:
            return Answer(
                404, {"content-type": "text/html"}, b"<!doctype html><title>Not found</title>"
            )
        answer = replies.recorded(
            self.day, request.path, request.params, authorized=authorized, few=self.small
        )
        for one in self._slices:
            if (
                one.path == request.path
                and one.params.items() <= request.params.items()
                and answer.status == 200
            ):
                return Answer(200, answer.headers, _replaced(answer.body, one.body, request.params))
        return answer


def _replaced(body: bytes, given: bytes | list[dict[str, Any]], params: Mapping[str, str]) -> bytes:
    if isinstance(given, bytes):
        return given
    offset = int(params.get("offset", "0"))
    return _bytes(
        json.loads(body) | {"data": given[offset : offset + int(params.get("limit", "50"))]}
    )


def _bytes(value: Any) -> bytes:
    return (
        value
        if isinstance(value, bytes)
        else value.encode()
        if isinstance(value, str)
        else json.dumps(value).encode()
    )


def _error(status: int) -> dict[str, Any]:
    messages = {
        401: "Missing Authentication header",
        429: "Rate limit exceeded",
        503: "Service unavailable",
    }
    error: dict[str, Any] = {
        "code": status,
        "message": messages.get(status, "Internal Server Error"),
    }
    return {
        "error": error
        | ({"metadata": {"error_type": "rate_limit_exceeded"}} if status == 429 else {})
    }


class Wire(httpx.BaseTransport):
    """Carries requests to a loopback without a socket, which is a sixth of the cost of tests that take days.

    For tests of what is made of replies; what happens on a connection needs the socket.
    """

    def __init__(self, server: Loopback) -> None:
        self._server = server

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        sent = [(name.decode(), value.decode()) for name, value in request.headers.raw]
        found = self._server.reply(request.url.raw_path.decode("ascii"), sent)
        if isinstance(found, bytes):
            assert not found, "bytes on a connection need one"
            raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
        return httpx.Response(
            found.status, headers=found.headers, stream=httpx.ByteStream(found.body)
        )


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report nothing: clients that close a connection early are part of many tests."""


class _Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def reply_with(self, reply: Callable[[str, list[tuple[str, str]]], Answer | bytes]) -> None:
        found = reply(self.path, self.headers.items())
        if isinstance(found, bytes):
            self.wfile.write(found)
            self.close_connection = True
            return
        # Without a date: the clocks of tests are their own.
        self.send_response_only(found.status)
        # The length is ours unless the test says another, as some faults do.
        for name, value in ({"content-length": str(len(found.body))} | found.headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(found.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the standard library's
        """Write nothing to stderr: the server notes the requests."""
