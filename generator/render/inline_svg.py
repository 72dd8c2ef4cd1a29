"""Small drawings that stand inside the HTML: color dots, bars in cells, sparklines, lines of several models.

They are inline SVG with presentation attributes only, because the pages' policy forbids inline styles,
and they hold no text: words stay HTML, where they keep their size on every screen.
"""

from collections.abc import Sequence
from itertools import chain

_SPARK = (96, 20)
_LINES = (720, 200)
"""Width and height, in pixels."""
_Point = tuple[float, float]


def dot(color: str) -> str:
    """Return the color of an author, to stand before its name."""
    return (
        '<svg class="dot" viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">'
        f'<circle cx="5" cy="5" r="4.5" fill="{color}"/></svg>'
    )


def bar(part: float, color: str) -> str:
    """Return a bar of ``part`` (0 to 1) of its width; ``color`` may be empty for the neutral one."""
    width = f"{max(0.0, min(1.0, part)) * 100:.1f}".removesuffix(".0")
    fill = f' fill="{color}"' if color else ""
    return (
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{width}" height="10"{fill}/></svg>'
    )


def spark(values: Sequence[float | None]) -> str:
    """Return a line from the oldest value to the newest, with a dot on the newest; None leaves a gap."""
    width, height = _SPARK
    known = [value for value in values if value is not None]
    if not known:
        return ""
    points = _points(values, width - 6, height - 6, low=min(known), high=max(known))
    end = ""
    newest = points[-1]
    if newest is not None:
        end = f'<circle cx="{newest[0] + 3:.1f}" cy="{newest[1] + 3:.1f}" r="2"/>'
    return (
        f'<svg class="spark" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true">'
        f'<path transform="translate(3 3)" d="{_line(points)}"/>{end}</svg>'
    )


_DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 2", "1 2")
"""Two models of one author share its color, so lines differ in their strokes as well."""


def lines(drawn: Sequence[tuple[Sequence[float | None], str]]) -> str:
    """Return several models' tokens by day from zero, each as (values, color), all to one scale."""
    width, height = _LINES
    every = chain.from_iterable(values for values, _ in drawn)
    top = max((value for value in every if value is not None), default=0) or 1
    paths: list[str] = []
    for number, (values, color) in enumerate(drawn):
        line = _line(_points(values, width, height, low=0, high=top))
        paths.append(f'<path class="line" stroke="{color}"{_dashed(number)} d="{line}"/>')
    return (
        f'<svg class="history" viewBox="0 0 {width} {height}" preserveAspectRatio="none" aria-hidden="true">'
        f'<path class="grid" d="M0 .5H{width}M0 {height / 2}H{width}M0 {height - 0.5}H{width}"/>{"".join(paths)}</svg>'
    )


def swatch(color: str, number: int) -> str:
    """Return the stroke of one of several lines, by its number from 0, for the list that names them."""
    return (
        '<svg class="swatch" viewBox="0 0 28 8" width="28" height="8" aria-hidden="true">'
        f'<path stroke="{color}"{_dashed(number)} stroke-width="2" d="M0 4H28"/></svg>'
    )


def _dashed(number: int) -> str:
    """Return the attribute of a line's strokes; the first has none."""
    dashes = _DASHES[number % len(_DASHES)]
    return f' stroke-dasharray="{dashes}"' if dashes else ""


def _points(
    values: Sequence[float | None],
    width: float,
    height: float,
    *,
    low: float,
    high: float,
) -> list[_Point | None]:
    """Return the place of each value, with ``low`` at the bottom and ``high`` at the top; None for a missing one."""
    step = width / max(1, len(values) - 1)
    span = (high - low) or 1
    points: list[_Point | None] = []
    for number, value in enumerate(values):
        if value is None:
            points.append(None)
        else:
            points.append((number * step, height - height * (value - low) / span))
    return points


def _line(points: Sequence[_Point | None]) -> str:
    """Return a path that is broken at every gap; a lone value between two gaps becomes a round point."""
    path: list[str] = []
    padded = (None, *points, None)
    for left, point, right in zip(padded, points, padded[2:], strict=False):
        if point is None:
            continue
        command = "M" if left is None else "L"
        path.append(f"{command}{point[0]:.1f} {point[1]:.1f}")
        if left is None and right is None:
            path.append("h.01")
    return "".join(path)
