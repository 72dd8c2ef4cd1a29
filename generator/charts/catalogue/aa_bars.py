"""The best models by each of Artificial Analysis' three indexes."""

from functools import partial

from generator.base import formats
from generator.boards.board import AnyBoard, BoardRow, has_values
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases, ranked

MOST = 20
_INDEXES = {
    "intelligence_index": ("", "Intelligence"),
    "coding_index": ("coding", "Coding"),
    "agentic_index": ("agentic", "Agentic"),
}
"""Each as it stands in an address, where the first is the default, and for people."""


def _score(row: BoardRow, index: str) -> str:
    return phrases.unless_missing(row.number(index), partial(formats.fixed, places=1))


def _list(board: AnyBoard, index: str) -> bars.List:
    """Return the models with a score of an index, the highest first."""
    scored = [row for row in board.rows if row.number(index) is not None]
    scored.sort(key=lambda row: -phrases.number(row, index))
    shown = []
    for row, rank in ranked.tied(scored, lambda row: _score(row, index))[:MOST]:
        tip = {label: _score(row, key) for key, (_, label) in _INDEXES.items()}
        tip |= {"Input": _price(row, "prompt"), "Output": _price(row, "completion")}
        item = ranked.item(row, "model_permaslug", tip, rank=rank)
        shown.append(bars.Bar(item, phrases.number(row, index), _score(row, index)))
    value, label = _INDEXES[index]
    subtitle = (
        f"Artificial Analysis {label} Index, 0–100, higher is better, {phrases.when(board)}. "
        f"The top {len(shown)} of {formats.counted(len(scored), 'scored model')}."
    )
    return bars.List(shown, value, label, subtitle)


def _price(row: BoardRow, key: str) -> str:
    return phrases.price(str(row[key] or ""))


def _draw(board: AnyBoard, size: Size) -> Drawing:
    lists = [_list(board, index) for index in _INDEXES if has_values(board.rows, index)]
    return bars.of_lists("index", "Index", lists, size)


CHART = Chart(
    id="aa-bars",
    board="artificial-analysis",
    title="Which models score highest on Artificial Analysis’ tests?",
    subtitle=lambda board: _list(board, "intelligence_index").subtitle,
    draw=_draw,
    notes=("Only compare scores from the same index version.",),
    applies_to=lambda board: has_values(board.rows, "intelligence_index"),
)
