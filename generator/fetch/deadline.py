"""The connection underneath httpx."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Any


class SocketDeadline:
    """The connection in use, and how to cut it: a server that drips headers never trips a read timeout."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self.was_cut = False

    def trace(self, _event: str, info: dict[str, Any]) -> None:
        """Hears from httpx of every new connection, plain or inside TLS."""
        stream = info.get("return_value")
        if stream is not None and hasattr(stream, "get_extra_info"):
            self._socket = stream.get_extra_info("socket")

    @contextlib.contextmanager
    def cut_after(self, seconds: float) -> Iterator[None]:
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
