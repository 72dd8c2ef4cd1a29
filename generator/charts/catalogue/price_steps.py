"""Which prices have moved: from where to where."""

from generator.base import formats
from generator.base.dates import human_day
from generator.base.palette import AUTHORS, LIGHT
from generator.boards import price_moves
from generator.boards.board import AnyBoard, rows_of
from generator.boards.price_changes import PriceChangeRow
from generator.boards.price_differences import percent
from generator.charts.chart import Chart
from generator.charts.kinds import dots, phrases, ranked, theme

MOST = 16
_HEADS = ("Input", "Output", "Since")
_KIND = dots.Dots("prices", _HEADS, theme.DOLLARS_TICK, scale="log", leads=False)
_WAYS = {"up": LIGHT.accent, "down": AUTHORS["deepseek"], "same": LIGHT.other}
"""Colors of rising and falling prices; no author is meant."""


def _moved(board: AnyBoard) -> list[PriceChangeRow]:
    return price_moves.newest(rows_of(board, PriceChangeRow))[:MOST]


def _point(row: PriceChangeRow, kind: str) -> dots.Point:
    before, now = price_moves.dollars(row, f"{kind}_before"), price_moves.dollars(row, kind)
    way = "same"
    if now != before:
        way = "up" if now > before else "down"
    return dots.Point(now, ring=before, group=way, color=_WAYS[way])


def _row(row: PriceChangeRow) -> dots.Row:
    tip, cells = {}, []
    for kind, what in price_moves.KINDS.items():
        before = formats.per_million(str(row[f"{kind}_before"]))
        tip[f"{what.capitalize()} price"] = f"{before} → {phrases.price(str(row[kind]))}"
        cells.append(percent(row.number(f"{kind}_change") or 0.0))
    item = ranked.item(row, "model_permaslug", {**tip, "Since": human_day(row.day)})
    points = [_point(row, kind) for kind in price_moves.KINDS]
    return dots.Row(item, [*cells, phrases.short_day(row.day)], points)


CHART = Chart(
    id="price-steps",
    board="price-changes",
    title="Which models changed their prices?",
    subtitle=lambda board: (
        "US dollars per million tokens before (ring) and after (dot), log scale: upper line input, "
        f"lower line output, with the change of each; newest first, {phrases.when(board)}."
    ),
    alt=lambda board: f"{board.finding} {price_moves.finding(_moved(board))}".strip(),
    draw=lambda board, size: dots.drawing(_KIND, list(map(_row, _moved(board))), size),
    notes=(
        "The day is that of the snapshot in which the new price was first seen.",
        "These are listed prices for short prompts.",
        "Variants of a model, prices that depend on the hour, and changes from or to free are left out.",
    ),
    applies_to=lambda board: bool(_moved(board)),
)
