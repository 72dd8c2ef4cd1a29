"""What models read and produce: how many accept each kind of input and give each kind of output."""

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard
from generator.boards.catalogue import models_and_variants
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases
from generator.charts.kinds.ranked import Item

_COLOURS = {"input": LIGHT.accent, "output": LIGHT.soft}


def _bars(board: AnyBoard, side: str) -> list[bars.Bar]:
    """Return a bar for each kind of input, or of output, the most common first."""
    counts = {
        formats.sanitize(str(row[f"{side}_modality"])): int(phrases.number(row, f"{side}_models"))
        for row in board.rows
    }
    ordered = sorted(counts, key=lambda name: (-counts[name], name))
    return [_bar(side, name, counts[name]) for name in ordered]


def _bar(side: str, name: str, count: int) -> bars.Bar:
    item = Item(
        f"{side} {name}",
        f"{name.capitalize()} {side}",
        _COLOURS[side],
        group=side,
        tip={"Models and variants": f"{count:,}"},
        fields={f"{side}_modality": name, "models": count},
    )
    return bars.Bar(item, count, f"{count:,}")


def _most(board: AnyBoard, side: str) -> str:
    """Return ``Text is the most common input, of 401 models and variants``; of a single kind that it is the only one."""
    listed = _bars(board, side)
    first = [bar for bar in listed if bar.value == listed[0].value]
    kinds = formats.list_in_words([bar.item.name.removesuffix(f" {side}") for bar in first])
    count = models_and_variants(int(first[0].value))
    if len(listed) == 1:
        return f"{kinds} is the only {side}, of {count}"
    if len(first) == 1:
        return f"{kinds} is the most common {side}, of {count}"
    return f"{kinds} are the most common {side}s, of {count} each"


def _draw(board: AnyBoard, size: Size) -> Drawing:
    return bars.drawing([*_bars(board, "input"), *_bars(board, "output")], size)


CHART = Chart(
    id="mod-matrix",
    board="modalities",
    title="What can models read and produce?",
    subtitle=lambda board: (
        f"Number of models and variants by kind of input and of output, {phrases.when(board)}."
    ),
    alt=lambda board: f"{_most(board, 'input')}. {_most(board, 'output')}.",
    draw=_draw,
    notes=("A model with several modalities counts under each.",),
)
