"""Design Arena: ratings of one category of one arena."""

from generator.base import formats
from generator.boards.board import AnyBoard, has_values, narrowed, rows_of
from generator.boards.design_arena import CategoryBoard, CategoryRow
from generator.charts.chart import Chart
from generator.charts.kinds import dots, phrases, ranked

MOST = 15
_LEAST = 3
"""With fewer models there is nothing to compare."""
_KIND = dots.Dots("ratings", ("Elo", "Won"), "format(datum.value, ',')")


def _top(board: AnyBoard) -> list[CategoryRow]:
    return [row for row in rows_of(board, CategoryRow) if row.standing == "ranked"][:MOST]


def _row(row: CategoryRow) -> dots.Row:
    low, high, won = row.interval_low, row.interval_high, row.number("win_rate")
    interval, words = None, ""
    if low is not None and high is not None:
        interval, words = (low, high), f"{formats.fixed(low, 0)}–{formats.fixed(high, 0)}"
    tip = {
        "Elo": formats.number(row.elo),
        "95% CI": words,
        "Win rate": phrases.unless_missing(won, lambda rate: f"{formats.number(rate)}%"),
        "Tournaments": phrases.count(row.tournaments),
    }
    item = ranked.item(row, "model_permaslug", tip)
    cells = [
        formats.fixed(row.elo, 0),
        phrases.unless_missing(won, lambda rate: f"{formats.fixed(rate, 0)}%"),
    ]
    return dots.Row(item, cells, [dots.Point(row.elo, interval=interval)])


def place(board: AnyBoard) -> str:
    """Return ``Website, models``: the category and its arena."""
    rated = narrowed(board, CategoryBoard)
    return f"{formats.sanitize(rated.category)}, {formats.sanitize(rated.arena)}"


def _subtitle(board: AnyBoard) -> str:
    shown = _top(board)
    what = f"Elo from blind votes and win rate, {phrases.when(board)}"
    scale = "The scale does not start at zero."
    if has_values(shown, "interval_low"):
        scale = f"Lines are 95% confidence intervals. {scale}"
    return f"{what}; the top {len(shown)} of {len(board.ranked)} models. {scale}"


CHART = Chart(
    id="da-elo",
    board="da.",
    title=lambda board: f"Which models make the best-liked designs? ({place(board)})",
    subtitle=_subtitle,
    draw=lambda board, size: dots.drawing(_KIND, list(map(_row, _top(board))), size),
    notes=(
        "A range before a name is the ranks that its interval leaves open; a 100-point lead means winning about 64%.",
    ),
    applies_to=lambda board: len(board.ranked) >= _LEAST,
)
