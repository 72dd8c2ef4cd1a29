"""How the best-value models of the newest day differ from those of an earlier one."""

import math
from datetime import date, timedelta
from itertools import pairwise

from generator.base.palette import LIGHT
from generator.boards import frontier_history
from generator.boards.board import AnyBoard, BoardRow, rows_of
from generator.boards.frontier_history import FrontierDayRow, HistoryBoard
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import blend, phrases, scatter

_KEY, _INDEX = "model_permaslug", "intelligence_index"
_LONGEST = timedelta(days=366)
_KIND = scatter.Plane(
    "frontiers",
    f"{scatter.PRICE}, log scale",
    "Artificial Analysis Intelligence Index",
    blend=True,
    best=True,
)


def _days(board: AnyBoard) -> tuple[date | None, date]:
    """Return the first day known of the newest day's era, at most a year before it, and the newest day."""
    newest = phrases.day(board.rows[-1], "day")
    era = [phrases.day(row, "day") for row in board.rows if row["era"] == board.rows[-1]["era"]]
    first = min(day for day in era if newest - day <= _LONGEST)
    return None if first == newest else first, newest


def _on(board: AnyBoard, day: date | None) -> list[BoardRow]:
    return sorted(
        (row for row in board.rows if row["day"] == day),
        key=lambda row: phrases.fixed(row, "blended"),
    )


def _spot(row: BoardRow, before: set[str]) -> scatter.Spot:
    entity, index = row.entity(_KEY), phrases.number(row, _INDEX)
    joined = bool(before) and entity.id not in before
    return scatter.Spot(
        entity,
        phrases.fixed(row, "blended"),
        index,
        weight=index + (100 if joined else 0),
        ringed=joined,
    )


def _line(rows: list[BoardRow]) -> list[tuple[float, float]]:
    return [(phrases.fixed(row, "blended"), phrases.number(row, _INDEX)) for row in rows]


def _score(line: list[tuple[float, float]], price: float) -> float:
    """Return the score that a price buys: 0 below the lowest price."""
    return max((index for at, index in line if at <= price), default=0.0)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    first, newest = _days(board)
    earlier, now = _on(board, first), _on(board, newest)
    old, new = _line(earlier), _line(now)
    before = {row.entity(_KEY).id for row in earlier}
    since = phrases.dated(first) if first else ""
    spots = [_spot(row, before) for row in now]
    lines = [scatter.Line("now", new, LIGHT.accent, 2)]
    if first:
        # The dates stand where the two lines are furthest apart.
        prices = sorted({price for price, _ in (*old, *new)})
        between = [math.sqrt(low * high) for low, high in pairwise(prices)] or prices
        price = max(between, key=lambda at: abs(_score(new, at) - _score(old, at)))
        places = [(price, _score(line, price)) for line in (old, new)]
        lines = [
            scatter.Line("then", old, LIGHT.other, 6, since, places[0]),
            scatter.Line("now", new, LIGHT.accent, 2, phrases.dated(newest), places[1]),
        ]
    candidates = board.at_some_ratio if isinstance(board, HistoryBoard) else board.rows
    rows = [
        scatter.priced(row, size, when="then")
        for row in candidates
        if first and row["day"] == first
    ]
    rows += [scatter.priced(row, size, since=since) for row in candidates if row["day"] == newest]
    control = blend.control("blended price", "price at {}:1")
    return scatter.blended(_KIND, rows, spots, lines, size, control=control)


def _subtitle(board: AnyBoard) -> str:
    first, newest = _days(board)
    before, now = _models_on(board, first), _models_on(board, newest)
    ringed = " Ringed: best value since then." if now - before else ""
    what = "Score vs blended price of the best-value models"
    if first is None:
        return f"{what} on {phrases.dated(newest)}."
    return (
        f"{what} on {phrases.dated(first)} (wide gray line) and {phrases.dated(newest)} (thin line)."
        f"{ringed}"
    )


def _models_on(board: AnyBoard, day: date | None) -> set[str]:
    """Return the ids of the models on the frontier of a day."""
    return {row.entity(_KEY).id for row in _on(board, day)}


def _alt(board: AnyBoard) -> str:
    highest = frontier_history.highest_score(rows_of(board, FrontierDayRow))
    return f"{board.finding} {highest}".strip()


CHART = Chart(
    id="fr-time",
    board="frontier-history",
    title="Is the same intelligence getting cheaper?",
    subtitle=_subtitle,
    alt=_alt,
    draw=_draw,
    notes=(
        "Prices are on a logarithmic scale; three input tokens to one output token.",
        "Only days since the index was last re-based are drawn: earlier scores are not comparable.",
    ),
)
