"""Lines of points: broken where a value in between is not known, dashed where it may still be restated."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Any

from generator.base.palette import LIGHT
from generator.charts.chart import T
from generator.charts.kinds.theme import HOVER, TOKENS_TICK, alt, between, placed

PROVISIONAL, SETTLED = "provisional", "settled"
_DASHES = {
    SETTLED: [1, 0],
    "settled-second": [9, 3],
    "settled-third": [9, 3, 2, 3],
    PROVISIONAL: [3, 3],
}
"""Of lines, by the ``state`` of their points."""


def in_runs(rows: Iterable[T], place: Callable[[T], int], unit: int = 1) -> Iterator[tuple[T, int]]:
    """Yield each row with the number of its run, which counts up where places in between, ``unit`` apart, are missing."""
    run, expected = -1, None
    for row in rows:
        if place(row) != expected:
            run += 1
        expected = place(row) + unit
        yield row, run


def states(colors: Mapping[str, str]) -> dict[str, str]:
    """Return the ``state`` of the settled points of each series: another one where a series before has its color."""
    names = [name for name in _DASHES if name != PROVISIONAL]
    by_series: dict[str, str] = {}
    for series, color_ in colors.items():
        alike = [name for name in by_series if colors[name] == color_ != LIGHT.other]
        by_series[series] = names[min(len(alike), len(names) - 1)]
    return by_series


def joined(points: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the points of lines, each with its ``run`` and ``state``, and a ``joint`` where dashes begin.

    The line towards a provisional point is provisional: the firm part ends at the joint, which stands on its last point.
    """
    rows = list(points)
    for row, later in zip_longest(rows, rows[1:]):
        yield row
        joins = later and later["run"] == row["run"] and row["state"] != PROVISIONAL
        if joins and later["state"] == PROVISIONAL:
            yield {**row, "state": PROVISIONAL, "joint": True}


def dash() -> Any:
    """Return the dashes of a line by the ``state`` of its points."""
    scale = alt.Scale(domain=list(_DASHES), range=list(_DASHES.values()))
    return alt.StrokeDash("state:N", scale=scale)


def shown(field: str) -> str:
    """Return an expression of a field's value or, where the reader has chosen so, of its decimal logarithm."""
    return f"scale == 'log' ? log(datum.{field}) / LN10 : datum.{field}"


def tokens(low: str, high: str, powers: str) -> Any:
    """Return the position of ``shown`` tokens on a scale that is linear from zero to ``ticks``, or logarithmic.

    Of the logarithmic one, expressions state the decimal logarithms of its ends and its labels.
    """
    value = "(scale == 'log' ? round(pow(10, datum.value)) : datum.value)"
    axis = alt.Axis(
        labelExpr=TOKENS_TICK.replace("datum.value", value),
        values=alt.ExprRef(f"scale == 'log' ? {powers} : ticks"),
    )
    ends = f"scale == 'log' ? {low} : 0", f"scale == 'log' ? {high} : peek(ticks)"
    return alt.Y("shown:Q", axis=axis, scale=between(*ends))


def line(points: Any, *by: str, **mark: Any) -> Any:
    """Return the lines of a chart, one for each value of the fields ``by`` and for each run."""
    drawn = points.mark_line(**{"strokeWidth": 2, "strokeJoin": "round", **mark})
    parts = [alt.Detail(f"{field}:N") for field in (*by, "run")]
    return drawn.encode(detail=parts, strokeDash=dash())


def lone(points: Any, also: str = "false") -> Any:
    """Return a dot for each run of one point, whose line would not be seen, and for points of which ``also`` holds."""
    counted = points.transform_joinaggregate(alone="count()", groupby=["run"])
    return counted.transform_filter(f"{also} || datum.alone == 1").mark_point(size=22)


def hover_areas(points: Any, tip: str = "datum.tip") -> Any:
    """Return an unseen mark around each point that has its tooltip, an expression."""
    around = points.mark_point(size=110, opacity=0)
    return placed(around, tooltip=tip).properties(name=HOVER)
