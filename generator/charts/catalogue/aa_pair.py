"""Coding against agentic work, by Artificial Analysis' two indices."""

from generator.base import formats
from generator.boards import level_words, score_columns
from generator.boards.board import AnyBoard, BoardRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import phrases, scatter

_KEY, _CODING, _AGENTIC = "model_permaslug", "coding_index", "agentic_index"
_HIGHLIGHTED = 20
_KIND = scatter.Plane("indices", "Coding index", "Agentic index", "datum.value", linear=True)


def _scored(board: AnyBoard) -> list[BoardRow]:
    return [
        row
        for row in board.rows
        if row.number(_CODING) is not None and row.number(_AGENTIC) is not None
    ]


def _sum(row: BoardRow) -> float:
    return phrases.number(row, _CODING) + phrases.number(row, _AGENTIC)


def _least_in_color(rows: list[BoardRow]) -> float:
    """Return the lowest sum of the models in color: those level with the last are in color, too."""
    return sorted(map(_sum, rows), reverse=True)[:_HIGHLIGHTED][-1]


def _spot(row: BoardRow, best: float) -> scatter.Spot:
    coding, agentic = phrases.number(row, _CODING), phrases.number(row, _AGENTIC)
    index, strong = row.number("intelligence_index"), _sum(row) >= best
    return scatter.Spot(
        row.entity(_KEY),
        coding,
        agentic,
        weight=_sum(row) if strong else 0.0,
        strong=strong,
        tip=phrases.tip(
            ("Coding", formats.number(coding)),
            ("Agentic", formats.number(agentic)),
            ("Intelligence", "" if index is None else formats.number(index)),
        ),
        fields={_KEY: row.entity(_KEY).id, _CODING: coding, _AGENTIC: agentic},
    )


def _draw(board: AnyBoard, size: Size) -> Drawing:
    ordered = sorted(_scored(board), key=_sum, reverse=True)
    # In less room the upper half is what can be told apart.
    shown = ordered if size.wide else ordered[: max(_HIGHLIGHTED, (len(ordered) + 1) // 2)]
    best = _least_in_color(ordered)
    spots = [_spot(row, best) for row in shown]
    along = scatter.around([spot.x for spot in spots], 10)
    up = scatter.around([spot.y for spot in spots], 10)
    return scatter.drawing(
        _KIND, spots, scatter.Ends(*along, *up), size, right=size.of(14, 60, 110)
    )


def _alt(board: AnyBoard) -> str:
    rows = _scored(board)
    if len(rows) == 1:
        name = level_words.name(rows[0].entity(_KEY))
        coding, agentic = (
            formats.number(phrases.number(rows[0], key)) for key in (_CODING, _AGENTIC)
        )
        return f"{name} is the only model with both indices: {coding} on coding and {agentic} on agentic work."
    parts = []
    for key, what in ((_CODING, "on coding"), (_AGENTIC, "on agentic work")):
        ordered = sorted(rows, key=lambda row: (-phrases.number(row, key), row.entity(_KEY).id))
        scored = [(row.entity(_KEY), row.number(key)) for row in ordered]
        parts.append(score_columns.leader_sentence(scored, what).removesuffix("."))
    return f"Of {len(rows)} models with both indices: {'; '.join(parts)}."


def _subtitle(board: AnyBoard) -> str:
    rows = _scored(board)
    colored = sum(_sum(row) >= _least_in_color(rows) for row in rows)
    which = "all are" if colored == len(rows) else f"the {colored} with the highest sum are"
    have = (
        f"{len(rows)} models have both; {which} in color." if len(rows) > 1 else "1 model has both."
    )
    return f"Artificial Analysis agentic index vs coding index, {phrases.when(board)}. {have}"


CHART = Chart(
    id="aa-pair",
    board="artificial-analysis",
    title="Are the best coding models also the best agents?",
    subtitle=_subtitle,
    alt=_alt,
    draw=_draw,
    notes=(
        "Scales start where the scores do.",
        "Models without one of the two indices are left out.",
        "Smaller drawings show only the half with the highest sums.",
    ),
    applies_to=lambda board: bool(_scored(board)),
)
