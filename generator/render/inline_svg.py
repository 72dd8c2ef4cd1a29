"""Small drawings that stand inside the HTML: colour dots, bars in cells, sparklines, a model's history.

They are inline SVG with presentation attributes only, because the pages' policy forbids inline styles,
and they hold no text: words stay HTML, where they keep their size on every screen.
"""

from collections.abc import Sequence

_SPARK = (96, 20)
_HISTORY = (720, 200)


def dot(colour: str) -> str:
    """The colour of an author, before its name."""
    return (
        '<svg class="dot" viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">'
        f'<circle cx="5" cy="5" r="4.5" fill="{colour}"/></svg>'
    )


def bar(part: float, colour: str) -> str:
    """A bar of ``part`` (0 to 1) of its width; ``colour`` may be empty for the neutral one."""
    width = f"{max(0.0, min(1.0, part)) * 100:.1f}".removesuffix(".0")
    fill = f' fill="{colour}"' if colour else ""
    return (
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{width}" height="10"{fill}/></svg>'
    )


def spark(values: Sequence[float | None]) -> str:
    """A line from the oldest value to the newest, with a dot on the newest; None leaves a gap."""
    width, height = _SPARK
    points = _points(values, width - 6, height - 6)
    if not any(points):
        return ""
    newest = points[-1]
    end = f'<circle cx="{newest[0] + 3:.1f}" cy="{newest[1] + 3:.1f}" r="2"/>' if newest else ""
    return (
        f'<svg class="spark" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true">'
        f'<path transform="translate(3 3)" d="{_line(points)}"/>{end}</svg>'
    )


def history(values: Sequence[float | None], bounds: Sequence[float | None], colour: str) -> str:
    """A model's tokens by day; where a value is missing, the range it lies in as a pale band from zero.

    Args:
        values: oldest first; None on a day outside the top fifty.
        bounds: the largest it can have been on such a day, None where that is unknown.
        colour: of the line.
    """
    width, height = _HISTORY
    top = max((v for v in (*values, *bounds) if v is not None), default=0) or 1
    step = width / max(1, len(values) - 1)
    bands = [
        _band(at * step, step, height, height - height * bound / top)
        for at, (value, bound) in enumerate(zip(values, bounds, strict=True))
        if value is None and bound is not None
    ]
    points = _points(values, width, height, low=0, high=top)
    return (
        f'<svg class="history" viewBox="0 0 {width} {height}" preserveAspectRatio="none" aria-hidden="true">'
        f'<path class="bound" d="{"".join(bands)}"/><path class="grid" d="M0 .5H{width}M0 {height / 2}H{width}"/>'
        f'<path class="line" stroke="{colour}" d="{_line(points)}"/></svg>'
    )


def places(ranks: Sequence[int | None], colour: str, lowest: int = 50) -> str:
    """A model's rank by day, the first place at the top; a day outside the top fifty is a gap."""
    width, height = _HISTORY[0], 80
    points = _points(
        [None if rank is None else -float(rank) for rank in ranks], width, height, -lowest, -1
    )
    return (
        f'<svg class="history low" viewBox="0 0 {width} {height}" preserveAspectRatio="none" aria-hidden="true">'
        f'<path class="grid" d="M0 .5H{width}M0 {height - 0.5}H{width}"/>'
        f'<path class="line" stroke="{colour}" d="{_line(points)}"/></svg>'
    )


_DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 2", "1 2")
"""Two models of one author share its colour, so lines differ in their strokes as well."""


def lines(drawn: Sequence[tuple[Sequence[float | None], str]]) -> str:
    """Several models' tokens by day from zero, each as (values, colour), all to one scale."""
    width, height = _HISTORY
    top = (
        max((value for values, _ in drawn for value in values if value is not None), default=0) or 1
    )
    paths = [
        f'<path class="line" stroke="{colour}"{_dashed(at)} '
        f'd="{_line(_points(values, width, height, low=0, high=top))}"/>'
        for at, (values, colour) in enumerate(drawn)
    ]
    return (
        f'<svg class="history" viewBox="0 0 {width} {height}" preserveAspectRatio="none" aria-hidden="true">'
        f'<path class="grid" d="M0 .5H{width}M0 {height / 2}H{width}M0 {height - 0.5}H{width}"/>{"".join(paths)}</svg>'
    )


def swatch(colour: str, at: int) -> str:
    """The stroke of one of several lines, for the list that names them."""
    return (
        '<svg class="swatch" viewBox="0 0 28 8" width="28" height="8" aria-hidden="true">'
        f'<path stroke="{colour}"{_dashed(at)} stroke-width="2" d="M0 4H28"/></svg>'
    )


def _dashed(at: int) -> str:
    dashes = _DASHES[at % len(_DASHES)]
    return f' stroke-dasharray="{dashes}"' if dashes else ""


def _band(x: float, step: float, floor: float, ceiling: float) -> str:
    left, right = max(0.0, x - step / 2), x + step / 2
    return f"M{left:.1f} {floor}V{ceiling:.1f}H{right:.1f}V{floor}Z"


def _points(
    values: Sequence[float | None],
    width: float,
    height: float,
    low: float | None = None,
    high: float | None = None,
) -> list[tuple[float, float] | None]:
    known = [value for value in values if value is not None]
    if not known:
        return [None] * len(values)
    bottom = min(known) if low is None else low
    top = max(known) if high is None else high
    step = width / max(1, len(values) - 1)
    span = (top - bottom) or 1
    return [
        None if value is None else (at * step, height - height * (value - bottom) / span)
        for at, value in enumerate(values)
    ]


def _line(points: Sequence[tuple[float, float] | None]) -> str:
    """A path that starts anew after every gap; a lone value between two gaps becomes a round point."""
    path = []
    for at, point in enumerate(points):
        if point is None:
            continue
        joined = at > 0 and points[at - 1] is not None
        path.append(f"{'L' if joined else 'M'}{point[0]:.1f} {point[1]:.1f}")
        if not joined and (at + 1 == len(points) or points[at + 1] is None):
            path.append("h.01")
    return "".join(path)
