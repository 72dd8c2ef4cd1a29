"""The best models by Artificial Analysis' intelligence index."""

from generator.base import formats
from generator.boards.board import AnyBoard, BoardRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases

MOST = 20
_KEY, _INDEX = "model_permaslug", "intelligence_index"


def _scored(board: AnyBoard) -> list[BoardRow]:
    return [row for row in board.rows if row.number(_INDEX) is not None]


def _entry(row: BoardRow, places: int) -> bars.Entry:
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
    return bars.entry(row, _KEY, index, f"{index:.{places}f}", tip=tip, fields=fields)


def _score(row: BoardRow, key: str) -> str:
    value = row.number(key)
    return "" if value is None else formats.number(value)


def _price(row: BoardRow, key: str) -> str:
    value = row[key]
    return f"{formats.per_million(value)} per million" if isinstance(value, str) else ""


def _draw(board: AnyBoard, size: Size) -> Drawing:
    rows = _scored(board)[:MOST]
    places = 0 if all(phrases.number(row, _INDEX).is_integer() for row in rows) else 1
    return bars.drawing(bars.BARS, [_entry(row, places) for row in rows], size)


def _alt(board: AnyBoard) -> str:
    first, *rest = _scored(board)[:3]
    lead = f"{formats.sanitize(first.entity(_KEY).name)} leads with {formats.number(phrases.number(first, _INDEX))} points"
    others = [
        f"{formats.sanitize(r.entity(_KEY).name)} with {formats.number(phrases.number(r, _INDEX))}"
        for r in rest
    ]
    return f"{lead}; then {formats.list_in_words(others)}." if others else f"{lead}."


CHART = Chart(
    id="aa-bars",
    board="artificial-analysis",
    title="Which models score best?",
    subtitle=lambda board: (
        f"Artificial Analysis Intelligence Index, {phrases.when(board)}. "
        f"The best {min(MOST, len(_scored(board)))} of {len(_scored(board))} scored models."
    ),
    alt=_alt,
    draw=_draw,
    notes=("Scores of one version of the index compare with each other only.",),
    applies_to=lambda board: bool(_scored(board)),
)
