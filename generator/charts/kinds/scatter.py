"""Points on two scales, the one along linear or logarithmic: a rail at the left for what is free, names where they fit."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, pairwise
from typing import Any

from generator.base import formats, palette
from generator.base.palette import LIGHT
from generator.boards.board import BoardRow, Entity
from generator.boards.names import name_in_colour
from generator.charts.chart import Control, Drawing, Rows, Size, Template
from generator.charts.kinds import blend, controls, labels, phrases, text_width, theme
from generator.charts.kinds.labels import Box
from generator.charts.kinds.theme import DOLLARS_TICK, LABEL, alt, between, placed, rows, text

PRICE = "US dollars per million tokens"
_RAIL = 26.0
"""How far left of its scale a drawing's rail is, in pixels."""
_BESIDE = 1.25
"""How much further than its values a logarithmic scale reaches."""
_OTHERS = "others"
"""The series of points that are not strong."""
Ends = tuple[float, float]
"""Where a scale starts and ends."""


@dataclass(frozen=True, slots=True)
class Plane:
    """A kind of scatter plot.

    Attributes:
        name: unique among the charts' kinds.
        x, y: titles of the axes.
        tick: an expression of the labels of the axis along.
        choice: whether the reader may change between a logarithmic and a linear scale along, of prices at a ratio;
            else it is logarithmic or, where ``linear`` is set, linear.
        strips: names of the strips that take the place of the scale up, from the lowest, numbered from 0.
        blend: whether the values along are prices at a ratio that the reader chooses (see :func:`blended`).
        best: of these, whether only the models on the frontier are shown.
    """

    name: str
    x: str
    y: str
    tick: str = DOLLARS_TICK
    choice: bool = False
    linear: bool = False
    strips: tuple[str, ...] = ()
    blend: bool = False
    best: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """One point, of a model.

    Attributes:
        x: the value along; in a drawing with a rail, 0 stands on it.
        y: the other value.
        weight: spots with a larger one are named first; 0 for never.
        strong: drawn in its author's color, the others in gray and smaller.
        ringed: marked by a ring.
    """

    entity: Entity
    x: float
    y: float
    weight: float = 0.0
    strong: bool = True
    ringed: bool = False
    tip: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, object] = field(default_factory=dict)

    @property
    def series(self) -> str:
        return self.entity.author if self.strong else _OTHERS

    @property
    def half(self) -> float:
        """Return the pixels from its middle to its edge."""
        if not self.strong:
            return 3.0
        return 8.0 if self.ringed else 5.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of steps through points from left to right; ``label`` says what it is where it stands apart."""

    key: str
    points: Sequence[tuple[float, float]]
    colour: str = LIGHT.soft
    width: float = 1.5
    label: str = ""
    label_at: tuple[float, float] = (0.0, 0.0)


def around(values: Sequence[float], step: float) -> tuple[float, float]:
    """Return the multiples of ``step``, or of more where the values are far larger, around all values.

    There is some room above the highest.
    """
    low, high = min(values), max(values)
    step = max(step, text_width.ticks(max(high - low, abs(high) * 1e-9), 10)[1])
    return math.floor(low / step) * step, math.ceil(high / step + 0.2) * step


def apart(values: Sequence[float]) -> tuple[float, float]:
    """Return the ends of a logarithmic scale around all values that are above 0."""
    positive = [value for value in values if value > 0] or [1.0]
    return min(positive) / _BESIDE, max(positive) * _BESIDE


def log_part(value: float, low: float, high: float) -> float:
    """Return where a value lies between the ends of a logarithmic scale, as 0 to 1; below it what is not above 0."""
    return math.log(value / low) / math.log(high / low) if value > 0 else -0.1


def highlighted(spots: Sequence[Spot], most: int) -> list[Spot]:
    """Return the spots, of which those of the largest weights are strong, and all that are level with the last of them."""
    lowest = sorted((spot.weight for spot in spots), reverse=True)[:most][-1]
    return [
        spot if spot.weight >= lowest else replace(spot, weight=0.0, strong=False) for spot in spots
    ]


def drawing(
    plane: Plane,
    spots: Sequence[Spot],
    along: Ends,
    up: Ends,
    size: Size,
    *,
    lines: Sequence[Line] = (),
    left: float = 34.0,
    right: float = 14.0,
) -> Drawing:
    """Return a scatter plot; names go to the largest weights first, those without room are left out.

    Args:
        along, up: the ends of the scales.
        left: room for the labels of the axis up.
        right: room beside the plot, in which names may stand too.
    """
    rail = 0.0 if plane.linear or all(spot.x > 0 for spot in spots) else _RAIL
    left += rail + 14 if rail else 0
    width = size.width - 2 * size.margin - left - right
    height = size.of(330.0, 380.0, 420.0)
    frame = _Frame(width, height, rail, along, up, right, from_zero=plane.choice)
    scales = ("log", "linear") if plane.choice else ("linear" if plane.linear else "log",)
    named: Rows = []
    for scale in scales:
        names = _names(spots, lines, frame, size, log=scale == "log")
        named += [{**row, "scale": scale} for row in names]
    ordered = sorted(spots, key=lambda spot: (spot.strong, spot.weight))
    return Drawing(
        template=Template(f"scatter-{plane.name}", lambda: _spec(plane)),
        data={
            "rows": [_shown(spot) for spot in ordered],
            "line": list(chain.from_iterable(_joints(line) for line in lines)),
            "labels": named,
        },
        height=height,
        left=left,
        right=right,
        top=20,
        bottom=44,
        params={
            "first": along[0],
            "last": along[1],
            "bottom": up[0],
            "top": up[1],
            "rail": rail,
            "marks": size.of(4, 6, 8),
            "ticks": [] if plane.linear else _ticks(plane, along, size),
        },
        colours=_colours(_authors(spots), lines),
        controls=(controls.scales("Log", "Linear"),) if plane.choice else (),
    )


def _ticks(plane: Plane, along: Ends, size: Size) -> list[float]:
    """Return the labeled values of a logarithmic axis; where the reader may change the scale, their logarithms."""
    ticks = text_width.decades(*along, size.of((1,), (1, 3), (1, 3)))
    return [math.log(tick) for tick in ticks] if plane.choice else ticks


def priced(row: BoardRow, size: Size, **more: object) -> dict[str, Any]:
    """Return what :func:`blended` draws of a model with a score and prices.

    Args:
        more: ``when``, the key of the line that it may be on, ``now`` or ``then``; ``since``, what is said of it
            where it is on the line of ``now`` alone.
    """
    model, score = row.entity("model_permaslug"), row.number("intelligence_index") or 0.0
    label = text_width.short(name_in_colour(model), LABEL, size.of(110.0, 150.0, 190.0))
    return {
        "model_permaslug": model.id,
        "name": model.name,
        "author": model.author,
        **blend.prices(row),
        "y": score,
        "score": formats.number(score),
        "when": "now",
        "since": "",
        **more,
        "label": label,
        "wide": round(text_width.width(label, LABEL), 1),
    }


def blended(
    plane: Plane,
    rows_: Rows,
    spots: Sequence[Spot],
    lines: Sequence[Line],
    size: Size,
    *,
    control: Control,
) -> Drawing:
    """Return a scatter plot in which the ratio of the prices is the reader's choice.

    Args:
        rows_: from :func:`priced`; those of ``then`` first.
        spots, lines: what they give at the usual ratio, to place the names then.
        control: of the ratio.
    """
    bounds = blend.ends(rows_)
    left, right = blend.usual(bounds["cheap"]) / _BESIDE, blend.usual(bounds["dear"]) * _BESIDE
    up = around([row["y"] for row in rows_], 10)
    drawn = drawing(plane, spots, (left, right), up, size, lines=lines)
    furthest = min(bounds["cheap"]) or left, max(bounds["dear"])
    authors = [*_authors(spots), *(str(row["author"]) for row in rows_)]
    return replace(
        drawn,
        data={"rows": rows_, "labels": drawn.data["labels"]},
        params={
            **{key: drawn.params[key] for key in ("bottom", "top", "rail", "marks")},
            **bounds,
            "ticks": _ticks(plane, furthest, size),
            "usual": right,
            "step": text_width.ticks(right, size.of(4, 6, 8))[1],
            "thin": lines[-1].width,
        },
        colours=_colours(authors, lines),
        controls=(control, *drawn.controls),
    )


def _authors(spots: Sequence[Spot]) -> list[str]:
    """Return the authors of strong spots, those of the largest weights first."""
    ordered = sorted(spots, key=lambda spot: -spot.weight)
    return [spot.series for spot in ordered if spot.strong]


def _colours(authors: Sequence[str], lines: Sequence[Line]) -> Mapping[str, str]:
    """Return the colors of all series: of authors, of what stands in the background, of lines."""
    distinct = list(dict.fromkeys(authors))
    colours = {line.key: line.colour for line in lines} | {_OTHERS: LIGHT.other}
    for author, tone in zip(distinct, palette.series_colours(distinct), strict=True):
        # Gray is for the background: names tell apart whose colors are near each other.
        colours[author] = palette.author_colour(author) if tone == LIGHT.other else tone
    return colours


def _shown(spot: Spot) -> dict[str, Any]:
    return {
        **spot.fields,
        "series": spot.series,
        "x": spot.x,
        "y": spot.y,
        "strong": spot.strong,
        "ringed": spot.ringed,
        "tip": phrases.tip(spot.entity.name, spot.tip),
    }


def _joints(line: Line) -> Rows:
    return [{"x": x, "y": y, "series": line.key, "width": line.width} for x, y in line.points]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where values lie in the plot, in pixels.

    Attributes:
        along, up: the ends of the scales.
        right: room beside the plot, in which names may stand.
        from_zero: whether a linear scale along starts at zero.
    """

    width: float
    height: float
    rail: float
    along: Ends
    up: Ends
    right: float
    from_zero: bool

    def place(self, x: float, y: float, *, log: bool) -> tuple[float, float]:
        (left, right), (bottom, top) = self.along, self.up
        down = self.height * (top - y) / (top - bottom)
        if self.rail and x <= 0:
            return -self.rail, down
        if log:
            return self.width * log_part(x, left, right), down
        low = 0.0 if self.from_zero else left
        return self.width * (x - low) / (right - low), down


