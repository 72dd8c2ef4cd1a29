"""One model's tokens, day by day, with the days outside the top 50 as gaps, and its rank in a strip below."""

import math
from collections.abc import Iterator
from typing import Any

from generator.base import formats, palette
from generator.base.dates import Window
from generator.base.palette import LIGHT
from generator.boards import model_best_days
from generator.boards.board import AnyBoard, has_values, narrowed, rows_of
from generator.boards.model_days import ModelDayRow, ModelDaysBoard
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import controls, events, phrases, strokes, text_width, theme, timelines
from generator.charts.kinds.theme import HOVER, alt, placed, rows, text

_LEAST_DAYS = 4
_FAR = 20.0
_GAP, _STRIP, _LOWEST = 26.0, 44.0, 50
"""Between plot and strip, the strip's height, the rank at its lower edge. Ranks stand on a logarithmic scale."""
_SERIES = "model"
_DAY = "utcFormat(datum.date, '%-d %b %Y')"
# There are a year of days in hundreds of files: the tooltips are put together in the browser.
_TIP = (
    f"{{'title': {_DAY}, 'Tokens': datum.tokens, 'Model rank': '' + (datum.ranks || datum.rank), "
    "'Share': datum.share}"
)
_GAP_TIP = f"{{'title': {_DAY}, 'Outside the top 50': 'at most ' + datum.tokens}}"


def _known(board: AnyBoard) -> list[ModelDayRow]:
    return [row for row in rows_of(board, ModelDayRow) if row.total_tokens is not None]


def _days(board: AnyBoard) -> Iterator[dict[str, Any]]:
    """Yield the days in the top 50 as a line that breaks where days in between were outside it."""
    known = _known(board)
    settled = board.coverage.settled if board.coverage else known[-1].date
    for row, run in strokes.in_runs(known, lambda row: row.date.toordinal()):
        is_settled = settled is not None and row.date <= settled
        point = {
            "date": str(row.date),
            "total_tokens": row.total_tokens,
            "tokens": phrases.count(row.total_tokens),
            "rank": row.model_rank or _LOWEST,
            "share": formats.share(row.share or 0.0),
            "run": run,
            "state": strokes.SETTLED if is_settled else strokes.PROVISIONAL,
        }
        if row.model_rank_low != row.model_rank_high:
            point["ranks"] = f"{row.model_rank_low}–{row.model_rank_high}"
        yield point


def _gaps(board: AnyBoard) -> Iterator[dict[str, Any]]:
    """Yield the days outside the top 50; ``run`` changes where days in between were inside it."""
    outside = [row for row in rows_of(board, ModelDayRow) if row.bound is not None]
    for row, run in strokes.in_runs(outside, lambda row: row.date.toordinal()):
        tokens = phrases.count(row.bound)
        yield {"date": str(row.date), "bound": row.bound, "tokens": tokens, "run": run}


def _draw(board: AnyBoard, size: Size) -> Drawing:
    shown, gaps = list(strokes.joined(_days(board))), list(_gaps(board))
    days = rows_of(board, ModelDayRow)
    first, last = days[0].date, days[-1].date
    values = [row["total_tokens"] for row in shown] + [gap["bound"] for gap in gaps]
    powers = _powers(values)
    # Far enough apart for a logarithmic scale.
    is_far = max(values) >= _FAR * 10.0 ** powers[0]
    happened = events.marked(board.marks, "date", list(Window(first, last)), size)
    places = [{"rank": rank} for rank in (1, 10, _LOWEST)]
    return Drawing(
        template=events.template("model-days", happened, _spec),
        data={"rows": shown, "gaps": gaps, "places": places, **events.data(happened)},
        height=size.of(150.0, 180.0, 210.0),
        left=48.0,
        right=64.0,
        top=events.room(happened),
        bottom=_GAP + _STRIP + 24,
        params={
            **timelines.ends_of(first, last, size),
            "ticks": text_width.ticks(max(values), 4),
            "lowest": powers[0],
            "highest": powers[-1],
            "scale": "linear",
        },
        colors={_SERIES: palette.author_color(narrowed(board, ModelDaysBoard).model.author)},
        controls=controls.several(
            events.control(happened, events.ALL),
            controls.day_ranges(first, last),
            controls.scales("Linear", "Log") if is_far else None,
        ),
    )


