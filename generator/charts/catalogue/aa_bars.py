"""The best models by each of Artificial Analysis' three indexes."""

from generator.base import formats
from generator.boards.board import AnyBoard, BoardRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases, ranked

MOST = 20
_INDEXES = {
    "intelligence_index": "Intelligence",
    "coding_index": "Coding",
    "agentic_index": "Agentic",
}


def _score(row: BoardRow, index: str) -> str:
    value = row.number(index)
    return "" if value is None else f"{value:.1f}"


def _list(board: AnyBoard, index: str) -> bars.List:
    """Return the models with a score of an index, the highest first."""
    scored = [row for row in board.rows if row.number(index) is not None]
    rows = sorted(scored, key=lambda row: -phrases.number(row, index))
    shown = []
    for row, rank in ranked.tied(rows, lambda row: _score(row, index))[:MOST]:
        tip = {label: _score(row, key) for key, label in _INDEXES.items()}
        tip |= {"Input": _price(row, "prompt"), "Output": _price(row, "completion")}
        value = phrases.number(row, index)
        item = ranked.item(row, "model_permaslug", tip, rank=rank)
        shown.append(bars.Bar(item, value, _score(row, index)))
    subtitle = (
        f"Artificial Analysis {_INDEXES[index]} Index, 0–100, higher is better, {phrases.when(board)}. "
        f"The top {len(shown)} of {formats.counted(len(rows), 'scored model')}."
    )
    value_ = "" if index == "intelligence_index" else index.removesuffix("_index")
    return bars.List(shown, value_, _INDEXES[index], subtitle)


def _price(row: BoardRow, key: str) -> str:
    value = row[key]
    return f"{formats.per_million(value)} per million" if isinstance(value, str) else ""


def _draw(board: AnyBoard, size: Size) -> Drawing:
    lists = [_list(board, index) for index in _INDEXES]
    return bars.of_lists("index", "Index", [list_ for list_ in lists if list_.bars], size)


CHART = Chart(
    id="aa-bars",
    board="artificial-analysis",
    title="Which models score highest on Artificial Analysis’ tests?",
    subtitle=lambda board: _list(board, "intelligence_index").subtitle,
    draw=_draw,
    notes=("Only compare scores from the same index version.",),
    applies_to=lambda board: bool(_list(board, "intelligence_index").bars),
)
