"""What models read and produce: how many accept each kind of input and give each kind of output."""

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard
from generator.charts.chart import Chart
from generator.charts.kinds import bars, phrases
from generator.charts.kinds.ranked import Item

_COLORS = {"input": LIGHT.accent, "output": LIGHT.soft}
_COUNT = "Models and variants"


def _bars(board: AnyBoard, side: str) -> list[bars.Bar]:
    """Return a bar for each kind of input, or of output, the most common first."""
    kinds: dict[str, int] = {}
    for row in board.rows:
        kinds[str(row[f"{side}_modality"])] = int(phrases.number(row, f"{side}_models"))
    shown = []
    for kind in sorted(kinds, key=lambda kind: (-kinds[kind], kind)):
        name, count = formats.sanitize(kind), f"{kinds[kind]:,}"
        key, title, tip = f"{side} {name}", f"{name.capitalize()} {side}", {_COUNT: count}
        item = Item(key, title, _COLORS[side], group=side, tip=tip)
        shown.append(bars.Bar(item, kinds[kind], count))
    return shown


CHART = Chart(
    id="mod-matrix",
    board="modalities",
    title="What can models read and produce?",
    subtitle=phrases.subtitle(
        "Number of models and variants by kind of input and of output, {when}."
    ),
    draw=lambda board, size: bars.drawing([*_bars(board, "input"), *_bars(board, "output")], size),
    notes=("A model with several modalities counts under each.",),
)
