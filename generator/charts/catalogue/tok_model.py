"""One model's tokens, day by day, with the days outside the top 50 as gaps, and its rank in a strip below."""

import math
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from generator.base import formats, palette
from generator.base.dates import Window
from generator.base.palette import LIGHT
from generator.boards import sentences
from generator.boards.board import AnyBoard, narrowed
from generator.boards.model_days import ModelDaysBoard
from generator.charts.chart import Chart, Control, Drawing, Option, Size, Template
from generator.charts.kinds import controls, events, phrases, strokes, text_width, timelines
from generator.charts.kinds.theme import (
    HOVER,
    alt,
    at,
    rows,
    spec,
    text,
)

_LEAST_DAYS = 4
_FAR = 20.0
_GAP, _STRIP, _LOWEST = 26.0, 44.0, 50
"""Between plot and strip, the strip's height, the rank at its lower edge. Ranks stand on a logarithmic scale."""
_SERIES = "model"
_DAY = "utcFormat(datum.date, '%-d %b %Y')"
# There are a year of days in hundreds of files: what the pointer is told is put together in the browser.
_TIP = (
    f"{{'title': {_DAY}, 'Tokens': datum.tokens, 'Model rank': '' + (datum.ranks || datum.rank), "
    "'Share': format(datum.share * 100, '.1f') + '%'}"
)
_GAP_TIP = f"{{'title': {_DAY}, 'Outside the top 50': 'at most ' + datum.tokens}}"


def _rows(board: AnyBoard) -> Iterator[dict[str, Any]]:
    """Return the days in the top 50 as a line that breaks where days in between were outside it."""
    settled, steps = _settled(board), []
    for row in board.rows:
        tokens = row.number("total_tokens")
        if tokens is None:
            continue
        day = phrases.day(row, "date")
        shown = {
            "date": str(day),
            "total_tokens": round(tokens),
            "tokens": phrases.count(tokens),
            "rank": int(phrases.number(row, "model_rank") or _LOWEST),
            "share": round(phrases.number(row, "share"), 5),
        }
        low, high = row["model_rank_low"], row["model_rank_high"]
        if low != high:
            shown["ranks"] = f"{low}–{high}"
        is_open = settled is not None and day > settled
        steps.append(strokes.Step(day.toordinal(), is_open, shown))
    return strokes.broken(steps)


def _gaps(board: AnyBoard) -> Iterator[dict[str, Any]]:
    """Yield the days outside the top 50; ``run`` changes where days in between were inside it."""
    outside = [row for row in board.rows if row["bound"] is not None]
    days = [phrases.day(row, "date") for row in outside]
    runs = strokes.runs([day.toordinal() for day in days])
    for row, day, run in zip(outside, days, runs, strict=True):
        bound = phrases.number(row, "bound")
        yield {"date": str(day), "bound": bound, "tokens": phrases.count(bound), "run": run}


def _settled(board: AnyBoard) -> date | None:
    """Return the last settled day, None where all are; the day before the first where none is."""
    if board.coverage is None:
        return None
    first = phrases.day(board.rows[0], "date")
    return board.coverage.settled or first - timedelta(days=1)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    shown = list(_rows(board))
    gaps = list(_gaps(board))
    first, last = phrases.day(board.rows[0], "date"), phrases.day(board.rows[-1], "date")
    values = [row["total_tokens"] for row in shown] + [gap["bound"] for gap in gaps]
    powers = _powers([value for value in values if value > 0])
    happened = events.marked(board.marks, "date", list(Window(first, last)), size)
    return Drawing(
        template=_EVENTFUL if happened else _KIND,
        data={
            "rows": shown,
            "gaps": gaps,
            "places": [{"rank": rank} for rank in (1, 10, _LOWEST)],
            **events.data(happened),
        },
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
        },
        colours={_SERIES: palette.author_colour(narrowed(board, ModelDaysBoard).model.author)},
        controls=controls.several(
            events.control(happened, events.ALL),
            controls.day_ranges("date", first, last),
            _scale(max(values), powers),
        ),
    )


def _powers(values: list[float]) -> list[int]:
    """Return the powers of ten around all values, ascending."""
    low, high = min(values, default=1.0), max(values, default=1.0)
    return list(range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1))


def _scale(highest: float, powers: list[int]) -> Control | None:
    """Return the choice of a logarithmic scale, where the values lie far enough apart for one."""
    if highest < _FAR * 10.0 ** powers[0]:
        return None
    return Control("scale", "Scale", (Option("", "Linear"), Option("log", "Log", {"scale": "log"})))


