"""One model's list prices, as steps from day to day."""

from collections.abc import Iterator, Sequence

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, BoardRow
from generator.boards.price_history import MODEL_FAMILY
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import events, phrases, ranked, timelines
from generator.charts.kinds.theme import DOLLARS_TICK

_KEY = "model_permaslug"
_SERIES = (("completion", "Output"), ("prompt", "Input"))
_KIND = timelines.Lines("model-prices", DOLLARS_TICK, steps=True)


def _steps(board: AnyBoard) -> list[BoardRow]:
    """Return the steps of the model itself, or of its first variant where only variants have changed."""
    plain = [row for row in board.rows if ":" not in row.entity(_KEY).id] or list(board.rows)
    listing = plain[0].entity(_KEY)
    return [row for row in plain if row.entity(_KEY) == listing]


def _points(steps: Sequence[BoardRow], key: str) -> Iterator[timelines.Point]:
    """Yield both ends of each step; ``run`` changes where a price between depends on the hour."""
    run = 0
    for row in steps:
        price = phrases.dollars(row, key)
        if price is None or price < 0:
            run += 1
            continue
        first, last = phrases.day(row, "day"), phrases.day(row, "until")
        tip = phrases.tip(
            ("Price", f"{formats.per_million(str(row[key]))} per million"),
            ("From", phrases.dated(first)),
            ("Until", phrases.dated(last)),
        )
        for day in sorted({first, last}):
            yield timelines.Point(day, price, tip, run)


def _lines(board: AnyBoard) -> Iterator[timelines.Line]:
    steps = _steps(board)
    colours = {"completion": ranked.colour(steps[0].entity(_KEY)), "prompt": LIGHT.soft}
    for key, name in _SERIES:
        points = list(_points(steps, key))
        if points:
            newest = points[-1].tip["Price"].removesuffix(" per million")
            yield timelines.Line(key, name, newest, colours[key], points)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    lines, marks = list(_lines(board)), board.marks
    return timelines.drawing(
        _KIND, lines, size, height=220.0, ranges=False, marks=marks, told=events.ALL
    )


def _subtitle(board: AnyBoard) -> str:
    name = formats.sanitize(_steps(board)[0].entity(_KEY).name)
    return f"List prices of {name} for short prompts, US dollars per million tokens, {phrases.when(board)}."


CHART = Chart(
    id="price-model",
    board=f"{MODEL_FAMILY}.",
    title=lambda board: board.title,
    subtitle=_subtitle,
    alt=lambda board: board.finding,
    draw=_draw,
    notes=(
        "A price is drawn from the first snapshot that has it; a price that depends on the hour is left out.",
    ),
    applies_to=lambda board: bool(board.rows) and any(True for _ in _lines(board)),
    per_entity=True,
)
