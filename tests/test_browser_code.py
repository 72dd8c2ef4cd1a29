"""The scripts in ``static/js`` next to the Python that writes the same texts. Their own tests are in ``tests/js``."""

import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import Sequence
from typing import Any

import pytest

from generator.base import formats
from tests.rehearsal import ROOT

NODE = shutil.which("node")
LONGEST_SCRIPT_LINE, LONGEST_TEMPLATE_LINE = 100, 140


def _amounts() -> list[float]:
    """Amounts of dollars: both sides of each threshold, halves to be rounded, large ones and random ones."""
    numbers = random.Random(8)  # noqa: S311 - the same amounts in every run
    edges = [0, 0.0049, 0.005, 0.125, 0.375, 99.99, 99.994, 99.995, 99.996, 100, 100.5, 999.5]
    return [*edges, 1e6, 123456789.5, *(numbers.random() * 10**power for power in range(-4, 9))]


def _from_node(amounts: Sequence[float] = (), counts: Sequence[int] = ()) -> Any:
    if NODE is None:
        assert "CI" not in os.environ, (
            "continuous integration needs Node.js to test the browser's code"
        )
        pytest.skip("no Node.js was found")
    command = [NODE, str(ROOT / "tests/js/print_formats.js")]
    given = json.dumps({"amounts": list(amounts), "counts": list(counts)})
    done = subprocess.run(
        command, input=given, capture_output=True, text=True, timeout=120, check=True
    )
    return json.loads(done.stdout)


def test_the_browser_writes_amounts_as_python_does() -> None:
    amounts = _amounts()
    assert _from_node(amounts)["amounts"] == [formats.dollars(amount) for amount in amounts]


def test_the_browser_counts_rows_as_python_does() -> None:
    counts = (0, 12, 999, 1000, 4352, 123_456, 1_000_000)
    assert _from_node(counts=counts)["counts"] == [f"{count:,} models" for count in counts]


def test_no_script_writes_numbers_for_people_but_those_that_are_held_against_python() -> None:
    writers = re.compile(r"toLocaleString|NumberFormat|DateTimeFormat")
    assert [
        path.name
        for path in (ROOT / "static/js").glob("*.js")
        if writers.search(path.read_text("utf-8"))
    ] == []


def test_the_lock_file_names_every_package_by_its_hash_and_no_host() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    names = [name for name in packages if name]
    assert len(names) > 50
    assert [
        name for name in names if not packages[name].get("integrity", "").startswith("sha512-")
    ] == []
    assert [name for name in names if "resolved" in packages[name]] == []


def test_scripts_and_templates_keep_to_the_width_of_a_page() -> None:
    limits = {"static/js/*.js": LONGEST_SCRIPT_LINE, "tests/js/*.js": LONGEST_SCRIPT_LINE}
    limits |= {"templates/**/*.j2": LONGEST_TEMPLATE_LINE}
    for pattern, limit in limits.items():
        files = sorted(ROOT.glob(pattern))
        assert files, pattern
        for path in files:
            long = [
                number
                for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
                if len(line) > limit
            ]
            assert long == [], path.name
