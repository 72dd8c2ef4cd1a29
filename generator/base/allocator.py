"""How the C library gives memory back."""

import contextlib
import ctypes


def give_back() -> None:
    """Give what is free in the C library's heap back to the system, where that library is glibc.

    It keeps what was freed between blocks that stay, and asks for more where nothing large enough lies in one piece. With
    five years of days 126 of its 147 MiB are free when all files are written: the checks peaked at 355 MiB on top of
    that, and at 253 so.
    """
    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
