"""How authors share the tokens of twelve weeks."""

from generator.base import dates, formats
from generator.boards.board import AnyBoard
from generator.charts.chart import Chart
from generator.charts.kinds import phrases, stacked


def _subtitle(board: AnyBoard) -> str:
    return f"Share of all tokens by author of the model, weekly, {phrases.when(board)}."


def _alt(board: AnyBoard) -> str:
    weeks = sorted({phrases.day(row, "week") for row in board.rows})
    newest = [row for row in board.rows if row["week"] == weeks[-1]]
    largest = phrases.largest(newest, "author", "total_tokens")
    lead = f"{largest} of tokens in the week to {dates.human_day(weeks[-1])}"
    first = newest[0]
    is_alone = all(row["total_tokens"] != first["total_tokens"] for row in newest[1:])
    earlier = [row for row in board.rows if row["week"] == weeks[0]]
    before = [row for row in earlier if row.entity("author").id == first.entity("author").id]
    if len(weeks) < 2 or not before or not is_alone or first.standing == "other":
        return lead + "."
    share = phrases.number(first, "share")
    points = formats.points(share - phrases.number(before[0], "share"))
    return f"{lead}, {points} percentage points vs {dates.human_day(weeks[0])}."


CHART = Chart(
    id="tok-author-share",
    board="authors-weekly",
    title="Token share by author",
    subtitle=_subtitle,
    alt=_alt,
    draw=lambda board, size: stacked.drawing(board, "author", size, shares=True),
    notes=("Models outside a day's top 50 are counted as other, whoever made them.",),
)
