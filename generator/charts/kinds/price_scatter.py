"""Scores over prices, at a ratio of input to output tokens that the reader chooses, with the frontier that nothing beats.

What follows from the ratio, the frontier included, is computed by the chart itself: see
:mod:`generator.charts.kinds.blend`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards.board import BoardRow
from generator.boards.names import name_in_color
from generator.charts.chart import Control, Drawing, Rows, Size, Template
from generator.charts.kinds import blend, controls, scatter, text_width, theme
from generator.charts.kinds.scatter import BESIDE, OTHERS, Line, Spot
from generator.charts.kinds.theme import DOLLARS_TICK, LABEL, alt, between, rows


@dataclass(frozen=True, slots=True)
class PricePlane:
    """A kind of scatter plot of scores over prices."""

    name: str
    x: str  # title of the axis along
    control: Control  # of the ratio
    # Whether the reader may change between a logarithmic and a linear scale; else it is logarithmic.
    choice: bool = False
    best: bool = False  # whether only the models on the frontier are shown


def priced(row: BoardRow, size: Size, **more: object) -> dict[str, Any]:
    """Return what :func:`drawing` draws of a model with a score and prices.

    Args:
        more: ``when``, the key of the line that it may be on, ``now`` or ``then``; ``since``, what is said of it
            where it is on the line of ``now`` alone.
    """
    model, score = row.entity("model_permaslug"), row.number("intelligence_index") or 0.0
    label = text_width.short(name_in_color(model), LABEL, size.of(110.0, 150.0, 190.0))
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


def drawing(
    plane: PricePlane, rows_: Rows, spots: Sequence[Spot], lines: Sequence[Line], size: Size
) -> Drawing:
    """Return a scatter plot of rows from :func:`priced`, in which the ratio of the prices is the reader's choice.

    Args:
        spots, lines: what the rows give at the usual ratio, to place the names then.
    """
    bounds = blend.params(rows_)
    left, right = blend.usual(bounds["cheap"]) / BESIDE, blend.usual(bounds["dear"]) * BESIDE
    scores, authors = [row["y"] for row in rows_], [row["author"] for row in rows_]
    frame = scatter.frame_of(spots, (left, right), scatter.around(scores, 10), size)
    labels, choices = scatter.names(spots, lines, frame, size), [plane.control]
    every_ratio = (min(bounds["cheap"]) or left, max(bounds["dear"]))
    ticks = scatter.ticks(every_ratio, size, (left, right))
    if plane.choice:
        from_zero = replace(frame, along=(0.0, right), scale="linear")
        labels += scatter.names(spots, lines, from_zero, size)
        choices.append(controls.scales("Log", "Linear"))
        ticks = list(map(math.log, ticks))
    return Drawing(
        template=Template(f"scatter-{plane.name}", lambda: _spec(plane)),
        data={"rows": rows_, "labels": labels},
        height=frame.height,
        left=frame.left,
        right=frame.right,
        top=scatter.TOP,
        bottom=scatter.BOTTOM,
        params={
            **frame.params(size),
            **bounds,
            "ticks": ticks,
            "usual": right,
            "step": text_width.ticks(right, size.of(4, 6, 8))[1],
            "thin": lines[-1].width,
        },
        colors=scatter.colors([*scatter.authors(spots), *authors], lines),
        controls=tuple(choices),
    )


def _along(plane: PricePlane) -> Any:
    """Return the position along; where the reader may change the scale, of logarithms or of prices themselves."""
    if not plane.choice:
        axis = theme.titled(plane.x, grid=True, labelExpr=DOLLARS_TICK, values=alt.ExprRef("ticks"))
        return alt.X("along:Q", axis=axis, scale=between("first", "last", type="log"))

    # Without the noise of floating point, which would give round prices decimals.
    price = "(scale == 'log' ? round(exp(datum.value) * 1e9) / 1e9 : datum.value)"
    tick = DOLLARS_TICK.replace("datum.value", price)
    values = alt.ExprRef("scale == 'log' ? ticks : plain")
    axis = theme.titled(plane.x, grid=True, labelExpr=tick, values=values)
    return alt.X("along:Q", axis=axis, scale=between("starts", "stops"))


def _spec(plane: PricePlane) -> dict[str, Any]:
    x, y = _along(plane), scatter.up_axis("Artificial Analysis Intelligence Index")
    along = "datum.x"
    if plane.choice:
        along = "scale == 'log' ? log(datum.x) : datum.x"
    models, frontiers = _blended(plane)
    spots = models.transform_filter("datum.x > 0").transform_calculate(along=along).encode(x=x, y=y)
    free = models.transform_filter("!(datum.x > 0)")
    path = frontiers.transform_calculate(along=along)
    # The ratio decides which are strong, so that the rows are in no order that it could follow.
    weak, strong = spots.transform_filter("!datum.strong"), spots.transform_filter("datum.strong")
    stairs = path.mark_line(interpolate="step-after", strokeJoin="round").encode(
        x=x,
        y=y,
        color=theme.color("series"),
        strokeWidth=alt.StrokeWidth("width:Q", scale=None),
        detail=alt.Detail("series:N"),
    )
    rings = spots.transform_filter("datum.ringed").mark_point(
        size=190, filled=False, stroke=LIGHT.ink, strokeWidth=1.5
    )
    usual = f"datum.scale == scale && blend == {blend.USUAL:g}"
    lead, names = scatter.written(rows("labels").transform_filter(usual))
    return theme.spec(
        stairs,
        rings,
        scatter.dots(weak),
        scatter.dots(strong),
        *scatter.on_rail(free, y),
        lead,
        *_named_elsewhere(plane, spots),
        names,
        derived={
            "first": f"{blend.bound('cheap')} / {BESIDE}",
            "last": f"{blend.bound('dear')} * {BESIDE}",
            "plain": "sequence(0, last, step * max(1, round(last / usual)))",
            "starts": "scale == 'log' ? log(first) : 0",
            "stops": "scale == 'log' ? log(last) : last",
        },
    )


def _blended(plane: PricePlane) -> tuple[Any, Any]:
    """Return the models, and the frontiers that connect the best of them, at the ratio that is chosen."""
    tip = "{title: datum.name, Index: datum.score, Price: datum.words + (datum.price ? ' per million' : '')}"
    models = (
        blend.placed(rows(), ["when"])
        .transform_calculate(
            x="datum.price",
            strong="datum.best",
            series=f"datum.best ? datum.author : '{OTHERS}'",
            before="datum.best && datum.when == 'then' ? 1 : 0",
        )
        .transform_joinaggregate(before="max(before)", groupby=["model_permaslug"])
        .transform_calculate(ringed="datum.best && datum.since != '' && !datum.before")
        .transform_calculate(
            tip=f"merge({tip}, datum.best && {str(not plane.best).lower()} ? {{'Best value': 'yes'}} : {{}}, "
            "datum.ringed ? {Joined: 'since ' + datum.since} : {})"
        )
    )
    shown = "datum.when == 'now'"
    if plane.best:
        shown += " && datum.best"
    frontiers = models.transform_filter("datum.best && datum.price > 0").transform_calculate(
        series="datum.when", width="datum.when == 'then' ? 6 : thin"
    )
    return models.transform_filter(shown), frontiers


def _named_elsewhere(plane: PricePlane, spots: Any) -> tuple[Any, ...]:
    """Return the names at another than the usual ratio: above the line, before their points, where nothing else is.

    A name that would be cut off there stands below its point, and one that would touch the name above it is left out.
    """
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
