"""Coding against agentic work, by Artificial Analysis' two indices."""

from generator.base import formats
from generator.boards import level_words, score_columns
from generator.boards.board import AnyBoard, BoardRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import phrases, scatter

_KEY, _CODING, _AGENTIC = "model_permaslug", "coding_index", "agentic_index"
_HIGHLIGHTED = 20
_KIND = scatter.Plane("indices", "Coding index", "Agentic index", "datum.value", scale="linear")


def _scored(board: AnyBoard) -> list[BoardRow]:
    """Return the models with both indices, the highest sum first."""
    both = [row for row in board.rows if None not in (row[_CODING], row[_AGENTIC])]
    return sorted(both, key=lambda row: -_spot(row).weight)


def _spot(row: BoardRow) -> scatter.Spot:
    coding, agentic = phrases.number(row, _CODING), phrases.number(row, _AGENTIC)
    labels = {"Coding": _CODING, "Agentic": _AGENTIC, "Intelligence": "intelligence_index"}
    tip = {label: phrases.score(row, key) for label, key in labels.items()}
    return scatter.Spot(row.entity(_KEY), coding, agentic, weight=coding + agentic, tip=tip)


def _spots(board: AnyBoard) -> list[scatter.Spot]:
    return scatter.highlighted(list(map(_spot, _scored(board))), _HIGHLIGHTED)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    spots = _spots(board)
    # In less room the upper half is what can be told apart.
    shown = spots if size.wide else spots[: max(_HIGHLIGHTED, (len(spots) + 1) // 2)]
    along = scatter.around([spot.x for spot in shown], 10)
    up = scatter.around([spot.y for spot in shown], 10)
    return scatter.drawing(_KIND, shown, along, up, size, right=size.of(14, 60, 110))


def _alt(board: AnyBoard) -> str:
    rows = _scored(board)
    if len(rows) == 1:
        name = level_words.name(rows[0].entity(_KEY))
        coding, agentic = (
            formats.index(phrases.number(rows[0], key)) for key in (_CODING, _AGENTIC)
        )
        return f"{name} is the only model with both indices: {coding} on coding and {agentic} on agentic work."
    leaders = f"{_leader(rows, _CODING, 'on coding')}; {_leader(rows, _AGENTIC, 'on agentic work')}"
    return f"Of {len(rows)} models with both indices: {leaders}."


def _leader(rows: list[BoardRow], key: str, what: str) -> str:
    scored = [(row.entity(_KEY), phrases.number(row, key)) for row in rows]
    scored.sort(key=lambda item: (-item[1], item[0].id))
    return score_columns.leader_sentence(scored, what).removesuffix(".")


def _subtitle(board: AnyBoard) -> str:
    spots = _spots(board)
    have = f"{len(spots)} models have both; {scatter.colored(spots, 'sum')} are in color."
    axes = f"Artificial Analysis agentic index vs coding index, {phrases.when(board)}."
    return f"{axes} {have if len(spots) > 1 else '1 model has both.'}"


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
