"""Names above bars: none lies over another bar, over another text, or beyond the plot."""

from collections.abc import Mapping
from datetime import date

from generator.charts.kinds import text_width
from generator.charts.kinds.labels import Box
from generator.charts.kinds.theme import LABEL

LINE = 16.0
"""The height of a name, in pixels."""
EDGE = 4.0
"""How far a name may stand beyond the first and the last bar, in pixels."""
_GAP = 4.0
"""Between two texts, and between a bar and a mark above it, in pixels."""


class Bars:
    """The bars of a drawing that shows every week, and the texts above them.

    Args:
        width: of the plot, in pixels.
        tops: where the bar of each week ends, in pixels from the top of the plot; the oldest week first.
        marks: the texts that stand a little above bars already, by week.
    """

    def __init__(self, width: float, tops: Mapping[date, float], marks: Mapping[date, str]) -> None:
        self._width = width
        self._tops = tops
        self._step = width / len(tops)
        self._starts = {week: at * self._step for at, week in enumerate(tops)}
        self._taken = [self._box(week, words, tops[week] - _GAP) for week, words in marks.items()]

    def has_room(self, week: date, name: str) -> bool:
        """Return whether a name has room above its bar."""
        foot = self._tops[week]
        left, _, right, _ = box = self._box(week, name, foot)
        if left < -EDGE or right > self._width + EDGE:
            return False
        if any(_touch(box, other) for other in self._taken):
            return False
        higher = (other for other, top in self._tops.items() if top < foot - 1)
        return not any(
            left < self._starts[other] + self._step and self._starts[other] < right
            for other in higher
        )

    def take(self, week: date, name: str) -> None:
        """Keep the room above a bar for its name."""
        left, top, right, foot = self._box(week, name, self._tops[week])
        self._taken.append((left - _GAP, top, right + _GAP, foot))

    def _box(self, week: date, words: str, foot: float) -> Box:
        middle, half = self._starts[week] + self._step / 2, text_width.width(words, LABEL) / 2
        return middle - half, foot - LINE, middle + half, foot


def _touch(box: Box, other: Box) -> bool:
    across = box[0] < other[2] and other[0] < box[2]
    return across and box[1] < other[3] and other[1] < box[3]
