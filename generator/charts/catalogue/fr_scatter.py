"""Score over price, and the frontier that nothing beats."""

from generator.boards.board import AnyBoard, rows_of
from generator.boards.frontier import FrontierRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import blend, phrases, price_scatter
from generator.charts.kinds.price_scatter import PricePlane
from generator.charts.kinds.scatter import Line, Spot

_KIND = PricePlane("frontier", phrases.PRICE, blend.control(), choice=True)


def _spot(row: FrontierRow) -> Spot:
    price, index = phrases.fixed(row, "blended"), phrases.number(row, "intelligence_index")
    best = row.on_frontier == "yes"
    return Spot(row.model_permaslug, price, index, index if best else 0.0, strong=best)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    priced = [row for row in rows_of(board, FrontierRow) if phrases.fixed(row, "blended") >= 0]
    charted = [row for row in priced if row.intelligence_index is not None]
    spots = list(map(_spot, charted))
    best = sorted((spot.x, spot.y) for spot in spots if spot.strong and spot.x > 0)
    rows = [price_scatter.priced(row, size, place=place) for place, row in enumerate(charted)]
    line = Line("now", best)
    return price_scatter.drawing(_KIND, rows, spots, [line], size)


CHART = Chart(
    id="fr-scatter",
    board="frontier",
    subtitle=phrases.subtitle(
        f"Score vs blended price ({blend.WORDS}), {{when}}. The line connects the best-value models."
    ),
    alt=lambda board: board.finding or "No paid model has a score.",
    draw=_draw,
    notes=(
        "Prices are on a logarithmic scale, unless a linear one is chosen.",
        "Free models are shown at far left.",
    ),
)
