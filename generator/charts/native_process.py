"""The program of a process in which vl-convert works: it answers calls until nobody is left to send any.

Run by :mod:`generator.charts.native`, which it does not import: all that it needs are vl-convert and msgspec. The
first that it sends answers no call: why vl-convert cannot be loaded, or nothing where it can.
"""

import resource
import sys
from multiprocessing.connection import Connection

import msgspec

try:
    import vl_convert
except Exception as error:
    _fault = f"{type(error).__name__}: {error}"
else:
    _fault = ""


def _answer(order: bytes) -> bytes:
    """Return the result of the call, or the kind of its error and the first line of its text."""
    name, arguments, options = msgspec.msgpack.decode(order)
    try:
        made = getattr(vl_convert, name)(*arguments, **options)
    # vl-convert's failures inside Rust are no Exceptions.
    except BaseException as error:
        first_line = str(error).partition("\n")[0]
        return msgspec.msgpack.encode((None, f"{type(error).__name__}: {first_line}"))
    return msgspec.msgpack.encode((made, ""))


def main(descriptor: int) -> None:
    """Answer what comes through the socket until it is closed at the other end."""
    # What ends this process is expected, and no core of it is wanted in the folder of a run.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with Connection(descriptor) as connection:
        connection.send_bytes(_fault.encode("utf-8", "replace"))
        while not _fault:
            try:
                order = connection.recv_bytes()
            except EOFError:
                return
            connection.send_bytes(_answer(order))


if __name__ == "__main__":
    main(int(sys.argv[1]))
