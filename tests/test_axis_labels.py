"""The labels of axes, as Vega writes them in a drawing of any length."""

import json
import re
from datetime import date, timedelta
from typing import Any

import altair
import pytest

from generator.base import attribution, formats
from generator.base.palette import LIGHT
from generator.boards.board import Entity
from generator.charts import native
from generator.charts.chart import NARROW, SIZES, WIDE, Drawing, Size
from generator.charts.kinds import stacked, theme, timelines
from tests.typed_boards import typed_board

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


def _time(marks: int, tick: str = theme.DAY_TICK) -> Any:
    scale = altair.Scale(type="utc", nice=False)
    axis = altair.Axis(labelExpr=tick, tickCount=marks, labelOverlap=False)
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


WORDS: dict[str, Any] = {
    "title": "",
    "columns": (),
    "citations": (attribution.rankings(f"{LAST}T06:00:00Z"),),
    "datasets": ("rankings-daily",),
}


def test_weeks_of_a_pixel_are_labeled_so_that_two_years_have_more_than_one_label() -> None:
    dense = _bands(theme.DENSE_WEEK_TICK)
    assert _said(_labels(dense, _days(98, 7), 125)) == ["Jul", "Jan 2026", "Jul"]
    assert _said(_labels(dense, _days(98, 7), 400)) == [
        "Apr 2025", "Jul", "Oct", "Jan 2026", "Apr", "Jul", "Oct"
    ]  # fmt: skip
    assert _said(_labels(dense, _days(40, 7), 125)) == ["Apr 2026", "Jul", "Oct"]


@pytest.mark.parametrize("days", [60, 366, 399, 689, 728])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
def test_a_time_axis_of_up_to_two_years_has_two_labels_at_least(size: Size, days: int) -> None:
    ends = timelines.ends_of(LAST - timedelta(days=days), LAST, size)
    marks = ends["marks"]
    assert isinstance(marks, int)
    for tick in (theme.DAY_TICK, theme.HALF_YEARS_TICK):
        assert len(_said(_labels(_time(marks, tick), _days(days + 1), 600))) > 1


def test_a_narrow_time_axis_of_two_years_names_half_years_so_that_no_two_labels_touch() -> None:
    two_years = _time(4, theme.HALF_YEARS_TICK)
    assert _said(_labels(two_years, _days(689), 160)) == ["Jan 2025", "Jul", "Jan 2026", "Jul"]
    assert _said(_labels(two_years, _days(300), 160)) == ["Apr 2026", "Jul", "Oct"]
    narrow, wide = (_line_over(689, size).template.name for size in (NARROW, WIDE))
    assert (narrow, wide) == ("years-of-lines-test", "lines-test")
    assert _line_over(366, NARROW).template.name == "lines-test"


def _line_over(days: int, size: Size) -> Drawing:
    ends = (LAST - timedelta(days=days), LAST)
    line = timelines.Line(
        "a", "A", LIGHT.accent, [timelines.Point(day, 1.0, {"A": "1"}) for day in ends]
    )
    board = typed_board("concentration", [], **WORDS)
    return timelines.drawing(timelines.Lines("test", theme.TOKENS_TICK), board, [line], size)


def test_bars_of_few_pixels_are_drawn_close_so_that_outlines_do_not_hide_their_colors() -> None:
    whole = {"part": Entity("open", "Open"), "total_tokens": 5, "share": 1.0}
    names: list[str] = []
    for count in (12, 98):
        listed = [{**whole, "week": LAST - timedelta(days=7 * at)} for at in range(count)]
        board = typed_board("open-weights.parts", listed, **WORDS)
        for size in SIZES:
            names.append(stacked.drawing(board, "part", size, shares=True).template.name)
    assert names == ["weekly-bars"] * 3 + ["weekly-bars", "dense-weekly-bars", "dense-weekly-bars"]


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
