"""Design Arena: ratings of one category of one arena."""

from generator.base import formats
from generator.boards.board import AnyBoard, narrowed, rows_of
from generator.boards.design_arena import CategoryBoard, CategoryRow
from generator.charts.chart import Chart
from generator.charts.kinds import dots, phrases, ranked

MOST = 15
_LEAST = 3
"""With fewer models there is nothing to compare."""
_KIND = dots.Dots("ratings", "format(datum.value, ',')")


def _top(board: AnyBoard) -> list[CategoryRow]:
    return [row for row in rows_of(board, CategoryRow) if row.standing == "ranked"][:MOST]


def _row(row: CategoryRow) -> dots.Row:
    won, interval = row.number("win_rate"), _interval(row)
    tip = {
        "Elo": formats.number(row.elo),
        "95% CI": f"{interval[0]:,.0f}–{interval[1]:,.0f}" if interval else "",
        "Win rate": "" if won is None else f"{formats.number(won)}%",
        "Tournaments": phrases.count(row.tournaments),
    }
    item = ranked.item(row, "model_permaslug", tip)
    cells = [f"{row.elo:,.0f}", "" if won is None else f"{won:.0f}%"]
    return dots.Row(item, cells, [dots.Point(row.elo, interval=interval)])


def _interval(row: CategoryRow) -> tuple[float, float] | None:
    low, high = row.interval_low, row.interval_high
    return None if low is None or high is None else (low, high)


def place(board: AnyBoard) -> str:
    """Return ``Website, models``: the category and its arena."""
    rated = narrowed(board, CategoryBoard)
    return f"{formats.sanitize(rated.category)}, {formats.sanitize(rated.arena)}"


def _subtitle(board: AnyBoard) -> str:
    shown = _top(board)
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
    draw=lambda board, size: dots.drawing(
        _KIND, list(map(_row, _top(board))), size, heads=("Elo", "Won")
    ),
    notes=(
        "A range before a name is the ranks that its interval leaves open; a 100-point lead means winning about 64%.",
    ),
    applies_to=lambda board: len(board.ranked) >= _LEAST,
)
