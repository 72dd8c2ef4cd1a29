"""Text as pixels: a line is set by vl-convert in the fonts of the charts, and pasted into a picture of few colors.

Setting a letter takes vl-convert 0.13 ms wherever it stands, so a line that many pictures share is set once.
"""

import io
from functools import lru_cache
from html import escape

from PIL import Image, ImageColor

from generator.charts import native
from generator.charts.kinds import text_width
from generator.charts.kinds.theme import FONT

SHADES = 6
"""The number of steps from the paper to the full color of a text."""

_PAPER = 0
_STEPS = [round(level * SHADES / 255) for level in range(256)]
"""The step of each level of cover; 0 is the paper itself."""
_BASELINE, _HEIGHT = 1.0, 1.4
"""Where a line's letters stand, and how high the line is, in sizes of its type."""
_SPARE = 8


class Canvas:
    """A picture on paper whose texts and areas have one of a few colors each.

    Args:
        width, height: in pixels.
        paper: the color of the background.
    """

    def __init__(self, width: int, height: int, paper: str) -> None:
        self._picture = Image.new("P", (width, height), _PAPER)
        self._paper = ImageColor.getrgb(paper)
        self._palette = list(self._paper)
        self._first: dict[str, int] = {}

    def rectangle(self, left: float, top: float, right: float, bottom: float, color: str) -> None:
        """Fill a rectangle."""
        box = (round(left), round(top), round(right), round(bottom))
        if box[0] < box[2] and box[1] < box[3]:
            self._picture.paste(self._shades(color) + SHADES - 1, box)

    def text(
        self,
        at: tuple[float, float],
        words: str,
        size: int,
        color: str,
        *,
        bold: bool = False,
        from_right: bool = False,
    ) -> int:
        """Write one line and return its width in pixels.

        Args:
            at: its left end, or its right end where it is written ``from_right``, on the baseline.
            size: of the type, in pixels.
        """
        line = _line(words, size, bold)
        if line is None:
            return 0
        first = self._shades(color)
        shaded = line.point([step and first + step - 1 for step in _STEPS])
        covered = line.point([255 if step else 0 for step in _STEPS])
        left = round(at[0])
        if from_right:
            left -= line.width
        self._picture.paste(shaded, (left, round(at[1] - _BASELINE * size)), covered)
        return line.width

    @property
    def picture(self) -> Image.Image:
        """The picture with its palette."""
        self._picture.putpalette(self._palette)
        return self._picture

    def _shades(self, color: str) -> int:
        """Return the place in the palette where the shades of a color start, the palest first."""
        if color not in self._first:
            self._first[color] = len(self._palette) // 3
            pairs = list(zip(self._paper, ImageColor.getrgb(color), strict=True))
            for step in range(1, SHADES + 1):
                part = step / SHADES
                self._palette += [round(below + (above - below) * part) for below, above in pairs]
        return self._first[color]


@lru_cache(maxsize=512)
def _line(words: str, size: int, bold: bool) -> Image.Image | None:
    """Return how much of each pixel a line's letters cover; None where they cover nothing."""
    width = round(text_width.width(words, size, bold=bold) * 1.1) + 2 * _SPARE
    weight = ' font-weight="bold"' if bold else ""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{round(size * _HEIGHT)}" '
        f'font-family="{FONT}"><text x="{_SPARE}" y="{size * _BASELINE:g}" font-size="{size}"{weight}>'
        f"{escape(words)}</text></svg>"
    )
    with Image.open(io.BytesIO(native.svg_to_png(svg, 1))) as drawn:
        cover = drawn.convert("RGBA").getchannel("A")
    box = cover.getbbox()
    return cover.crop((box[0], 0, box[2], cover.height)) if box else None
