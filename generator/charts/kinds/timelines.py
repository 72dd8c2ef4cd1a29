"""Lines over days: direct labels at their ends, dashes for what may still change, nothing across a hole."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import chain
from typing import Any, ClassVar

from generator.base.dates import Window, human_day
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, Entity
from generator.charts.chart import Control, Drawing, Param, Size
from generator.charts.kinds import blend, controls, events, phrases, strokes, text_width, theme
from generator.charts.kinds.scatter import around
from generator.charts.kinds.theme import alt, between, placed

_FEW = 31
_DAY = 86_400_000
_SERIES = "series"


@dataclass(frozen=True, slots=True)
class Point:
    """A day's value, with bounds that are drawn as a band."""

    day: date
    value: float
    tip: Mapping[str, str]  # the texts of its tooltip by label, the value first
    run: int = 0  # changes where nothing may join the point to the one before
    other: float | None = None  # the value in the chart's other measure
    low: float | None = None
    high: float | None = None
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One series: its key for a focus, and the name at its end."""

    key: str
    name: str
    color: str
    points: Sequence[Point]
    more: str = ""  # the newest value in words, behind the name; without it what the newest point tells first

    @property
    def newest(self) -> str:
        """Return the newest value in words, of prices without their unit."""
        first = next(iter(self.points[-1].tip.values()))
        return self.more or first.removesuffix(" per million")


@dataclass(frozen=True, slots=True)
class Lines:
    """A kind of line chart."""

    name: str  # of what is drawn; kinds of the same name differ in nothing but height, days and what can be chosen
    tick: str  # an expression of the values' labels
    title: str = ""  # of the value axis; empty where the subtitle says it
    # Of the linear axis of values that are never near zero, which ends at multiples of it; others start at zero.
    step: float = 0.0
    steps: bool = False  # a value holds until the next one
    height: float = 300.0  # of the widest plot, in pixels
    days: int = 1  # how many end with each point: seven of a week
    breaks: bool = False  # where days (or weeks, of weeks) are missing between points
    # Whether the reader may choose a period; steps that began before it would be lost.
    ranges: bool = True
    # Which of the events of these days the reader can have marked.
    events: tuple[str, str] = events.TOP

    choices: ClassVar[tuple[Control, ...]] = ()  # what else the reader may have
    values: ClassVar[str] = "linear"  # the type of the scale of values
    # An expression of where on that scale a row lies, from 0 to 1.
    part: ClassVar[str] = "(datum.shown - bottom) / (top - bottom)"
    derived: ClassVar[Mapping[str, str]] = {}

    def ends(self, points: Sequence[Point]) -> dict[str, Param]:
        """Return the parameters of the scale of values."""
        values = [max(point.value, point.high or 0.0) for point in points]
        bottom, top = 0.0, scale_to(values)
        if self.step:
            bottom, top = around(values, self.step)
        return {"bottom": bottom, "top": top, "ticks": []}

    def rows(self) -> Any:
        """Return a chart of the rows that are shown."""
        return shown_days()

    def ticks(self) -> dict[str, Any]:
        """Return which values the axis labels."""
        return {"tickCount": 4}


@dataclass(frozen=True, slots=True)
class PriceLines(Lines):
    """Lines of prices at a ratio that the reader chooses, on a logarithmic axis.

    The fields of points hold the prices of input and output; of several points of a line and day the cheapest is shown.
    """

    tick: str = theme.DOLLARS_TICK
    title: str = phrases.PRICE

    choices: ClassVar[tuple[Control, ...]] = (blend.control(),)
    values: ClassVar[str] = "log"
    part: ClassVar[str] = "log(datum.shown / bottom) / log(top / bottom)"
    derived: ClassVar[Mapping[str, str]] = {
        "bottom": f"{blend.bound('cheap')} / 1.5",
        "top": f"{blend.bound('dear')} * 1.5",
    }

    def ends(self, points: Sequence[Point]) -> dict[str, Param]:
        bounds = blend.params([point.fields for point in points])
        low = min(bounds["cheap"]) or min(point.value for point in points)
        bottom, top = (blend.usual(bounds[name]) or low for name in ("cheap", "dear"))
        every_ratio = (low / 1.5, max(bounds["dear"]) * 1.5)
        ticks = text_width.log_ticks(every_ratio, (bottom / 1.5, top * 1.5), (1, 3))
        return {**bounds, "ticks": ticks}

    def rows(self) -> Any:
        return blend.cheapest(shown_days(), [_SERIES, "date"]).transform_calculate(
            value="datum.price",
            more="datum.more == '' ? '' : datum.words",
            tip="merge(datum.tip, {'At least': datum.words + (datum.price ? ' per million' : '')})",
        )

    def ticks(self) -> dict[str, Any]:
        return {"values": alt.ExprRef("ticks")}


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

    looks: dict[str, Param] = {"few": int(len(days) <= _FEW), "other": 0}
    shown = list(chain.from_iterable(_rows(kind, board, line, size) for line in lines))
    happened = events.marked(board.marks, "date", list(Window(start, end)), size)
    choices = [*kind.choices, *more, events.control(happened, kind.events)]
    if kind.ranges:
        choices.append(controls.day_ranges(start, newest, kind.days))
    choices.append(controls.focus(_SERIES, [Entity(line.key, line.name) for line in lines]))
    name, spec = f"lines-{kind.name}", partial(_spec, kind)
    if size.of(_ROOM_FOR, math.inf, math.inf) < (end - start).days:
        name, spec = f"years-of-{name}", partial(_spec, kind, tick=theme.HALF_YEARS_TICK)
    return Drawing(
        template=events.template(name, happened, spec),
        data={"rows": shown, **events.data(happened)},
        height=min(kind.height, size.of(240.0, 270.0, kind.height)),
        left=size.of(48, 52, 56),
        right=theme.end_room(row for row in shown if row["date"] == str(newest)),
        top=18 if kind.title else events.room(happened),
        bottom=24,
        params={**ends_of(start, end, size, kind.days), **kind.ends(points), **looks},
        colors={line.key: line.color for line in lines},
        controls=controls.several(*choices),
    )


def state(board: AnyBoard, week: date, settled: str = strokes.SETTLED) -> str:
    """Return the state of what one of the seven days up to this one may still restate, or that of settled points."""
    coverage = board.coverage
    if coverage and coverage.within(Window.ending(week, 7)).provisional:
        return strokes.PROVISIONAL
    return settled


def scale_to(values: Iterable[float]) -> float:
    """Return the end of a scale from zero, at a tick."""
    return text_width.ticks(max(values), 4)[-1]


_ROOM_FOR = 366
"""The days whose quarters a narrow drawing has room to label; of more, half years are labeled."""
_LONGEST_STEP = 181
"""The days to a mark above which a time axis would have one for each year: a year or two would have a single label."""


def ends_of(first: date, last: date, size: Size, apart: int = 1) -> dict[str, Param]:
    """Return the parameters of a time axis of these days; ``apart`` is the number of days between its values."""
    ends = {"first": moment(first), "last": moment(max(last, first + timedelta(days=1)))}
    marks = max(size.of(2, 4, 6), math.ceil((last - first).days / _LONGEST_STEP))
    return {**ends, "marks": marks, "apart": apart * _DAY}


def _rows(kind: Lines, board: AnyBoard, line: Line, size: Size) -> Iterator[dict[str, Any]]:
    more = ""
    if size.wide or not line.name:
        more = line.newest
    label = {_SERIES: line.key, **theme.end_label(line.name, more, size.of(105.0, 150.0, 190.0))}
    shown = []
    runs: Iterator[tuple[Point, int]] = ((point, point.run) for point in line.points)
    if kind.breaks:
        runs = strokes.in_runs(line.points, lambda point: point.day.toordinal(), kind.days)
    for point, run in runs:
        title = ", ".join(filter(None, (line.name, human_day(point.day))))
        numbers = {"other": point.other, "low": point.low, "high": point.high}
        row = {
            **point.fields,
            **label,
            "date": str(point.day),
            "value": point.value,
            **{name: number for name, number in numbers.items() if number is not None},
            "run": f"{line.key} {run}",
            "tip": phrases.tip(title, point.tip),
            "state": state(board, point.day),
        }
        shown.append(row)
    return strokes.joined(shown)


def along(tick: str = theme.DAY_TICK, **axis: Any) -> Any:
    """Return the position of a day, from the first that is shown to the last, labeled by an expression.

    Weeks of up to 100 days are labeled where their values are, the newest always.
    """
    ticks: dict[str, Any] = {"tickCount": alt.ExprRef("marks"), "values": alt.ExprRef(_WEEKS)}
    return alt.X(
        "date:T",
        axis=alt.Axis(labelExpr=tick, **ticks, **axis),
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
DERIVED: Mapping[str, str] = {
    "starts": "since == '' ? first : toNumber(toDate(since))",
    "stops": "until == '9' ? last : toNumber(toDate(until))",
}
"""The ends of a time axis that follow from what :func:`ends_of` states and from the days that the reader has chosen."""


def _spec(kind: Lines, *, eventful: bool, tick: str = theme.DAY_TICK) -> dict[str, Any]:
    title: dict[str, Any] = {"title": kind.title or None, "titleX": alt.ExprRef("edge")}
    axis = alt.Axis(**title, labelExpr=kind.tick, **kind.ticks())
    scale: dict[str, Any] = {"axis": axis, "scale": between("bottom", "top", type=kind.values)}
    x = along(tick)
    points = (
        kind.rows()
        .transform_calculate(shown="other ? datum.other : datum.value")
        .encode(x=x, y=alt.Y("shown:Q", **scale))
    )
    colored = placed(points, color=theme.color(_SERIES), opacity=theme.in_focus(_SERIES))
    smooth: dict[str, Any] = {"interpolate": "step-after" if kind.steps else "linear"}
    marked: tuple[Any, ...] = ()
    if eventful:
        height = events.INSIDE if kind.title else events.ABOVE
        marked = events.layers(shown_days("events"), x, height)

    # The rim is what can be told from the paper.
    band = points.transform_filter(
        "isValid(datum.low) && isValid(datum.high) && !datum.joint"
    ).mark_area(fill=LIGHT.line, stroke=LIGHT.other, strokeWidth=1, **smooth)
    ends = points.transform_joinaggregate(newest="max(date)").transform_filter(
        "datum.date == datum.newest && !datum.joint"
    )
    return theme.spec(
        band.encode(y=alt.Y("low:Q", **scale), y2=alt.Y2("high:Q"), detail=alt.Detail("run:N")),
        *marked,
        strokes.line(colored, _SERIES, strokeCap="butt", **smooth),
        strokes.lone(colored, also="few"),
        strokes.hover_areas(points),
        *theme.end_labels(ends, f"height * (1 - {kind.part})", _SERIES),
        derived={**DERIVED, **kind.derived},
        dated=True,
    )
