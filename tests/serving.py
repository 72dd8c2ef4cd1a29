"""A server beside a test."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import BaseServer


@contextmanager
def serving(server: BaseServer, seconds: float = 0.01) -> Iterator[None]:
    """Serve from a thread for the length of a ``with`` block, and close the server.

    Args:
        server: one that listens already.
        seconds: after which it looks again whether it is to end; for half a second, as is usual, a test would wait.
    """
    kwargs = {"poll_interval": seconds}
    threading.Thread(target=server.serve_forever, kwargs=kwargs, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
