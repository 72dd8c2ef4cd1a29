"""Design Arena: the rank of each model in each category of one arena."""

from itertools import chain

from generator.base import formats
from generator.boards import design_arena_ranks
from generator.boards.board import AnyBoard, Entity, narrowed, rows_of
from generator.boards.design_arena_places import PlaceRow, PlacesBoard
from generator.boards.names import name_in_color
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import heatmap, phrases

MOST = 16


def _by_model(board: AnyBoard) -> dict[Entity, list[PlaceRow]]:
    return design_arena_ranks.by_model(rows_of(board, PlaceRow), MOST)


def _cell(row: PlaceRow) -> heatmap.Cell:
    rank, elo = f"{row.rank} of {row.of}", formats.number(row.elo)
    tip = {"Category": row.category, "Rank": rank, "Elo": elo}
    model, shade = row.model_permaslug, 1.4 / (row.rank + 0.4)
    return heatmap.Cell(model.id, row.category, str(row.rank), shade, tip, model.name)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    models, categories = _by_model(board), design_arena_ranks.categories(rows_of(board, PlaceRow))
    cells = list(map(_cell, chain.from_iterable(models.values())))
    rated = {cell.along for cell in cells}
    along = {name: name for name in categories if name in rated}
    down = {model.id: name_in_color(model) for model in models}
    return heatmap.drawing(down, along, cells, size)


def _arena(board: AnyBoard) -> str:
    return formats.sanitize(narrowed(board, PlacesBoard).arena)


CHART = Chart(
    id="da-heat",
    board="da-arena.",
    title=lambda board: f"Design Arena rank by category: {_arena(board)}",
    subtitle=lambda board: (
        f"Rank by Elo in each category, {phrases.when(board)}; a dot: not rated. The "
        f"{formats.counted(len(_by_model(board)), 'model')} with the best average rank, "
        "of those rated in half of the categories."
    ),
    alt=lambda board: (
        f"Arena {_arena(board)}: {design_arena_ranks.leaders(rows_of(board, PlaceRow))}"
    ),
    draw=_draw,
    notes=(
        "A dot is a category in which the model is not rated, which is not a low rank.",
        "A narrow drawing shows only as many categories as fit, those with the most models.",
    ),
)
