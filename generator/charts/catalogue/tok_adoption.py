"""How fast new models are adopted: a line for each launch, by the days since it."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from generator.base import formats
from generator.base.dates import human_day
from generator.boards.adoption import FIRST_DAYS, MOST_DAYS, AdoptionRow
from generator.boards.board import AnyBoard, Entity, grouped, rows_of
from generator.boards.names import name_in_color
from generator.charts.chart import Chart, Drawing, Rows, Size, Template
from generator.charts.kinds import controls, phrases, strokes, text_width, theme, timelines
from generator.charts.kinds.theme import alt, between, color, placed

_SERIES = "series"


def _launches(board: AnyBoard) -> Mapping[Entity, list[AdoptionRow]]:
    """Return the days of each launch that have a value; a launch without any is left out."""
    known = [row for row in rows_of(board, AdoptionRow) if row.tokens]
    return grouped(known, lambda row: row.model_permaslug)


def _rows(
    board: AnyBoard, days: list[AdoptionRow], size: Size, settled: str
) -> Iterator[dict[str, Any]]:
    """Yield the days of a launch as a line that breaks where days in between have no value."""
    model, last = days[-1].model_permaslug, days[-1]
    more = size.of("", "", phrases.count(last.tokens))
    label = theme.end_label(name_in_color(model), more, size.of(92.0, 150.0, 200.0))
    for row, run in strokes.in_runs(days, lambda row: row.days):
        tip = {"Tokens per day": phrases.count(row.tokens), "Seven days to": human_day(row.day)}
        yield {
            _SERIES: model.id,
            **label,
            "days": row.days,
            "tokens": row.tokens,
            "last": row is last,
            "run": f"{model.id} {run}",
            "state": timelines.state(board, row.day, settled),
            "tip": phrases.tip(f"{model.name}, day {row.days}", tip),
        }


def _draw(board: AnyBoard, size: Size) -> Drawing:
    launches = _launches(board)
    colors = controls.colors(launches)
    states = strokes.states(colors)
    shown: Rows = []
    for model, days in launches.items():
        shown += strokes.joined(_rows(board, days, size, states[model.id]))
    values = [row["tokens"] for row in shown]
    low, high = min(values) / 1.15, max(values) * 1.15
    numbers = [row["days"] for row in shown]
    first, last = min(numbers), max(numbers)
    marks = text_width.ticks(last, size.of(5, 5, 9))
    return Drawing(
        template=Template("launches", _spec),
        data={"rows": shown},
        height=size.of(300.0, 330.0, 380.0),
        left=size.of(42, 46, 50),
        right=theme.end_room(shown),
        top=4,
        bottom=44,
        params={
            "first": first,
            "latest": max(last, first + 1),
            "marks": [mark for mark in marks if first <= mark <= last],
            "low": math.log10(low),
            "high": math.log10(high),
            "powers": [math.log10(tick) for tick in text_width.decades(low, high, (1, 3))],
            "ticks": text_width.ticks(max(values), 4),
            "scale": "log",
        },
        colors=colors,
        controls=controls.several(
            controls.scales("Log", "Linear", _subtitle(board, "linear scale")),
            controls.focus(_SERIES, launches),
        ),
    )


def _subtitle(board: AnyBoard, scale: str = "log scale") -> str:
    launches = formats.counted(len(_launches(board)), "launch", "launches")
    return (
        f"Tokens per day (mean of seven days, {scale}) by days since the first in a daily top 50: the {launches} with "
        f"the most tokens in the first {FIRST_DAYS} days, {phrases.when(board)}."
    )


def _spec() -> dict[str, Any]:
    axis = theme.titled(
        "Days since the first in a daily top 50",
        labelExpr="format(datum.value, '~r')",
        values=alt.ExprRef("marks"),
    )
    x = alt.X("days:Q", axis=axis, scale=between("first", "latest"))
    y = strokes.tokens("low", "high", "powers")
    points = theme.rows().transform_calculate(shown=strokes.shown("tokens")).encode(x=x, y=y)
    days = placed(points, color=color(_SERIES), opacity=theme.in_focus(_SERIES))
    last = days.transform_filter("datum.last")
    end = "height * (top - datum.shown) / (top - bottom)"
    # From where a line ends to its name.
    lead = last.mark_rule(strokeWidth=1, strokeDash=[1, 3])
    return theme.spec(
        placed(lead, x2="width + 3"),
        strokes.line(days, _SERIES),
        strokes.lone(days),
        last.mark_point(size=34),
        strokes.hover_areas(points),
        *theme.end_labels(points.transform_filter("datum.last"), end, _SERIES),
        derived={
            "bottom": "scale == 'log' ? low : 0",
            "top": "scale == 'log' ? high : peek(ticks)",
        },
    )


CHART = Chart(
    id="tok-adoption",
    board="adoption.days",
    title="How fast are new models adopted?",
    subtitle=_subtitle,
    draw=_draw,
    notes=(
        f"Lines start on the seventh day and end after {MOST_DAYS} days or on the newest day.",
        "Where a line breaks, the model was outside the top 50 on one of the seven days.",
        "A dotted line may still be restated; one of long dashes has the color of another model by the same author.",
    ),
    applies_to=lambda board: bool(_launches(board)),
)
