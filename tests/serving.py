"""A server beside a test."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import BaseServer


@contextmanager
def serving(server: BaseServer) -> Iterator[None]:
    """Serve from a thread for the length of a ``with`` block, and close the server."""
    # It looks so often whether it is to end: every half a second, as is usual, a test would wait for that.
    kwargs = {"poll_interval": 0.01}
    threading.Thread(target=server.serve_forever, kwargs=kwargs, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
