"""Bars that are each one whole, divided into parts from left to right: what their drawings share."""

from typing import Any

from generator.base.palette import LIGHT
from generator.charts.chart import Rows
from generator.charts.kinds import phrases
from generator.charts.kinds.grammar import alt, chart


def ticks() -> Rows:
    """Return the ticks of the scale: every quarter of the whole, in percent."""
    quarters = [quarter / 4 for quarter in range(5)]
    return [
        {"v": share, "label": phrases.percent_tick(share), "align": "center"} for share in quarters
    ]


def along(name: str) -> Any:
    """Return the position of a share from left to right; the whole is as wide as the plot."""
    return alt.X(f"{name}:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))


def down() -> Any:
    """Return the position of a bar from the top down: its ``place``, from 1."""
    scale = alt.Scale(paddingInner=0, paddingOuter=0)
    return alt.Y("place:O", axis=None, sort=None, scale=scale)


def marks(gap: float) -> Any:
    """Return the parts, ``gap`` pixels between them.

    The template has the parameters ``thick`` and ``sink``: a bar's height, and its distance below the middle.
    """
    bars = chart("rows").mark_bar(
        height=alt.ExprRef("thick"),
        yOffset=alt.ExprRef("sink"),
        stroke=LIGHT.paper,
        strokeWidth=gap,
    )
    return bars.encode(
        x=along("low"),
        x2=alt.X2("high:Q"),
        y=down(),
        fill=alt.Fill("colour:N", scale=None),
        fillOpacity=alt.FillOpacity("tint:Q", scale=None),
        tooltip=alt.Tooltip("tip:N"),
    )
