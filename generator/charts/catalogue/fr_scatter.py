"""Score over price, and the frontier that nothing beats."""

from generator.base import formats
from generator.boards import frontier
from generator.boards.board import AnyBoard, BoardRow, rows_of
from generator.boards.frontier import FrontierRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import phrases, scatter

_KEY, _INDEX = "model_permaslug", "intelligence_index"
_KIND = scatter.Plane(
    "frontier", scatter.PRICE, "Artificial Analysis Intelligence Index", choice=True
)


def _price(row: BoardRow) -> float:
    """Return US dollars per million tokens; negative where it varies or is unknown."""
    price = phrases.dollars(row, "blended")
    return -1.0 if price is None else price


def _charted(board: AnyBoard) -> list[BoardRow]:
    return [row for row in board.rows if _price(row) >= 0 and row.number(_INDEX) is not None]


def _spot(row: BoardRow) -> scatter.Spot:
    entity, index, best = row.entity(_KEY), phrases.number(row, _INDEX), row["on_frontier"] == "yes"
    price = formats.per_million(str(row["blended"]))
    return scatter.Spot(
        entity,
        _price(row),
        index,
        weight=index if best else 0.0,
        strong=best,
        tip=phrases.tip(
            ("Index", formats.number(index)),
            ("Price", price if price == "free" else f"{price} per million"),
            ("Best value", "yes" if best else ""),
        ),
        fields={_KEY: entity.id, _INDEX: index, "on_frontier": best},
    )


def _draw(board: AnyBoard, size: Size) -> Drawing:
    spots = [_spot(row) for row in _charted(board)]
    left, right = scatter.apart([spot.x for spot in spots])
    ends = scatter.Ends(left, right, *scatter.around([spot.y for spot in spots], 10))
    best = sorted((spot.x, spot.y) for spot in spots if spot.strong and spot.x > 0)
    return scatter.drawing(_KIND, spots, ends, size, lines=[scatter.Line("frontier", best)])


def _alt(board: AnyBoard) -> str:
    rows = rows_of(board, FrontierRow)
    said = f"{board.finding} {frontier.ends(rows)}".strip()
    return said or "No paid model has a score."


CHART = Chart(
    id="fr-scatter",
    board="frontier",
    title=lambda board: board.title,
    subtitle=lambda board: (
        f"Score vs blended price (three input tokens to one output token), {phrases.when(board)}. "
        "The line connects the best-value models."
    ),
    alt=_alt,
    draw=_draw,
    notes=(
        "Prices are on a logarithmic scale, unless a linear one is chosen.",
        "Free models are shown at far left.",
    ),
)
