"""What the models of a fixed basket cost, as an index that is 100 on the first day."""

from collections.abc import Iterator

from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import events, phrases, timelines

_KIND = timelines.Lines("index", "format(datum.value, '~r')", step=10, steps=True)
_SERIES = (
    ("index", "Blended", LIGHT.accent),
    ("index_prompt", "Input", LIGHT.soft),
    ("index_completion", "Output", LIGHT.other),
)


def _points(board: AnyBoard, key: str) -> Iterator[timelines.Point]:
    for row in board.rows:
        value = phrases.number(row, key)
        tip = phrases.tip(("Index", f"{value:.1f}"), ("Models", str(row["models"])))
        yield timelines.Point(phrases.day(row, "day"), value, tip)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    lines = []
    for key, name, colour in _SERIES:
        points = list(_points(board, key))
        lines.append(timelines.Line(key, name, f"{points[-1].value:.1f}", colour, points))
    return timelines.drawing(
        _KIND, lines, size, height=260.0, marks=board.marks, told=events.PRICES
    )


CHART = Chart(
    id="price-index",
    board="price-index",
    title="Are the same models getting cheaper?",
    subtitle=lambda board: (
        f"Mean change of the list prices of models offered all along, {phrases.when(board)}; the first day is 100."
    ),
    alt=lambda board: board.finding,
    draw=_draw,
    notes=(
        "The scale does not start at zero.",
        "Each model counts the same; new models do not enter, and those withdrawn leave with no change.",
    ),
    applies_to=lambda board: len(board.rows) > 1,
)
