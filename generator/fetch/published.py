"""Files of a published site, fetched to verify them. No key is ever sent."""

import contextlib
import threading
from collections.abc import Callable

import httpx

from generator.base import formats
from generator.base.errors import LeaderboardsError
from generator.fetch import failures
from generator.fetch.client import LARGEST_BODY
from generator.fetch.deadline import SocketDeadline
from generator.fetch.pacing import Clock

FILE_SECONDS = 120.0
"""The longest time for one file."""
SITE_SECONDS = 3600.0
"""The longest time for all files of a site."""
_MOST_REDIRECTS = 10


def fetcher(
    root: str, transport: httpx.BaseTransport | None = None, clock: Clock | None = None
) -> Callable[[str], bytes | None]:
    """Return a function from a path below ``root`` to its bytes, None for 404; several threads may call it.

    The function raises LeaderboardsError when the server cannot be reached or answers something else, or when
    the time for the file, or for the whole site since the call of ``fetcher``, is over.
    """
    return _Site(root, transport, clock or Clock()).fetch


class _Connection(threading.local):
    """One thread's connection: a deadline must know which connection it cuts."""

    def __init__(self, transport: httpx.BaseTransport | None) -> None:
        self.deadline = SocketDeadline()
        self.http = httpx.Client(
            transport=transport,
            trust_env=False,
            follow_redirects=False,
            timeout=30.0,
            headers={"Accept-Encoding": "identity"},
        )


class _Site:
    """A site that is being verified."""

    def __init__(self, root: str, transport: httpx.BaseTransport | None, clock: Clock) -> None:
        self._root = root
        self._clock = clock
        self._ends = clock.monotonic() + SITE_SECONDS
        self._connection = _Connection(transport)

    def fetch(self, path: str) -> bytes | None:
        """Return a file's bytes, None for 404.

        Raises:
            LeaderboardsError: it cannot be fetched, or not in time.
        """
        now = self._clock.monotonic()
        if now >= self._ends:
            raise LeaderboardsError(
                f"{self._root}: not all files could be fetched within {SITE_SECONDS / 60:.0f} minutes"
            )
        # It is another site's, and goes to a terminal.
        name = formats.sanitize(path)
        ends = min(now + FILE_SECONDS, self._ends)
        deadline = self._connection.deadline
        try:
            with deadline.cut_after(ends - now):
                return self._fetched(path, name, ends)
        # Some addresses, of a redirect too, fail outside httpx's family of errors; UnicodeError is a host's.
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            why = "out of time" if deadline.was_cut else _in_words(error)
            raise LeaderboardsError(f"{self._root}: {name} cannot be fetched ({why})") from None

    def _fetched(self, path: str, name: str, ends: float) -> bytes | None:
        """Follow redirects to a file, and return its bytes, None for 404; ``name`` is its path for people.

        Raises:
            LeaderboardsError: the answer is another one, or has no end in time.
        """
        http, deadline = self._connection.http, self._connection.deadline
        request = http.build_request("GET", f"{self._root.rstrip('/')}/{path}")
        for _ in range(_MOST_REDIRECTS + 1):
            request.extensions = {**request.extensions, "trace": deadline.trace}
            with contextlib.closing(http.send(request, stream=True)) as response:
                if response.status_code == 200:
                    return self._body(response, name, ends)
                if response.status_code == 404:
                    return None
                # The body of a redirect may have no end: it is not read.
                following = response.next_request
            if following is None:
                raise LeaderboardsError(f"{self._root}: HTTP {response.status_code} for {name}")
            request = following
        raise LeaderboardsError(f"{self._root}: {name} is redirected too often")

    def _body(self, response: httpx.Response, name: str, ends: float) -> bytes:
        body = bytearray()
        for part in response.iter_raw():
            body += part
            if len(body) > LARGEST_BODY:
                limit = f"{LARGEST_BODY // 2**20} MiB"
                raise LeaderboardsError(f"{self._root}: {name} is larger than {limit}")
            if self._clock.monotonic() > ends:
                raise LeaderboardsError(f"{self._root}: {name} cannot be fetched (out of time)")
        return bytes(body)


def _in_words(error: httpx.HTTPError | httpx.InvalidURL | UnicodeError) -> str:
    if isinstance(error, httpx.HTTPError):
        return failures.of_transport(error)
    return "not an address that can be asked"
