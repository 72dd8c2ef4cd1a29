"""Points on two scales, the one along linear or logarithmic: a rail at the left for what is free, names where they fit.

Where the reader chooses at what ratio prices are blended, it is :mod:`generator.charts.kinds.price_scatter`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from generator.base import palette
from generator.base.palette import LIGHT
from generator.boards.board import Entity
from generator.boards.names import name_in_color
from generator.charts.chart import Drawing, Param, Rows, Size, Template
from generator.charts.kinds import labels, phrases, text_width, theme
from generator.charts.kinds.labels import Box
from generator.charts.kinds.theme import DOLLARS_TICK, alt, between, placed, rows, text

TOP, BOTTOM = 20, 44
"""Room above the plot for the title of the scale up, and below it for that of the scale along, in pixels."""
_RAIL = 26.0
"""How far left of its scale a drawing's rail is, in pixels."""
BESIDE = 1.25
"""How much further than its values a logarithmic scale reaches."""
OTHERS = "others"
"""The series of points that are not strong."""
Ends = tuple[float, float]
"""Where a scale starts and ends."""


@dataclass(frozen=True, slots=True)
class Plane:
    """A kind of scatter plot."""

    name: str
    # Titles of the axes.
    x: str
    y: str
    tick: str = DOLLARS_TICK  # an expression of the labels of the axis along
    scale: str = "log"  # the type of the scale along: `log` or `linear`
    steps: tuple[float, float] = (10, 10)  # linear scales along and up end at multiples of them
    # Names of the strips that take the place of the scale up, from the lowest, numbered from 0.
    strips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """One point, of a model."""

    entity: Entity
    x: float  # the value along; in a drawing with a rail, 0 stands on it
    y: float
    weight: float = 0.0  # spots with a larger one are named first; 0 for never
    strong: bool = True  # drawn in its author's color, the others in gray and smaller
    ringed: bool = False
    tip: Mapping[str, str] = field(default_factory=dict)

    @property
    def series(self) -> str:
        return self.entity.author if self.strong else OTHERS

    @property
    def half(self) -> float:
        """Return the pixels from its middle to its edge."""
        if self.ringed:
            return 8.0
        return 5.0 if self.strong else 3.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of steps through points from left to right; ``label`` says what it is where it stands apart."""

    key: str
    points: Sequence[tuple[float, float]]
    color: str = LIGHT.soft
    width: float = 1.5
    label: str = ""
    label_at: tuple[float, float] = (0.0, 0.0)


def around(values: Sequence[float], step: float) -> Ends:
    """Return multiples of ``step``, or of more where the values are far larger, around all values, with room above."""
    low, high = min(values), max(values)
    step = max(step, text_width.ticks(max(high - low, abs(high) * 1e-9), 10)[1])
    return math.floor(low / step) * step, math.ceil(high / step + 0.2) * step


def apart(values: Sequence[float]) -> Ends:
    """Return the ends of a logarithmic scale around all values that are above 0."""
    positive = [value for value in values if value > 0] or [1.0]
    return min(positive) / BESIDE, max(positive) * BESIDE


def log_part(value: float, low: float, high: float) -> float:
    """Return where a value lies between the ends of a logarithmic scale, as 0 to 1; below it what is not above 0."""
    if value <= 0:
        return -0.1
    return math.log(value / low) / math.log(high / low)


def highlighted(spots: Sequence[Spot], most: int) -> list[Spot]:
    """Return the spots, of which those of the largest weights are strong, and all that are level with the last of them."""
    lowest = sorted((spot.weight for spot in spots), reverse=True)[:most][-1]
    shown = list(spots)
    for place, spot in enumerate(spots):
        if spot.weight < lowest:
            shown[place] = replace(spot, weight=0.0, strong=False)
    return shown


def colored(spots: Sequence[Spot], by: str) -> str:
    """Return which spots are strong in words: ``all``, or ``the 15 with the highest rating``."""
    count = sum(spot.strong for spot in spots)
    if count == len(spots):
        return "all"
    return f"the {count} with the highest {by}"


def drawing(
    plane: Plane,
    spots: Sequence[Spot],
    size: Size,
    *,
    left: float = 34.0,
    right: float = 14.0,
) -> Drawing:
    """Return a scatter plot; names go to the largest weights first, those without room are left out.

    Args:
        left: room for the labels of the axis up.
        right: room beside the plot, in which names may stand too.
    """
    along, up = _ends(plane, spots)
    frame = frame_of(spots, along, up, size, left=left, right=right, scale=plane.scale)
    from_the_ground_up = sorted(spots, key=lambda spot: (spot.strong, spot.weight))
    labeled: list[float] = []
    if plane.scale == "log":
        labeled = ticks(along, size)
    return Drawing(
        template=Template(f"scatter-{plane.name}", lambda: _spec(plane)),
        data={
            "rows": list(map(_shown, from_the_ground_up)),
            "labels": names(spots, (), frame, size),
        },
        height=frame.height,
        left=frame.left,
        right=right,
        top=TOP,
        bottom=BOTTOM,
        params={**frame.params(size), "first": along[0], "last": along[1], "ticks": labeled},
        colors=colors(authors(spots), ()),
    )


def _ends(plane: Plane, spots: Sequence[Spot]) -> tuple[Ends, Ends]:
    """Return the ends of the scales along and up."""
    across, heights = [spot.x for spot in spots], [spot.y for spot in spots]
    along, up = around(across, plane.steps[0]), around(heights, plane.steps[1])
    if plane.scale == "log":
        along = apart(across)
    if plane.strips:
        up = (-0.5, len(plane.strips) - 0.5)
    return along, up


def ticks(along: Ends, size: Size, shown: Ends | None = None) -> list[float]:
    """Return the labeled values of a logarithmic axis, of which only a part may be ``shown`` at first."""
    return text_width.log_ticks(along, shown or along, size.of((1,), (1, 3), (1, 3)))


def authors(spots: Sequence[Spot]) -> list[str]:
    """Return the authors of strong spots, those of the largest weights first."""
    ordered = sorted(spots, key=lambda spot: -spot.weight)
    return [spot.series for spot in ordered if spot.strong]


def colors(authors_: Sequence[str], lines: Sequence[Line]) -> Mapping[str, str]:
    """Return the colors of all series: of authors, of what stands in the background, of lines."""
    distinct = list(dict.fromkeys(authors_))
    by_series = {line.key: line.color for line in lines} | {OTHERS: LIGHT.other}
    for author, tone in zip(distinct, palette.series_colors(distinct), strict=True):
        by_series[author] = tone
        # Gray is for the background: names tell apart whose colors are near each other.
        if tone == LIGHT.other:
            by_series[author] = palette.author_color(author)
    return by_series


def _shown(spot: Spot) -> dict[str, Any]:
    return {
        "id": spot.entity.id,
        "series": spot.series,
        "x": spot.x,
        "y": spot.y,
        "strong": spot.strong,
        "tip": phrases.tip(spot.entity.name, spot.tip),
    }


@dataclass(frozen=True, slots=True)
class Frame:
    """Where values lie in the plot, in pixels."""

    width: float
    height: float
    left: float  # room beside the plot for the labels of the axis up, and for the rail where there is one
    right: float  # room beside the plot, in which names may stand
    rail: float  # how far left of the plot the rail is; 0 without one
    along: Ends
    up: Ends
    scale: str

    def params(self, size: Size) -> dict[str, Param]:
        """Return the parameters that every scatter plot is given."""
        ends = {"bottom": self.up[0], "top": self.up[1]}
        return {**ends, "scale": self.scale, "rail": self.rail, "marks": size.of(4, 6, 8)}

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point is, from the upper left corner of the plot."""
        (left, right), (bottom, top) = self.along, self.up
        down = self.height * (top - y) / (top - bottom)
        if self.rail and x <= 0:
            return -self.rail, down
        if self.scale == "log":
            return self.width * log_part(x, left, right), down
        return self.width * (x - left) / (right - left), down


