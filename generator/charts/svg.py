"""The static pictures: tidied, the same bytes every time, in both themes."""

import re
from collections.abc import Mapping
from html import escape
from xml.etree import ElementTree

from generator.base import palette
from generator.base.palette import LIGHT
from generator.charts.chart import Picture
from generator.charts.kinds.theme import FONT

RECOLOR: Mapping[str, str] = palette.DARK_OF
"""Each color of the light theme with its counterpart in the dark one."""

_COLOR = re.compile("#[0-9a-f]{6}")
_NEEDLESS = re.compile(
    r' (?:class|role|aria-[a-z]+|pointer-events)="[^"]*"| opacity="1"|'
    r' transform="translate\(0,0\)"'
)
_FRAME_PATH = re.compile(r'<path class="(?:background|foreground)"[^>]*/>')
_UNMEASURED = re.compile(
    r'<text([^>]*?) font-family="=([^"]*)"([^>]*?)(?:/>|>((?:<tspan[^>]*/>)*)</text>)'
)
_SPAN = re.compile(r"<tspan([^>]*)/>")
_GEOMETRY = re.compile(r' (?:d|transform|x|y|x2|y2|width|height)="[^"]*"')
_LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}(?:e-?\d+)?")
_ID = re.compile(r'(?<=id=")[^"]+(?=")')
_INHERITED = (
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "text-anchor",
    "font-size",
    "font-weight",
)
"""What an element that does not state it has from the group that it is in."""


def dark(drawn: str) -> str:
    """Return a text that holds colors (an SVG, a spec) with those of the light theme replaced by those of the dark one."""
    return _COLOR.sub(lambda match: RECOLOR.get(match.group(), match.group()), drawn)


def normalized(drawn: str, chart_id: str) -> str:
    """Return the plot of one of vl-convert's SVGs: words put back into their marks, ids of its own, no roles.

    vl-convert numbers clip paths through the life of the program, so that the same spec gives other bytes
    each time; numbered per chart they are stable, and do not collide when two pictures share a page.
    """
    body = drawn[drawn.index("<g ") : drawn.rindex("</svg>")]
    body = _FRAME_PATH.sub("", body)
    body = _NEEDLESS.sub("", body)
    body = _UNMEASURED.sub(_worded, body)
    body = _GEOMETRY.sub(lambda match: _LONG_NUMBER.sub(_short, match.group()), body)
    for number, id_ in enumerate(dict.fromkeys(_ID.findall(body)), 1):
        own = f"{chart_id}-{number}"
        body = body.replace(f'id="{id_}"', f'id="{own}"').replace(f"url(#{id_})", f"url(#{own})")
    return _stated_once(body)


def _stated_once(body: str) -> str:
    """Return a plot whose groups state what all that they hold has in common; groups that state nothing are left out.

    Vega states it at each mark: a third of the bytes of all drawings of the demo, and of each day that is kept.
    """
    # One of our own drawings.
    root = ElementTree.fromstring(f"<svg>{body}</svg>")  # noqa: S314
    for group in reversed([*root.iter("g")]):
        elements: list[ElementTree.Element] = []
        for element in group:
            if element.tag == "g" and not element.attrib:
                elements += element
            else:
                elements.append(element)
        group[:] = elements
        _share(group)
    text = "".join(ElementTree.tostring(element, encoding="unicode") for element in root)
    return text.replace(" />", "/>")


def _share(group: ElementTree.Element) -> None:
    """Move what all elements of a group have in common to the group."""
    if len(group) < 2:
        return
    for name in _INHERITED:
        value = group[0].get(name)
        if value and all(element.get(name) == value for element in group):
            group.set(name, value)
            for element in group:
                del element.attrib[name]


def _worded(match: re.Match[str]) -> str:
    """Return a text with the words that :mod:`generator.charts.compiler` moved into the name of its font."""
    before, words, after, spans = match.groups()
    if not words:
        return ""
    if spans:
        lines = iter(words.split("&#xA;"))
        words = _SPAN.sub(lambda span: f"<tspan{span[1]}>{next(lines, '')}</tspan>", spans)
    return f"<text{before}{after}>{words}</text>"


def _short(match: re.Match[str]) -> str:
    # Of -0.0 nothing but the sign would be left.
    return f"{round(float(match.group()), 1) + 0.0:.1f}".removesuffix(".0")


def picture(body: str, size: Picture, chart_id: str, title: str, description: str) -> str:
    """Return the whole SVG file; ``description`` is its text alternative: the finding and every credit line unbroken."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size.width}" height="{size.height}" '
        f'viewBox="0 0 {size.width} {size.height}" font-family="{FONT}" role="img" '
        f'aria-labelledby="{chart_id}-title {chart_id}-desc"><title id="{chart_id}-title">{escape(title)}</title>'
        f'<desc id="{chart_id}-desc">{escape(description)}</desc>'
        f'<rect width="{size.width}" height="{size.height}" fill="{LIGHT.paper}"/>{body}</svg>\n'
    )
