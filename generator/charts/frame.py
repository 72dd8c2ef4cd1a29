"""What every picture carries, given in this one place: title, subtitle, the credit lines, size and margins."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.base.attribution import Citation
from generator.charts.chart import Drawing, Param, Rows, Size
from generator.charts.kinds import text_width
from generator.charts.kinds.theme import (
    BYLINE,
    BYLINE_LEADING,
    CREDIT,
    CREDIT_LEADING,
    HEADLINE,
    HEADLINE_LEADING,
)

_GAP = 14
_ABOVE = 1.0
"""What Vega reckons a title higher than its lines."""
_ASCENT = 8
"""What Vega reckons a line of the credit to reach above its baseline."""
_UNBROKEN = "\x02"
"""Stands for a space at which no line may end; it is in no text that a source sends."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is, in pixels; texts are placed from the plot's upper left corner.

    Attributes:
        width, height: of the whole picture.
        plot_width, plot_height: of what the template draws in.
        left, top, right, bottom: from the picture's edges to the plot.
        head: how much of the height the title takes, with the margin above it.
        title_lines, credit_lines: how many lines the title and the credit are broken into.
        credit: its lines, placed.
        params: values of the parameters that every kind has: the lines of title and subtitle, and their places.
    """

    width: int
    height: int
    plot_width: float
    plot_height: float
    left: float
    top: float
    right: float
    bottom: float
    head: int
    title_lines: int
    credit_lines: int
    credit: Rows
    params: dict[str, Param]


def framed(
    drawing: Drawing,
    size: Size,
    title: str,
    subtitle: str,
    citations: Sequence[Citation],
    days: str = "",
) -> Layout:
    """Return where the drawing and the words around it are; long lines are wrapped, never cut.

    Args:
        days: the part of the subtitle that names the days shown, which stays on one line.
    """
    room = size.width - 2 * size.margin
    headline = text_width.wrap(title, HEADLINE, room, bold=True)
    byline = byline_lines(subtitle, size, days, days)
    credit: list[str] = []
    for citation in citations:
        credit += text_width.wrap(citation.full, CREDIT, room)

    left, right = size.margin + math.ceil(drawing.left), size.margin + math.ceil(drawing.right)
    head = size.margin + len(headline) * HEADLINE_LEADING
    top = head + len(byline) * BYLINE_LEADING + _GAP + drawing.top
    below = drawing.bottom + _GAP + len(credit) * CREDIT_LEADING
    height = math.ceil(top + drawing.height + below + size.margin)
    edge = size.margin - left
    return Layout(
        width=size.width,
        height=height,
        plot_width=size.width - left - right,
        plot_height=drawing.height,
        left=left,
        top=top,
        right=right,
        bottom=height - top - drawing.height,
        head=head,
        title_lines=len(headline),
        credit_lines=len(credit),
        credit=[
            _strut(edge, _GAP + drawing.top),
            *_placed(credit, edge, drawing.height + drawing.bottom + _GAP),
        ],
        params={"headline": headline, "byline": byline, "edge": edge, "gap": _ABOVE},
    )


def byline_lines(subtitle: str, size: Size, days: str, said: str) -> list[str]:
    """Return the lines of a subtitle at that size, in which ``said`` stands for the days."""
    room = size.width - 2 * size.margin
    kept = days.replace(" ", _UNBROKEN)
    lines = text_width.wrap(subtitle.replace(days, kept) if days else subtitle, BYLINE, room)
    return [line.replace(kept, said) if days else line for line in lines]


def _strut(left: float, room: float) -> dict[str, Any]:
    """Return an empty text so far above the plot as its title stands: Vega puts titles above all that is drawn."""
    return {"text": "", "px": left, "py": _ASCENT - room}


def _placed(lines: list[str], left: float, top: float) -> Rows:
    first = top + CREDIT_LEADING * 0.78
    return [
        {"text": line, "px": left, "py": round(first + at * CREDIT_LEADING, 1)}
        for at, line in enumerate(lines)
    ]
