"""Design Arena: the rank of each model in each category of one arena."""

from collections import Counter
from itertools import chain
from statistics import fmean

from generator.base import formats
from generator.boards.board import AnyBoard, Entity, grouped, narrowed, rows_of
from generator.boards.design_arena_leaders import lead_of, leads_sentence
from generator.boards.design_arena_places import PlaceRow, PlacesBoard
from generator.boards.names import name_in_color
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import heatmap, phrases

MOST = 16


def _by_model(board: AnyBoard) -> dict[Entity, list[PlaceRow]]:
    """Return the models with the best mean rank among those rated in at least half of the categories, best first."""
    by_model = grouped(rows_of(board, PlaceRow), lambda row: row.model_permaslug)
    most = max(map(len, by_model.values()))
    half = min(most, (len(_categories(board)) + 1) // 2)
    rated = [(model, rows) for model, rows in by_model.items() if len(rows) >= half]
    rated.sort(key=lambda item: (fmean(row.rank for row in item[1]), item[0].id))
    return dict(rated[:MOST])


def _categories(board: AnyBoard) -> list[str]:
    """Return the categories, the one with the most models first."""
    models = Counter(row.category for row in rows_of(board, PlaceRow))
    return sorted(models, key=lambda name: (-models[name], name))


def _cell(row: PlaceRow) -> heatmap.Cell:
    tip = {
        "Category": row.category,
        "Rank": f"{row.rank} of {row.of}",
        "Elo": formats.number(row.elo),
    }
    model, shade = row.model_permaslug, 1.4 / (row.rank + 0.4)
    return heatmap.Cell(model.id, row.category, str(row.rank), shade, tip, model.name)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    models = _by_model(board)
    cells = list(map(_cell, chain.from_iterable(models.values())))
    rated = {cell.along for cell in cells}
    along = {name: name for name in _categories(board) if name in rated}
    down = {model.id: name_in_color(model) for model in models}
    return heatmap.drawing(down, along, cells, size)


def _elo(row: PlaceRow) -> tuple[Entity, float]:
    return row.model_permaslug, row.elo


def _alt(board: AnyBoard) -> str:
    rated = grouped(rows_of(board, PlaceRow), lambda row: row.category).values()
    leads = [lead_of(list(map(_elo, rows))) for rows in rated]
    return f"Arena {formats.sanitize(narrowed(board, PlacesBoard).arena)}: {leads_sentence(leads)}"


CHART = Chart(
    id="da-heat",
    board="da-arena.",
    title=lambda board: (
        f"Design Arena rank by category: {formats.sanitize(narrowed(board, PlacesBoard).arena)}"
    ),
    subtitle=lambda board: (
        f"Rank by Elo in each category, {phrases.when(board)}; a dot: not rated. The "
        f"{formats.counted(len(_by_model(board)), 'model')} with the best average rank, "
        "of those rated in half of the categories."
    ),
    alt=_alt,
    draw=_draw,
    notes=(
        "A dot is a category in which the model is not rated, which is not a low rank.",
        "A narrow drawing shows only as many categories as fit, those with the most models.",
    ),
)