def frame_of(
    spots: Sequence[Spot],
    along: Ends,
    up: Ends,
    size: Size,
    *,
    left: float = 34.0,
    right: float = 14.0,
    scale: str = "log",
) -> Frame:
    """Return where the values of a drawing lie; a logarithmic one has a rail for what is not above 0."""
    rail = 0.0
    if scale == "log" and any(spot.x <= 0 for spot in spots):
        rail = _RAIL
        left += rail + 14
    width, height = size.room - left - right, size.of(330.0, 380.0, 420.0)
    return Frame(width, height, left, right, rail, along, up, scale)


def names(spots: Sequence[Spot], lines: Sequence[Line], frame: Frame, size: Size) -> Rows:
    """Return the names that have room, of spots and of lines, with the scale for which they are placed."""
    points: list[labels.Point] = []
    for spot in spots:
        name = name_in_color(spot.entity)
        points.append(labels.Point(name, *frame.place(spot.x, spot.y), spot.weight, spot.half))
    walls: list[Box] = []
    for line in lines:
        if line.label:
            points.append(labels.Point(line.label, *frame.place(*line.label_at), math.inf, 2.0))
        corners = [frame.place(x, y) for x, y in line.points]
        for (x, y), (next_x, next_y) in pairwise(corners):
            walls += [(x, y - 2, next_x, y + 2), (next_x - 2, next_y, next_x + 2, y)]
    plot = (-frame.rail, -8.0, frame.width + frame.right, frame.height)
    return [{**row, "scale": frame.scale} for row in labels.placed(points, walls, plot, size)]


