"""Lines over days: direct labels at their ends, dashes for what may still change, nothing across a hole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from typing import Any

from generator.base.dates import Window, human_day
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, Entity
from generator.charts.chart import Control, Drawing, Param, Size, Template
from generator.charts.kinds import blend, controls, events, phrases, strokes, text_width, theme
from generator.charts.kinds.scatter import around
from generator.charts.kinds.theme import alt, between

_FEW = 31
_DAY = 86_400_000
_SERIES = "series"


@dataclass(frozen=True, slots=True)
class Point:
    """A day's value.

    Attributes:
        tip: the texts of its tooltip by label, the value first.
        run: changes where nothing may join the point to the one before.
        other: the value in the chart's other measure.
        low, high: bounds of the value, which are drawn as a band.
    """

    day: date
    value: float
    tip: Mapping[str, str]
    run: int = 0
    other: float | None = None
    low: float | None = None
    high: float | None = None
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One series: its key for a focus, and the name at its end.

    Attributes:
        more: the newest value in words, behind the name; without it what the newest point tells first, of prices
            without their unit.
    """

    key: str
    name: str
    colour: str
    points: Sequence[Point]
    more: str = ""

    @property
    def newest(self) -> str:
        first = next(iter(self.points[-1].tip.values()))
        return self.more or first.removesuffix(" per million")


@dataclass(frozen=True, slots=True)
class Lines:
    """A kind of line chart.

    Attributes:
        name: of what is drawn; kinds of the same name differ in nothing but height, days and what can be chosen.
        tick: an expression of the values' labels.
        title: of the value axis; empty where the subtitle says it.
        step: of the linear axis of values that are never near zero, which ends at multiples of it; others start at zero.
        steps: a value holds until the next one.
        blend: whether the values are prices at a ratio that the reader chooses, on a logarithmic axis. The fields of
            points then hold those of input and output; of several points of a line and day the cheapest is shown.
        height: of the widest plot, in pixels.
        days: how many end with each point: seven of a week.
        ranges: whether the reader may choose a period; steps that began before it would be lost.
        events: which of the events of these days the reader can have marked.
    """

    name: str
    tick: str
    title: str = ""
    step: float = 0.0
    steps: bool = False
    blend: bool = False
    height: float = 300.0
    days: int = 1
    ranges: bool = True
    events: tuple[str, str] = events.TOP


def moment(day: date) -> int:
    """Return milliseconds since 1970, as scales of time count."""
    return (day - date(1970, 1, 1)).days * _DAY


def drawing(
    kind: Lines,
    board: AnyBoard,
    lines: Sequence[Line],
    size: Size,
    *,
    last: date | None = None,
    more: Sequence[Control] = (),
) -> Drawing:
    """Return the lines over all their days; their names stand at the newest one.

    Args:
        board: says what happened on these days, and which may still be restated.
        last: the end of the time axis, if that is later than the newest point.
        more: further controls; one of them may set ``other``, to show the points' other values.
    """
    points = list(chain.from_iterable(line.points for line in lines))
    days = {point.day for point in points}
    start, newest = min(days), max(days)
    end = max(last or newest, newest)

    shown = list(chain.from_iterable(_rows(board, line, size) for line in lines))
    ends = [row for row in shown if row["date"] == str(newest)]
    happened = events.marked(board.marks, "date", list(Window(start, end)), size)
    # Hundreds of files go without layers for events.
    name = f"lines-{kind.name}{'-and-events' if happened else ''}"
    periods = controls.day_ranges(start, newest, kind.days) if kind.ranges else None
    return Drawing(
        template=Template(name, lambda: _spec(kind, eventful=bool(happened))),
        data={"rows": shown, **events.data(happened)},
        height=min(kind.height, size.of(240.0, 270.0, kind.height)),
        left=size.of(48, 52, 56),
        right=theme.end_room(ends),
        top=18 if kind.title else events.room(happened),
        bottom=24,
        params={
            **ends_of(start, end, size, kind.days),
            "few": int(len(days) <= _FEW),
            **_scale(kind, points),
        },
        colours={line.key: line.colour for line in lines},
        controls=controls.several(
            *more,
            events.control(happened, kind.events),
            periods,
            controls.focus(_SERIES, [Entity(line.key, line.name) for line in lines]),
        ),
    )


def state(board: AnyBoard, week: date, settled: str = strokes.SETTLED) -> str:
    """Return the state of what one of the seven days up to this one may still restate, or that of settled points."""
    coverage = board.coverage
    is_open = coverage is not None and coverage.within(Window.ending(week, 7)).provisional
    return strokes.PROVISIONAL if is_open else settled


def scale_to(values: Sequence[float]) -> float:
    """Return the end of a scale from zero, at a tick."""
    return text_width.ticks(max(values), 4)[-1]


def ends_of(first: date, last: date, size: Size, apart: int = 1) -> dict[str, Param]:
    """Return the parameters of a time axis of these days; ``apart`` is the number of days between its values."""
    end = last if last > first else first + timedelta(days=1)
    ends = {"first": moment(first), "last": moment(end)}
    return {**ends, "marks": size.of(2, 4, 6), "apart": apart * _DAY}


def _scale(kind: Lines, points: Sequence[Point]) -> dict[str, Param]:
    values = [max(point.value, point.high or 0.0) for point in points]
    if kind.blend:
        bounds = blend.ends([point.fields for point in points])
        low, high = min(bounds["cheap"]) or min(values), max(bounds["dear"])
        return {**bounds, "ticks": text_width.decades(low / 1.5, high * 1.5, (1, 3))}
    if kind.step:
        bottom, top = around(values, kind.step)
        return {"bottom": bottom, "top": top}
    return {"bottom": 0.0, "top": scale_to(values)}


