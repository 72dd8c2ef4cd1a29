"""The labels of time axes of any length."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from generator.charts.kinds.time_ticks import time_ticks

LAST = date(2026, 11, 20)


def _days(count: int) -> list[date]:
    """So many days up to the last."""
    return [LAST - timedelta(days=count - 1 - at) for at in range(count)]


def _labels(count: int, most: int) -> list[str]:
    return [label for _, label in time_ticks(_days(count), most)]


def test_a_short_axis_names_days_evenly_apart_and_the_newest() -> None:
    assert _labels(1, 5) == ["20 Nov"]
    assert _labels(14, 5) == ["8 Nov", "10 Nov", "12 Nov", "14 Nov", "16 Nov", "18 Nov", "20 Nov"]
    assert _labels(101, 2) == ["12 Aug", "1 Oct", "20 Nov"]


def test_a_long_axis_names_beginnings_of_months_quarters_or_years() -> None:
    assert _labels(102, 5) == ["Sep 2026", "Oct", "Nov"]
    assert _labels(300, 5) == ["Mar 2026", "May", "Jul", "Sep", "Nov"]
    assert _labels(689, 5) == ["Jan 2025", "Jul", "Jan 2026", "Jul"]
    assert _labels(689, 7) == [
        "Jan 2025", "Apr", "Jul", "Oct", "Jan 2026", "Apr", "Jul", "Oct"
    ]  # fmt: skip
    assert _labels(4000, 2) == ["Jan 2020", "Jan 2025"]
    assert time_ticks(_days(102), 5)[0][0] == date(2026, 9, 1)


@given(st.integers(1, 8_000), st.integers(2, 7))
def test_no_axis_has_too_many_labels_or_none(count: int, most: int) -> None:
    days = _days(count)
    found = time_ticks(days, most)
    assert 1 <= len(found) <= 2 * most
    assert all(days[0] <= day <= days[-1] for day, _ in found)
    assert found == sorted(found, key=lambda pair: pair[0])
