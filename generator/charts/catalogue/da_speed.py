"""Design Arena: rating over the mean time to a design."""

from generator import formats
from generator.boards.board import Board, Row
from generator.charts import measure, ranked, scatter, words
from generator.charts.catalogue.da_elo import place
from generator.charts.chart import Chart, Drawing, Size

_KEY = "model_permaslug"


def _timed(board: Board) -> list[Row]:
    return [row for row in board.rows if (row.number("seconds") or 0) > 0]


def _spot(row: Row) -> scatter.Spot:
    entity, elo, seconds = row.entity(_KEY), words.number(row, "elo"), words.number(row, "seconds")
    return scatter.Spot(
        name=words.short_name(entity),
        x=seconds,
        y=elo,
        colour=ranked.colour(entity),
        weight=elo,
        tip=words.tip(("Elo", formats.number(elo)), ("Seconds", formats.number(seconds))),
        fields={_KEY: entity.id, "elo": elo, "seconds": seconds},
    )


def _draw(board: Board, size: Size) -> Drawing:
    spots = [_spot(row) for row in _timed(board)]
    low, high = min(spot.x for spot in spots) / 1.25, max(spot.x for spot in spots) * 1.25
    ticks = [(one, f"{one:g} s") for one in measure.decades(low, high, (1, 3) if size.narrow else (1, 2, 5))]
    along = scatter.Axis(low, high, ticks, "mean time to a design →", log=True)
    return scatter.drawing(spots, along, scatter.linear([spot.y for spot in spots], 50, "↑ Elo"), size)


def _alt(board: Board) -> str:
    rows = _timed(board)
    best = max(rows, key=lambda row: (words.number(row, "elo"), row.entity(_KEY).id))
    fast = min(rows, key=lambda row: (words.number(row, "seconds"), row.entity(_KEY).id))
    lead = (
        f"{formats.clean(best.entity(_KEY).name)} leads with an Elo of {words.number(best, 'elo'):,.0f} "
        f"and takes {formats.number(words.number(best, 'seconds'))} seconds"
    )
    if fast is best:
        return f"{lead}, the least of all."
    seconds = formats.number(words.number(fast, "seconds"))
    return f"{lead}; {formats.clean(fast.entity(_KEY).name)} is fastest with {seconds}."


CHART = Chart(
    id="da-speed",
    board="da.",
    title=lambda board: f"Are good designs worth the wait? ({place(board)})",
    subtitle=lambda board: (
        f"Elo rating from blind votes over the mean time to a design, {words.when(board)}. "
        f"{len(_timed(board))} of {len(board.rows)} models have a time."
    ),
    alt=_alt,
    draw=_draw,
    notes=("Time is on a logarithmic scale; ratings do not start at zero.",),
    shows=lambda board: len(_timed(board)) > 1,
)
