"""Design Arena: rating over the mean time to a design."""

from generator.base import formats
from generator.boards import design_arena_speeds
from generator.boards.board import AnyBoard
from generator.boards.design_arena import CategoryRow
from generator.charts.catalogue.da_elo import place
from generator.charts.chart import Chart
from generator.charts.kinds import phrases, scatter

_HIGHLIGHTED = 15
_TICK = "format(datum.value, ',~r') + ' s'"
_TIME = "Average generation time, log scale"
_KIND = scatter.Plane("speeds", _TIME, "Elo", _TICK, steps=(1, 50))


def _spot(row: CategoryRow) -> scatter.Spot:
    elo, seconds = row.elo, design_arena_speeds.seconds(row)
    tip = {"Elo": formats.number(elo), "Seconds": formats.number(seconds)}
    return scatter.Spot(row.model_permaslug, seconds, elo, weight=elo, tip=tip)


def _spots(board: AnyBoard) -> list[scatter.Spot]:
    return scatter.highlighted(list(map(_spot, design_arena_speeds.timed(board))), _HIGHLIGHTED)


def _subtitle(board: AnyBoard) -> str:
    spots = _spots(board)
    return (
        f"Elo rating from blind votes vs average generation time, {phrases.when(board)}. "
        f"{len(spots)} of {len(board.rows)} models have a time; "
        f"{scatter.colored(spots, 'rating')} are in color."
    )


CHART = Chart(
    id="da-speed",
    board="da.",
    title=lambda board: f"Do slower models design better? ({place(board)})",
    subtitle=_subtitle,
    alt=lambda board: (
        f"{board.finding} {design_arena_speeds.finding(design_arena_speeds.timed(board))}"
    ),
    draw=lambda board, size: scatter.drawing(_KIND, _spots(board), size, left=38),
    notes=("Time is on a logarithmic scale; ratings do not start at zero.",),
    applies_to=lambda board: len(design_arena_speeds.timed(board)) > 1,
)
