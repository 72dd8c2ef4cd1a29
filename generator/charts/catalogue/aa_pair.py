"""Coding against agentic work, by Artificial Analysis' two indices."""

from generator.base import formats
from generator.boards import score_columns
from generator.boards.board import AnyBoard, BoardRow
from generator.boards.names import name_in_colour
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases, scatter

_KEY, _CODING, _AGENTIC = "model_permaslug", "coding_index", "agentic_index"


def _scored(board: AnyBoard) -> list[BoardRow]:
    return [
        row
        for row in board.rows
        if row.number(_CODING) is not None and row.number(_AGENTIC) is not None
    ]


def _spot(row: BoardRow, best: float) -> scatter.Spot:
    entity, coding, agentic = (
        row.entity(_KEY),
        phrases.number(row, _CODING),
        phrases.number(row, _AGENTIC),
    )
    index = row.number("intelligence_index")
    return scatter.Spot(
        name=name_in_colour(entity),
        x=coding,
        y=agentic,
        colour=bars.colour(entity),
        weight=coding + agentic,
        strong=coding + agentic >= best,
        tip=phrases.tip(
            ("Coding", formats.number(coding)),
            ("Agentic", formats.number(agentic)),
            ("Intelligence", "" if index is None else formats.number(index)),
        ),
        fields={_KEY: entity.id, _CODING: coding, _AGENTIC: agentic},
    )


def _draw(board: AnyBoard, size: Size) -> Drawing:
    rows = _scored(board)
    sums = sorted(
        (phrases.number(row, _CODING) + phrases.number(row, _AGENTIC) for row in rows), reverse=True
    )
    spots = [_spot(row, sums[min(len(sums), 20) - 1]) for row in rows]
    along = scatter.linear([spot.x for spot in spots], 10, "coding index →")
    return scatter.drawing(
        spots, along, scatter.linear([spot.y for spot in spots], 10, "↑ agentic index"), size
    )


def _alt(board: AnyBoard) -> str:
    rows = _scored(board)
    count = f"Of {len(rows)} models with both indices" if len(rows) > 1 else "With both indices"
    parts = []
    for key, what in ((_CODING, "on coding"), (_AGENTIC, "on agentic work")):
        ordered = sorted(rows, key=lambda row: (-phrases.number(row, key), row.entity(_KEY).id))
        scored = [(row.entity(_KEY), row.number(key)) for row in ordered]
        parts.append(score_columns.leader_sentence(scored, what).removesuffix("."))
    return f"{count}: {'; '.join(parts)}."


CHART = Chart(
    id="aa-pair",
    board="artificial-analysis",
    title="Coding score vs agentic score",
    subtitle=lambda board: (
        f"Artificial Analysis agentic index vs coding index, {phrases.when(board)}. "
        f"{len(_scored(board))} models have both; the twenty with the highest sum are highlighted."
    ),
    alt=_alt,
    draw=_draw,
    notes=("Neither scale starts at zero.", "Models without one of the two indices are left out."),
    applies_to=lambda board: bool(_scored(board)),
)
