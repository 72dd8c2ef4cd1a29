"""CPU seconds and peak memory of a process, with those of its children."""

import contextlib
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process cost: CPU and wall seconds, and the peak of its memory in MiB."""

    cpu: float
    wall: float
    mebibytes: float


def measured(
    command: Sequence[str | Path], bytecode: Path | None = None, allowed: Sequence[int] = (0,)
) -> Cost:
    """Return what a command cost; what it prints is dropped. It ends this process if the command fails.

    Args:
        command: the program's path, then its arguments.
        bytecode: where Python keeps what it compiles, as an installed program has it; by default as the
            environment says.
        allowed: the exit codes of success.
    """
    own = {"PYTHONPYCACHEPREFIX": str(bytecode)} if bytecode else {}
    environment = {**os.environ, **own}
    if bytecode:
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
    arguments = [str(part) for part in command]
    silent = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
    start = time.perf_counter()
    # Not subprocess: only wait4 tells the peak of this one child.
    child = os.posix_spawn(arguments[0], arguments, environment, file_actions=[silent])
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    if code not in allowed:
        sys.exit(f"{' '.join(arguments)} ended with {code}")
    # Kilobytes, but bytes on a Mac.
    peak = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return Cost(used.ru_utime + used.ru_stime, wall, peak)


def cpu_so_far() -> float:
    """Return the CPU seconds of this process and of all that it began, those that still run too (on Linux)."""
    ticks: dict[int, int] = {}
    families: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # The name of the program comes before, and may hold anything.
            told = stat.read_text().rpartition(")")[2].split()
            ticks[int(stat.parent.name)] = sum(map(int, told[11:15]))
            families.setdefault(int(told[1]), []).append(int(stat.parent.name))
    used, waiting = 0, [os.getpid()]
    while waiting:
        process = waiting.pop()
        used += ticks.get(process, 0)
        waiting += families.get(process, ())
    return used / os.sysconf("SC_CLK_TCK")
