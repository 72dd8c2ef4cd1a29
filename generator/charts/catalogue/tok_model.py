"""One model's tokens, day by day, with the days outside the top 50 as gaps, and its rank in a strip below.

There are hundreds of these, so the still picture is written by
:mod:`generator.charts.kinds.model_days`; the interactive one is a template like all others, with the
same lines in the same places.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from generator.base import dates, formats, palette
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, narrowed
from generator.boards.model_days import ModelDaysBoard
from generator.charts.chart import Chart, Control, Drawing, Option, Rows, Size, Template
from generator.charts.kinds import phrases, text_width, timelines
from generator.charts.kinds.grammar import HOVER, alt, at, chart, grid, spec, text, tick_labels
from generator.charts.kinds.model_days import GAP, LOWEST, PALE, STRIP, Day, Days, Plot
from generator.charts.kinds.time_ticks import time_ticks

_LEFT, _RIGHT, _BOTTOM = 48.0, 64.0, 24.0
_FAR = 20.0
_PLACES: Rows = [{"rank": rank, "label": f"#{rank}"} for rank in (1, 10, LOWEST)]
_DAY = "utcFormat(toDate(datum.date), '%-d %b %Y')"
# There are a year of days in hundreds of files: what the pointer is told is put together in the browser.
_TIP = (
    f"{{'title': {_DAY}, 'Tokens': datum.tokens, 'Model rank': '' + datum.rank, "
    "'Share': format(datum.share * 100, '.1f') + '%'}"
)
_GAP_TIP = f"{{'title': {_DAY}, 'Outside the top 50': 'at most ' + datum.tokens}}"


def _author(board: AnyBoard) -> str:
    return narrowed(board, ModelDaysBoard).model.author


def _colour(board: AnyBoard) -> str:
    return palette.author_colour(_author(board))


@dataclass(frozen=True, slots=True)
class _Shown:
    """What both sizes draw of a board, and the rows of the template."""

    first: date
    last: date
    settled: date
    days: Days
    data: Mapping[str, Rows]
    low: float
    high: float


def _shown(board: AnyBoard) -> _Shown:
    first, last = phrases.day(board.rows[0], "date"), phrases.day(board.rows[-1], "date")
    start, count = first.toordinal(), (last - first).days + 1
    known: list[Day] = []
    bands: list[tuple[int, float]] = []
    rows: Rows = []
    gaps: Rows = []
    run, before = 0, -1
    for row in board.rows:
        day = phrases.day(row, "date")
        at_, tokens, bound = (
            day.toordinal() - start,
            row.number("total_tokens"),
            row.number("bound"),
        )
        if tokens is not None:
            run += at_ != before + 1 or not run
            before, rank = at_, int(phrases.number(row, "model_rank") or LOWEST)
            known.append(Day(at_, tokens, rank, run))
            shown = {
                "date": f"{day}T12:00Z",
                "total_tokens": round(tokens),
                "tokens": phrases.count(tokens),
                "run": run,
                "rank": rank,
            }
            rows.append({**shown, "share": round(phrases.number(row, "share"), 5)})
        elif bound is not None:
            bands.append((at_, bound))
            gap = {"date": str(day), "until": str(day + timedelta(days=1)), "bound": row["bound"]}
            gaps.append({**gap, "tokens": phrases.count(bound)})
    sizes = Counter(day.run for day in known)
    settled = _settled(board, first, last)
    values = [day.tokens for day in known] + [bound for _, bound in bands]
    return _Shown(
        first,
        last,
        settled,
        Days(
            count,
            (settled - first).days + 1,
            known,
            bands,
            [day for day in known if sizes[day.run] == 1],
        ),
        {"rows": rows, "gaps": gaps, "lone": [row for row in rows if sizes[row["run"]] == 1]},
        min((value for value in values if value > 0), default=1.0),
        max(values),
    )


def _settled(board: AnyBoard, first: date, last: date) -> date:
    """Return the last settled day; the day before the first where every day may still be restated."""
    if board.coverage is None:
        return last
    return board.coverage.settled or first - timedelta(days=1)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    shown = _shown(board)
    ticks = text_width.ticks(shown.high, 4)
    height = size.of(150.0, 180.0, 210.0)
    width = size.width - 2 * size.margin - _LEFT - _RIGHT
    labels = {"ticks": _ticks(ticks), "places": _PLACES, "ends": _end(shown)}
    every = [shown.first + timedelta(days=at_) for at_ in range(shown.days.count)]
    days = time_ticks(every, size.of(2, 3, 5))
    named = [((day - shown.first).days, label) for day, label in days]
    return Drawing(
        template=_TEMPLATE,
        data={
            **shown.data,
            **labels,
            "days": [_day_tick(day, label) for day, label in days],
        },
        height=height,
        left=_LEFT,
        right=_RIGHT,
        top=4,
        bottom=GAP + STRIP + _BOTTOM,
        params={
            "first": timelines.moment(shown.first),
            "last": timelines.moment(shown.last + timedelta(days=1)),
            "low": 0,
            "top": ticks[-1],
            "settled": timelines.moment(shown.settled + timedelta(days=1)),
            "hue": _colour(board),
        },
        sketch=Plot(shown.days, ticks[-1], width, height).svg(_colour(board), labels, named),
        controls=tuple(
            control
            for control in (timelines.ranges(shown.first, shown.last), _scale(shown))
            if control
        ),
    )


def _scale(shown: _Shown) -> Control | None:
    """Return the choice of a logarithmic scale, where the values lie far enough apart for one."""
    if shown.high < _FAR * shown.low:
        return None
    powers = [
        10.0**power
        for power in range(math.floor(math.log10(shown.low)), math.ceil(math.log10(shown.high)) + 1)
    ]
    log = Option(
        "log",
        "Log",
        data={"ticks": _ticks(powers)},
        scales={"y": {"type": "log"}},
        params={"low": powers[0], "top": powers[-1]},
    )
    return Control("scale", "Scale", (Option("", "Linear"), log))


def _ticks(values: Sequence[float]) -> Rows:
    return [{"v": value, "label": phrases.tokens_tick(value)} for value in values]


def _day_tick(day: date, label: str) -> dict[str, Any]:
    return {"date": f"{day}T12:00Z", "label": label, "align": "center"}


def _end(shown: _Shown) -> Rows:
    """Return the newest day's tokens and rank at the ends of the lines; nothing where they have ended before."""
    newest = shown.days.days[-1] if shown.days.days else None
    if newest is None or newest.at != shown.days.count - 1:
        return []
    label = formats.tokens(round(newest.tokens))
    return [{"v": newest.tokens, "label": label, "rank": newest.rank, "place": f"#{newest.rank}"}]


