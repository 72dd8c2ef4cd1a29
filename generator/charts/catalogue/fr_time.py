"""How the best-value models of the newest day differ from those of an earlier one."""

import math
from datetime import timedelta
from itertools import pairwise

from generator.base.dates import human_day
from generator.base.palette import LIGHT
from generator.boards import frontier_history
from generator.boards.board import AnyBoard, Entity, grouped, rows_of
from generator.boards.frontier_history import FrontierDayRow, HistoryBoard
from generator.charts.chart import Chart, Drawing, Rows, Size
from generator.charts.kinds import blend, phrases, price_scatter
from generator.charts.kinds.price_scatter import PricePlane
from generator.charts.kinds.scatter import Line, Spot

_LONGEST = timedelta(days=366)
_CONTROL = blend.control("blended price", "price at {}:1")
_KIND = PricePlane("frontiers", f"{phrases.PRICE}, log scale", _CONTROL, best=True)


def _price(row: FrontierDayRow) -> float:
    return phrases.fixed(row, "blended")


def _days(board: AnyBoard) -> tuple[list[FrontierDayRow], list[FrontierDayRow]]:
    """Return the models on the frontier of the first day of the newest era, at most a year ago, and of the newest day.

    They are in the order of their prices. There are none of the first day where that is the newest one.
    """
    rows = rows_of(board, FrontierDayRow)
    last = rows[-1]
    era = [row.day for row in rows if row.era == last.era and last.day - row.day <= _LONGEST]
    by_day = grouped(sorted(rows, key=_price), lambda row: row.day)
    newest = by_day.pop(last.day)
    return by_day.get(min(era), []), newest


def _joined(earlier: list[FrontierDayRow], now: list[FrontierDayRow]) -> set[Entity]:
    """Return the models that are on the frontier now and were not then; none where there is no earlier day."""
    if not earlier:
        return set()
    return {row.model_permaslug for row in now} - {row.model_permaslug for row in earlier}


def _spot(row: FrontierDayRow, joined: set[Entity]) -> Spot:
    model, index = row.model_permaslug, row.intelligence_index
    if model in joined:
        return Spot(model, _price(row), index, index + 100, ringed=True)
    return Spot(model, _price(row), index, index)


def _steps(rows: list[FrontierDayRow]) -> list[tuple[float, float]]:
    return [(_price(row), row.intelligence_index) for row in rows]


def _score(steps: list[tuple[float, float]], price: float) -> float:
    """Return the score that a price buys: 0 below the lowest price."""
    return max((index for at, index in steps if at <= price), default=0.0)


def _lines(earlier: list[FrontierDayRow], now: list[FrontierDayRow]) -> list[Line]:
    """Return the frontiers; where there are two, their days stand where they are furthest apart."""
    old, new = _steps(earlier), _steps(now)
    if not earlier:
        return [Line("now", new, LIGHT.accent, 2)]

    prices = sorted({price for price, _ in (*old, *new)})
    between = [math.sqrt(low * high) for low, high in pairwise(prices)] or prices
    price = max(between, key=lambda at: abs(_score(new, at) - _score(old, at)))
    since, newest = human_day(earlier[0].day), human_day(now[0].day)
    return [
        Line("then", old, LIGHT.other, 6, since, (price, _score(old, price))),
        Line("now", new, LIGHT.accent, 2, newest, (price, _score(new, price))),
    ]


def _draw(board: AnyBoard, size: Size) -> Drawing:
    earlier, now = _days(board)
    candidates = board.at_some_ratio if isinstance(board, HistoryBoard) else board.rows
    by_day = grouped(candidates, lambda row: phrases.day(row, "day"))
    rows: Rows = []
    since = ""
    if earlier:
        first = earlier[0].day
        since = human_day(first)
        rows = [price_scatter.priced(row, size, when="then") for row in by_day[first]]
    rows += [price_scatter.priced(row, size, since=since) for row in by_day[now[0].day]]
    joined = _joined(earlier, now)
    spots = [_spot(row, joined) for row in now]
    return price_scatter.drawing(_KIND, rows, spots, _lines(earlier, now), size)


def _subtitle(board: AnyBoard) -> str:
    earlier, now = _days(board)
    what, newest = "Score vs blended price of the best-value models", human_day(now[0].day)
    if not earlier:
        return f"{what} on {newest}."
    ringed = " Ringed: best value since then." if _joined(earlier, now) else ""
    since = human_day(earlier[0].day)
    return f"{what} on {since} (wide gray line) and {newest} (thin line).{ringed}"


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
