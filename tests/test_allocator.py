"""What is freed goes back to the system, where the C library can be told."""

import ctypes
import platform
import subprocess
import sys

import pytest

from generator.base import allocator

_FREED = """
from generator.base import allocator

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096

# Large blocks, each with one behind it that stays, so that the C library keeps what is freed of them.
large, behind = [], []
for _ in range(200):
    large.append(b"x" * 100_000)
    behind.append(b"y" * 1000)
held = resident()
del large
allocator.give_back()
print(held - resident())
"""

_MAPPED = """
import sys
from generator.base import allocator

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096

if "told" in sys.argv:
    allocator.map_large_blocks()
# One so large raises what the C library calls large, if it is not told.
freed = b"x" * 30_000_000
del freed
large, behind = [], []
for _ in range(20):
    large.append(b"x" * 1_000_000)
    behind.append(b"y" * 1000)
held = resident()
del large
print(held - resident())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
@pytest.mark.parametrize(("told", "is_given_back"), [(["told"], True), ([], False)])
def test_large_blocks_between_others_go_back_once_freed(
    told: list[str], *, is_given_back: bool
) -> None:
    freed = subprocess.run([sys.executable, "-c", _MAPPED, *told], capture_output=True, check=True)
    assert (int(freed.stdout) > 15_000_000) is is_given_back


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_what_was_freed_between_blocks_that_stay_is_given_back() -> None:
    freed = subprocess.run([sys.executable, "-c", _FREED], capture_output=True, check=True)
    assert int(freed.stdout) > 15_000_000


def test_a_c_library_that_cannot_be_told_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str | None] = []
    monkeypatch.setattr(ctypes, "CDLL", asked.append)
    allocator.give_back()
    allocator.map_large_blocks()
    assert asked == [None, None]
