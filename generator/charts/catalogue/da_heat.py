"""Design Arena: the place of each model in each category of one arena."""

from generator.base import formats
from generator.boards.board import AnyBoard, BoardRow, narrowed
from generator.boards.design_arena import PlacesBoard
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import heatmap, phrases

MOST = 20
_KEY = "model_permaslug"


def _by_model(board: AnyBoard) -> dict[str, dict[str, BoardRow]]:
    """The models with the best mean place among those rated in at least half of the categories, best first."""
    found: dict[str, dict[str, BoardRow]] = {}
    for row in board.rows:
        found.setdefault(row.entity(_KEY).id, {}).setdefault(str(row["category"]), row)
    half = min(max(len(held) for held in found.values()), (len(_categories(board)) + 1) // 2)
    rated = {id_: held for id_, held in found.items() if len(held) >= half}
    return dict(sorted(rated.items(), key=lambda item: (_mean(item[1]), item[0]))[:MOST])


def _mean(held: dict[str, BoardRow]) -> float:
    return sum(phrases.number(row, "rank") for row in held.values()) / len(held)


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
        ("Place", f"{rank} of {phrases.number(row, 'of'):g}"),
        ("Elo", formats.number(phrases.number(row, "elo"))),
    )
    return heatmap.Cell(
        id_, category, str(rank), 1.4 / (rank + 0.4), dict(tip), {_KEY: id_, "rank": rank}
    )


def _draw(board: AnyBoard, size: Size) -> Drawing:
    models = _by_model(board)
    categories = [one for one in _categories(board) if any(one in held for held in models.values())]
    cells = [_cell(id_, one, held.get(one)) for id_, held in models.items() for one in categories]
    names = [
        (id_, formats.sanitize(next(iter(held.values())).entity(_KEY).name))
        for id_, held in models.items()
    ]
    return heatmap.drawing(heatmap.Grid(names, [(one, one) for one in categories]), cells, size)


def _alt(board: AnyBoard) -> str:
    wins: dict[str, int] = {}
    for row in board.rows:
        if row.number("rank") == 1:
            name = formats.sanitize(row.entity(_KEY).name)
            wins[name] = wins.get(name, 0) + 1
    best = max(wins, key=lambda name: (wins[name], name))
    return f"{best} leads in most categories, {wins[best]} of {len(_categories(board))}."


CHART = Chart(
    id="da-heat",
    board="da-arena.",
    title=lambda board: (
        f"Who is good at which design? ({formats.sanitize(narrowed(board, PlacesBoard).arena)})"
    ),
    subtitle=lambda board: (
        f"Place by Elo in each category, {phrases.when(board)}. "
        f"The {len(_by_model(board))} models with the best mean place, of those rated in half of the categories."
    ),
    alt=_alt,
    draw=_draw,
    notes=("A dot is a category in which the model is not rated, which is not a bad place.",),
)
