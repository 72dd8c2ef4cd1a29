"""What a given score cost at least, since tracking began."""

from generator.base import formats, palette
from generator.base.dates import Window, human_day
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, BoardRow, grouped, rows_of
from generator.boards.frontier_history import CheapestBoard, CheapestRow
from generator.charts.chart import Chart
from generator.charts.kinds import blend, events, phrases, timelines

_KIND = timelines.PriceLines("prices", steps=True, events=events.ALL)
_SHADES = palette.tones("xiaomi")
"""From the lowest level to the highest; no author is meant."""


def _lines(board: AnyBoard) -> list[timelines.Line]:
    usual = grouped(rows_of(board, CheapestRow), lambda row: row.level)
    candidates = board.at_some_ratio if isinstance(board, CheapestBoard) else board.rows
    levels = sorted(usual)
    shades = _SHADES if len(levels) <= len(_SHADES) else [LIGHT.soft] * len(levels)
    lines = []
    for level, color in zip(levels, shades[-len(levels) :], strict=True):
        points = [_point(row) for row in candidates if row.number("level") == level]
        newest = formats.per_million(usual[level][-1].blended)
        lines.append(timelines.Line(str(level), f"Index {level} or more", color, points, newest))
    return lines


def _point(row: BoardRow) -> timelines.Point:
    model = row.entity("model_permaslug")
    tip = {"At least": phrases.price(str(row["blended"])), "With": model.name}
    fields = {"model_permaslug": model.id, "level": row["level"], **blend.prices(row)}
    price, era = phrases.fixed(row, "blended"), int(phrases.number(row, "era"))
    return timelines.Point(phrases.day(row, "day"), price, tip, era, fields=fields)


def _subtitle(board: AnyBoard) -> str:
    rows = rows_of(board, CheapestRow)
    sentence = (
        f"The lowest blended price ({blend.WORDS}) of a model whose Artificial Analysis "
        f"Intelligence Index reaches a level, {Window(rows[0].day, rows[-1].day).human()}."
    )
    _, *rebased = sorted(days[0].day for days in grouped(rows, lambda row: row.era).values())
    listed = formats.list_in_words([human_day(day) for day in rebased])
    if not listed:
        return sentence
    return f"{sentence} Lines break on {listed}: the index was re-based by then."


CHART = Chart(
    id="fr-cheapest",
    board="frontier-cheapest",
    title="How cheap is each score level?",
    subtitle=_subtitle,
    draw=lambda board, size: timelines.drawing(_KIND, board, _lines(board), size),
    notes=(
        "Prices are on a logarithmic scale.",
        "Lines break where the index was re-based: levels are not comparable across a break.",
    ),
)
