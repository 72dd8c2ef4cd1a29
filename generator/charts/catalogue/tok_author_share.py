"""How authors share the tokens of twelve weeks."""

from generator.base import dates, formats
from generator.boards.board import AnyBoard
from generator.charts.chart import Chart
from generator.charts.kinds import phrases, stacked


def _subtitle(board: AnyBoard) -> str:
    return f"Share of all tokens by author of the model, weeks of {phrases.when(board)}."


def _alt(board: AnyBoard) -> str:
    weeks = sorted({phrases.day(row, "week") for row in board.rows})
    first = next(row for row in board.rows if row["week"] == weeks[-1])
    author = first.entity("author")
    name, share = formats.sanitize(author.name), phrases.number(first, "share")
    lead = f"{name} leads with {formats.share(share)} of tokens in the week to {dates.human_day(weeks[-1])}"
    before = [
        row
        for row in board.rows
        if row["week"] == weeks[0] and row.entity("author").id == author.id
    ]
    if len(weeks) < 2 or not before:
        return lead + "."
    points = formats.points(share - phrases.number(before[0], "share"))
    return f"{lead}, {points} points against {dates.human_day(weeks[0])}."


CHART = Chart(
    id="tok-author-share",
    board="authors-weekly",
    title="How do authors share the tokens?",
    subtitle=_subtitle,
    alt=_alt,
    draw=lambda board, size: stacked.drawing(board, "author", size, shares=True),
    notes=("Models outside a day's top fifty count among all others, whoever made them.",),
)
