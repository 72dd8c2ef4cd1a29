"""What a session of one app costs with each model, for the length of session that the reader chooses."""

from generator.boards.board import AnyBoard, rows_of
from generator.boards.session_costs import CostRow, lengths_of, models_of
from generator.charts.chart import Chart
from generator.charts.kinds import bars, phrases, ranked

MOST = 20


def _bar(row: CostRow) -> bars.Bar:
    tip = {"Session length": row.length, "Median cost": row.shown_cost, "Rank": phrases.ranks(row)}
    item = ranked.item(row, "model_permaslug", tip)
    return bars.Bar(item, float(row.dollars), row.shown_cost)


def _lists(board: AnyBoard) -> list[bars.List]:
    """Return the costs in the app that has them for the most models, the length of session with the most first."""
    rows = rows_of(board, CostRow)
    app = next(iter(models_of(rows)))
    lists: list[bars.List] = []
    for length, costs in lengths_of([row for row in rows if row.app_name == app]).items():
        value = costs[0].turn_range if lists else ""
        subtitle = (
            f"Median cost in US dollars of a session of {length} in {app}, {phrases.when(board)}. "
            f"{phrases.most(len(costs), MOST, 'cheapest', 'models')}"
        )
        shown = list(map(_bar, costs[:MOST]))
        lists.append(bars.List(shown, value, length, subtitle.strip()))
    return lists


CHART = Chart(
    id="session-cost",
    board="session-cost",
    title="What does a session cost with each model?",
    subtitle=lambda board: _lists(board)[0].subtitle,
    draw=lambda board, size: bars.of_lists("length", "Session length", _lists(board), size),
    notes=("The app is the one with costs for the most models.",),
)
