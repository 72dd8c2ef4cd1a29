"""How authors share the tokens of twelve weeks."""

from generator.base import formats
from generator.boards.board import AnyBoard
from generator.charts.chart import Chart
from generator.charts.kinds import phrases, stacked


def _alt(board: AnyBoard) -> str:
    weeks = stacked.rows_by_week(board)
    start, end = min(weeks), max(weeks)
    newest = weeks[end]
    largest = phrases.largest(newest, "author", "total_tokens")
    # Its models outside a day's top 50 are counted as other.
    lead = f"As far as the daily top 50 shows, {largest} of tokens in {phrases.week_to(board, end)}"
    first = newest[0]
    others = [row for row in newest[1:] if row.standing == "ranked"]
    is_alone = all(row["total_tokens"] != first["total_tokens"] for row in others)
    before = [row for row in weeks[start] if row.entity("author").id == first.entity("author").id]
    if len(weeks) < 2 or not before or not is_alone or first.standing == "other":
        return lead + "."
    share = formats.share(phrases.number(before[0], "share"))
    return f"{lead}, and {share} in {phrases.week_to(board, start)}."


CHART = Chart(
    id="tok-author-share",
    board="authors-weekly",
    title="Token share by author",
    subtitle=phrases.subtitle("Share of all tokens by author of the model, weekly, {when}."),
    alt=_alt,
    draw=lambda board, size: stacked.drawing(board, "author", size, shares=True),
    notes=("Models outside a day's top 50 are counted as other, whoever made them.",),
)
