"""The best models by Artificial Analysis' intelligence index."""

from generator.base import formats
from generator.boards import artificial_analysis
from generator.boards.board import AnyBoard, BoardRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases

MOST = 20
_KEY, _INDEX = "model_permaslug", "intelligence_index"


def _scored(board: AnyBoard) -> list[BoardRow]:
    return [row for row in board.rows if row.number(_INDEX) is not None]


def _entry(row: BoardRow) -> bars.Entry:
    index = phrases.number(row, _INDEX)
    prices = [
        (label, _price(row, key)) for label, key in (("Input", "prompt"), ("Output", "completion"))
    ]
    tip = phrases.tip(
        ("Intelligence", formats.number(index)),
        ("Coding", _score(row, "coding_index")),
        ("Agentic", _score(row, "agentic_index")),
        *prices,
    )
    fields = {_KEY: row.entity(_KEY).id, _INDEX: index}
    return bars.entry(row, _KEY, index, formats.number(index), tip=tip, fields=fields)


def _score(row: BoardRow, key: str) -> str:
    value = row.number(key)
    return "" if value is None else formats.number(value)


def _price(row: BoardRow, key: str) -> str:
    value = row[key]
    return f"{formats.per_million(value)} per million" if isinstance(value, str) else ""


def _draw(board: AnyBoard, size: Size) -> Drawing:
    rows = _scored(board)[:MOST]
    return bars.drawing(bars.BARS, [_entry(row) for row in rows], size)


CHART = Chart(
    id="aa-bars",
    board="artificial-analysis",
    title="Artificial Analysis Intelligence Index: top models",
    subtitle=lambda board: (
        f"Composite index, higher is better, {phrases.when(board)}. "
        f"The top {min(MOST, len(_scored(board)))} of {len(_scored(board))} scored models."
    ),
    alt=lambda board: artificial_analysis.finding(board.rows),
    draw=_draw,
    notes=("Only compare scores from the same index version.",),
    applies_to=lambda board: bool(_scored(board)),
)
