"""Design Arena: the rank of each model in each category of one arena."""

from collections import Counter

from generator.base import formats
from generator.boards.board import AnyBoard, BoardRow, Entity, narrowed
from generator.boards.design_arena import PlacesBoard, lead_of, leads_sentence
from generator.boards.names import name_in_colour
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import heatmap, phrases

MOST = 16
_KEY = "model_permaslug"


def _by_model(board: AnyBoard) -> dict[Entity, dict[str, BoardRow]]:
    """Return the models with the best mean rank among those rated in at least half of the categories, best first."""
    by_model: dict[Entity, dict[str, BoardRow]] = {}
    for row in board.rows:
        by_model.setdefault(row.entity(_KEY), {})[str(row["category"])] = row

    most = max(len(ranked) for ranked in by_model.values())
    half = min(most, (len(_categories(board.rows)) + 1) // 2)
    rated = {model: ranked for model, ranked in by_model.items() if len(ranked) >= half}
    return dict(sorted(rated.items(), key=lambda item: (_mean(item[1]), item[0].id))[:MOST])


def _mean(ranked: dict[str, BoardRow]) -> float:
    return sum(phrases.number(row, "rank") for row in ranked.values()) / len(ranked)


def _categories(rows: tuple[BoardRow, ...]) -> list[str]:
    """Return the categories, the one with the most models first."""
    sizes = Counter(str(row["category"]) for row in rows)
    return sorted(sizes, key=lambda name: (-sizes[name], name))


def _cell(row: BoardRow) -> heatmap.Cell:
    model, category, rank = row.entity(_KEY), str(row["category"]), int(phrases.number(row, "rank"))
    tip = phrases.tip(
        ("title", formats.sanitize(model.name)),
        ("Category", category),
        ("Rank", f"{rank} of {phrases.number(row, 'of'):g}"),
        ("Elo", formats.number(phrases.number(row, "elo"))),
    )
    fields = {_KEY: model.id, "rank": rank}
    return heatmap.Cell(model.id, category, str(rank), 1.4 / (rank + 0.4), tip, fields)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    models = _by_model(board)
    shown = tuple(row for row in board.rows if row.entity(_KEY) in models)
    rated = {str(row["category"]) for row in shown}
    along = [(name, name) for name in _categories(board.rows) if name in rated]
    down = [(model.id, formats.sanitize(name_in_colour(model))) for model in models]
    return heatmap.drawing(down, along, [_cell(row) for row in shown], size)


def _alt(board: AnyBoard) -> str:
    rated: dict[str, list[tuple[Entity, float]]] = {}
    for row in board.rows:
        scored = (row.entity(_KEY), phrases.number(row, "elo"))
        rated.setdefault(str(row["category"]), []).append(scored)
    leads = [lead_of(scored) for scored in rated.values()]
    return f"Arena {formats.sanitize(narrowed(board, PlacesBoard).arena)}: {leads_sentence(leads)}"


def _subtitle(board: AnyBoard) -> str:
    models = formats.counted(len(_by_model(board)), "model")
    return (
        f"Rank by Elo in each category, {phrases.when(board)}; a dot: not rated. "
        f"The {models} with the best average rank, of those rated in half of the categories."
    )


CHART = Chart(
    id="da-heat",
    board="da-arena.",
    title=lambda board: (
        f"Design Arena rank by category: {formats.sanitize(narrowed(board, PlacesBoard).arena)}"
    ),
    subtitle=_subtitle,
    alt=_alt,
    draw=_draw,
    notes=(
        "A dot is a category in which the model is not rated, which is not a low rank.",
        "A narrow drawing shows only as many categories as fit, those with the most models.",
    ),
)
