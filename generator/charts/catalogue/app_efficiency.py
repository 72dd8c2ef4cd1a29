"""How many tokens each app uses per request: those with the most and those with the fewest."""

from dataclasses import replace
from statistics import median

from generator.base.palette import LIGHT
from generator.boards.apps import AppRow, per_request, request_sizes
from generator.boards.board import AnyBoard, rows_of
from generator.boards.rank_stability import tied_rank_ranges
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import dots, phrases, ranked
from generator.charts.kinds.theme import TOKENS_TICK

EACH = 10
_KIND = dots.Dots("requests", TOKENS_TICK, log=True)


def _counted(board: AnyBoard) -> list[AppRow]:
    """Return the apps with tokens and requests, those with the most tokens per request first."""
    rows = [
        row for row in rows_of(board, AppRow) if row.total_tokens > 0 and row.total_requests > 0
    ]
    return sorted(rows, key=lambda row: (-per_request(row), row.app.id))


def _row(row: AppRow, rank: str) -> dots.Row:
    each = per_request(row)
    item = ranked.item(
        row,
        "app",
        ("Tokens per request", phrases.count(each)),
        ("Tokens", phrases.count(row.total_tokens)),
        ("Requests", phrases.count(row.total_requests)),
        rank=rank,
        total_tokens=row.total_tokens,
        total_requests=row.total_requests,
    )
    cells = [phrases.count(count) for count in (each, row.total_tokens, row.total_requests)]
    return dots.Row(replace(item, colour=LIGHT.accent), cells, [dots.Point(each)])


def _draw(board: AnyBoard, size: Size) -> Drawing:
    apps = _counted(board)
    ranks = tied_rank_ranges([phrases.count(per_request(row)) for row in apps])
    rows = [_row(row, rank.words) for row, rank in zip(apps, ranks, strict=True)]
    if len(rows) > 2 * EACH:
        rows = [*rows[:EACH], *rows[-EACH:]]
    values = [per_request(row) for row in apps]
    middle = dots.Line(median(values), f"Median {phrases.count(median(values))}")
    heads = ("Per request", "Tokens", "Requests")
    ends = dots.around(values, log=True)
    return dots.drawing(_KIND, rows, size, heads=heads, ends=ends, line=middle)


def _subtitle(board: AnyBoard) -> str:
    count = len(_counted(board))
    shown = f"The {EACH} highest and the {EACH} lowest of {count} listed apps"
    which = shown if count > 2 * EACH else f"{count} listed apps"
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