def _report_outcomes(expression: str) -> Any:
    return alt.value(alt.ExprRef(expression))


def _strip(x: Any) -> tuple[Any, ...]:
    """Return the ranks: their grid, the line, and its end."""
    deep = at(
        "y", f"height + {GAP} + {STRIP} * log(min(datum.rank, {LOWEST})) / {math.log(LOWEST)}"
    )
    rules = (
        chart("places")
        .mark_rule(stroke=LIGHT.line)
        .encode(y=deep, x=at("x", "0"), x2=at("x2", "width"))
    )
    names = text("places", "label", colour=LIGHT.soft, size=12, align="right", baseline="middle")
    line = chart("rows").mark_line(
        stroke=LIGHT.soft, strokeWidth=1.5, strokeJoin="round", strokeCap="round"
    )
    lone = chart("lone").mark_point(shape="circle", size=4, filled=True, fill=LIGHT.soft, opacity=1)
    end = text("ends", "place", align="left", baseline="middle")
    return (
        rules,
        names.encode(x=at("x", "-8"), y=deep),
        line.encode(x=x, y=deep, detail="run:N"),
        lone.encode(x=x, y=deep),
        end.encode(x=at("x", "width + 8"), y=deep),
    )


def _spec() -> dict[str, Any]:
    time = alt.Scale(
        type="utc", domainMin=alt.ExprRef("first"), domainMax=alt.ExprRef("last"), nice=False
    )
    tokens = alt.Scale(
        domainMin=alt.ExprRef("low"), domainMax=alt.ExprRef("top"), zero=False, nice=False
    )
    x = alt.X("date:T", axis=None, scale=time)

    def y(name: str) -> Any:
        return alt.Y(f"{name}:Q", axis=None, scale=tokens)

    hue = alt.ExprRef("hue")
    band = chart("gaps").mark_rect(fill=LIGHT.other, fillOpacity=0.3)
    firm = chart("rows").transform_filter("toDate(datum.date) < settled")
    pale = chart("rows").transform_filter("toDate(datum.date) >= settled - 864e5")
    line = firm.mark_line(stroke=hue, strokeWidth=2, strokeJoin="round", strokeCap="round")
    faint = pale.mark_line(stroke=hue, strokeWidth=2, strokeOpacity=PALE)
    lone = chart("lone").mark_point(shape="circle", size=30, filled=True, fill=hue, opacity=1)
    point = (
        chart("rows")
        .mark_point(shape="circle", size=60, filled=True, fill=hue, opacity=0)
        .properties(name=HOVER)
    )
    end = text("ends", "label", fontWeight="bold", align="left", baseline="middle")
    days = text("days", "label", colour=LIGHT.soft, size=12, align="center", baseline="top")
    return spec(
        grid("ticks", "y", y("v")),
        band.encode(
            x=x,
            x2=alt.X2("until:T"),
            y=y("bound"),
            y2=at("y2", "height"),
            tooltip=_report_outcomes(_GAP_TIP),
        ),
        line.encode(x=x, y=y("total_tokens"), detail="run:N"),
        faint.encode(x=x, y=y("total_tokens"), detail="run:N"),
        lone.encode(x=x, y=y("total_tokens")),
        *_strip(x),
        point.encode(x=x, y=y("total_tokens"), tooltip=_report_outcomes(_TIP)),
        tick_labels("ticks", "y", y("v")),
        days.encode(x=x, y=at("y", f"height + {GAP + STRIP + 8:g}")),
        end.encode(x=at("x", "width + 8"), y=y("v")),
        params=("first", "last", "low", "top", "settled", "hue"),
    )


_TEMPLATE = Template("model-days", _spec)


def _alt(board: AnyBoard) -> str:
    known = [row for row in board.rows if row["total_tokens"] is not None]
    best = max(known, key=lambda row: phrases.number(row, "total_tokens"))
    tokens, day = (
        formats.tokens_in_words(round(phrases.number(best, "total_tokens"))),
        phrases.day(best, "date"),
    )
    return (
        f"Its highest day was {dates.human_day(day)} with {tokens} tokens. {board.finding}".strip()
    )


CHART = Chart(
    id="tok-model",
    board="model.",
    title=lambda board: board.title,
    subtitle=lambda board: (
        f"Tokens per day of all its listings, {phrases.when(board)}, and its rank among models. "
        "Shaded: outside the top 50, where each listing had at most the band's height."
    ),
    alt=_alt,
    draw=_draw,
    notes=(
        "A day outside the top 50 is not zero: each listing had at most what the fiftieth had.",
        "Where the line breaks without a band, the day is missing: nothing is known of it.",
        "A faded line may still be restated. Ranks are on a log scale, the first at the top.",
    ),
    per_entity=True,
)
