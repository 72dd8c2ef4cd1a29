"""How kinds of work, and the most common tasks, have changed their share since tracking began."""

from generator.base import formats, palette
from generator.boards.board import AnyBoard, BoardRow, Entity, grouped
from generator.boards.task_trend import newest_leader
from generator.charts.chart import Chart, Control, Drawing, Option, Size
from generator.charts.kinds import phrases, theme, timelines

_EIGHT = ("deepseek", "xiaomi", "google", "z-ai", "tencent", "openai", "moonshotai", "minimax")
_HUES = tuple(palette.AUTHORS[name] for name in _EIGHT)
"""Told apart by the names at their ends; no author is meant."""
_KIND = timelines.Lines("shares", theme.PERCENT_TICK, height=340.0)


def _key(board: AnyBoard) -> str:
    return "tag" if board.rows[0].has("tag") else "macro_category"


def _series(board: AnyBoard) -> list[tuple[Entity, list[BoardRow]]]:
    """Return each entity's rows by day, the most common of the newest day first."""
    series = grouped(board.rows, lambda row: row.entity(_key(board)))
    return sorted(
        series.items(), key=lambda item: (-phrases.number(item[1][-1], "usage_share"), item[0].id)
    )


def _point(row: BoardRow) -> timelines.Point:
    usage, tokens = phrases.number(row, "usage_share"), phrases.number(row, "token_share")
    tip = {"Requests": formats.share(usage), "Tokens": formats.share(tokens)}
    return timelines.Point(phrases.day(row, "day"), usage, tip, other=tokens)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    lines = [
        timelines.Line(entity.id, entity.name, _HUES[n % len(_HUES)], list(map(_point, rows)))
        for n, (entity, rows) in enumerate(_series(board))
    ]
    top = timelines.scale_to(phrases.number(row, "token_share") for row in board.rows)
    renamed = "sampled requests", "sampled requests' tokens"
    tokens = Option("tokens", "Tokens", {"other": 1, "top": top}, renamed=renamed)
    shown = Control("stack", "Share of", (Option("", "Requests"), tokens))
    return timelines.drawing(_KIND, board, lines, size, more=[shown])


CHART = Chart(
    id="task-trend",
    board="task-trend.",
    subtitle=phrases.subtitle(
        "Share of classified, sampled requests of seven days up to each day, {when}. "
        "Neighboring points overlap by days, so lines move slowly."
    ),
    alt=lambda board: f"{newest_leader(board.rows, _key(board))} {board.finding}".strip(),
    draw=_draw,
    notes=(
        "Starts when tracking began: the source states the newest seven days and no earlier ones.",
    ),
)