def _names(
    spots: Sequence[Spot], lines: Sequence[Line], frame: _Frame, size: Size, *, log: bool
) -> Rows:
    every = [
        (name_in_colour(spot.entity), spot.x, spot.y, spot.weight, spot.half) for spot in spots
    ]
    every += [(line.label, *line.label_at, math.inf, 2.0) for line in lines if line.label]
    points = [
        labels.Point(name, *frame.place(x, y, log=log), weight, half)
        for name, x, y, weight, half in every
    ]
    walls: list[Box] = []
    for line in lines:
        corners = [frame.place(x, y, log=log) for x, y in line.points]
        for (x, y), (next_x, next_y) in pairwise(corners):
            walls += [(x, y - 2, next_x, y + 2), (next_x - 2, next_y, next_x + 2, y)]
    plot = (-frame.rail, -8.0, frame.width + frame.right, frame.height)
    return labels.placed(points, walls, plot, size)


def _along(plane: Plane) -> Any:
    tick = plane.tick
    values: dict[str, Any] = {"values": alt.ExprRef("ticks")}
    kind: dict[str, Any] = {"type": "log"}
    low, high = "first", "last"
    if plane.choice:
        # Without the noise of floating point, which would give round prices decimals.
        price = "(scale == 'log' ? round(exp(datum.value) * 1e9) / 1e9 : datum.value)"
        tick = tick.replace("datum.value", price)
        values = {"values": alt.ExprRef("scale == 'log' ? ticks : plain")}
        low, high, kind = "starts", "stops", {"zero": False}
    elif plane.linear:
        values, kind = {"tickCount": alt.ExprRef("marks")}, {"zero": False}
    axis = theme.titled(plane.x, grid=True, labelExpr=tick, **values)
    return alt.X("along:Q", axis=axis, scale=between(low, high, **kind))


