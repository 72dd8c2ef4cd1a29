"""What a session of one app costs with each model, for the length of session that the reader chooses."""

from collections.abc import Sequence

from generator.boards.board import AnyBoard, rows_of
from generator.boards.session_costs import CostRow, lengths_of, models_of
from generator.charts.chart import Chart, Control, Drawing, Option, Size
from generator.charts.kinds import bars, phrases, ranked

MOST = 20


def _lengths(board: AnyBoard) -> dict[str, list[CostRow]]:
    """Return the costs in the app that has them for the most models, by length of session.

    The keys stand in addresses; the length with the most models comes first and has none.
    """
    rows = rows_of(board, CostRow)
    app = next(iter(models_of(rows)))
    default, *others = lengths_of([row for row in rows if row.app_name == app]).values()
    return {"": default, **{costs[0].turn_range: costs for costs in others}}


def _bar(row: CostRow, of: str) -> bars.Bar:
    rank = "" if row.rank is None else phrases.ranks(row)
    item = ranked.item(
        row,
        "model_permaslug",
        ("Session length", row.length),
        ("Median cost", row.shown_cost),
        ("Rank", rank),
        of=of,
        rank=rank,
        app_slug=row.app_slug,
        turn_range=row.turn_range,
        median_session_cost_usd=row.median_session_cost_usd,
    )
    return bars.Bar(item, float(row.dollars), row.shown_cost)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    shown: list[bars.Bar] = []
    options = []
    for of, costs in _lengths(board).items():
        shown += [_bar(row, of) for row in costs[:MOST]]
        options.append(Option(of, costs[0].length, {"shown": of}, _subtitle(board, costs)))
    return bars.drawing(shown, size, choice=Control("length", "Session length", tuple(options)))


def _subtitle(board: AnyBoard, costs: Sequence[CostRow]) -> str:
    first, count = costs[0], len(costs)
    return (
        f"Median cost in US dollars of a session of {first.length} in {first.app_name}, "
        f"{phrases.when(board)}. {phrases.most(count, MOST, 'cheapest', 'models')}"
    ).strip()


CHART = Chart(
    id="session-cost",
    board="session-cost",
    title="What does a session cost with each model?",
    subtitle=lambda board: _subtitle(board, _lengths(board)[""]),
    alt=lambda board: board.finding,
    draw=_draw,
    notes=("The app is the one with costs for the most models.",),
)
