"""How the best-value models of the newest day differ from those of an earlier one."""

from generator.base.dates import human_day
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, grouped, rows_of
from generator.boards.frontier_comparison import (
    first_and_newest,
    furthest_apart,
    joined,
    price,
    score,
)
from generator.boards.frontier_history import FrontierDayRow, HistoryBoard, highest_score
from generator.charts.chart import Chart, Drawing, Rows, Size
from generator.charts.kinds import blend, phrases, price_scatter
from generator.charts.kinds.price_scatter import PricePlane
from generator.charts.kinds.scatter import Line, Spot

_CONTROL = blend.control("blended price", "price at {}:1")
_KIND = PricePlane("frontiers", f"{phrases.PRICE}, log scale", _CONTROL, best=True)
_LOOKS = {"then": (LIGHT.other, 6), "now": (LIGHT.accent, 2)}


def _spot(row: FrontierDayRow, *, ringed: bool) -> Spot:
    index = weight = row.intelligence_index
    if ringed:
        # Their names have the first choice of places.
        weight += 100
    return Spot(row.model_permaslug, price(row), index, weight, ringed=ringed)


def _lines(earlier: list[FrontierDayRow], now: list[FrontierDayRow]) -> list[Line]:
    """Return the frontiers; where there are two, their days stand where they are furthest apart."""
    if not earlier:
        return [_line("now", now)]
    at = furthest_apart(earlier, now)
    return [_line("then", earlier, at), _line("now", now, at)]


def _line(key: str, rows: list[FrontierDayRow], at: float | None = None) -> Line:
    """Return the frontier of a day, which is named at a price."""
    steps = [(price(row), row.intelligence_index) for row in rows]
    color, width = _LOOKS[key]
    if at is None:
        return Line(key, steps, color, width)
    return Line(key, steps, color, width, human_day(rows[0].day), (at, score(rows, at)))


def _draw(board: AnyBoard, size: Size) -> Drawing:
    earlier, now = first_and_newest(rows_of(board, FrontierDayRow))
    candidates = board.at_some_ratio if isinstance(board, HistoryBoard) else board.rows
    by_day = grouped(candidates, lambda row: phrases.day(row, "day"))
    rows: Rows = []
    since = ""
    if earlier:
        since = human_day(earlier[0].day)
        rows = [price_scatter.priced(row, size, when="then") for row in by_day[earlier[0].day]]
    rows += [price_scatter.priced(row, size, since=since) for row in by_day[now[0].day]]
    new = joined(earlier, now)
    spots = [_spot(row, ringed=row.model_permaslug in new) for row in now]
    return price_scatter.drawing(_KIND, rows, spots, _lines(earlier, now), size)


def _subtitle(board: AnyBoard) -> str:
    earlier, now = first_and_newest(rows_of(board, FrontierDayRow))
    what, newest = "Score vs blended price of the best-value models", human_day(now[0].day)
    if not earlier:
        return f"{what} on {newest}."
    since = human_day(earlier[0].day)
    sentence = f"{what} on {since} (wide gray line) and {newest} (thin line)."
    if joined(earlier, now):
        sentence += " Ringed: best value since then."
    return sentence


CHART = Chart(
    id="fr-time",
    board="frontier-history",
    title="Is the same intelligence getting cheaper?",
    subtitle=_subtitle,
    alt=lambda board: f"{board.finding} {highest_score(rows_of(board, FrontierDayRow))}".strip(),
    draw=_draw,
    notes=(
        "Prices are on a logarithmic scale; three input tokens to one output token.",
        "Only days since the index was last re-based are drawn: earlier scores are not comparable.",
    ),
)