def _up(plane: Plane) -> Any:
    marks: dict[str, Any] = {"tickCount": 6, "labelExpr": "format(datum.value, ',')"}
    if plane.strips:
        said = ", ".join(f"'{name}'" for name in plane.strips)
        marks = {"values": list(range(len(plane.strips))), "labelExpr": f"[{said}][datum.value]"}
    axis = alt.Axis(
        title=plane.y,
        titleX=alt.ExprRef("edge"),
        labelPadding=alt.ExprRef("8 + (rail ? rail + 8 : 0)"),
        **marks,
    )
    return alt.Y("y:Q", axis=axis, scale=between("bottom", "top", zero=False))


def _spec(plane: Plane) -> dict[str, Any]:
    x, y = _along(plane), _up(plane)
    along = "scale == 'log' ? log(datum.x) : datum.x" if plane.choice else "datum.x"
    known = "true" if plane.linear else "datum.x > 0"
    every, path = _blend(plane) if plane.blend else (rows(), rows("line"))
    spots = every.transform_filter(known).transform_calculate(along=along)
    free = every.transform_filter(f"!({known})")
    lines = path.transform_calculate(along=along)
    line = lines.mark_line(interpolate="step-after", strokeJoin="round").encode(
        color=theme.colour("series"), strokeWidth=alt.StrokeWidth("width:Q", scale=None)
    )
    named = rows("labels").transform_filter(_AS_PLACED if plane.blend else _AS_SCALED)
    lead = named.transform_filter("isValid(datum.lx)").mark_rule(stroke=LIGHT.soft, strokeWidth=1)
    counted = free.transform_window(nth="row_number()").transform_filter("datum.nth == 1")
    word = counted.transform_calculate(word="'free'")
    ring = spots.transform_filter("datum.ringed").mark_point(
        shape="circle", size=190, stroke=LIGHT.ink, strokeWidth=1.5, opacity=1
    )
    given, params, derived = _params(plane)
    return theme.spec(
        line.encode(x=x, y=y),
        ring.encode(x=x, y=y),
        *(_dots(part).encode(x=x, y=y) for part in _in_order(plane, spots)),
        placed(_dots(free), x="-rail", y=y),
        text(word, "word", "-rail", "height + 13", soft=True, align="center"),
        placed(lead, x="datum.lx", y="datum.ly", x2="datum.lx2", y2="datum.ly2"),
        *_named_elsewhere(plane, spots),
        text(named, "name", "datum.px", "datum.py", align=alt.ExprRef("datum.side")),
        given=given,
        params=params,
        derived=derived,
    )