def up_axis(title: str, strips: Sequence[str] = ()) -> Any:
    """Return the position up; its axis labels strips by their names, where there are any."""
    marks: dict[str, Any] = {"tickCount": 6, "labelExpr": "format(datum.value, ',')"}
    if strips:
        marks = {"values": list(range(len(strips))), "labelExpr": f"{[*strips]}[datum.value]"}
    axis = alt.Axis(
        title=title,
        titleX=alt.ExprRef("edge"),
        labelPadding=alt.ExprRef("8 + (rail ? rail + 8 : 0)"),
        **marks,
    )
    return alt.Y("y:Q", axis=axis, scale=between("bottom", "top"))


def _spec(plane: Plane) -> dict[str, Any]:
    marks = {"values": alt.ExprRef("ticks")}
    if plane.scale == "linear":
        marks = {"tickCount": alt.ExprRef("marks")}
    axis = theme.titled(plane.x, grid=True, labelExpr=plane.tick, **marks)
    x = alt.X("along:Q", axis=axis, scale=between("first", "last", type=plane.scale))
    y = up_axis(plane.y, plane.strips)
    on_scale = "scale == 'linear' || datum.x > 0"
    spots = rows().transform_filter(on_scale).transform_calculate(along="datum.x")
    free = rows().transform_filter(f"!({on_scale})")
    return theme.spec(
        dots(spots).encode(x=x, y=y),
        *on_rail(free, y),
        *written(rows("labels").transform_filter("datum.scale == scale")),
    )


def on_rail(free: Any, y: Any) -> tuple[Any, Any]:
    """Return the spots that stand on the rail, and the word below it that says what they are."""
    first = free.transform_window(nth="row_number()").transform_filter("datum.nth == 1")
    word = first.transform_calculate(word="'free'")
    return (
        placed(dots(free), x="-rail", y=y),
        text(word, "word", "-rail", "height + 13", soft=True, align="center"),
    )


def written(named: Any) -> tuple[Any, Any]:
    """Return the lines that join names to their spots, and the names."""
    lead = named.transform_filter("isValid(datum.lx)").mark_rule(stroke=LIGHT.soft, strokeWidth=1)
    return (
        placed(lead, x="datum.lx", y="datum.ly", x2="datum.lx2", y2="datum.ly2"),
        text(named, "name", "datum.px", "datum.py", align=alt.ExprRef("datum.side")),
    )


def dots(spots: Any) -> Any:
    """Return the spots: strong ones larger, each with its tooltip."""
    points = spots.mark_point(stroke=LIGHT.paper, strokeWidth=0.8)
    size = "datum.strong ? 80 : 30"
    return placed(points, fill=theme.color("series", "fill"), size=size, tooltip="datum.tip")
