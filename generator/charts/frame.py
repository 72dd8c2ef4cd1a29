"""What every picture carries, given in this one place: title, subtitle, the credit lines, size and margins."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from generator.base.attribution import Citation
from generator.charts.chart import Drawing, Rows, Size
from generator.charts.kinds import text_width

HEADLINE, BYLINE, CREDIT = 16, 13, 10.5
TITLE_LEADING, CREDIT_LEADING = 20, 14
_LEADING = {HEADLINE: TITLE_LEADING, BYLINE: 17, CREDIT: CREDIT_LEADING}
_GAP = 14


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is, in pixels; texts are placed from the plot's upper left corner.

    Attributes:
        width, height: of the whole picture.
        plot_width, plot_height: of what the template draws in.
        left, top, right, bottom: from the picture's edges to the plot.
        head: how much of the height the title takes, with the margin above it.
        title_lines, credit_lines: how many lines the title and the credit are broken into.
        texts: the lines of the title, the subtitle and the credit, under the names that templates use.
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
    texts: dict[str, Rows]


def framed(
    drawing: Drawing, size: Size, title: str, subtitle: str, citations: Sequence[Citation]
) -> Layout:
    """Return where the drawing and the words around it are; long lines are wrapped, never cut."""
    room = size.width - 2 * size.margin
    headline = text_width.wrap(title, HEADLINE, room, bold=True)
    byline = text_width.wrap(subtitle, BYLINE, room)
    credit: list[str] = []
    for citation in citations:
        credit += text_width.wrap(citation.full, CREDIT, room)

    left, right = size.margin + math.ceil(drawing.left), size.margin + math.ceil(drawing.right)
    words = len(headline) * _LEADING[HEADLINE] + len(byline) * _LEADING[BYLINE]
    top = size.margin + words + _GAP + drawing.top
    below = drawing.bottom + _GAP + len(credit) * _LEADING[CREDIT]
    height = math.ceil(top + drawing.height + below + size.margin)
    start = size.margin - top
    texts = {
        "headline": _lines(headline, size.margin - left, start, HEADLINE),
        "byline": _lines(
            byline, size.margin - left, start + len(headline) * _LEADING[HEADLINE], BYLINE
        ),
        "credit": _lines(
            credit, size.margin - left, drawing.height + drawing.bottom + _GAP, CREDIT
        ),
    }
    return Layout(
        width=size.width,
        height=height,
        plot_width=size.width - left - right,
        plot_height=drawing.height,
        left=left,
        top=top,
        right=right,
        bottom=height - top - drawing.height,
        head=size.margin + len(headline) * _LEADING[HEADLINE],
        title_lines=len(headline),
        credit_lines=len(credit),
        texts=texts,
    )


def _lines(lines: list[str], left: float, top: float, size: float) -> Rows:
    leading = _LEADING[size]
    first = top + leading * 0.78
    return [
        {"text": line, "px": left, "py": round(first + at * leading, 1)}
        for at, line in enumerate(lines)
    ]
