"""Design Arena: rating over the mean time to a design."""

from generator.boards import level_words
from generator.boards.board import AnyBoard, BoardRow
from generator.boards.intervals import ties
from generator.charts.catalogue.da_elo import place
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import phrases, scatter

_KEY = "model_permaslug"
_HIGHLIGHTED = 15
_TICK = "format(datum.value, ',~r') + ' s'"
_KIND = scatter.Plane("speeds", "Average generation time, log scale", "Elo", _TICK)


def _timed(board: AnyBoard) -> list[BoardRow]:
    return [row for row in board.rows if phrases.number(row, "seconds") > 0]


def _spot(row: BoardRow) -> scatter.Spot:
    elo, seconds = phrases.number(row, "elo"), phrases.number(row, "seconds")
    tip = {"Elo": phrases.score(row, "elo"), "Seconds": phrases.score(row, "seconds")}
    return scatter.Spot(row.entity(_KEY), seconds, elo, weight=elo, tip=tip)


def _spots(board: AnyBoard) -> list[scatter.Spot]:
    return scatter.highlighted(list(map(_spot, _timed(board))), _HIGHLIGHTED)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    spots = _spots(board)
    along = scatter.apart([spot.x for spot in spots])
    up = scatter.around([spot.y for spot in spots], 50)
    return scatter.drawing(_KIND, spots, along, up, size, left=38)


def _alt(board: AnyBoard) -> str:
    rows = _timed(board)
    by_rating = sorted(rows, key=lambda row: -phrases.number(row, "elo"))
    by_time = sorted(rows, key=lambda row: phrases.number(row, "seconds"))
    rated, elo = _first(by_rating, "elo", "has", "have")
    quick, seconds = _first(by_time, "seconds", "is", "are")
    return (
        f"{board.finding} Of {len(rows)} models with a time, {rated} the highest rating, {elo}; "
        f"{quick} the fastest, {seconds} s."
    )


def _first(ordered: list[BoardRow], key: str, of_one: str, of_several: str) -> tuple[str, str]:
    """Return ``A is``, or ``A and B are`` of those that come first, and what they share."""
    first = ties(ordered, lambda row: phrases.score(row, key))[0]
    names = level_words.names([row.entity(_KEY) for row in first])
    return f"{names} {of_one if len(first) == 1 else of_several}", phrases.score(first[0], key)


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
    alt=_alt,
    draw=_draw,
    notes=("Time is on a logarithmic scale; ratings do not start at zero.",),
    applies_to=lambda board: len(_timed(board)) > 1,
)
