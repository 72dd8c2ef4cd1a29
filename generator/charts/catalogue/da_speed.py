"""Design Arena: rating over the mean time to a design."""

from generator.base import formats
from generator.boards import level_words
from generator.boards.board import AnyBoard, BoardRow
from generator.boards.rank_stability import ties
from generator.charts.catalogue.da_elo import finding, place
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import phrases, scatter

_KEY = "model_permaslug"
_HIGHLIGHTED = 15
_KIND = scatter.Plane(
    "speeds", "Average generation time, log scale", "Elo", "format(datum.value, ',~r') + ' s'"
)


def _timed(board: AnyBoard) -> list[BoardRow]:
    return [row for row in board.rows if (row.number("seconds") or 0) > 0]


def _least_in_color(rows: list[BoardRow]) -> float:
    """Return the lowest rating of the models in color: those level with the last are in color, too."""
    return sorted((phrases.number(row, "elo") for row in rows), reverse=True)[:_HIGHLIGHTED][-1]


def _spot(row: BoardRow, best: float) -> scatter.Spot:
    elo, seconds = phrases.number(row, "elo"), phrases.number(row, "seconds")
    return scatter.Spot(
        row.entity(_KEY),
        seconds,
        elo,
        weight=elo if elo >= best else 0.0,
        strong=elo >= best,
        tip=phrases.tip(("Elo", formats.number(elo)), ("Seconds", formats.number(seconds))),
        fields={_KEY: row.entity(_KEY).id, "elo": elo, "seconds": seconds},
    )


def _draw(board: AnyBoard, size: Size) -> Drawing:
    rows = _timed(board)
    best = _least_in_color(rows)
    spots = [_spot(row, best) for row in rows]
    ends = scatter.Ends(
        *scatter.apart([spot.x for spot in spots]), *scatter.around([spot.y for spot in spots], 50)
    )
    return scatter.drawing(_KIND, spots, ends, size, left=38)


def _alt(board: AnyBoard) -> str:
    rows = _timed(board)
    ordered = sorted(rows, key=lambda row: -phrases.number(row, "elo"))
    best = ties(ordered, lambda row: formats.number(phrases.number(row, "elo")))[0]
    ordered = sorted(rows, key=lambda row: phrases.number(row, "seconds"))
    fast = ties(ordered, lambda row: formats.number(phrases.number(row, "seconds")))[0]
    elo = formats.number(phrases.number(best[0], "elo"))
    seconds = formats.number(phrases.number(fast[0], "seconds"))
    rated = _said(best, f"has the highest rating, {elo}", f"have the highest rating, {elo}")
    quick = _said(fast, f"is the fastest, {seconds} s", f"are the fastest, {seconds} s")
    return f"{finding(board)} Of {len(rows)} models with a time, {rated}; {quick}."


def _said(rows: list[BoardRow], of_one: str, of_several: str) -> str:
    names = level_words.names([row.entity(_KEY) for row in rows])
    return f"{names} {of_one if len(rows) == 1 else of_several}"


def _subtitle(board: AnyBoard) -> str:
    rows = _timed(board)
    colored = sum(phrases.number(row, "elo") >= _least_in_color(rows) for row in rows)
    which = "all" if colored == len(rows) else f"the {colored} with the highest rating"
    return (
        f"Elo rating from blind votes vs average generation time, {phrases.when(board)}. "
        f"{len(rows)} of {len(board.rows)} models have a time; {which} are in color."
    )


CHART = Chart(
    id="da-speed",
    board="da.",
    title=lambda board: f"Do slower models design better? {place(board)}",
    subtitle=_subtitle,
    alt=_alt,
    draw=_draw,
    notes=("Time is on a logarithmic scale; ratings do not start at zero.",),
    applies_to=lambda board: len(_timed(board)) > 1,
)
