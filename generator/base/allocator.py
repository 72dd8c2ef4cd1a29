"""How the C library gives memory back, where that library is glibc."""

import contextlib
import ctypes

_M_MMAP_THRESHOLD = -3
"""The number of the parameter in malloc.h."""
_LARGE = 256 * 1024
"""In bytes."""


def map_large_blocks() -> None:
    """Let each large block be mapped by itself, so that it is given back once it is freed.

    The library raises what counts as large, up to 32 MiB, when such blocks are freed, and lays the next ones between
    others that stay. With five years of days a render peaked at 264 MiB, and at 233 so.
    """
    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)


def give_back() -> None:
    """Give what is free in the C library's heap back to the system.

    It keeps what was freed between blocks that stay, and asks for more where nothing large enough lies in one piece. With
    five years of days 126 of its 147 MiB are free when all files are written: the checks peaked at 355 MiB on top of
    that, and at 253 so.
    """
    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
