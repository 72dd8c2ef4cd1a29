"""The catalog at a glance: context window over price."""

from generator.base import formats
from generator.boards.board import AnyBoard, BoardRow, rows_of
from generator.boards.catalogue import CatalogueRow, longest_context
from generator.boards.names import name_in_colour
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases, scatter

_KEY = "model_permaslug"
_CONTEXTS = (4_000, 16_000, 64_000, 256_000, 1_000_000, 4_000_000, 16_000_000)


def _price(row: BoardRow) -> float | None:
    """Return US dollars per million input tokens; None where it varies or is unknown."""
    return phrases.dollars(row, "prompt")


def _charted(board: AnyBoard) -> list[CatalogueRow]:
    """Return the rows with a price and a context; of several of one model with the same of both, one."""
    spots: dict[tuple[object, ...], CatalogueRow] = {}
    for row in rows_of(board, CatalogueRow):
        if _price(row) is not None and phrases.number(row, "context_length") >= 1024:
            spots.setdefault(
                (
                    name_in_colour(row.entity(_KEY)),
                    row["prompt"],
                    row["context_length"],
                ),
                row,
            )
    return list(spots.values())


def _spot(row: BoardRow) -> scatter.Spot:
    entity, context = row.entity(_KEY), int(phrases.number(row, "context_length"))
    rank = row.number("rank")
    price = formats.per_million(str(row["prompt"]))
    return scatter.Spot(
        name=name_in_colour(entity),
        x=_price(row) or 0.0,
        y=context,
        colour=bars.colour(entity),
        weight=1 / rank if rank else 0.0,
        strong=bool(rank),
        tip=phrases.tip(
            ("Input", price if price == "free" else f"{price} per million"),
            ("Context", f"{formats.context(context)} tokens"),
            ("Usage rank", str(int(rank)) if rank else ""),
            ("Input types", str(row["input_modalities"] or "")),
        ),
        fields={_KEY: entity.id, "prompt": row["prompt"], "context_length": context},
    )


def _spots(board: AnyBoard) -> list[scatter.Spot]:
    return [_spot(row) for row in _charted(board)]


def _draw(board: AnyBoard, size: Size) -> Drawing:
    spots = _spots(board)
    low = min(spot.y for spot in spots) / 1.4
    high = max(spot.y for spot in spots) * 1.4
    ticks = [
        (float(context), formats.context(context))
        for context in _CONTEXTS
        if low <= context <= high
    ]
    up = scatter.Axis(low, high, ticks, "↑ context, tokens", log=True)
    return scatter.drawing(spots, scatter.prices(spots, size), up, size, rail=True)


CHART = Chart(
    id="price-context",
    board="catalogue",
    title="Context window vs input price",
    subtitle=lambda board: (
        f"Context window vs input price, {phrases.when(board)}. "
        "Solid: in the weekly ranking by tokens. Faded: others."
    ),
    alt=lambda board: longest_context(_charted(board)),
    draw=_draw,
    notes=("Both scales are logarithmic.", "Models whose price varies are left out."),
    applies_to=lambda board: bool(_charted(board)),
)