def _powers(values: list[float]) -> list[int]:
    """Return the powers of ten around all values above 0, ascending."""
    positive = [value for value in values if value > 0] or [1.0]
    low, high = math.log10(min(positive)), math.log10(max(positive))
    return list(range(math.floor(low), math.ceil(high) + 1))


def _spec(*, eventful: bool) -> dict[str, Any]:
    x = timelines.along(offset=_GAP + _STRIP)
    y = strokes.tokens("lowest", "highest", "sequence(lowest, highest + 1)")
    days = timelines.shown_days().transform_calculate(shown=strokes.shown("total_tokens"))
    gaps = (
        timelines.shown_days("gaps")
        .transform_calculate(shown=strokes.shown("bound"))
        .transform_calculate(start="datum.date - 432e5", until="datum.date + 432e5")
    )
    side: dict[str, Any] = {"x": alt.X("start:T"), "x2": alt.X2("until:T"), "y2": "height"}
    foot = placed(gaps.mark_rect(fill=LIGHT.other, clip=True), **side, y="height - 5")
    # From midnight to midnight, so that a single day has a line, too.
    ends = "[max(starts, datum.start), min(stops, datum.until)]"
    edges = gaps.transform_calculate(edge=ends).transform_flatten(["edge"])
    bound = edges.mark_line(stroke=LIGHT.soft, strokeWidth=1)
    over_gaps = placed(gaps.mark_rect(opacity=0), **side, y=y, tooltip=_GAP_TIP)
    points = days.encode(x=x, y=y)
    series = points.transform_calculate(series=f"'{_SERIES}'").encode(color=theme.color("series"))
    newest = days.transform_filter("datum.date == stops && !datum.joint")
    return theme.spec(
        foot,
        bound.encode(x=alt.X("edge:T"), y=y, detail=alt.Detail("run:N")),
        *(events.layers(timelines.shown_days("events"), x) if eventful else ()),
        strokes.line(series),
        strokes.lone(series),
        *_ranks(days, newest, x),
        over_gaps.properties(name=f"{HOVER}-gaps"),
        strokes.hover_areas(points, _TIP),
        text(newest, "tokens", "width + 8", y, fontWeight="bold"),
        derived=timelines.DERIVED,
        dated=True,
    )


def _ranks(days: Any, newest: Any, x: Any) -> tuple[Any, ...]:
    """Return the strip of ranks: its grid, the line, and its end."""
    part = f"log(min(datum.rank, {_LOWEST})) / {math.log(_LOWEST)}"
    deep = f"height + {_GAP} + {_STRIP} * {part}"
    places = rows("places").transform_calculate(label="'#' + datum.rank")
    line = days.transform_filter("!datum.joint").mark_line(
        stroke=LIGHT.soft, strokeWidth=1.5, strokeJoin="round", strokeCap="round"
    )
    ends = newest.transform_calculate(label="'#' + datum.rank")
    return (
        placed(places.mark_rule(stroke=LIGHT.line), x="0", x2="width", y=deep),
        text(places, "label", "-8", deep, soft=True, align="right"),
        placed(line, x=x, y=deep, detail=alt.Detail("run:N")),
        text(ends, "label", "width + 8", deep),
    )


def _subtitle(board: AnyBoard) -> str:
    """Return what is drawn, the days outside the top 50 only where there are some."""
    drawn = f"Tokens per day of all its listings, {phrases.when(board)}, and its rank among models."
    if not has_values(board.rows, "bound"):
        return drawn
    return f"{drawn} Gray foot: outside the top 50, where each listing had at most what the thin line shows."


CHART = Chart(
    id="tok-model",
    board="model.",
    subtitle=_subtitle,
    alt=lambda board: f"{model_best_days.finding(_known(board))} {board.finding}".strip(),
    draw=_draw,
    notes=(
        "A day outside the top 50 is not zero: each listing had at most what the fiftieth had.",
        "Where the line breaks without a gray foot, the day is missing: nothing is known of it.",
        "A dashed line may still be restated. Ranks are on a log scale, the first at the top.",
    ),
    applies_to=lambda board: len(_known(board)) >= _LEAST_DAYS,
    per_entity=True,
)
