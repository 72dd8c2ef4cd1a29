"""CPU seconds and peak memory of whole commands, each a process of its own."""

import os
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from generator.base.errors import STALE


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: seconds of CPU and of the clock, and its peak of memory in MiB."""

    cpu: float
    wall: float
    peak: float


def cost(*arguments: str | Path) -> Cost:
    """Run a command in a process of its own and return what it took; end this program where it fails."""
    command = [sys.executable, "-m", "generator", *map(str, arguments)]
    start = time.perf_counter()
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    # Not subprocess: only wait4 tells the peak of this one child.
    _, status, used = os.wait4(
        os.posix_spawn(sys.executable, command, os.environ, file_actions=silent), 0
    )
    wall = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, STALE):
        sys.exit(f"{' '.join(command)} ended with {code}")
    # Kilobytes, but bytes on a Mac.
    peak = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return Cost(used.ru_utime + used.ru_stime, wall, peak)


def _measured(name: str, *arguments: str | Path) -> None:
    took = cost(*arguments)
    print(f"{name:42}{took.cpu:9.2f}{took.wall:9.2f}{took.peak:9.0f}")


def main(site: Path) -> None:
    """Print what each command costs, and leaves the built demo in ``site``."""
    print(f"{'command':42}{'CPU s':>9}{'wall s':>9}{'MiB':>9}")
    _measured("--help", "--help")
    _measured("build --demo, nothing drawn yet", "build", "--demo", "--site", site)
    _measured("render, everything drawn before", "render", "--site", site)
    shutil.rmtree(site / ".cache")
    _measured("render, nothing drawn yet", "render", "--site", site)
    _measured("check", "check", "--site", site)
    _measured("verify", "verify", site)
