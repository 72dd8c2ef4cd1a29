"""The labels of axes, as Vega writes them in a drawing of any length."""

import json
import re
from datetime import date, timedelta
from typing import Any

import altair
import pytest

from generator.base import formats
from generator.charts import native
from generator.charts.kinds import theme

LAST = date(2026, 11, 20)


def _labels(axis: Any, values: list[Any], width: int) -> list[str]:
    """Return what the horizontal axis of a drawing of these values says, from left to right."""
    rows = altair.InlineData([{"x": value} for value in values])
    spec = altair.Chart(rows, width=width).mark_point().encode(x=axis).to_dict(validate=False)
    drawn = native.vega_to_svg(json.dumps(native.vegalite_to_vega(spec, "6.4")))
    axis_drawn = drawn[drawn.index("role-axis-label") :]
    return re.findall(r"<text[^>]*>([^<]+)</text>", axis_drawn[: axis_drawn.index("</g>")])


def _days(count: int, step: int = 1) -> list[str]:
    return [str(LAST - timedelta(days=step * at)) for at in reversed(range(count))]


def _time(marks: int) -> Any:
    scale = altair.Scale(type="utc", nice=False)
    axis = altair.Axis(labelExpr=theme.DAY_TICK, tickCount=marks, labelOverlap=False)
    return altair.X("x:T", scale=scale, axis=axis)


def _bands(expression: str) -> Any:
    return altair.X("x:O", axis=altair.Axis(labelExpr=expression, labelOverlap=False), sort=None)


def _said(labels: list[str]) -> list[str]:
    return [label for label in labels if label.strip()]


def test_a_short_time_axis_names_days_and_none_twice() -> None:
    assert _said(_labels(_time(6), _days(7), 600)) == [
        "14 Nov", "15 Nov", "16 Nov", "17 Nov", "18 Nov", "19 Nov", "20 Nov"
    ]  # fmt: skip
    assert _said(_labels(_time(6), _days(2), 600)) == ["19 Nov", "20 Nov"]


def test_a_long_time_axis_names_months_and_the_year_of_the_first_and_of_each_january() -> None:
    assert _said(_labels(_time(6), _days(300), 600)) == [
        "Feb 2026", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"
    ]  # fmt: skip
    assert _said(_labels(_time(4), _days(689), 600)) == [
        "Jan 2025", "Apr", "Jul", "Oct", "Jan 2026", "Apr", "Jul", "Oct"
    ]  # fmt: skip


def test_weeks_are_labeled_as_far_as_there_is_room_the_newest_always() -> None:
    week = _bands(theme.WEEK_TICK)
    assert _said(_labels(week, _days(4, 7), 600)) == ["30 Oct", "6 Nov", "13 Nov", "20 Nov"]
    few = ["11 Sep", "25 Sep", "9 Oct", "23 Oct", "6 Nov", "20 Nov"]
    assert _said(_labels(week, _days(12, 7), 280)) == few


def test_many_weeks_are_labeled_by_quarters_or_years() -> None:
    labels = _said(_labels(_bands(theme.WEEK_TICK), _days(85, 7), 600))
    assert labels == ["Jul 2025", "Oct", "Jan 2026", "Apr", "Jul", "Oct"]


@pytest.mark.parametrize(
    ("expression", "value", "said"),
    [
        (theme.TOKENS_TICK, 0, "0"),
        (theme.TOKENS_TICK, 500_000, "500,000"),
        (theme.TOKENS_TICK, 2_500_000, "2.5 M"),
        (theme.TOKENS_TICK, 40_000_000_000, "40 B"),
        (theme.TOKENS_TICK, 80_000_000_000_000, "80 T"),
        (theme.PERCENT_TICK, 0.125, "12.5%"),
        (theme.PERCENT_TICK, 1, "100%"),
        (theme.DOLLARS_TICK, 0.3, "$0.30"),
        (theme.DOLLARS_TICK, 0.003, "$0.003"),
        (theme.DOLLARS_TICK, 0.015, "$0.015"),
        (theme.DOLLARS_TICK, 0.07, "$0.07"),
        (theme.DOLLARS_TICK, 1.5, "$1.50"),
        (theme.DOLLARS_TICK, 30, "$30"),
        (theme.DOLLARS_TICK, 0, "$0"),
    ],
)
def test_values_are_written_as_pages_write_them(expression: str, value: float, said: str) -> None:
    axis = altair.Axis(labelExpr=expression, values=[value])
    scale = altair.Scale(domain=[value - 1, value + 1], nice=False, zero=False)
    assert _labels(altair.X("x:Q", axis=axis, scale=scale), [value], 200) == [said]
    number, _, unit = said.partition(" ")
    if unit:
        assert formats.tokens(round(value)).endswith(unit)
        assert formats.tokens(round(value)).startswith(number)
