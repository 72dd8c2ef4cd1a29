"""What the models of a fixed basket cost, as an index that is 100 on the first day."""

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import events, phrases, timelines

_KIND = timelines.Lines(
    "index", "format(datum.value, '~r')", step=10, steps=True, height=260.0, events=events.PRICES
)


def _line(board: AnyBoard, key: str, name: str, color: str) -> timelines.Line:
    points = []
    for row in board.rows:
        value = phrases.number(row, key)
        tip = {"Index": formats.fixed(value, 1), "Models": str(row["models"])}
        points.append(timelines.Point(phrases.day(row, "day"), value, tip))
    return timelines.Line(key, name, color, points)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    lines = [
        _line(board, "index", "Blended", LIGHT.accent),
        _line(board, "index_prompt", "Input", LIGHT.soft),
        _line(board, "index_completion", "Output", LIGHT.other),
    ]
    return timelines.drawing(_KIND, board, lines, size)


CHART = Chart(
    id="price-index",
    board="price-index",
    title="Are the same models getting cheaper?",
    subtitle=phrases.subtitle(
        "Mean change of the list prices of models offered all along, {when}; the first day is 100."
    ),
    draw=_draw,
    notes=(
        "The scale may start above zero.",
        "Each model counts the same; new models do not enter, and those withdrawn leave with no change.",
    ),
    applies_to=lambda board: len(board.rows) > 1,
)
