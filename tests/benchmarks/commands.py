"""CPU seconds and peak memory of whole commands, each a process of its own."""

import shutil
import statistics
import sys
from pathlib import Path

from tests.benchmarks.processes import measured

ROUNDS = 15


def _measured(name: str, *arguments: str | Path) -> None:
    cost = measured([sys.executable, "-m", "generator", *arguments])
    print(f"{name:42}{cost.cpu:9.2f}{cost.wall:9.2f}{cost.mebibytes:9.0f}")


def _print_help() -> None:
    """Print the milliseconds of CPU of the help, beside those of Hugo's where that is installed."""
    own = [str(Path(sys.executable).with_name("leaderboards")), "--help"]
    hugo = shutil.which("hugo")
    pairs = [(measured(own).cpu, measured([hugo or own[0], "--help"]).cpu) for _ in range(ROUNDS)]
    ours, other = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
    beside = f", hugo --help {other:.0f} ms: {ours / other:.2f} of it" if hugo else ""
    print(f"leaderboards --help: {ours:.0f} ms of CPU{beside}")


def main(site: Path) -> None:
    """Print what each command costs, and leaves the built demo in ``site``."""
    print(f"{'command':42}{'CPU s':>9}{'wall s':>9}{'MiB':>9}")
    _print_help()
    _measured("build --demo, nothing drawn yet", "build", "--demo", "--site", site)
    _measured("render, everything drawn before", "render", "--site", site)
    shutil.rmtree(site / ".cache")
    _measured("render, nothing drawn yet", "render", "--site", site)
    _measured("check", "check", "--site", site)
    _measured("verify", "verify", site)
