"""How fast new models are adopted: a line for each launch, by the days since it."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.base import formats
from generator.boards.adoption import FIRST_DAYS, MOST_DAYS
from generator.boards.board import AnyBoard, BoardRow, Entity
from generator.boards.names import name_in_colour
from generator.charts.chart import Chart, Control, Drawing, Option, Rows, Size, Template
from generator.charts.kinds import controls, phrases, strokes, text_width, timelines
from generator.charts.kinds.theme import (
    alt,
    at,
    between,
    colour,
    end_label,
    end_labels,
    end_room,
    in_focus,
    rows,
    spec,
    titled,
)

_KEY = "model_permaslug"
_SERIES = "series"


def _launches(board: AnyBoard) -> Mapping[Entity, list[BoardRow]]:
    """Return the days of each launch that have a value; a launch without any is left out."""
    launches: dict[Entity, list[BoardRow]] = {}
    for row in board.rows:
        if phrases.number(row, "tokens") > 0:
            launches.setdefault(row.entity(_KEY), []).append(row)
    return launches


def _points(
    board: AnyBoard, model: Entity, days: Sequence[BoardRow], size: Size, state: str
) -> Iterator[dict[str, Any]]:
    """Return the days of a launch as a line that breaks where days in between have no value.

    Args:
        state: of its settled points.
    """
    last = days[-1]
    more = phrases.count(last.number("tokens")) if size.wide else ""
    name = formats.sanitize(name_in_colour(model))
    label = end_label(name, more, size.of(92.0, 150.0, 200.0))
    steps = []
    for row in days:
        since, tokens = int(phrases.number(row, "days")), phrases.number(row, "tokens")
        day = phrases.day(row, "day")
        shown = {
            _SERIES: model.id,
            **label,
            "days": since,
            "tokens": round(tokens),
            "last": row is last,
            "tip": {
                "title": f"{formats.sanitize(model.name)}, day {since}",
                "Tokens per day": phrases.count(tokens),
                "Seven days to": phrases.dated(day),
            },
        }
        steps.append(strokes.Step(since, timelines.is_open(board, day), shown))
    return strokes.broken(steps, model.id, state=state)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    launches = _launches(board)
    colours = controls.colours(launches)
    states = strokes.states(colours)
    shown: Rows = []
    for model, days in launches.items():
        shown += _points(board, model, days, size, states[model.id])
    values = [row["tokens"] for row in shown]
    low, high = min(values) / 1.15, max(values) * 1.15
    first, last = min(row["days"] for row in shown), max(row["days"] for row in shown)
    marks = text_width.ticks(last, size.of(5, 5, 9))
    named = [(model.id, formats.sanitize(model.name)) for model in launches]
    return Drawing(
        template=_KIND,
        data={"rows": shown},
        height=size.of(300.0, 330.0, 380.0),
        left=size.of(42, 46, 50),
        right=end_room(shown),
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
        },
        colours=colours,
        controls=controls.several(_scale(board), controls.focus(_SERIES, named)),
    )


def _scale(board: AnyBoard) -> Control:
    linear = Option("linear", "Linear", {"scale": "linear"}, _subtitle(board, "linear scale"))
    return Control("scale", "Scale", (Option("", "Log"), linear))


def _subtitle(board: AnyBoard, scale: str = "log scale") -> str:
    launches = formats.counted(len(_launches(board)), "launch", "launches")
    return (
        f"Tokens per day (mean of seven days, {scale}) by days since the first in a daily top 50: the {launches} with "
        f"the most tokens in the first {FIRST_DAYS} days, {phrases.when(board)}."
    )


def _spec() -> dict[str, Any]:
    x = alt.X(
        "days:Q",
        axis=titled(
            "Days since the first in a daily top 50",
            labelExpr="format(datum.value, '~r')",
            values=alt.ExprRef("marks"),
        ),
        scale=between("first", "latest"),
    )
    y = strokes.tokens("low", "high", "powers")
    days = rows().transform_calculate(shown=strokes.shown("tokens"))
    ends = days.transform_filter("datum.last")
    dot = ends.mark_point(shape="circle", size=34, filled=True).encode(
        x=x, y=y, color=colour(_SERIES), opacity=in_focus(_SERIES)
    )
    # From where a line ends to its name.
    lead = ends.mark_rule(strokeWidth=1, strokeDash=[1, 3]).encode(
        x=x,
        x2=at("x2", "width + 3"),
        y=y,
        color=colour(_SERIES),
        opacity=in_focus(_SERIES),
    )
    return spec(
        lead,
        strokes.line(days, x, y, _SERIES).encode(opacity=in_focus(_SERIES)),
        dot,
        strokes.pointed(days, x, y),
        *end_labels(ends, "height * (top - datum.shown) / (top - bottom)", _SERIES),
        given=("first", "latest", "marks", "low", "high", "powers", "ticks"),
        params={"scale": "log", "focus": []},
        derived={
            "bottom": "scale == 'log' ? low : 0",
            "top": "scale == 'log' ? high : peek(ticks)",
        },
    )


_KIND = Template("launches", _spec)


CHART = Chart(
    id="tok-adoption",
    board="adoption.days",
    title="How fast are new models adopted?",
    subtitle=_subtitle,
    alt=lambda board: board.finding,
    draw=_draw,
    notes=(
        f"Lines start on the seventh day and end after {MOST_DAYS} days or on the newest day.",
        "Where a line breaks, the model was outside the top 50 on one of the seven days.",
        "A dotted line may still be restated; one of long dashes has the color of another model by the same author.",
    ),
    applies_to=lambda board: bool(_launches(board)),
)
