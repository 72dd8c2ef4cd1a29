"""Design Arena: ratings of one category of one arena."""

from generator.base import formats
from generator.boards.board import AnyBoard, BoardRow, narrowed
from generator.boards.design_arena import CategoryBoard, category_finding
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import dots, phrases, ranked

MOST = 15
_LEAST = 3
"""With fewer models there is nothing to compare."""
_KEY = "model_permaslug"
_KIND = dots.Dots("ratings", "format(datum.value, ',')")


def _row(row: BoardRow) -> dots.Row:
    elo, rate, interval = phrases.number(row, "elo"), row.number("win_rate"), _interval(row)
    won = "" if rate is None else f"{rate:.0f}%"
    item = ranked.item(
        row,
        _KEY,
        ("Elo", formats.number(elo)),
        ("95% CI", f"{interval[0]:,.0f}–{interval[1]:,.0f}" if interval else ""),
        ("Win rate", "" if rate is None else f"{formats.number(rate)}%"),
        ("Tournaments", phrases.count(row.number("tournaments"))),
        elo=elo,
    )
    return dots.Row(item, [f"{elo:,.0f}", won], [dots.Point(elo, interval=interval)])


def _interval(row: BoardRow) -> tuple[float, float] | None:
    low, high = row.number("interval_low"), row.number("interval_high")
    return None if low is None or high is None else (low, high)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    rows = ranked.top(board, MOST)
    values = [phrases.number(row, "elo") for row in rows]
    for row in rows:
        values += _interval(row) or ()
    ends = dots.around(values)
    return dots.drawing(_KIND, [_row(row) for row in rows], size, heads=("Elo", "Won"), ends=ends)


def place(board: AnyBoard) -> str:
    """Return ``Website, models``: the category and its arena."""
    rated = narrowed(board, CategoryBoard)
    return f"{formats.sanitize(rated.category)}, {formats.sanitize(rated.arena)}"


def finding(board: AnyBoard) -> str:
    """Return the sentence on the highest rating, which stands on the page of the category too."""
    rated = narrowed(board, CategoryBoard)
    return category_finding(rated.rows, rated.category_key)


def _subtitle(board: AnyBoard) -> str:
    shown = ranked.top(board, MOST)
    lines = " Lines are 95% confidence intervals." if any(map(_interval, shown)) else ""
    return (
        f"Elo from blind votes and win rate, {phrases.when(board)}; the top {len(shown)} of "
        f"{len(board.ranked)} models.{lines} The scale does not start at zero."
    )


CHART = Chart(
    id="da-elo",
    board="da.",
    title=lambda board: f"Which models make the best-liked designs? ({place(board)})",
    subtitle=_subtitle,
    alt=finding,
    draw=_draw,
    notes=(
        "A range before a name is the ranks that its interval leaves open; a 100-point lead means winning about 64%.",
    ),
    applies_to=lambda board: len(board.ranked) >= _LEAST,
)
