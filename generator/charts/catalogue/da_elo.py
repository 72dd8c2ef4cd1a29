"""Design Arena: ratings of one category of one arena."""

from generator.base import formats
from generator.boards.board import AnyBoard, BoardRow, narrowed
from generator.boards.design_arena import CategoryBoard, category_finding
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases

MOST = 15
_KEY = "model_permaslug"


def _entry(row: BoardRow) -> bars.Entry:
    elo, rate = phrases.number(row, "elo"), row.number("win_rate")
    tip = phrases.tip(
        ("Elo", formats.number(elo)),
        ("95% CI", _interval(row)),
        ("Win rate", "" if rate is None else f"{formats.number(rate)}%"),
        ("Tournaments", phrases.count(row.number("tournaments"))),
    )
    more = "" if rate is None else f"{rate:.0f}% win rate"
    return bars.entry(
        row,
        _KEY,
        elo,
        f"{elo:,.0f}",
        more=more,
        tip=tip,
        fields={_KEY: row.entity(_KEY).id, "elo": elo},
    )


def _interval(row: BoardRow) -> str:
    low, high = row.number("interval_low"), row.number("interval_high")
    return "" if low is None or high is None else f"{low:,.0f}–{high:,.0f}"


def _draw(board: AnyBoard, size: Size) -> Drawing:
    entries = [_entry(row) for row in bars.top(board, MOST)]
    values = [entry.value for entry in entries]
    # A rating has no zero: the scale starts a little below the lowest that is shown.
    spread = max(values) - min(values)
    return bars.drawing(bars.DOTS, entries, size, low=min(values) - max(spread * 0.12, 5.0))


def place(board: AnyBoard) -> str:
    """Return ``Website, models``: the category and its arena."""
    rated = narrowed(board, CategoryBoard)
    return f"{formats.sanitize(rated.category)}, {formats.sanitize(rated.arena)}"


def finding(board: AnyBoard) -> str:
    """Return the sentence on the highest rating, which stands on the page of the category too."""
    rated = narrowed(board, CategoryBoard)
    return category_finding(rated.rows, rated.category_key)


CHART = Chart(
    id="da-elo",
    board="da.",
    title=lambda board: f"Design Arena: {place(board)}",
    subtitle=lambda board: (
        f"Elo rating from blind votes, {phrases.when(board)}. "
        f"The top {min(MOST, len(board.ranked))} of {len(board.ranked)} models; the scale does not start at zero."
    ),
    alt=finding,
    draw=_draw,
    notes=(
        "A range before a name is the ranks that its interval leaves open; a 100-point lead means winning about 64%.",
    ),
)
