"""Which models are used more, or less, than models of like score and price."""

from generator.base import formats
from generator.boards.board import AnyBoard, rows_of
from generator.boards.use_against_score import AgainstScoreRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import dots, phrases, ranked

EACH = 10
_HEADS = ("Ratio", "Tokens", "Expected")
_KIND = dots.Dots("times", _HEADS, "format(datum.value, '~r') + '×'", scale="log")


def _drawn(board: AnyBoard) -> list[AgainstScoreRow]:
    """Return the models, those used the most above what is expected first; of many, both ends."""
    return ranked.both_ends([row for row in rows_of(board, AgainstScoreRow) if row.ratio > 0], EACH)


def _row(row: AgainstScoreRow) -> dots.Row:
    tip = {
        "Times expected": formats.fixed(row.ratio, 2),
        "Tokens, 7 days": phrases.count(row.total_tokens),
        "Expected tokens": phrases.count(row.expected_tokens),
        "Intelligence": formats.number(row.intelligence_index),
        "Price": phrases.price(row.blended),
    }
    item = ranked.item(row, "model_permaslug", tip, rank="")
    point = dots.Point(row.ratio, interval=(min(row.ratio, 1.0), max(row.ratio, 1.0)))
    cells = [f"{formats.fixed(row.ratio, 2)}×", tip["Tokens, 7 days"], tip["Expected tokens"]]
    return dots.Row(item, cells, [point])


def _draw(board: AnyBoard, size: Size) -> Drawing:
    rows = list(map(_row, _drawn(board)))
    return dots.drawing(_KIND, rows, size, line=dots.Line(1.0, "as expected"))


def _subtitle(board: AnyBoard) -> str:
    rows, drawn = len(board.rows), len(_drawn(board))
    which = "" if drawn == rows else f": the {EACH} highest and the {EACH} lowest"
    return (
        f"Tokens, {phrases.when(board)}, divided by those that a log-linear fit expects by score and price; log scale. "
        f"{formats.counted(rows, 'model')} with an intelligence index and a paid listing in the top 50 on each day{which}."
    )


CHART = Chart(
    id="use-score",
    board="use-against-score",
    title="Which models are used more than their score and price explain?",
    subtitle=_subtitle,
    draw=_draw,
    notes=(
        "A ratio of 2 is twice the tokens that the fit expects of a model with this score and this price.",
        "The fit does not say why: speed, context, age, or being the default of an app count as well.",
    ),
    applies_to=lambda board: bool(_drawn(board)),
)
