"""How many tokens each app uses per request: those with the most and those with the fewest."""

from statistics import median

from generator.base.palette import LIGHT
from generator.boards.apps import AppRow, per_request, request_sizes
from generator.boards.board import AnyBoard, rows_of
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import dots, phrases, ranked, theme

EACH = 10
_HEADS = ("Per request", "Tokens", "Requests")
_KIND = dots.Dots("requests", _HEADS, theme.TOKENS_TICK, scale="log")


def _counted(board: AnyBoard) -> list[AppRow]:
    """Return the apps with tokens and requests, those with the most tokens per request first."""
    rows = [row for row in rows_of(board, AppRow) if row.total_tokens and row.total_requests]
    return sorted(rows, key=lambda row: (-per_request(row), row.app.id))


def _row(row: AppRow, rank: str) -> dots.Row:
    tip = {
        "Tokens per request": phrases.count(per_request(row)),
        "Tokens": phrases.count(row.total_tokens),
        "Requests": phrases.count(row.total_requests),
    }
    item = ranked.item(row, "app", tip, rank=rank, look=("", LIGHT.accent))
    return dots.Row(item, list(tip.values()), [dots.Point(per_request(row))])


def _draw(board: AnyBoard, size: Size) -> Drawing:
    apps = ranked.tied(_counted(board), lambda row: phrases.count(per_request(row)))
    rows = [_row(row, rank) for row, rank in ranked.both_ends(apps, EACH)]
    middle = median(per_request(row) for row, _ in apps)
    line = dots.Line(middle, f"Median {phrases.count(middle)}")
    return dots.drawing(_KIND, rows, size, line=line)


def _subtitle(board: AnyBoard) -> str:
    count = len(_counted(board))
    which = f"{count} listed apps"
    if count > 2 * EACH:
        which = f"The {EACH} highest and the {EACH} lowest of {which}"
    return f"Average tokens per request, {phrases.when(board)}; log scale. {which}."


CHART = Chart(
    id="app-efficiency",
    board="apps.popular",
    title="Which apps send the longest requests?",
    subtitle=_subtitle,
    alt=lambda board: request_sizes(rows_of(board, AppRow)),
    draw=_draw,
    notes=("More tokens per request is not worse: agents and whole code bases need them.",),
    applies_to=lambda board: len(_counted(board)) > 1,
)
