"""The scripts in ``static/js`` next to the Python that writes the same texts. Their own tests are in ``tests/js``."""

import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from generator.base import formats
from generator.base.dates import Window
from tests.rehearsal import ROOT

NODE = shutil.which("node")
LONGEST_SCRIPT_LINE, LONGEST_TEMPLATE_LINE = 100, 140


def _prices() -> list[str]:
    """Prices per token: each power of ten, both sides of each threshold, halves to be rounded, and random ones."""
    numbers = random.Random(7)  # noqa: S311 - the same prices in every run
    powers = [Decimal(1).scaleb(power) for power in range(-16, 0)]
    thresholds = [
        Decimal(text)
        for text in (
            "1e-10",
            "1e-7",
            "1e-6",
            "1e-5",
            "1e-4",
            "9.995e-8",
            "9.95e-7",
            "9.995e-6",
            "9.9995e-5",
        )
    ]
    near = [number + step * Decimal("1e-12") for number in thresholds for step in range(-3, 4)]
    halves = [
        Decimal(digits).scaleb(power)
        for digits in (5, 125, 135, 245, 1005, 100500)
        for power in range(-16, -6)
    ]
    drawn = [Decimal(numbers.randint(1, 10**6)).scaleb(-numbers.randint(6, 17)) for _ in range(400)]
    return [f"{price:f}" for price in (Decimal(0), *powers, *near, *halves, *drawn)]


def _amounts() -> list[float]:
    """Amounts of dollars: both sides of each threshold, halves to be rounded, large ones and random ones."""
    numbers = random.Random(8)  # noqa: S311 - the same amounts in every run
    edges = [0, 0.0049, 0.005, 0.125, 0.375, 99.99, 99.994, 99.995, 99.996, 100, 100.5, 999.5]
    return [*edges, 1e6, 123456789.5, *(numbers.random() * 10**power for power in range(-4, 9))]


def _from_node(prices: Sequence[str], ranges: Sequence[Window], amounts: Sequence[float]) -> Any:
    if NODE is None:
        assert "CI" not in os.environ, (
            "continuous integration needs Node.js to test the browser's code"
        )
        pytest.skip("no Node.js was found")
    days = [[str(window.start), str(window.end)] for window in ranges]
    given = json.dumps({"prices": list(prices), "ranges": days, "amounts": list(amounts)})
    command = [NODE, str(ROOT / "tests/js/print_formats.js")]
    done = subprocess.run(
        command, input=given, capture_output=True, text=True, timeout=120, check=True
    )
    return json.loads(done.stdout)


def test_the_browser_writes_prices_amounts_and_days_as_python_does() -> None:
    prices, amounts = _prices(), _amounts()
    starts = [date(2024, 1, 31) + timedelta(days=29 * step) for step in range(36)]
    pairs = product(starts, (0, 6, 30, 400))
    ranges = [Window(start, start + timedelta(days=length)) for start, length in pairs]
    written = _from_node(prices, ranges, amounts)
    assert written["amounts"] == [formats.dollars(amount) for amount in amounts]
    assert len(prices) > 450
    differing = [
        (price, shown)
        for price, shown in zip(prices, written["prices"], strict=True)
        if shown != _expected(price)
    ]
    assert differing == []
    assert written["ranges"] == [window.human() for window in ranges]


def _expected(price: str) -> str:
    return formats.per_million(price)


def test_no_script_writes_numbers_for_people_but_the_one_that_is_held_against_python() -> None:
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
