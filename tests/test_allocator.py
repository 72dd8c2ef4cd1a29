"""What is freed goes back to the system, where the C library can be told."""

import ctypes
import platform
import subprocess
import sys

import pytest

from generator.base import allocator

_FREED = """
from generator.base import allocator
allocator.give_back_large_blocks()

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096

# From here on, glibc would by itself keep blocks of this size in its heap.
first = bytes(20 << 20)
del first
large = b"x" * (12 << 20)
behind = [b"y" * 2000 for _ in range(1000)]
held = resident()
del large
print(held - resident())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_a_large_block_is_given_back_though_smaller_ones_were_made_after_it() -> None:
    freed = subprocess.run([sys.executable, "-c", _FREED], capture_output=True, check=True)
    assert int(freed.stdout) > 11 << 20


def test_a_c_library_without_this_setting_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    allocator.give_back_large_blocks()
