"""The most-used models by the size of their context window and the price of their input."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from generator.base import formats
from generator.boards import sentences
from generator.boards.board import AnyBoard, rows_of
from generator.boards.catalogue import CatalogueRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import phrases, scatter

MOST = 50
_SIZES = {125_000: "128K", 250_000: "256K", 500_000: "512K", 1_000_000: "1M"}
"""The least context of each strip but the lowest; windows of 128,000 and of 131,072 tokens are both called 128K."""
_KIND = scatter.Plane(
    "contexts",
    f"{phrases.PRICE} of input, log scale",
    "Context window, tokens",
    strips=("<128K", *(f"{size}+" for size in _SIZES.values())),
)
_APART = 10.0


def _charted(board: AnyBoard) -> list[CatalogueRow]:
    """Return the most-used models with a price and a context, the most used first; of each the first listing."""
    by_rank: dict[int, CatalogueRow] = {}
    for row in rows_of(board, CatalogueRow):
        if row.rank and row.context_length and _price(row) >= 0:
            by_rank.setdefault(row.rank, row)
    return [by_rank[rank] for rank in sorted(by_rank)[:MOST]]


def _price(row: CatalogueRow) -> float:
    return phrases.fixed(row, "prompt")


def _strip(row: CatalogueRow) -> int:
    return bisect_right(list(_SIZES), row.context_length or 0)


def _spot(row: CatalogueRow, y: float) -> scatter.Spot:
    context, rank = row.context_length or 0, row.rank or 0
    return scatter.Spot(
        row.model_permaslug,
        _price(row),
        y,
        weight=1 / rank,
        tip={
            "Input": phrases.price(row.prompt),
            "Context": f"{formats.context(context)} tokens",
            "Usage rank": str(rank),
            "Input types": row.input_modalities,
        },
    )


def _dodged(rows: Sequence[CatalogueRow], size: Size) -> list[scatter.Spot]:
    """Return the points of each strip, moved up and down as far as needed so that none covers another."""
    low, high = scatter.apart([_price(row) for row in rows])
    across, strip = size.width * 0.8, size.of(330.0, 380.0, 420.0) / (len(_SIZES) + 1)
    placed: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
    spots = []
    for row in sorted(rows, key=_price):
        along = scatter.log_part(_price(row), low, high) * across
        others = [down for x, down in placed[_strip(row)] if abs(x - along) < _APART]
        steps = (_APART * ((n + 1) // 2) * (-1) ** n for n in range(len(others) + 1))
        down = next(step for step in steps if step not in others)
        placed[_strip(row)].append((along, down))
        spots.append(_spot(row, _strip(row) + max(-0.46, min(0.46, down / strip))))
    return spots


def _draw(board: AnyBoard, size: Size) -> Drawing:
    spots = _dodged(_charted(board), size)
    along = scatter.apart([spot.x for spot in spots])
    return scatter.drawing(_KIND, spots, along, (-0.5, len(_SIZES) + 0.5), size, left=44)


def _alt(board: AnyBoard) -> str:
    rows = _charted(board)
    models = f"{len(rows)} most-used models that state"
    if len(rows) == 1:
        models = "most-used model that states"
    longest = formats.context(max(row.context_length or 0 for row in rows))
    sentence = f"The longest context window of the {models} a fixed price and a context window is {longest} tokens"
    paid = [row for row in rows if _strip(row) == len(_SIZES) and _price(row) > 0]
    if not paid:
        return f"{sentence}."
    cheapest = sentences.at_top(paid, lambda row: -_price(row))
    start = formats.per_million(cheapest[0].prompt)
    if len(rows) == 1:
        return f"{sentence}; its input costs {start} per million tokens."
    names = sentences.model_names(row.model_permaslug for row in rows)
    level = sentences.listed([names[row.model_permaslug] for row in cheapest])
    return (
        f"{sentence}; those of them that cost money and have at least 1 million tokens start at {start} "
        f"per million input tokens: {level}."
    )


CHART = Chart(
    id="price-context",
    board="catalogue",
    title="How long a context can you buy, and at what price?",
    subtitle=lambda board: (
        f"Price of input by size of context window, {phrases.when(board)}: "
        f"the {len(_charted(board))} most-used models whose price does not vary."
    ),
    alt=_alt,
    draw=_draw,
    notes=(
        "Within a strip, points stand above each other only to be seen.",
        "128K+ is from 128,000 tokens up to below 256,000, and so on.",
    ),
    applies_to=lambda board: bool(_charted(board)),
)
