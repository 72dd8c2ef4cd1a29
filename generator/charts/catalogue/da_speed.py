"""Design Arena: rating over the mean time to a design."""

from generator.base import formats
from generator.boards.board import AnyBoard, BoardRow
from generator.boards.names import short_name
from generator.charts.catalogue.da_elo import place
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases, scatter, text_width

_KEY = "model_permaslug"


def _timed(board: AnyBoard) -> list[BoardRow]:
    return [row for row in board.rows if (row.number("seconds") or 0) > 0]


def _spot(row: BoardRow) -> scatter.Spot:
    entity, elo, seconds = (
        row.entity(_KEY),
        phrases.number(row, "elo"),
        phrases.number(row, "seconds"),
    )
    return scatter.Spot(
        name=short_name(entity, cut_slugs=True),
        x=seconds,
        y=elo,
        colour=bars.colour(entity),
        weight=elo,
        tip=phrases.tip(("Elo", formats.number(elo)), ("Seconds", formats.number(seconds))),
        fields={_KEY: entity.id, "elo": elo, "seconds": seconds},
    )


def _draw(board: AnyBoard, size: Size) -> Drawing:
    spots = [_spot(row) for row in _timed(board)]
    low, high = min(spot.x for spot in spots) / 1.25, max(spot.x for spot in spots) * 1.25
    ticks = [
        (seconds, f"{seconds:g} s")
        for seconds in text_width.decades(low, high, (1, 3) if size.narrow else (1, 2, 5))
    ]
    along = scatter.Axis(low, high, ticks, "mean time to a design →", log=True)
    return scatter.drawing(
        spots, along, scatter.linear([spot.y for spot in spots], 50, "↑ Elo"), size
    )


def _alt(board: AnyBoard) -> str:
    rows = _timed(board)
    best = max(rows, key=lambda row: (phrases.number(row, "elo"), row.entity(_KEY).id))
    fast = min(rows, key=lambda row: (phrases.number(row, "seconds"), row.entity(_KEY).id))
    lead = (
        f"{formats.sanitize(best.entity(_KEY).name)} leads with an Elo of {phrases.number(best, 'elo'):,.0f} "
        f"and takes {formats.number(phrases.number(best, 'seconds'))} seconds"
    )
    if fast is best:
        return f"{lead}, the least of all."
    seconds = formats.number(phrases.number(fast, "seconds"))
    return f"{lead}; {formats.sanitize(fast.entity(_KEY).name)} is fastest with {seconds}."


CHART = Chart(
    id="da-speed",
    board="da.",
    title=lambda board: f"Are good designs worth the wait? ({place(board)})",
    subtitle=lambda board: (
        f"Elo rating from blind votes over the mean time to a design, {phrases.when(board)}. "
        f"{len(_timed(board))} of {len(board.rows)} models have a time."
    ),
    alt=_alt,
    draw=_draw,
    notes=("Time is on a logarithmic scale; ratings do not start at zero.",),
    applies_to=lambda board: len(_timed(board)) > 1,
)
