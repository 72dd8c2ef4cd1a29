"""The most-used models by the size of their context window and the price of their input."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from generator.base import formats
from generator.boards import sentences
from generator.boards.board import AnyBoard, BoardRow, rows_of
from generator.boards.catalogue import CatalogueRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import phrases, scatter

MOST = 50
_KEY = "model_permaslug"
_SIZES = {125_000: "128K", 250_000: "256K", 500_000: "512K", 1_000_000: "1M"}
"""The least context of each strip but the lowest; windows of 128,000 and of 131,072 tokens are both called 128K."""
_KIND = scatter.Plane(
    "contexts",
    f"{scatter.PRICE} of input, log scale",
    "Context window, tokens",
    strips=("<128K", *(f"{size}+" for size in _SIZES.values())),
)
_APART = 10.0


def _charted(board: AnyBoard) -> list[CatalogueRow]:
    """Return the most-used models with a price and a context, the most used first; of each the first listing."""
    models: dict[object, CatalogueRow] = {}
    for row in rows_of(board, CatalogueRow):
        if (
            row["rank"]
            and phrases.fixed(row, "prompt") >= 0
            and phrases.number(row, "context_length") > 0
        ):
            models.setdefault(row["rank"], row)
    return sorted(models.values(), key=lambda row: phrases.number(row, "rank"))[:MOST]


def _strip(row: BoardRow) -> int:
    return bisect_right(list(_SIZES), phrases.number(row, "context_length"))


def _spot(row: BoardRow, y: float) -> scatter.Spot:
    rank, context = int(phrases.number(row, "rank")), int(phrases.number(row, "context_length"))
    price = formats.per_million(str(row["prompt"]))
    return scatter.Spot(
        row.entity(_KEY),
        phrases.fixed(row, "prompt"),
        y,
        weight=1 / rank,
        tip=phrases.tip(
            ("Input", price if price == "free" else f"{price} per million"),
            ("Context", f"{formats.context(context)} tokens"),
            ("Usage rank", str(rank)),
            ("Input types", str(row["input_modalities"] or "")),
        ),
        fields={_KEY: row.entity(_KEY).id, "prompt": row["prompt"], "context_length": context},
    )


def _dodged(rows: Sequence[CatalogueRow], size: Size) -> list[scatter.Spot]:
    """Return the points of each strip, moved up and down as far as needed so that none covers another."""
    low, high = scatter.apart([phrases.fixed(row, "prompt") for row in rows])
    across, strip = size.width * 0.8, size.of(330.0, 380.0, 420.0) / (len(_SIZES) + 1)
    placed: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
    spots = []
    for row in sorted(rows, key=lambda row: phrases.fixed(row, "prompt")):
        along = scatter.log_part(phrases.fixed(row, "prompt"), low, high) * across
        others = [down for x, down in placed[_strip(row)] if abs(x - along) < _APART]
        steps = (_APART * ((n + 1) // 2) * (-1) ** n for n in range(len(others) + 1))
        down = next(step for step in steps if step not in others)
        placed[_strip(row)].append((along, down))
        spots.append(_spot(row, _strip(row) + max(-0.46, min(0.46, down / strip))))
    return spots


def _draw(board: AnyBoard, size: Size) -> Drawing:
    spots = _dodged(_charted(board), size)
    ends = scatter.Ends(*scatter.apart([spot.x for spot in spots]), -0.5, len(_SIZES) + 0.5)
    return scatter.drawing(_KIND, spots, ends, size, left=44)


def _alt(board: AnyBoard) -> str:
    rows = _charted(board)
    one = len(rows) == 1
    models = "most-used model that states" if one else f"{len(rows)} most-used models that state"
    models += " a fixed price and a context window"
    longest = formats.context(max(int(phrases.number(row, "context_length")) for row in rows))
    said = f"The longest context window of the {models} is {longest} tokens"
    paid = [row for row in rows if _strip(row) == len(_SIZES) and phrases.fixed(row, "prompt") > 0]
    if not paid:
        return f"{said}."
    price = min(phrases.fixed(row, "prompt") for row in paid)
    cheapest = [row for row in paid if phrases.fixed(row, "prompt") == price]
    start = formats.per_million(str(cheapest[0]["prompt"]))
    if one:
        return f"{said}; its input costs {start} per million tokens."
    names = sentences.model_names(row.entity(_KEY) for row in rows)
    level = sentences.listed([names[row.entity(_KEY)] for row in cheapest])
    return (
        f"{said}; those of them that cost money and have at least 1 million tokens start at {start} "
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
