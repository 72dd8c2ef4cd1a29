"""A total deadline for one exchange, which httpx does not have."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Any


class SocketDeadline:
    """Shuts the connection in use at a deadline: a server that drips headers never trips a read timeout.

    Attributes:
        was_cut: the deadline of the last exchange passed.
    """

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self.was_cut = False

    def trace(self, _event: str, info: dict[str, Any]) -> None:
        """Note a new connection, plain or inside TLS; httpx calls this at every step of a request."""
        stream = info.get("return_value")
        if stream is not None and hasattr(stream, "get_extra_info"):
            self._socket = stream.get_extra_info("socket")

    @contextlib.contextmanager
    def cut_after(self, seconds: float) -> Iterator[None]:
        """Shut the connection if the block still runs after so many seconds."""
        self.was_cut = False
        timer = threading.Timer(max(seconds, 0.0), self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _cut(self) -> None:
        self.was_cut = True
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
