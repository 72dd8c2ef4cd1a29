"""The best models by each of Artificial Analysis' three indexes."""

from generator.base import formats
from generator.boards import artificial_analysis
from generator.boards.board import AnyBoard, BoardRow
from generator.boards.rank_stability import tied_rank_ranges
from generator.charts.chart import Chart, Control, Drawing, Option, Size
from generator.charts.kinds import bars, phrases, ranked

MOST = 20
_KEY = "model_permaslug"
_INDEXES = {"": "Intelligence", "coding": "Coding", "agentic": "Agentic"}
"""The names of the indexes by their values in addresses."""


def _column(index: str) -> str:
    return f"{index or 'intelligence'}_index"


def _score(row: BoardRow, index: str) -> str:
    value = row.number(_column(index))
    return "" if value is None else f"{value:.1f}"


def _scored(board: AnyBoard, index: str) -> list[BoardRow]:
    """Return the rows with a score of that index, the highest first."""
    column = _column(index)
    rows = [row for row in board.rows if row.number(column) is not None]
    return sorted(rows, key=lambda row: -phrases.number(row, column))


def _bars(board: AnyBoard, index: str) -> list[bars.Bar]:
    rows = _scored(board, index)
    ranks = tied_rank_ranges([_score(row, index) for row in rows])
    return [
        _bar(row, index, rank.words) for row, rank in list(zip(rows, ranks, strict=True))[:MOST]
    ]


def _bar(row: BoardRow, index: str, rank: str) -> bars.Bar:
    scores = [(name, _score(row, key)) for key, name in _INDEXES.items()]
    prices = [("Input", _price(row, "prompt")), ("Output", _price(row, "completion"))]
    value = phrases.number(row, _column(index))
    fields = {_column(index): value}
    item = ranked.item(row, _KEY, *scores, *prices, of=index, rank=rank, **fields)
    return bars.Bar(item, value, _score(row, index))


def _price(row: BoardRow, key: str) -> str:
    value = row[key]
    return f"{formats.per_million(value)} per million" if isinstance(value, str) else ""


def _draw(board: AnyBoard, size: Size) -> Drawing:
    shown: list[bars.Bar] = []
    options = []
    for index, name in _INDEXES.items():
        best = _bars(board, index)
        shown += best
        if best:
            options.append(Option(index, name, {"shown": index}, _subtitle(board, index)))
    return bars.drawing(shown, size, choice=Control("index", "Index", tuple(options)))


def _subtitle(board: AnyBoard, index: str) -> str:
    count = len(_scored(board, index))
    return (
        f"Artificial Analysis {_INDEXES[index]} Index, 0–100, higher is better, {phrases.when(board)}. "
        f"The top {min(MOST, count)} of {formats.counted(count, 'scored model')}."
    )


CHART = Chart(
    id="aa-bars",
    board="artificial-analysis",
    title="Which models score highest on Artificial Analysis’ tests?",
    subtitle=lambda board: _subtitle(board, ""),
    alt=lambda board: artificial_analysis.finding(board.rows),
    draw=_draw,
    notes=("Only compare scores from the same index version.",),
    applies_to=lambda board: bool(_scored(board, "")),
)
