"""By how much each day's tokens were restated, from its first statement to its newest."""

import math
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from generator.base.dates import human_day
from generator.base.palette import LIGHT
from generator.boards import restatements_by_day
from generator.boards.board import AnyBoard, rows_of
from generator.boards.restatements import RestatementRow, percent
from generator.charts.chart import Chart, Drawing, Size, Template
from generator.charts.kinds import controls, phrases, strokes, text_width, theme, timelines
from generator.charts.kinds.theme import alt, between, placed, text

_TICK = "(datum.value > 0 ? '+' : '') + format(datum.value * 100, '~r') + '%'"


def _restated(board: AnyBoard) -> dict[date, list[RestatementRow]]:
    return restatements_by_day.by_day(rows_of(board, RestatementRow))


def _rows(board: AnyBoard) -> Iterator[dict[str, Any]]:
    for day, steps in _restated(board).items():
        change = restatements_by_day.change(steps)
        tip = {"First stated": f"{phrases.count(steps[0].tokens_before)} tokens"}
        for step in steps:
            by = percent(restatements_by_day.change([step]))
            tip[f"On {human_day(step.seen)}"] = f"{phrases.count(step.tokens_after)}, {by}"
        yield {
            "date": str(day),
            "change": round(change, 6),
            "provisional": board.coverage is not None and day in board.coverage.provisional,
            "label": "",
            "tip": phrases.tip(human_day(day), tip),
        }


def _draw(board: AnyBoard, size: Size) -> Drawing:
    shown, restated = list(_rows(board)), _restated(board)
    first, last = min(restated), max(restated)
    if board.window:
        last = board.window.end
    furthest = max(shown, key=lambda row: abs(row["change"]))
    furthest["label"] = percent(furthest["change"])
    changes = [0.0, *(row["change"] for row in shown)]
    step = text_width.ticks(max(map(abs, changes)) or 1.0, 3)[1]
    low, high = math.floor(min(changes) / step), math.ceil(max(changes) / step)
    return Drawing(
        template=Template("restatements", _spec),
        data={"rows": shown},
        height=size.of(220.0, 240.0, 260.0),
        left=size.of(48, 52, 56),
        right=24,
        top=20,
        bottom=24,
        params={
            # The first mark must not stand on the axis.
            **timelines.ends_of(first - timedelta(days=1), last, size),
            "bottom": low * step,
            "top": high * step,
            "ticks": [at_ * step for at_ in range(low, high + 1)],
        },
        controls=controls.several(controls.day_ranges(first, last)),
    )


def _spec() -> dict[str, Any]:
    x = timelines.along(offset=4)
    axis = alt.Axis(labelExpr=_TICK, values=alt.ExprRef("ticks"))
    y = alt.Y("change:Q", axis=axis, scale=between("bottom", "top"))
    days = timelines.shown_days().encode(x=x, y=y)
    whole = (
        timelines.shown_days()
        .transform_aggregate(days="count()")
        .mark_rule(stroke=LIGHT.soft, strokeWidth=1)
    )
    stem = days.mark_rule(stroke=LIGHT.accent, strokeWidth=1.5)
    dot = days.mark_point(size=56, stroke=LIGHT.accent, strokeWidth=1.5, filled=False)
    inside = f"datum.provisional ? '{LIGHT.paper}' : '{LIGHT.accent}'"
    beyond = alt.ExprRef("datum.change < 0 ? 14 : -14")
    return theme.spec(
        placed(whole, y="scale('y', 0)", x="0", x2="width"),
        placed(stem, y2="scale('y', 0)"),
        placed(dot, fill=inside),
        text(days, "label", x, y, align="center", dy=beyond),
        strokes.hover_areas(days),
        derived=timelines.DERIVED,
        dated=True,
    )


CHART = Chart(
    id="tok-restated",
    board="restatements",
    title="How much are days restated?",
    subtitle=phrases.subtitle(
        "Change of each restated day's tokens from the first statement to the newest, {when}. "
        "Hollow: may be restated again."
    ),
    draw=_draw,
    notes=(
        "A statement that was cut short does not count; the change is from the first whole one.",
        "Days before the first snapshot were stated once, long after their end.",
    ),
    applies_to=lambda board: bool(_restated(board)),
)
