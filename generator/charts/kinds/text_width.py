"""How wide a text is, where a line breaks, where ticks stand.

Asking vl-convert for the width of one label costs about 2 ms, which is most of the time a chart takes;
the advance widths of Liberation Sans (those of Arial and Helvetica) are known, so they are added up here.
"""

import math
import re
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import product

MOST_TICKS = 50
"""No scale has more, however far its values lie apart."""

_ASCII = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_BY_CODE = (*[0] * 32, *_ASCII)
_BOLD = 1.075
_SHORT_WORD = 6
_BREAK = re.compile(r"\s+(?![%TBM]\b|%)")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the pixels from the first letter's origin to the end of the last, a few percent on the safe side."""
    return _in_pixels(_units(text), size, bold=bold)


def _units(text: str) -> int:
    """Return the width in thousandths of the size of the type."""
    if text.isascii() and text.isprintable():
        return sum(map(_BY_CODE.__getitem__, text.encode()))
    return sum(map(_advance, text))


def _in_pixels(units: int, size: float, *, bold: bool) -> float:
    pixels = units * size / 1000
    return pixels * _BOLD if bold else pixels


def widest(texts: Iterable[str], size: float, *, bold: bool = False) -> float:
    """Return the width of the longest of the texts in pixels; 0 of none."""
    return max((width(text, size, bold=bold) for text in texts), default=0.0)


def _advance(char: str) -> int:
    code = ord(char)
    if 32 <= code < 127:
        return _ASCII[code - 32]
    if unicodedata.combining(char):
        return 0
    # The ellipsis, arrows, signs and the replacement character are as wide as the letters of East Asia.
    wide = "WF"
    if char == "…" or code >= 0x2190:
        wide = "WFA"
    return 1000 if unicodedata.east_asian_width(char) in wide else 640


def fit(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Return the text, or as much of its beginning as fits into ``room`` pixels with an ellipsis."""
    if width(text, size, bold=bold) <= room:
        return text
    fitting = bisect_right(
        range(1, len(text) + 1),
        room,
        key=lambda letters: width(text[:letters].rstrip() + "…", size, bold=bold),
    )
    return text[:fitting].rstrip() + "…"


def short(text: str, size: float, room: float) -> str:
    """Return the same as :func:`fit`, but a short last word stays: versions of one model differ in nothing else."""
    head, space, last = text.rpartition(" ")
    if width(text, size) <= room or not space or len(last) > _SHORT_WORD:
        return fit(text, size, room)
    return f"{fit(head + '…', size, room - width(last, size) - 2).rstrip('…').rstrip()}…{last}"


def wrap(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Return lines of at most ``room`` pixels, broken at spaces; joined by spaces they are the text again.

    A number keeps its unit, and a single word that is wider than the room keeps a line of its own.
    """
    first, *words = _BREAK.split(text.strip())
    lines, length = [first], _units(first)
    for word in words:
        longer = length + _units(f" {word}")
        if _in_pixels(longer, size, bold=bold) <= room:
            lines[-1] += f" {word}"
            length = longer
        else:
            lines.append(word)
            length = _units(word)
    return lines


def ticks(top: float, about: int) -> list[float]:
    """Return round numbers from 0 up to the first that is not below ``top``, ``about`` of them, at most MOST_TICKS."""
    raw = top / min(about, MOST_TICKS - 2)
    # What is too small to be divided any more is drawn like nothing.
    if raw < sys.float_info.min:
        return [0.0, 1.0]
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= raw * 0.999)
    return [float(f"{step * n:.12g}") for n in range(math.ceil(top / step - 1e-9) + 1)]


def decades(low: float, high: float, factors: Sequence[float] = (1,)) -> list[float]:
    """Return the powers of ten times each factor that lie between ``low`` and ``high``, ascending, at most MOST_TICKS.

    Where these would be too many, only every second, third, ... power itself.
    """
    # The smallest and the largest powers that still are floating-point numbers of full precision.
    least, most = math.floor(math.log10(low)), math.ceil(math.log10(high))
    powers = range(max(-307, least), min(307, most) + 1)
    if len(powers) * len(factors) > MOST_TICKS:
        powers, factors = powers[:: math.ceil(len(powers) / MOST_TICKS)], (1,)
    candidates = (factor * 10.0**power for power, factor in product(powers, factors))
    return sorted(tick for tick in candidates if low * 0.999 <= tick <= high * 1.001)


_FINER = ((1, 3), (1, 2, 5), (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8))


def log_ticks(
    along: tuple[float, float], shown: tuple[float, float], factors: Sequence[float]
) -> list[float]:
    """Return the labeled values of a logarithmic axis: powers of ten times each factor, with more where they are few.

    One value does not tell how far it is to another, so at least two are shown, as long as their ends are not
    closer together than a factor of two.

    Args:
        along: the ends of all that the axis can show.
        shown: the ends of what it shows until the reader chooses another ratio of prices.
        factors: as for :func:`decades`.
    """
    for tried in (factors, *_FINER):
        found = decades(*along, tried)
        if sum(shown[0] <= tick <= shown[1] for tick in found) > 1:
            break
    return found
