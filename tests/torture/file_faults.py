"""File-system calls that fail, or at which the process is killed: the N-th of all, once or from then on.

Every call that makes, changes or removes something counts, each write to a file too. What is patched is Python's
own door to the system, so nothing of this needs rights, tools or a disk that is really full.
"""

import builtins
import ctypes
import errno
import io
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

KILL = "SIGKILL"
ERRORS = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EACCES": errno.EACCES}
_CALLS = ("chmod", "fsync", "link", "mkdir", "remove", "rename", "replace", "rmdir", "unlink")
_READ_ONLY = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


@dataclass
class Faults:
    """What happens at the calls, counted from one.

    Attributes:
        at: the number of the call; 0 for none, to count.
        kind: KILL, or the name of an error.
        for_ever: whether later calls fail as well.
        seen: the names of all calls so far.
    """

    at: int = 0
    kind: str = KILL
    for_ever: bool = False
    seen: list[str] = field(default_factory=list)

    def failing(self, name: str) -> int:
        """Count a call; return the error that it ends with, 0 for none."""
        self.seen.append(name)
        number = len(self.seen)
        if not self.at or number < self.at or (number > self.at and not self.for_ever):
            return 0
        if self.kind == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        return ERRORS[self.kind]

    def check(self, name: str, path: object = None) -> None:
        """Count a call, and fail as planned."""
        code = self.failing(name)
        if code:
            raise OSError(code, os.strerror(code), path)


@contextmanager
def injected(faults: Faults) -> Iterator[Faults]:
    """Let the calls inside the block go through these faults."""
    counted = {name: _counted(faults, name) for name in _CALLS}
    with (
        mock.patch.multiple(os, **counted),
        mock.patch.object(os, "open", _opening(faults, os.open)),
        mock.patch.object(io, "open", _opened(faults, io.open)),
        mock.patch.object(builtins, "open", _opened(faults, builtins.open)),
        mock.patch.object(ctypes, "CDLL", return_value=_Exchange(faults)),
    ):
        yield faults


def _counted(faults: Faults, name: str) -> Callable[..., Any]:
    call = getattr(os, name)

    def counted(*arguments: Any, **options: Any) -> Any:
        faults.check(name, arguments[0])
        return call(*arguments, **options)

    return counted


def _opening(faults: Faults, call: Callable[..., int]) -> Callable[..., int]:
    def opening(path: Any, flags: int, *rest: Any, **options: Any) -> int:
        if flags & ~_READ_ONLY:
            faults.check("open", path)
        return call(path, flags, *rest, **options)

    return opening


class _File(io.FileIO):
    """A file whose writes count."""

    faults: Faults

    def write(self, data: Any) -> int:
        self.faults.check("write", self.name)
        return super().write(data)


def _opened(faults: Faults, call: Callable[..., Any]) -> Callable[..., Any]:
    def opened(file: Any, mode: str = "r", *rest: Any, **options: Any) -> Any:
        if not set(mode) & set("wxa+"):
            return call(file, mode, *rest, **options)
        if not isinstance(file, int):
            faults.check("open", file)
        raw = _File(file, mode.replace("b", "").replace("t", ""))
        raw.faults = faults
        buffered = io.BufferedWriter(raw)
        return buffered if "b" in mode else io.TextIOWrapper(buffered, encoding="utf-8")

    return opened


class _Exchange:
    """The C library as :func:`generator.base.files.exchange` uses it."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._library = ctypes.PyDLL(None, use_errno=True)

    def renameat2(self, *arguments: Any) -> int:
        """Exchange two folders, or fail."""
        code = self._faults.failing("renameat2")
        if code:
            ctypes.set_errno(code)
            return -1
        return int(self._library.renameat2(*arguments))

    def syncfs(self, handle: int) -> int:
        """Bring a file system to the disk, or fail."""
        code = self._faults.failing("syncfs")
        if code:
            ctypes.set_errno(code)
            return -1
        return int(self._library.syncfs(handle))
