"""What a given score cost at least, since tracking began."""

from datetime import date

from generator.base import formats, palette
from generator.base.dates import Window
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, BoardRow
from generator.boards.frontier_history import CheapestBoard
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import blend, events, phrases, timelines
from generator.charts.kinds.theme import DOLLARS_TICK

_KIND = timelines.Lines(
    "prices", DOLLARS_TICK, "US dollars per million tokens", log=True, steps=True, blend=True
)
_SHADES = palette.tones("xiaomi")
"""From the lowest level to the highest; no author is meant."""


def _lines(board: AnyBoard) -> list[timelines.Line]:
    levels = sorted({int(phrases.number(row, "level")) for row in board.rows})
    candidates = board.at_some_ratio if isinstance(board, CheapestBoard) else board.rows
    lines = []
    for at_, level in enumerate(levels):
        rows = [row for row in candidates if row.number("level") == level]
        usual = [row for row in board.rows if row.number("level") == level]
        newest = formats.per_million(str(usual[-1]["blended"]))
        colour = (
            _SHADES[max(0, len(_SHADES) - len(levels)) + at_]
            if len(levels) <= len(_SHADES)
            else LIGHT.soft
        )
        lines.append(
            timelines.Line(
                str(level), f"Index {level} or more", newest, colour, [_point(row) for row in rows]
            )
        )
    return lines


def _point(row: BoardRow) -> timelines.Point:
    model = row.entity("model_permaslug")
    tip = phrases.tip(
        ("At least", f"{formats.per_million(str(row['blended']))} per million"),
        ("With", formats.sanitize(model.name)),
    )
    fields = {"model_permaslug": model.id, "level": row["level"], **blend.prices(row)}
    return timelines.Point(
        phrases.day(row, "day"),
        phrases.fixed(row, "blended"),
        tip,
        int(phrases.number(row, "era")),
        fields=fields,
    )


def _subtitle(board: AnyBoard) -> str:
    first, last = phrases.day(board.rows[0], "day"), phrases.day(board.rows[-1], "day")
    said = (
        f"The lowest blended price ({blend.WORDS}) of a model whose Artificial Analysis "
        f"Intelligence Index reaches a level, {Window(first, last).human()}."
    )
    days = _rebased_on(board)
    if days:
        listed = formats.list_in_words([phrases.dated(day) for day in days])
        said += f" Lines break on {listed}: the index was re-based by then."
    return said


def _rebased_on(board: AnyBoard) -> list[date]:
    """Return the first day of each era but the first."""
    first_days: dict[object, date] = {}
    for row in board.rows:
        first_days.setdefault(row["era"], phrases.day(row, "day"))
    return sorted(first_days.values())[1:]


def _draw(board: AnyBoard, size: Size) -> Drawing:
    return timelines.drawing(
        _KIND,
        _lines(board),
        size,
        marks=board.marks,
        told=events.ALL,
        more=[blend.control()],
    )


CHART = Chart(
    id="fr-cheapest",
    board="frontier-cheapest",
    title="How cheap is each score level?",
    subtitle=_subtitle,
    alt=lambda board: board.finding,
    draw=_draw,
    notes=(
        "Prices are on a logarithmic scale.",
        "Lines break where the index was re-based: levels are not comparable across a break.",
    ),
)
