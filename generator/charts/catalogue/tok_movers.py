"""Whose tokens rose and fell most against the week before."""

from dataclasses import replace

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, BoardRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases, ranked

_KEY = "model_permaslug"
_KIND = bars.Diverging("tokens")


def _signed(difference: float) -> str:
    return f"{'+' if difference > 0 else formats.MINUS}{formats.tokens(abs(round(difference)))}"


def _limit(row: BoardRow, key: str) -> str:
    """Return ``≥`` or ``≤`` where a number is only what is certain of a change, else nothing."""
    value = row.number(key) or 0
    is_exact = row[f"{key}_low"] == row[f"{key}_high"]
    return "" if is_exact else "≥ " if value > 0 else "≤ "


def _bar(row: BoardRow, size: Size) -> bars.Bar:
    difference, change = phrases.number(row, "difference"), row.number("change")
    relative = "" if change is None else _limit(row, "change") + formats.change(change)
    is_firm = row["firm"] is not False
    item = ranked.item(
        row,
        _KEY,
        ("Change, tokens", _limit(row, "difference") + _signed(difference)),
        ("This week", phrases.count(row.number("total_tokens"))),
        ("Previous week", phrases.count(row.number("before"))),
        ("Change, %", relative),
        ("Firm", "" if is_firm else "no: the sign depends on one weekday"),
        rank="",
        difference=difference,
        firm=is_firm,
    )
    if not is_firm:
        item = replace(item, group="not firm", colour=LIGHT.other)
    label = _limit(row, "difference") + _signed(difference)
    new = "" if row.number("before") is not None else "new in the top 50"
    told = (relative if size.wide else "", new if size.wide else "", "" if is_firm else "not firm")
    return bars.Bar(item, difference, label, ", ".join(filter(None, told)))


def _draw(board: AnyBoard, size: Size) -> Drawing:
    changes = sorted((_bar(row, size) for row in board.rows), key=lambda bar: -bar.value)
    return bars.diverging(_KIND, changes, size)


def _subtitle(board: AnyBoard) -> str:
    return f"Change in tokens, {phrases.when(board)}, from the previous seven days."


def _alt(board: AnyBoard) -> str:
    return board.finding or "No change between the two weeks is firm."


CHART = Chart(
    id="tok-movers",
    board="movers-7d",
    title="Which models gained and lost the most use this week?",
    subtitle=_subtitle,
    alt=_alt,
    draw=_draw,
    notes=(
        "A day outside the top 50 counts with the least and the most that it can have held; ≥ and ≤ show what is certain.",
        "Gray bars are not firm: their sign depends on one weekday.",
    ),
)
