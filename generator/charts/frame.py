"""What every picture carries, given in this one place: title, subtitle, the credit lines, size and margins."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from generator.base.attribution import Citation
from generator.charts.chart import Drawing, Param, Picture, Rows, Size
from generator.charts.kinds import text_width
from generator.charts.kinds.theme import (
    BYLINE,
    BYLINE_LEADING,
    CREDIT,
    CREDIT_LEADING,
    HEADLINE,
    HEADLINE_LEADING,
)

_GAP = 18
_ABOVE = 0.6
"""How much higher Vega would put a title, in pixels."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a chart says above its plot.

    Attributes:
        days: the part of the subtitle that names the days shown; empty where it names none.
        provisional: the part that says which of them may still change.
    """

    title: str
    subtitle: str
    days: str = ""
    provisional: str = ""

    @property
    def pattern(self) -> str:
        """The subtitle with ``{days}`` and ``{provisional}`` in the place of these parts."""
        said = self.subtitle.replace(self.days, "{days}") if self.days else self.subtitle
        return said.replace(self.provisional, "{provisional}") if self.provisional else said


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is, in pixels; texts are placed from the plot's upper left corner.

    Attributes:
        words: what stands above the plot.
        width, height: of the whole picture.
        plot_width, plot_height: of what the template draws in.
        left, top, right, bottom: from the picture's edges to the plot.
        head: how much of the height the title takes, with the margin above it.
        title_lines, credit_lines: how many lines the title and the credit are broken into.
        credit: its lines, placed.
        byline: the lines of the subtitle.
        params: values of the parameters that every kind has: the lines of title and subtitle, and their places.
    """

    words: Wording
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
    byline: list[str]
    params: dict[str, Param]

    def picture(self, size: Size) -> Picture:
        """Return what a page must know of the picture."""
        return Picture(
            size=size.name,
            suffix=size.suffix,
            width=self.width,
            height=self.height,
            head=self.head,
            title_lines=self.title_lines,
            credit_lines=self.credit_lines,
        )

    @property
    def columns(self) -> int:
        """Return the length of the subtitle's longest line, in letters, by which the browser breaks lines anew."""
        return max(len(str(line)) for line in self.byline)


def framed(drawing: Drawing, size: Size, words: Wording, citations: Sequence[Citation]) -> Layout:
    """Return where the drawing and the words around it are; long lines are wrapped, never cut."""
    room = size.width - 2 * size.margin
    headline = text_width.wrap(words.title, HEADLINE, room, bold=True)
    byline = text_width.wrap(words.subtitle, BYLINE, room)
    # What a reader chooses may need more lines: they are kept free, so that the plot stays where it is.
    byline += [""] * (_most_lines(drawing, words.subtitle, room) - len(byline))
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
        words=words,
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
        credit=_placed(credit, edge, drawing.height + drawing.bottom + _GAP),
        byline=byline,
        params={
            "headline": headline,
            "byline": byline,
            "edge": edge,
            "gap": _GAP + drawing.top - _ABOVE,
        },
    )


def _most_lines(drawing: Drawing, subtitle: str, room: float) -> int:
    options = chain.from_iterable(control.options for control in drawing.controls)
    said = {option.says(subtitle) for option in options}
    return max((len(text_width.wrap(words, BYLINE, room)) for words in said), default=0)


def _placed(lines: list[str], left: float, top: float) -> Rows:
    first = top + CREDIT_LEADING * 0.78
    return [
        {"text": line, "px": left, "py": round(first + at * CREDIT_LEADING, 1)}
        for at, line in enumerate(lines)
    ]