_AS_SCALED = "datum.scale == scale"
_AS_PLACED = f"datum.scale == scale && blend == {blend.USUAL:g}"


def _params(plane: Plane) -> tuple[tuple[str, ...], dict[str, Any], dict[str, str]]:
    """Return the parameters that every drawing sets, those with a value of their own, and expressions of them."""
    given: tuple[str, ...] = ("bottom", "top", "rail", "marks", "ticks")
    params: dict[str, Any] = {"scale": "linear" if plane.linear else "log"}
    if not plane.blend:
        return ("first", "last", *given), params, {}
    derived = {
        "first": f"{blend.bound('cheap')} / {_BESIDE}",
        "last": f"{blend.bound('dear')} * {_BESIDE}",
        "plain": "sequence(0, last, step * max(1, round(last / usual)))",
        "starts": "scale == 'log' ? log(first) : 0",
        "stops": "scale == 'log' ? log(last) : last",
    }
    return (*given, "usual", "step", "thin"), {**params, **blend.PARAMS}, derived


def _blend(plane: Plane) -> tuple[Any, Any]:
    """Return the models, and the frontiers that connect the best of them, at the ratio that is chosen."""
    tip = "{title: datum.name, Index: datum.score, Price: datum.words + (datum.price ? ' per million' : '')}"
    models = (
        blend.placed(rows(), ["when"])
        .transform_calculate(
            x="datum.price",
            strong="datum.best",
            series=f"datum.best ? datum.author : '{_OTHERS}'",
            before="datum.best && datum.when == 'then' ? 1 : 0",
        )
        .transform_joinaggregate(before="max(before)", groupby=["model_permaslug"])
        .transform_calculate(ringed="datum.best && datum.since != '' && !datum.before")
        .transform_calculate(
            tip=f"merge({tip}, datum.best && {str(not plane.best).lower()} ? {{'Best value': 'yes'}} : {{}}, "
            "datum.ringed ? {Joined: 'since ' + datum.since} : {})"
        )
    )
    shown = "datum.when == 'now'" + (" && datum.best" if plane.best else "")
    frontiers = models.transform_filter("datum.best && datum.price > 0").transform_calculate(
        series="datum.when", width="datum.when == 'then' ? 6 : thin"
    )
    return models.transform_filter(shown), frontiers


def _in_order(plane: Plane, spots: Any) -> tuple[Any, ...]:
    """Return the spots from the ground up: a drawing's rows are in this order, unless a ratio decides it."""
    if not plane.blend:
        return (spots,)
    return spots.transform_filter("!datum.strong"), spots.transform_filter("datum.strong")


def _named_elsewhere(plane: Plane, spots: Any) -> tuple[Any, ...]:
    """Return the names at another than the usual ratio: above the line, before their points, where nothing else is.

    A name that would be cut off there stands below its point, and one that would touch the name above it is left out.
    """
    if not plane.blend:
        return ()
    part = "log(datum.along / first) / log(last / first)"
    if plane.choice:
        part = "(datum.along - starts) / (stops - starts)"
    best = (
        spots.transform_filter(f"blend != {blend.USUAL:g} && datum.best")
        .transform_calculate(name="datum.label", px=f"width * {part}")
        .transform_calculate(fits="datum.px - 4 - datum.wide > 0")
        .transform_calculate(
            side="datum.fits ? 'right' : 'left'",
            px="datum.px + (datum.fits ? -4 : 4)",
            py="height * (top - datum.y) / (top - bottom) + (datum.fits ? -13 : 13)",
        )
        .transform_window(above="lag(py)", sort=[alt.SortField("py")])
        .transform_filter("!isValid(datum.above) || datum.py - datum.above >= 14")
    )
    return theme.haloed(best, "name", "datum.px", "datum.py", align=alt.ExprRef("datum.side"))


def _dots(spots: Any) -> Any:
    points = spots.mark_point(
        shape="circle", filled=True, opacity=1, stroke=LIGHT.paper, strokeWidth=0.8
    )
    return points.encode(
        fill=theme.colour("series", "fill"),
        size=alt.condition("datum.strong", alt.value(80), alt.value(30)),
        tooltip="tip:N",
    )
