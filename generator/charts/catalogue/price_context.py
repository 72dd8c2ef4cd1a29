"""The most-used listings by the size of their context window and the price of their input."""

from collections.abc import Sequence

from generator.base import formats
from generator.boards.catalogue import CatalogueRow
from generator.boards.context_sizes import SIZES, finding, listed, place, price
from generator.charts.chart import Chart, Size
from generator.charts.kinds import phrases, scatter

_STRIPS = "<128K", *(f"{size}+" for size in SIZES.values())
_ALONG, _UP = f"{phrases.PRICE} of input, log scale", "Context window, tokens"
_KIND = scatter.Plane("contexts", _ALONG, _UP, strips=_STRIPS)
_APART = 10.0


def _spot(row: CatalogueRow, y: float) -> scatter.Spot:
    tip = {
        "Input": phrases.price(row.prompt),
        "Context": f"{formats.context(row.context_length or 0)} tokens",
        "Usage rank": str(row.rank),
        "Input types": row.input_modalities,
    }
    return scatter.Spot(row.model_permaslug, price(row), y, 1 / (row.rank or 1), tip=tip)


def _dodged(rows: Sequence[CatalogueRow], size: Size) -> list[scatter.Spot]:
    """Return the points of each strip, moved up and down as far as needed so that none covers another."""
    low, high = scatter.apart(list(map(price, rows)))
    across, strip = size.width * 0.8, size.of(330.0, 380.0, 420.0) / len(_STRIPS)
    placed: list[tuple[int, float, float]] = []
    spots = []
    for row in sorted(rows, key=price):
        along = scatter.log_part(price(row), low, high) * across
        others = [down for at, x, down in placed if at == place(row) and abs(x - along) < _APART]
        steps = (_APART * ((n + 1) // 2) * (-1) ** n for n in range(len(others) + 1))
        down = next(step for step in steps if step not in others)
        placed.append((place(row), along, down))
        spots.append(_spot(row, place(row) + max(-0.46, min(0.46, down / strip))))
    return spots


CHART = Chart(
    id="price-context",
    board="catalogue",
    title="How long a context can you buy, and at what price?",
    subtitle=lambda board: (
        f"Price of input by size of context window, {phrases.when(board)}: "
        f"the {len(listed(board))} most-used listings whose price does not vary."
    ),
    alt=lambda board: finding(listed(board)),
    draw=lambda board, size: scatter.drawing(_KIND, _dodged(listed(board), size), size, left=44),
    notes=(
        "A variant of a model, such as :free, is a listing of its own, with its own price.",
        "Within a strip, points stand above each other only to be seen.",
        "128K+ is from 128,000 tokens up to below 256,000, and so on.",
    ),
    applies_to=lambda board: bool(listed(board)),
)
