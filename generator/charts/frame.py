"""What every picture carries, given in this one place: title, subtitle, the credit lines, size and margins."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.base.attribution import Citation
from generator.boards.board import AnyBoard
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
_AS_WIDE_AS_A_SPACE = "/"
_ABOVE = 0.6
"""How much higher Vega would put a title, in pixels."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a chart says above its plot."""

    title: str
    subtitle: str
    days: str = ""  # the part of the subtitle that names the days shown; empty where it names none
    provisional: str = ""  # the part that says which of them may still change

    @classmethod
    def of(cls, title: str, subtitle: str, board: AnyBoard) -> "Wording":
        """Return what stands above a board's plot."""
        days = late = ""
        if board.window:
            days = board.window.human()
        if board.coverage and board.coverage.provisional_days:
            late = f", {board.coverage.provisional_days}"
        return cls(title, subtitle, days, late)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is, in pixels; texts are placed from the plot's upper left corner."""

    words: Wording
    picture: Picture
    # Width and height of what the template draws in, and the padding around it, as Vega names them.
    lengths: dict[str, Any]
    credit: Rows  # its lines, placed
    room: float  # for a line of text
    byline: list[str]  # the lines of the subtitle
    # Values of the parameters that every kind has: the lines of title and subtitle, and their places.
    params: dict[str, Param]

    def texts(self, subtitle: str) -> dict[str, Param]:
        """Return the parameters of a subtitle, which takes as many lines as the chart's own."""
        return _texts(self.words, subtitle, self.room, len(self.byline))


def framed(drawing: Drawing, size: Size, words: Wording, citations: Sequence[Citation]) -> Layout:
    """Return where the drawing and the words around it are; long lines are wrapped, never cut."""
    headline = text_width.wrap(words.title, HEADLINE, size.room, bold=True)
    byline = [
        line.replace("{days}", words.days) for line in _wrapped(words, words.subtitle, size.room)
    ]
    # What a reader chooses may need more lines: they are kept free, so that the plot stays where it is.
    byline += [""] * (_most_lines(drawing, words, size.room) - len(byline))
    credit: list[str] = []
    for citation in citations:
        credit += text_width.wrap(citation.full, CREDIT, size.room)
    left, right = (size.margin + math.ceil(side) for side in (drawing.left, drawing.right))
    head = size.margin + len(headline) * HEADLINE_LEADING
    top = head + len(byline) * BYLINE_LEADING + _GAP + drawing.top
    below = drawing.bottom + _GAP + len(credit) * CREDIT_LEADING
    height = math.ceil(top + drawing.height + below + size.margin)
    bottom = height - top - drawing.height
    picture = Picture(size.name, size.suffix, size.width, height, head, len(headline), len(credit))
    return Layout(
        words=words,
        picture=picture,
        lengths={
            "width": size.width - left - right,
            "height": drawing.height,
            "padding": {"left": left, "top": top, "right": right, "bottom": bottom},
        },
        credit=_placed(credit, size.margin - left, drawing.height + drawing.bottom + _GAP),
        room=size.room,
        byline=byline,
        params={
            "headline": headline,
            **_texts(words, words.subtitle, size.room, len(byline)),
            "days": words.days,
            **_ends(drawing),
            "edge": -math.ceil(drawing.left),
            "gap": _GAP + drawing.top - _ABOVE,
        },
    )


def _wrapped(words: Wording, subtitle: str, room: float) -> list[str]:
    """Return the lines of a subtitle, with ``{days}`` in the place of the days shown, which keep to one line."""
    if not words.days:
        return text_width.wrap(subtitle, BYLINE, room)
    glued = words.days.replace(" ", _AS_WIDE_AS_A_SPACE)
    lines = text_width.wrap(subtitle.replace(words.days, glued, 1), BYLINE, room)
    return [line.replace(glued, "{days}") for line in lines]


def _texts(words: Wording, subtitle: str, room: float, count: int) -> dict[str, Param]:
    """Return a subtitle in ``count`` lines with ``{days}`` and ``{late}`` for what depends on the days shown."""
    text = "\n".join(_wrapped(words, subtitle, room))
    # A line may break inside of it.
    late = re.search(re.escape(words.provisional).replace(r"\ ", r"\s"), text)
    open_days = ""
    if late and words.provisional:
        open_days = late.group()
        text = text.replace(open_days, "{late}", 1)
    lines = text.split("\n")
    spare = count - len(lines) - open_days.count("\n")
    return {"lines": lines + [""] * spare, "late": open_days}


def _ends(drawing: Drawing) -> dict[str, Param]:
    """Return the first and last of the days of which the reader can choose, if any, and how many end with each."""
    for control in drawing.controls:
        if control.key == "range":
            days = [row[control.field][:10] for row in drawing.data["rows"]]
            return {"oldest": min(days), "newest": max(days), "each": control.days}
    return {"oldest": "", "newest": "", "each": 1}


def _most_lines(drawing: Drawing, words: Wording, room: float) -> int:
    most = 0
    for control in drawing.controls:
        for option in (*control.options, control.any):
            if option:
                most = max(most, len(_wrapped(words, option.says(words.subtitle), room)))
    return most


def _placed(lines: list[str], left: float, top: float) -> Rows:
    first = top + CREDIT_LEADING * 0.78
    return [
        {"text": line, "px": left, "py": round(first + number * CREDIT_LEADING, 1)}
        for number, line in enumerate(lines)
    ]
