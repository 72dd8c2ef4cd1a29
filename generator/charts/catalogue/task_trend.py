"""How kinds of work, and the most common tasks, have changed their share since tracking began."""

from generator.base import formats, palette
from generator.boards.board import AnyBoard, BoardRow, Entity
from generator.boards.task_trend import newest_leader
from generator.charts.chart import Chart, Control, Drawing, Option, Size
from generator.charts.kinds import phrases, timelines
from generator.charts.kinds.theme import PERCENT_TICK

_EIGHT = ("deepseek", "xiaomi", "google", "z-ai", "mistralai", "openai", "moonshotai", "stealth")
_HUES = tuple(palette.AUTHORS[name] for name in _EIGHT)
"""Told apart by the names at their ends; no author is meant."""
_KIND = timelines.Lines("shares", PERCENT_TICK)
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


def _lines(board: AnyBoard) -> list[timelines.Line]:
    lines = []
    for n, (entity, rows) in enumerate(_series(board)):
        name = formats.sanitize(entity.name)
        newest = formats.share(phrases.number(rows[-1], _REQUESTS))
        points = [_point(row) for row in rows]
        lines.append(timelines.Line(entity.id, name, newest, _HUES[n % len(_HUES)], points))
    return lines


def _point(row: BoardRow) -> timelines.Point:
    usage, tokens = phrases.number(row, _REQUESTS), phrases.number(row, _TOKENS)
    tip = phrases.tip(("Requests", formats.share(usage)), ("Tokens", formats.share(tokens)))
    return timelines.Point(phrases.day(row, "day"), usage, tip, other=tokens)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    top = timelines.scale_to([phrases.number(row, _TOKENS) for row in board.rows])
    tokens = Option(
        "tokens",
        "Tokens",
        {"other": 1, "top": top},
        renamed=("sampled requests", "sampled requests' tokens"),
    )
    shown = Control("stack", "Share of", (Option("", "Requests"), tokens))
    return timelines.drawing(_KIND, _lines(board), size, height=340.0, more=[shown])


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
