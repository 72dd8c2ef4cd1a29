"""The frame around an embed: the line to paste, and how high the frame has to be at which width.

With its script, or on a host that speaks one of its messages, an embed gets the height that it asks for. This is for
all others, so it is rather some pixels too much than too little.
"""

import math
from html import escape

from generator.base import attribution
from generator.base.attribution import Citation
from generator.boards.board import AnyBoard
from generator.boards.site import Site
from generator.charts.chart import DrawnChart
from generator.charts.kinds import text_width
from generator.charts.kinds.theme import CREDIT_LEADING, HEADLINE_LEADING

WIDTH = 800
"""In pixels, of a frame whose column is not known."""
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
"""The rights of a frame around an embed: links open in a new tab, outside of the frame's limits."""
TABLE_ROWS = 10
"""The number of rows that a table's embed shows unless its address asks for others."""
CHOOSER = 40
"""The height in pixels of the list, folded up, from which the reader of a chart of many chooses another."""

# As site.css has them, in pixels.
_NARROW = 640
_NARROW_UP_TO, _MEDIUM_UP_TO = 520, 824
_MOST_NARROW, _MOST_MEDIUM, _MOST_WIDE = 436, 720, 1144
_TITLE, _TITLE_LINE = 19, 22
_EDGES = 16
_SMALL_LINE = 19
# Of 13 pixels; a system's own letters may be a sixth wider than those that are measured.
_SMALL = 15
_CONTROLS, _ACTIONS = 44, 34
_CONTROL_FOR_FINGERS, _ACTIONS_FOR_FINGERS = 52, 50
_ROW, _ROW_FOR_FINGERS = 40, 46
_HEAD, _HEAD_LINE = 24, 28
_BUTTON = 110
_SPARE = 30


def iframe(address: str, title: str, width: str, height: int) -> str:
    """Return the line to paste.

    Args:
        address: of the embed, in full.
        title: what the frame is called by screen readers.
        width: in pixels, or ``100%``.
        height: in pixels.
    """
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="{width}" height="{height}" '
        'frameborder="0" loading="lazy" style="border:0;max-width:100%" '
        f'sandbox="{SANDBOX}"></iframe>'
    )


def chart_height(chart: DrawnChart, width: int, site: Site) -> int:
    """Return the height in pixels of a frame that shows all of a chart's embed at a width in pixels."""
    return (
        _heading(chart.title, width)
        + math.ceil(_picture(chart, width))
        + _controls(chart, width)
        + _words(chart.citations, width, site)
    )


def _heading(title: str, width: int) -> int:
    """Return the height of an embed's title."""
    lines = text_width.wrap(title, _TITLE, width * 0.94 - _EDGES / 2, bold=True)
    return len(lines) * _TITLE_LINE + _EDGES


def _picture(chart: DrawnChart, width: int) -> float:
    """Return the height of the drawing that a frame of that width shows, without its own title and credit."""
    wide, medium, narrow = chart.pictures
    picture, most = wide, _MOST_WIDE
    if width <= _NARROW_UP_TO:
        picture, most = narrow, _MOST_NARROW
    elif width <= _MEDIUM_UP_TO:
        picture, most = medium, _MOST_MEDIUM
    margin = picture.head - HEADLINE_LEADING * picture.title_lines
    foot = margin + CREDIT_LEADING * picture.credit_lines
    scale = min(width - _EDGES / 2, most) / picture.width
    return (picture.height - picture.head - foot) * scale


def _controls(chart: DrawnChart, width: int) -> int:
    """Return the height of what a reader chooses with: side by side, or one below the other where that is narrow."""
    if not chart.controls:
        return 0
    if width > _NARROW:
        return _CONTROLS
    return _CONTROL_FOR_FINGERS * len(chart.controls)


def table_height(board: AnyBoard, width: int, site: Site) -> int:
    """Return the height in pixels of a frame that shows all of a table's embed at a width in pixels."""
    heading = len(text_width.wrap(board.title, _HEAD, width - _EDGES, bold=True)) * _HEAD_LINE
    row = _ROW_FOR_FINGERS if width <= _NARROW else _ROW
    rows = (1 + min(len(board.rows), TABLE_ROWS)) * row
    return heading + 2 * _SMALL_LINE + rows + _words(board.citations, width, site)


def _words(citations: tuple[Citation, ...], width: int, site: Site) -> int:
    """Return the height of the credit, of the links below it and of the note of a demo."""
    credits_ = attribution.full_credits(citations)
    height = sum(_lines(line, width) for line in credits_) * _SMALL_LINE
    if site.demo:
        height += _lines(site.demo, width) * _SMALL_LINE + _EDGES
    return height + _actions(width, site) + _SPARE


def _actions(width: int, site: Site) -> int:
    """Return the height of the button and the link, which stand one below the other where there is no room."""
    if width > _NARROW:
        return _ACTIONS
    across = _BUTTON + text_width.width(site.config.name, _SMALL)
    if across > width - _EDGES:
        return 2 * _ACTIONS_FOR_FINGERS
    return _ACTIONS_FOR_FINGERS


def _lines(text: str, width: int) -> int:
    """Return the number of lines that a text in small letters takes."""
    return len(text_width.wrap(text, _SMALL, width - 2 * _EDGES))
