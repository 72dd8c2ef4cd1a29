"""One model's list prices, as steps from day to day."""

from collections.abc import Iterator

from generator.base.dates import human_day
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, rows_of
from generator.boards.price_history import MODEL_FAMILY, PriceStepRow
from generator.charts.chart import Chart
from generator.charts.kinds import events, phrases, ranked, theme, timelines

_KIND = timelines.Lines(
    "model-prices", theme.DOLLARS_TICK, steps=True, height=220.0, ranges=False, events=events.ALL
)


def _steps(board: AnyBoard) -> list[PriceStepRow]:
    """Return the steps of the model itself, or of its first variant where only variants have changed."""
    rows = rows_of(board, PriceStepRow)
    plain = [row for row in rows if ":" not in row.model_permaslug.id] or list(rows)
    return [row for row in plain if row.model_permaslug == plain[0].model_permaslug]


def _points(board: AnyBoard, key: str) -> Iterator[timelines.Point]:
    """Yield both ends of each step; ``run`` changes where a price between depends on the hour."""
    run = 0
    for row in _steps(board):
        price = phrases.fixed(row, key)
        if price < 0:
            run += 1
            continue
        words = phrases.price(str(row[key]))
        tip = {"Price": words, "From": human_day(row.day), "Until": human_day(row.until)}
        for day in sorted({row.day, row.until}):
            yield timelines.Point(day, price, tip, run)


def _lines(board: AnyBoard) -> list[timelines.Line]:
    author = ranked.color(_steps(board)[0].model_permaslug)
    series = ("completion", "Output", author), ("prompt", "Input", LIGHT.soft)
    lines = (timelines.Line(*one, list(_points(board, one[0]))) for one in series)
    return [line for line in lines if line.points]


CHART = Chart(
    id="price-model",
    board=f"{MODEL_FAMILY}.",
    subtitle=lambda board: (
        f"List prices of {_steps(board)[0].model_permaslug.name} for short prompts, "
        f"US dollars per million tokens, {phrases.when(board)}."
    ),
    draw=lambda board, size: timelines.drawing(_KIND, board, _lines(board), size),
    notes=(
        "A price is drawn from the first snapshot that has it; a price that depends on the hour is left out.",
    ),
    applies_to=lambda board: bool(_lines(board)),
    per_entity=True,
)
