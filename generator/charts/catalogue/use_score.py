"""Which models are used more, or less, than models of like score and price."""

from itertools import chain

from generator.base import formats
from generator.boards.board import AnyBoard, BoardRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import dots, phrases, ranked

ENDS = 10
"""So many models are drawn from each end."""
_KEY = "model_permaslug"
_KIND = dots.Dots("times", "format(datum.value, '~r') + '×'", log=True)


def _drawn(board: AnyBoard) -> list[BoardRow]:
    """Return the models, those used the most above what is expected first; of many, both ends."""
    rows = [row for row in board.rows if phrases.number(row, "ratio") > 0]
    return rows if len(rows) <= 2 * ENDS else [*rows[:ENDS], *rows[-ENDS:]]


def _row(row: BoardRow) -> dots.Row:
    ratio = phrases.number(row, "ratio")
    tokens, expected = (
        phrases.count(row.number(key)) for key in ("total_tokens", "expected_tokens")
    )
    item = ranked.item(
        row,
        _KEY,
        ("Times expected", f"{ratio:.2f}"),
        ("Tokens, 7 days", tokens),
        ("Expected tokens", expected),
        ("Intelligence", formats.number(phrases.number(row, "intelligence_index"))),
        ("Price", f"{formats.per_million(str(row['blended']))} per million"),
        rank="",
        ratio=ratio,
    )
    point = dots.Point(ratio, interval=(min(ratio, 1.0), max(ratio, 1.0)))
    return dots.Row(item, [f"{ratio:.2f}×", tokens, expected], [point])


def _draw(board: AnyBoard, size: Size) -> Drawing:
    rows = [_row(row) for row in _drawn(board)]
    points = chain.from_iterable(row.points for row in rows)
    ratios = [point.value for point in points]
    return dots.drawing(
        _KIND,
        rows,
        size,
        heads=("Ratio", "Tokens", "Expected"),
        ends=dots.around([*ratios, 1.0], log=True),
        line=dots.Line(1.0, "as expected"),
    )


def _subtitle(board: AnyBoard) -> str:
    rows, drawn = len(board.rows), len(_drawn(board))
    which = "" if drawn == rows else f": the {ENDS} highest and the {ENDS} lowest"
    return (
        f"Tokens, {phrases.when(board)}, divided by those that a log-linear fit expects by score and price; log scale. "
        f"{formats.counted(rows, 'model')} with an intelligence index and a paid listing in the top 50 on each day{which}."
    )


CHART = Chart(
    id="use-score",
    board="use-against-score",
    title="Which models are used more than their score and price explain?",
    subtitle=_subtitle,
    alt=lambda board: board.finding,
    draw=_draw,
    notes=(
        "A ratio of 2 is twice the tokens that the fit expects of a model with this score and this price.",
        "The fit does not say why: speed, context, age, or being the default of an app count as well.",
    ),
    applies_to=lambda board: bool(_drawn(board)),
)