def _spec(*, eventful: bool = False) -> dict[str, Any]:
    x = timelines.along(offset=_GAP + _STRIP)
    y = strokes.tokens("lowest", "highest", "sequence(lowest, highest + 1)")
    days = timelines.shown_days().transform_calculate(shown=strokes.shown("total_tokens"))
    start = alt.X("start:T")
    gaps = (
        timelines.shown_days("gaps")
        .transform_calculate(shown=strokes.shown("bound"))
        .transform_calculate(start="datum.date - 432e5", until="datum.date + 432e5")
    )
    strip = gaps.mark_rect(fill=LIGHT.other, clip=True).encode(
        x=start, x2="until:T", y=at("y", "height - 5"), y2=at("y2", "height")
    )
    bound = gaps.mark_line(interpolate="step", stroke=LIGHT.soft, strokeWidth=1).encode(
        x=x, y=y, detail="run:N"
    )
    over_gaps = (
        gaps.mark_rect(opacity=0)
        .encode(
            x=start,
            x2="until:T",
            y=y,
            y2=at("y2", "height"),
            tooltip=alt.value(alt.ExprRef(_GAP_TIP)),
        )
        .properties(name=f"{HOVER}-gaps")
    )
    series = days.transform_calculate(series=f"'{_SERIES}'")
    newest = days.transform_filter("datum.date == stops && !datum.joint")
    end = text(newest, "tokens", fontWeight="bold").encode(x=at("x", "width + 8"), y=y)
    return spec(
        strip,
        bound,
        *(events.layers(timelines.shown_days("events"), x) if eventful else ()),
        strokes.line(series, x, y, "series"),
        strokes.lone(series, x, y, "series"),
        *_ranks(days, newest, x),
        over_gaps,
        strokes.pointed(series, x, y, alt.value(alt.ExprRef(_TIP))),
        end,
        given=(*timelines.GIVEN, "ticks", "lowest", "highest"),
        params={**timelines.PARAMS, **(events.PARAMS if eventful else {}), "scale": "linear"},
        derived=timelines.DERIVED,
    )


def _ranks(days: Any, newest: Any, x: Any) -> tuple[Any, ...]:
    """Return the strip of ranks: its grid, the line, and its end."""
    deep = at(
        "y", f"height + {_GAP} + {_STRIP} * log(min(datum.rank, {_LOWEST})) / {math.log(_LOWEST)}"
    )
    places = rows("places").transform_calculate(label="'#' + datum.rank")
    rules = places.mark_rule(stroke=LIGHT.line).encode(y=deep, x=at("x", "0"), x2=at("x2", "width"))
    names = text(places, "label", soft=True, align="right").encode(x=at("x", "-8"), y=deep)
    line = days.transform_filter("!datum.joint").mark_line(
        stroke=LIGHT.soft, strokeWidth=1.5, strokeJoin="round", strokeCap="round"
    )
    end = text(newest.transform_calculate(label="'#' + datum.rank"), "label")
    return (
        rules,
        names,
        line.encode(x=x, y=deep, detail="run:N"),
        end.encode(x=at("x", "width + 8"), y=deep),
    )


_KIND = Template("model-days", _spec)
_EVENTFUL = Template("model-days-and-events", lambda: _spec(eventful=True))


def _alt(board: AnyBoard) -> str:
    known = [row for row in board.rows if row["total_tokens"] is not None]
    best = sentences.at_top(known, lambda row: phrases.number(row, "total_tokens"))
    tokens = formats.tokens_in_words(round(phrases.number(best[0], "total_tokens")))
    days = [phrases.dated(phrases.day(row, "date")) for row in best]
    if len(best) == len(known):
        highest = f"It had {tokens} tokens on each of its {len(known)} days in the top 50."
    else:
        were = "was" if len(best) == 1 else "were"
        each = "" if len(best) == 1 else " each"
        listed = sentences.listed(days)
        highest = f"Of its {len(known)} days in the top 50, {listed} {were} the highest, with {tokens} tokens{each}."
    return f"{highest} {board.finding}".strip()


CHART = Chart(
    id="tok-model",
    board="model.",
    title=lambda board: board.title,
    subtitle=lambda board: (
        f"Tokens per day of all its listings, {phrases.when(board)}, and its rank among models. "
        "Gray foot: outside the top 50, where each listing had at most what the thin line shows."
    ),
    alt=_alt,
    draw=_draw,
    notes=(
        "A day outside the top 50 is not zero: each listing had at most what the fiftieth had.",
        "Where the line breaks without a gray foot, the day is missing: nothing is known of it.",
        "A dashed line may still be restated. Ranks are on a log scale, the first at the top.",
    ),
    applies_to=lambda board: (
        sum(row["total_tokens"] is not None for row in board.rows) >= _LEAST_DAYS
    ),
    per_entity=True,
)
