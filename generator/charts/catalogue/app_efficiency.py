"""How many tokens each app uses per request."""

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards.apps import AppRow, request_sizes
from generator.boards.board import AnyBoard, BoardRow, rows_of
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import app_bars, phrases, scatter, text_width

_LINES = (1_000, 10_000, 100_000)


def _counted(board: AnyBoard) -> list[BoardRow]:
    return [
        row
        for row in board.rows
        if phrases.number(row, "total_tokens") > 0 and phrases.number(row, "total_requests") > 0
    ]


def _each(row: BoardRow) -> float:
    return phrases.number(row, "total_tokens") / phrases.number(row, "total_requests")


def _spot(row: BoardRow) -> scatter.Spot:
    entity, tokens, requests = (
        row.entity("app"),
        phrases.number(row, "total_tokens"),
        phrases.number(row, "total_requests"),
    )
    tip = phrases.tip(
        ("Tokens", phrases.count(tokens)),
        ("Requests", phrases.count(requests)),
        ("Tokens per request", phrases.count(_each(row))),
    )
    fields = {"app_id": entity.id, "total_tokens": tokens, "total_requests": requests}
    return scatter.Spot(
        formats.sanitize(entity.name),
        requests,
        tokens,
        LIGHT.accent,
        tokens,
        tip=tip,
        fields=fields,
    )


def _axis(values: list[float], title: str) -> scatter.Axis:
    low, high = min(values) / 1.6, max(values) * 1.6
    return scatter.Axis(
        low,
        high,
        [(tokens, phrases.tokens_tick(tokens)) for tokens in text_width.decades(low, high)],
        title,
        log=True,
    )


def _lines(along: scatter.Axis, up: scatter.Axis) -> list[dict[str, float | str]]:
    """Return the ends of the lines of equal tokens per request, cut to the plot."""
    points: list[dict[str, float | str]] = []
    for each in _LINES:
        ends = [max(along.low, up.low / each), min(along.high, up.high / each)]
        if ends[0] < ends[1]:
            points += [{"x": x, "y": x * each, "run": str(each)} for x in ends]
    return points


def _draw(board: AnyBoard, size: Size) -> Drawing:
    spots = [_spot(row) for row in _counted(board)]
    along, up = (
        _axis([spot.x for spot in spots], "requests →"),
        _axis([spot.y for spot in spots], "↑ tokens"),
    )
    return scatter.drawing(spots, along, up, size, older=_lines(along, up), straight=True)


CHART = Chart(
    id="app-efficiency",
    board="apps.popular",
    title="Tokens per request by app",
    subtitle=lambda board: (
        f"Tokens vs requests of the {len(_counted(board))} listed apps, {phrases.when(board)}"
        f"{app_bars.where(board)}. "
        "Diagonal lines: 1,000, 10,000 and 100,000 tokens per request."
    ),
    alt=lambda board: request_sizes(rows_of(board, AppRow)),
    draw=_draw,
    notes=(
        "Both scales are logarithmic.",
        "More tokens per request is not worse: agents and whole code bases need them.",
    ),
    applies_to=lambda board: len(_counted(board)) > 1,
)
