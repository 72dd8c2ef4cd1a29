"""What a session of one app costs with each model, by length of the session."""

import math
import re
from collections.abc import Sequence

from generator.base import formats
from generator.boards.board import AnyBoard, Entity, rows_of
from generator.boards.names import name_in_colour
from generator.boards.session_costs import CostRow, lengths_of, models_of
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import heatmap, phrases

MOST = 20
_KIND = heatmap.Heat("costs", "Turns", upright=False)
_MISSING = math.inf
_MOST_LENGTHS = 4
"""As many columns as the narrow drawing has room for."""
_TURNS = re.compile(" turns?$")


def _of_first_app(board: AnyBoard) -> list[CostRow]:
    """Return the rows of the app that has a cost for the most models."""
    rows = rows_of(board, CostRow)
    app = next(iter(models_of(rows)))
    return [row for row in rows if row.app_name == app]


def _by_model(rows: Sequence[CostRow]) -> dict[Entity, dict[str, CostRow]]:
    """Return the cheapest models in the length that has the most, then in the next; each with its rows by length."""
    by_model: dict[Entity, dict[str, CostRow]] = {}
    for row in rows:
        by_model.setdefault(row.model_permaslug, {})[row.length] = row
    lengths = list(lengths_of(rows))

    def costs(item: tuple[Entity, dict[str, CostRow]]) -> tuple[list[float], str]:
        model, cells = item
        known = [float(cells[one].dollars) if one in cells else _MISSING for one in lengths]
        return known, model.id

    return dict(sorted(by_model.items(), key=costs)[:MOST])


def _shade(row: CostRow, low: float, high: float) -> float:
    """Return where a cost lies between the lowest and the highest, on a logarithmic scale, as 0 to 1."""
    dollars = float(row.dollars)
    if dollars <= 0:
        return 0.0
    return math.log(dollars / low) / math.log(high / low) if high > low else 0.5


def _cell(
    model: Entity, length: str, row: CostRow, ends: tuple[float, float], size: Size
) -> heatmap.Cell:
    rank = "" if row.rank is None else phrases.ranks(row)
    tip = phrases.tip(
        ("title", formats.sanitize(model.name)),
        ("Session length", length),
        ("Median cost", row.shown_cost),
        ("Rank", rank),
    )
    fields: dict[str, object] = {
        "app_slug": row.app_slug,
        "turn_range": row.turn_range,
        "model_permaslug": model.id,
        "median_session_cost_usd": row.median_session_cost_usd,
    }
    label = row.shown_cost.replace("$", "") if size.narrow else row.shown_cost
    return heatmap.Cell(model.id, length, label, _shade(row, *ends), tip, fields)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    rows = _of_first_app(board)
    models = _by_model(rows)
    largest = list(lengths_of(rows))[:_MOST_LENGTHS]
    # The rows come with the shortest sessions first.
    lengths = [one for one in dict.fromkeys(row.length for row in rows) if one in largest]
    paid = [
        float(row.dollars) for cells in models.values() for row in cells.values() if row.dollars
    ]
    low, high = min(paid, default=1.0), max(paid, default=1.0)

    cells = []
    for model, known in models.items():
        shown = [one for one in lengths if one in known]
        cells += [_cell(model, one, known[one], (low, high), size) for one in shown]
    names = [(model.id, formats.sanitize(name_in_colour(model))) for model in models]
    along = [(length, _TURNS.sub("", length)) for length in lengths]
    return heatmap.drawing(_KIND, names, along, cells, size)


def _subtitle(board: AnyBoard) -> str:
    rows = _of_first_app(board)
    count = len({row.model_permaslug for row in rows})
    what = f"Median cost in US dollars of a session in {rows[0].app_name}"
    if count <= MOST:
        return f"{what} by model and number of turns, {phrases.when(board)}."
    length, of_length = next(iter(lengths_of(rows).items()))
    shown = f"The {MOST} of {count:,} models that cost least in sessions of {length}."
    if len(of_length) < MOST:
        shown = f"{MOST} of {count:,} models are shown."
    return f"{what} by number of turns, {phrases.when(board)}. {shown}"


CHART = Chart(
    id="session-cost",
    board="session-cost",
    title="What does a session cost with each model?",
    subtitle=_subtitle,
    alt=lambda board: board.finding,
    draw=_draw,
    notes=(
        "The app is the one with costs for the most models.",
        "The stronger the color of a cell, the higher the cost, on a logarithmic scale.",
        "A dot is a combination without a published cost.",
        f"At most {_MOST_LENGTHS} session lengths are shown, those with the most models.",
    ),
)
