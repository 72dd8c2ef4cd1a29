"""How the best-value models of the newest day differ from those of an earlier one."""

from dataclasses import replace

from generator.base.dates import human_day
from generator.base.palette import LIGHT
from generator.boards import frontier_comparison, frontier_history
from generator.boards.board import AnyBoard, grouped, rows_of
from generator.boards.frontier_comparison import first_and_newest, joined
from generator.boards.frontier_history import FrontierDayRow, HistoryBoard
from generator.charts.chart import Chart, Drawing, Rows, Size
from generator.charts.kinds import blend, phrases, price_scatter
from generator.charts.kinds.price_scatter import PricePlane
from generator.charts.kinds.scatter import Line, Spot

_CONTROL = blend.control("blended price", "price at {}:1")
_KIND = PricePlane("frontiers", f"{phrases.PRICE}, log scale", _CONTROL, best=True)


def _spot(row: FrontierDayRow, *, ringed: bool) -> Spot:
    model, price, index = (
        row.model_permaslug,
        frontier_comparison.price(row),
        row.intelligence_index,
    )
    weight = index
    if ringed:
        # Their names have the first choice of places.
        weight += 100
    return Spot(model, price, index, weight, ringed=ringed)


def _lines(earlier: list[FrontierDayRow], now: list[FrontierDayRow]) -> list[Line]:
    """Return the frontiers; where there are two, their days stand where they are furthest apart."""
    line = Line("now", _steps(now), LIGHT.accent, 2)
    if not earlier:
        return [line]

    price = frontier_comparison.furthest_apart(earlier, now)
    old, new = frontier_comparison.score(earlier, price), frontier_comparison.score(now, price)
    since, newest = human_day(earlier[0].day), human_day(now[0].day)
    return [
        Line("then", _steps(earlier), LIGHT.other, 6, since, (price, old)),
        replace(line, label=newest, label_at=(price, new)),
    ]


def _steps(rows: list[FrontierDayRow]) -> list[tuple[float, float]]:
    return [(frontier_comparison.price(row), row.intelligence_index) for row in rows]


def _draw(board: AnyBoard, size: Size) -> Drawing:
    earlier, now = first_and_newest(rows_of(board, FrontierDayRow))
    candidates = board.at_some_ratio if isinstance(board, HistoryBoard) else board.rows
    by_day = grouped(candidates, lambda row: phrases.day(row, "day"))
    rows: Rows = []
    since = ""
    if earlier:
        first = earlier[0].day
        since = human_day(first)
        rows = [price_scatter.priced(row, size, when="then") for row in by_day[first]]
    rows += [price_scatter.priced(row, size, since=since) for row in by_day[now[0].day]]
    new = joined(earlier, now)
    spots = [_spot(row, ringed=row.model_permaslug in new) for row in now]
    return price_scatter.drawing(_KIND, rows, spots, _lines(earlier, now), size)


def _subtitle(board: AnyBoard) -> str:
    earlier, now = first_and_newest(rows_of(board, FrontierDayRow))
    what, newest = "Score vs blended price of the best-value models", human_day(now[0].day)
    if not earlier:
        return f"{what} on {newest}."
    ringed = " Ringed: best value since then." if joined(earlier, now) else ""
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
