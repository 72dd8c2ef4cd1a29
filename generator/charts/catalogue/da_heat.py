"""Design Arena: the place of each model in each category of one arena."""

from itertools import chain

from generator.base import formats
from generator.boards.board import AnyBoard, BoardRow, Entity, narrowed
from generator.boards.design_arena import PlacesBoard, lead_of, leads_sentence
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import heatmap, phrases

MOST = 20
_KEY = "model_permaslug"


def _by_model(board: AnyBoard) -> dict[str, dict[str, BoardRow]]:
    """Return the models with the best mean place among those rated in at least half of the categories, best first."""
    by_model: dict[str, dict[str, BoardRow]] = {}
    for row in board.rows:
        by_model.setdefault(row.entity(_KEY).id, {}).setdefault(str(row["category"]), row)

    most = max(len(places) for places in by_model.values())
    half = min(most, (len(_categories(board)) + 1) // 2)
    rated = {id_: places for id_, places in by_model.items() if len(places) >= half}
    return dict(sorted(rated.items(), key=lambda item: (_mean(item[1]), item[0]))[:MOST])


def _mean(places: dict[str, BoardRow]) -> float:
    return sum(phrases.number(row, "rank") for row in places.values()) / len(places)


def _categories(board: AnyBoard) -> list[str]:
    sizes: dict[str, int] = {}
    for row in board.rows:
        sizes[str(row["category"])] = sizes.get(str(row["category"]), 0) + 1
    return sorted(sizes, key=lambda name: (-sizes[name], name))


def _cell(id_: str, category: str, row: BoardRow | None) -> heatmap.Cell:
    if row is None:
        return heatmap.Cell(id_, category, "·", None)
    rank = int(phrases.number(row, "rank"))
    tip = phrases.tip(
        ("title", formats.sanitize(row.entity(_KEY).name)),
        ("Category", category),
        ("Rank", f"{rank} of {phrases.number(row, 'of'):g}"),
        ("Elo", formats.number(phrases.number(row, "elo"))),
    )
    return heatmap.Cell(
        id_, category, str(rank), 1.4 / (rank + 0.4), dict(tip), {_KEY: id_, "rank": rank}
    )


def _draw(board: AnyBoard, size: Size) -> Drawing:
    models = _by_model(board)
    rated = set(chain.from_iterable(models.values()))
    categories = [category for category in _categories(board) if category in rated]

    names = []
    cells = []
    for id_, places in models.items():
        some_row = next(iter(places.values()))
        names.append((id_, formats.sanitize(some_row.entity(_KEY).name)))
        cells += [_cell(id_, category, places.get(category)) for category in categories]

    grid = heatmap.Grid(names, [(category, category) for category in categories])
    return heatmap.drawing(grid, cells, size)


def _alt(board: AnyBoard) -> str:
    rated: dict[str, list[tuple[Entity, float]]] = {}
    for row in board.rows:
        scored = (row.entity(_KEY), phrases.number(row, "elo"))
        rated.setdefault(str(row["category"]), []).append(scored)
    leads = [lead_of(scored) for scored in rated.values()]
    return f"Arena {formats.sanitize(narrowed(board, PlacesBoard).arena)}: {leads_sentence(leads)}"


CHART = Chart(
    id="da-heat",
    board="da-arena.",
    title=lambda board: (
        f"Design Arena rank by category: {formats.sanitize(narrowed(board, PlacesBoard).arena)}"
    ),
    subtitle=lambda board: (
        f"Rank by Elo in each category, {phrases.when(board)}. "
        f"The {len(_by_model(board))} models with the best average rank, of those rated in half of the categories."
    ),
    alt=_alt,
    draw=_draw,
    notes=("A dot is a category in which the model is not rated, which is not a low rank.",),
)
