"""How kinds of work, and the most common tasks, have changed their share since tracking began."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from generator.base import formats, palette
from generator.boards.board import AnyBoard, BoardRow, Entity
from generator.boards.task_trend import newest_leader
from generator.charts.chart import Chart, Control, Drawing, Option, Size
from generator.charts.kinds import phrases, text_width, timelines
from generator.charts.kinds.scatter import Axis

_EIGHT = ("deepseek", "xiaomi", "google", "z-ai", "mistralai", "openai", "moonshotai", "stealth")
_HUES = tuple(palette.AUTHORS[name] for name in _EIGHT)
"""Told apart by the names at their ends; no author is meant."""
_REQUESTS, _TOKENS = "usage_share", "token_share"


def _key(board: AnyBoard) -> str:
    return "tag" if any(column.key == "tag" for column in board.columns) else "macro_category"


def _series(board: AnyBoard) -> list[tuple[Entity, list[BoardRow]]]:
    """Return each entity's rows by day, the most common of the newest day first."""
    by_entity: dict[str, list[BoardRow]] = {}
    for row in board.rows:
        by_entity.setdefault(row.entity(_key(board)).id, []).append(row)

    def order(series: tuple[Entity, list[BoardRow]]) -> tuple[float, str]:
        entity, rows = series
        return -phrases.number(rows[-1], _REQUESTS), entity.id

    return sorted(((rows[-1].entity(_key(board)), rows) for rows in by_entity.values()), key=order)


def _lines(board: AnyBoard, share: str) -> list[timelines.Line]:
    lines = []
    for n, (entity, rows) in enumerate(_series(board)):
        name = formats.sanitize(entity.name)
        newest = formats.share(phrases.number(rows[-1], share))
        points = [_point(row, share) for row in rows]
        lines.append(timelines.Line(entity.id, name, newest, _HUES[n % len(_HUES)], points))
    return lines


def _point(row: BoardRow, share: str) -> timelines.Point:
    usage, tokens = phrases.number(row, _REQUESTS), phrases.number(row, _TOKENS)
    tip = phrases.tip(("Requests", formats.share(usage)), ("Tokens", formats.share(tokens)))
    fields = {_REQUESTS: usage, _TOKENS: tokens}
    return timelines.Point(phrases.day(row, "day"), phrases.number(row, share), tip, fields=fields)


def _axis(lines: Sequence[timelines.Line]) -> Axis:
    points = chain.from_iterable(line.points for line in lines)
    ticks = text_width.ticks(max(point.value for point in points), 4)
    return Axis(0.0, ticks[-1], [(share, phrases.percent_tick(share)) for share in ticks], "")


def _draw(board: AnyBoard, size: Size) -> Drawing:
    lines, others = _lines(board, _REQUESTS), _lines(board, _TOKENS)
    drawn = timelines.drawing(lines, _axis(lines), size, height=340.0)
    other = timelines.drawing(others, _axis(others), size, height=340.0)
    tokens = Option(
        "tokens",
        "Tokens",
        data={"ticks": other.data["ticks"], "ends": other.data["ends"]},
        fields={"y": _TOKENS},
        params={"top": float(other.params["top"])},
    )
    shown = Control("stack", "Share of", (Option("", "Requests"), tokens))
    return replace(drawn, right=max(drawn.right, other.right), controls=(shown, *drawn.controls))


def _alt(board: AnyBoard) -> str:
    lead = newest_leader(board.rows, _key(board))
    return f"{lead} {board.finding}" if board.finding else lead


CHART = Chart(
    id="task-trend",
    board="task-trend.",
    title=lambda board: board.title,
    subtitle=lambda board: (
        f"Share of classified, sampled requests of seven days up to each day, {phrases.when(board)}. "
        "Neighbouring points overlap by days, so lines move slowly."
    ),
    alt=_alt,
    draw=_draw,
    notes=(
        "Starts when tracking began: the source states the newest seven days and no earlier ones.",
    ),
)