def _rows(board: AnyBoard, line: Line, size: Size) -> Iterator[dict[str, Any]]:
    more = line.newest if size.wide or not line.name else ""
    label = {_SERIES: line.key, **theme.end_label(line.name, more, size.of(105.0, 150.0, 190.0))}
    shown = []
    for point in line.points:
        day = human_day(point.day)
        numbers = {"other": point.other, "low": point.low, "high": point.high}
        row = {
            **point.fields,
            **label,
            "date": str(point.day),
            "value": point.value,
            **{name: number for name, number in numbers.items() if number is not None},
            "run": f"{line.key} {point.run}",
            "tip": phrases.tip(f"{line.name}, {day}" if line.name else day, point.tip),
            "state": state(board, point.day),
        }
        shown.append(row)
    return strokes.joined(shown)


def along(**axis: Any) -> Any:
    """Return the position of a day, from the first that is shown to the last.

    Weeks of up to 100 days are labeled where their values are, the newest always.
    """
    ticks: dict[str, Any] = {"tickCount": alt.ExprRef("marks"), "values": alt.ExprRef(_WEEKS)}
    return alt.X(
        "date:T",
        axis=alt.Axis(labelExpr=theme.DAY_TICK, **ticks, **axis),
        scale=between("starts", "stops", type="utc"),
    )


def shown_days(data: str = "rows") -> Any:
    """Return a chart of the rows of the days that are shown."""
    dated = theme.rows(data).transform_calculate(date="toDate(datum.date)")
    return dated.transform_filter("datum.date >= starts && datum.date <= stops")


_WEEKS = (
    "apart <= 864e5 || stops - starts > 100 * 864e5 ? null : "
    "sequence(stops, starts - 1, -apart * ceil((stops - starts) / apart / marks))"
)
GIVEN = ("first", "last", "marks", "apart")
PARAMS: Mapping[str, Any] = theme.WITHIN
DERIVED: Mapping[str, str] = {
    "starts": "since == '' ? first : toNumber(toDate(since))",
    "stops": "until == '9' ? last : toNumber(toDate(until))",
}
"""The parameters of a time axis: its ends, how many ticks it has, how far its values are apart, and the days that the
reader has chosen."""


def _spec(kind: Lines, *, eventful: bool) -> dict[str, Any]:
    x, scale = along(), _value_scale(kind)
    y = alt.Y("shown:Q", **scale)
    points = _blended() if kind.blend else shown_days()
    points = points.transform_calculate(shown="other ? datum.other : datum.value")
    interpolate = "step-after" if kind.steps else "linear"
    smooth: dict[str, Any] = {"strokeCap": "butt", "interpolate": interpolate}
    lines = (
        strokes.line(points, x, y, _SERIES, **smooth),
        strokes.lone(points, x, y, _SERIES, also="few"),
    )
    height = events.INSIDE if kind.title else events.ABOVE
    marked = events.layers(shown_days("events"), x, height) if eventful else ()
    bounds = {"bottom": f"{blend.bound('cheap')} / 1.5", "top": f"{blend.bound('dear')} * 1.5"}
    return theme.spec(
        _band(points, x, scale, interpolate),
        *marked,
        *(line.encode(opacity=theme.in_focus(_SERIES)) for line in lines),
        strokes.hover_areas(points, x, y),
        *_names_at_ends(points, log=kind.blend),
        given=(*GIVEN, "few", *(() if kind.blend else bounds)),
        params={
            **PARAMS,
            **(events.PARAMS if eventful else {}),
            **(blend.PARAMS if kind.blend else {}),
            "focus": [],
            "other": 0,
            "ticks": [],
        },
        derived={**DERIVED, **bounds} if kind.blend else DERIVED,
    )


def _value_scale(kind: Lines) -> dict[str, Any]:
    """Return the axis and the scale of the values."""
    ticks: dict[str, Any] = {"values": alt.ExprRef("ticks")} if kind.blend else {"tickCount": 4}
    edge = alt.ExprRef("edge")
    axis = alt.Axis(title=kind.title or None, titleX=edge, labelExpr=kind.tick, **ticks)
    return {"axis": axis, "scale": between("bottom", "top", type="log" if kind.blend else "linear")}


def _band(points: Any, x: Any, scale: Mapping[str, Any], interpolate: Any) -> Any:
    """Return the area between the bounds of values that are not known more exactly."""
    bounded = points.transform_filter("isValid(datum.low) && isValid(datum.high) && !datum.joint")
    # The rim is what can be told from the paper.
    look: dict[str, Any] = {"fill": LIGHT.line, "stroke": LIGHT.other, "strokeWidth": 1}
    band = bounded.mark_area(interpolate=interpolate, **look)
    return band.encode(x=x, y=alt.Y("low:Q", **scale), y2="high:Q", detail="run:N")


def _names_at_ends(points: Any, *, log: bool) -> tuple[Any, ...]:
    """Return the names of lines at the newest day."""
    newest = points.transform_joinaggregate(newest="max(date)")
    ends = newest.transform_filter("datum.date == datum.newest && !datum.joint")
    part = "(datum.shown - bottom) / (top - bottom)"
    if log:
        part = "log(datum.shown / bottom) / log(top / bottom)"
    return theme.end_labels(ends, f"height * (1 - {part})", _SERIES)


def _blended() -> Any:
    """Return the cheapest point of each line and day at the ratio that is chosen."""
    return blend.cheapest(shown_days(), [_SERIES, "date"]).transform_calculate(
        value="datum.price",
        more="datum.more == '' ? '' : datum.words",
        tip="merge(datum.tip, {'At least': datum.words + (datum.price ? ' per million' : '')})",
    )
