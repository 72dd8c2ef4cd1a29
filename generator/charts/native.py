"""vl-convert, in processes of its own: its native code ends a process at some texts, and must not end the run.

A process starts with the first call, answers all that follow, and is replaced when it has died or takes too long.
"""

import atexit
import itertools
import os
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from queue import LifoQueue
from typing import Any, TypeVar

import msgspec

from generator.base import browser_runtime, formats
from generator.base.config import KEY_VARIABLE
from generator.charts import system_fonts

T = TypeVar("T")
U = TypeVar("U")

PROCESSES = 2
"""As many as the machines have processors that publish sites; each takes 150 MB."""
MOST_FOR_ONE = 30
"""The number of pictures that one process draws in the time that a second one takes to start: 0.6 s of a processor."""
LONGEST_SECONDS = 60.0
"""For one call: a picture takes 20 ms, and the first one of a process a second."""
MOST_HANGS = 5
"""After so many calls that took too long nothing more is drawn, so that a run ends."""
_AHEAD = 4 * PROCESSES
_PROGRAM = Path(__file__).with_name("native_process.py")
_PACKAGE = f"vl-convert-python=={list(browser_runtime.CHECKSUMS)[-1]}"


class LibraryFailed(Exception):
    """vl-convert raised an error, ended its process, or took too long; the text says which."""


class CannotLoad(LibraryFailed):
    """A package that charts need cannot be loaded, which is the fault of no chart; the text says how to cure it.

    Args:
        package: its name, with the version that is needed where that is a certain one.
        why: the error, or what else happens.
    """

    def __init__(self, package: str, why: str) -> None:
        name, _, _ = package.partition("==")
        super().__init__(
            f"the package {name} cannot be loaded ({formats.sanitize(why)}); install it again, with what it needs: "
            f"pip install --force-reinstall {package}"
        )


class _Died(Exception):
    """The process has ended during a call."""


class _Process:
    """One process, running or not."""

    def __init__(self) -> None:
        self._running: tuple[subprocess.Popen[bytes], Connection] | None = None

    def start(self) -> str:
        """Start the process and wait until it has loaded vl-convert; return why it cannot, or nothing."""
        self._running = _started()
        _, connection = self._running
        fault = "its process takes too long to start"
        try:
            if connection.poll(LONGEST_SECONDS):
                fault = connection.recv_bytes().decode()
        except (OSError, EOFError):
            fault = "its process ends at once"
        finally:
            # An interrupt, too, leaves no process that is taken for one that is ready.
            if fault:
                self.stop()
        return fault

    @property
    def is_running(self) -> bool:
        return self._running is not None

    def ask(self, order: bytes, seconds: float) -> bytes | None:
        """Return the answer of the started process, None if there is none in time; the process then is ended."""
        if self._running is None:
            raise _Died
        _, connection = self._running
        answer = None
        try:
            connection.send_bytes(order)
            if connection.poll(seconds):
                answer = connection.recv_bytes()
        except (OSError, EOFError):
            raise _Died from None
        finally:
            # An interrupted call, too, would leave an answer that the next one takes for its own.
            if answer is None:
                self.stop()
        return answer

    def stop(self) -> None:
        """End the process; the next call starts another."""
        if self._running is None:
            return
        process, connection = self._running
        self._running = None
        connection.close()
        process.kill()
        process.wait()


def _started() -> tuple[subprocess.Popen[bytes], Connection]:
    ours, theirs = socket.socketpair()
    # What draws texts of others has no use for the key.
    environment = {name: value for name, value in os.environ.items() if name != KEY_VARIABLE}
    environment.setdefault(system_fonts.VARIABLE, system_fonts.listing())
    with theirs:
        process = subprocess.Popen(
            # Modules beside the program would hide others of their names.
            [sys.executable, "-P", str(_PROGRAM), str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            # A panic is printed with whatever text led to it.
            stderr=subprocess.DEVNULL,
            env=environment,
            # The interrupt of a terminal is for the run, which then ends this one.
            start_new_session=True,
        )
    return process, Connection(ours.detach())


class Library:
    """Calls vl-convert, from several threads at once; one call may take so many seconds."""

    def __init__(self, seconds: float = LONGEST_SECONDS) -> None:
        self._seconds = seconds
        self._hangs = 0
        self._fault = ""
        self._calls = itertools.count(1)
        self._processes = [_Process() for _ in range(PROCESSES)]
        self._idle: LifoQueue[_Process] = LifoQueue()
        self._idle.put(self._processes[0])

    def call(self, name: str, *arguments: object, **options: object) -> Any:
        """Return what the function of that name returns.

        Raises:
            LibraryFailed: it raised, ended its process in two of them, or took too long.
            CannotLoad: it cannot be loaded, now or at an earlier call.
        """
        if self._hangs >= MOST_HANGS:
            raise LibraryFailed(f"vl-convert took too long {MOST_HANGS} times")
        order = msgspec.msgpack.encode((name, arguments, options))
        if next(self._calls) == MOST_FOR_ONE:
            for process in self._processes[1:]:
                self._idle.put(process)
        process = self._idle.get()
        try:
            answer = self._answer(process, order)
        finally:
            self._idle.put(process)
        made, fault = msgspec.msgpack.decode(answer)
        if fault:
            raise LibraryFailed(fault)
        return made

    def _answer(self, process: _Process, order: bytes) -> bytes:
        # Where a process ends, what was drawn before may have been the cause: a new one decides.
        for _ in range(2):
            self._start(process)
            try:
                answer = process.ask(order, self._seconds)
            except _Died:
                continue
            if answer is None:
                self._hangs += 1
                raise LibraryFailed(f"vl-convert took longer than {self._seconds:g} s")
            return answer
        raise LibraryFailed("vl-convert ended its process")

    def _start(self, process: _Process) -> None:
        """Start a process that is not running.

        Raises:
            CannotLoad: it cannot be, or an earlier one could not, so that no time is spent on each picture.
        """
        if process.is_running:
            return
        if not self._fault:
            # Where memory was short for a moment, the second one starts.
            self._fault = process.start() and process.start()
        if self._fault:
            raise CannotLoad(_PACKAGE, self._fault)

    def stop(self) -> None:
        """End all processes."""
        for process in self._processes:
            process.stop()


_LIBRARY = Library()
atexit.register(_LIBRARY.stop)


# What the library cannot draw, compile or bundle raises LibraryFailed.


def vega_to_svg(spec: str) -> str:
    """Return a compiled spec drawn as SVG."""
    # Nothing may be loaded from anywhere; an empty list is how vl-convert is told so.
    return str(_LIBRARY.call("vega_to_svg", spec, allowed_base_urls=[]))


def svg_to_png(svg: str, scale: float) -> bytes:
    """Return a picture as bitmap with so many pixels for each of its own."""
    return bytes(_LIBRARY.call("svg_to_png", svg, scale=scale))


def vegalite_to_vega(lite: dict[str, Any], version: str) -> dict[str, Any]:
    """Return the Vega spec of a Vega-Lite spec."""
    return dict(_LIBRARY.call("vegalite_to_vega", lite, vl_version=version))


def javascript_bundle(snippet: str, version: str) -> str:
    """Return a module's text with all that it imports inside."""
    return str(_LIBRARY.call("javascript_bundle", snippet, vl_version=version))


def each(make: Callable[[T], U], items: Iterable[T]) -> Iterator[U]:
    """Yield what is made of each item, in their order, while the next ones are being made."""
    pool = ThreadPoolExecutor(PROCESSES)
    waiting: deque[Future[U]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(make, item))
            if len(waiting) > _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
