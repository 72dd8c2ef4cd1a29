"""Coding against agentic work, by Artificial Analysis' two indices."""

from generator.boards import artificial_analysis_pairs
from generator.boards.board import AnyBoard, BoardRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import phrases, scatter

_HIGHLIGHTED = 20
_KIND = scatter.Plane("indices", "Coding index", "Agentic index", "datum.value", scale="linear")
_TOLD = {
    "Coding": artificial_analysis_pairs.CODING,
    "Agentic": artificial_analysis_pairs.AGENTIC,
    "Intelligence": "intelligence_index",
}


def _spot(row: BoardRow) -> scatter.Spot:
    coding, agentic = artificial_analysis_pairs.indices(row)
    tip = {label: phrases.score(row, key) for label, key in _TOLD.items()}
    return scatter.Spot(row.entity("model_permaslug"), coding, agentic, coding + agentic, tip=tip)


def _spots(board: AnyBoard) -> list[scatter.Spot]:
    return scatter.highlighted(
        list(map(_spot, artificial_analysis_pairs.scored(board))), _HIGHLIGHTED
    )


def _draw(board: AnyBoard, size: Size) -> Drawing:
    shown = _spots(board)
    # In less room the upper half is what can be told apart.
    if not size.wide:
        shown = shown[: max(_HIGHLIGHTED, (len(shown) + 1) // 2)]
    return scatter.drawing(_KIND, shown, size, right=size.of(14, 60, 110))


def _subtitle(board: AnyBoard) -> str:
    spots = _spots(board)
    have = "1 model has both."
    if len(spots) > 1:
        have = f"{len(spots)} models have both; {scatter.colored(spots, 'sum')} are in color."
    return f"Artificial Analysis agentic index vs coding index, {phrases.when(board)}. {have}"


CHART = Chart(
    id="aa-pair",
    board="artificial-analysis",
    title="Are the best coding models also the best agents?",
    subtitle=_subtitle,
    alt=lambda board: artificial_analysis_pairs.finding(artificial_analysis_pairs.scored(board)),
    draw=_draw,
    notes=(
        "Scales start where the scores do.",
        "Models without one of the two indices are left out.",
        "Smaller drawings show only the half with the highest sums.",
    ),
    applies_to=lambda board: bool(artificial_analysis_pairs.scored(board)),
)
