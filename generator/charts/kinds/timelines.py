"""Lines over days: each unbroken run of days is a line of its own, named at its end."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain, product, zip_longest
from typing import Any

from generator.base.palette import LIGHT
from generator.charts.chart import Control, Drawing, Option, Rows, Size, Template
from generator.charts.kinds import phrases, text_width
from generator.charts.kinds.grammar import (
    HOVER,
    alt,
    at,
    chart,
    end_labels,
    grid,
    spec,
    text,
    tick_labels,
)
from generator.charts.kinds.scatter import Axis
from generator.charts.kinds.time_ticks import time_ticks

_LABEL = 12
_GAP = 15.0
_PALE = 0.55
_FEW = 31
_RANGES = ((30, "30d", "30 days"), (90, "90d", "90 days"), (365, "365d", "1 year"))


@dataclass(frozen=True, slots=True)
class Point:
    """A day's value; ``run`` changes where nothing may join it to the one before; ``pale`` ones may still change."""

    day: date
    value: float
    tip: Mapping[str, str]
    run: int = 0
    pale: bool = False
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One series: its key for a focus, the name at its end, and behind it the newest value in words."""

    key: str
    name: str
    more: str
    colour: str
    points: Sequence[Point]


def moment(day: date) -> int:
    """Return milliseconds since 1970, as scales of time count."""
    return (day - date(1970, 1, 1)).days * 86_400_000


def ranges(first: date, last: date) -> Control | None:
    """Return a choice of shorter ranges up to the newest day; None where all is short."""
    days = (last - first).days + 1
    options = [Option("", "All")]
    for length, value, label in _RANGES:
        if days > length * 1.2:
            since = last - timedelta(days=length - 1)
            options.append(Option(value, label, since=str(since)))
    return Control("range", "Period", tuple(options), "date", "days") if len(options) > 1 else None


def focus(lines: Sequence[Line]) -> Control | None:
    if len(lines) < 2:
        return None
    return Control(
        "focus",
        "Highlight",
        (Option("", "None"), *(Option(line.key, line.name) for line in lines)),
        "series",
    )


def drawing(
    lines: Sequence[Line], up: Axis, size: Size, *, steps: bool = False, height: float = 300.0
) -> Drawing:
    """Return the lines over all their days; their names stand at the newest one.

    Args:
        steps: a value holds until the next one.
    """
    rows = list(chain.from_iterable(_rows(line) for line in lines))
    points = chain.from_iterable(line.points for line in lines)
    days = sorted({point.day for point in points})

    first, last = days[0], days[-1]
    height = min(height, size.of(240.0, 270.0, height))
    room = size.of(105.0, 150.0, 190.0)
    ends = _ends([line for line in lines if line.points[-1].day == last], up, height, room, size)
    controls = (ranges(first, last), focus(lines))
    return Drawing(
        template=_TEMPLATES[steps, up.log],
        data={
            "rows": rows,
            "dots": rows if len(days) <= _FEW else _lone(rows),
            "days": [_tick(day, label) for day, label in time_ticks(days, size.of(2, 3, 5))],
            "ticks": [{"y": value, "label": label} for value, label in up.ticks],
            "ends": ends,
            "titles": [{"label": up.title}],
        },
        height=height,
        left=size.of(48, 52, 56),
        right=max(
            (16 + end["shift"] + text_width.width(end["more"], _LABEL) for end in ends),
            default=20.0,
        ),
        top=18 if up.title else 4,
        bottom=24,
        params={
            "first": moment(first),
            "last": moment(last if last > first else first + timedelta(days=1)),
            "bottom": up.low,
            "top": up.high,
        },
        controls=tuple(control for control in controls if control),
    )


def _tick(day: date, label: str) -> dict[str, Any]:
    return {"date": str(day), "label": label, "align": "center"}


def _lone(rows: Rows) -> Rows:
    """Return the points of runs of one day: a line of one point would not be seen."""
    sizes = Counter(row["run"] for row in rows)
    return [row for row in rows if sizes[row["run"]] == 1]


def _rows(line: Line) -> Iterator[dict[str, Any]]:
    for point, later in zip_longest(line.points, line.points[1:]):
        shared = {
            "series": line.key,
            "colour": line.colour,
            "y": point.value,
            "date": str(point.day),
        }
        day = phrases.dated(point.day)
        title = f"{line.name}, {day}" if line.name else day
        tip = {"title": title, **point.tip}
        run = f"{line.key} {point.run}"
        firm = {**point.fields, **shared, "run": run, "tint": 1.0, "tip": tip}
        pale = {**point.fields, **shared, "run": f"{run} pale", "tint": _PALE, "tip": tip}
        yield pale if point.pale else firm
        # The line towards a provisional day is provisional: the firm part ends here and the pale one begins.
        if later and later.pale and not point.pale and later.run == point.run:
            yield pale


def _ends(lines: Sequence[Line], up: Axis, height: float, room: float, size: Size) -> Rows:
    ordered = sorted(lines, key=lambda line: -line.points[-1].value)
    middles = [height * (1 - up.part(line.points[-1].value)) for line in ordered]
    places = text_width.spread(middles, _GAP, 6, height - 6)
    rows = []
    for line, middle, place in zip(ordered, middles, places, strict=True):
        more = line.more if size.wide or not line.name else ""
        name = text_width.fit(line.name, _LABEL, room - text_width.width(more, _LABEL) - 8)
        rows.append(
            {
                "series": line.key,
                "name": name,
                "more": more,
                "shift": round(text_width.width(name, _LABEL) + 8, 1) if name else 0,
                "from": round(middle, 1),
                "py": round(place, 1),
                "colour": line.colour,
            }
        )
    return rows


def _spec(*, steps: bool, log: bool) -> dict[str, Any]:
    first, last = alt.ExprRef("first"), alt.ExprRef("last")
    x = alt.X(
        "date:T",
        axis=None,
        scale=alt.Scale(type="utc", domainMin=first, domainMax=last, nice=False),
    )
    kind: dict[str, Any] = {"type": "log"} if log else {"zero": False}
    low, high = alt.ExprRef("bottom"), alt.ExprRef("top")
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domainMin=low, domainMax=high, nice=False, **kind))
    tint = alt.StrokeOpacity("tint:Q", scale=None)
    line = chart("rows").mark_line(
        strokeWidth=2,
        strokeJoin="round",
        strokeCap="round",
        interpolate="step-after" if steps else "linear",
    )
    dot = chart("dots").mark_point(shape="circle", size=22, filled=True, opacity=1)
    over = (
        chart("rows")
        .mark_point(shape="circle", size=60, filled=True, opacity=0)
        .properties(name=HOVER)
    )
    fill = alt.Fill("colour:N", scale=None)
    title = text("titles", "label", colour=LIGHT.soft, size=12, align="left", baseline="bottom")
    return spec(
        grid("ticks", "y", y),
        line.encode(
            x=x, y=y, detail="run:N", stroke=alt.Stroke("colour:N", scale=None), strokeOpacity=tint
        ),
        dot.encode(x=x, y=y, fill=fill, fillOpacity=alt.FillOpacity("tint:Q", scale=None)),
        over.encode(x=x, y=y, fill=fill, tooltip=alt.Tooltip("tip:N")),
        tick_labels("ticks", "y", y),
        tick_labels("days", "x", x),
        title.encode(x=at("x", "0"), y=at("y", "-6")),
        *end_labels("ends"),
        params=("first", "last", "bottom", "top"),
    )


def _template(*, steps: bool, log: bool) -> Template:
    name = f"timeline{'-steps' if steps else ''}{'-log' if log else ''}"
    return Template(name, lambda: _spec(steps=steps, log=log))


_TEMPLATES = {
    (steps, log): _template(steps=steps, log=log) for steps, log in product((False, True), repeat=2)
}
