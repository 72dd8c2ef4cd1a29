"""One small panel for each author, all on the same scale, so that it is seen who gains."""

import math
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from generator.base import formats
from generator.base.dates import human_day
from generator.base.palette import LIGHT
from generator.boards import authors_by_week
from generator.boards.board import AnyBoard, rows_of
from generator.boards.use_history import LED, AuthorUseWeekRow
from generator.charts.chart import Chart, Control, Drawing, Option, Param, Rows, Size, Template
from generator.charts.kinds import controls, phrases, strokes, text_width, theme, timelines
from generator.charts.kinds.theme import LABEL, alt, color, placed, rows, text

MOST = 12
_GAP, _HEAD, _BELOW = 18.0, 20.0, 12.0
"""Between two panels side by side, the height of a panel's name, and the room below a panel, in pixels."""
_DAY = "last - first > 180 * 864e5 ? '%b %Y' : '%-d %b'"


def _authors(board: AnyBoard) -> authors_by_week.Weeks:
    return authors_by_week.by_author(rows_of(board, AuthorUseWeekRow), MOST)


def _weeks(board: AnyBoard) -> list[date]:
    return sorted({row.week for row in rows_of(board, AuthorUseWeekRow)})


def _points(
    board: AnyBoard, weeks: Sequence[AuthorUseWeekRow], place: int
) -> Iterator[dict[str, Any]]:
    """Yield the weeks of the author in a panel as a line that breaks where weeks in between do not name it."""
    for row, run in strokes.in_runs(weeks, lambda row: row.week.toordinal(), 7):
        tokens = phrases.count_between(row.total_tokens, row.total_tokens_high)
        share = phrases.share_between(row.share, row.share_high)
        tip = {"Week to": human_day(row.week), "Tokens": tokens, "Share": share}
        yield {
            "series": row.author.id,
            "place": place,
            "week": str(row.week),
            "total_tokens": row.total_tokens,
            "share": round(row.share, 5),
            "run": f"{row.author.id} {run}",
            "state": timelines.state(board, row.week),
            "tip": phrases.tip(row.author.name, tip),
        }


def _panel(last: AuthorUseWeekRow, place: int, newest: date, wide: float) -> dict[str, Any]:
    """Return the name in an author's panel, and its values of the newest week, if its last week is that one."""
    share = tokens = ""
    if last.week == newest:
        share = phrases.share_or_more(last.share, last.share_high)
        tokens = phrases.count_or_more(last.total_tokens, last.total_tokens_high)
    room = wide - text_width.widest((share, tokens), LABEL) - 8
    name = text_width.fit(last.author.name, LABEL, room, bold=True)
    words = {"name": name, "share": share, "tokens": tokens}
    return {"series": last.author.id, "place": place, **words}


def _draw(board: AnyBoard, size: Size) -> Drawing:
    authors, dates = _authors(board), _weeks(board)
    columns, left, deep = size.of((2, 38.0, 62.0), (2, 40.0, 70.0), (3, 44.0, 76.0))
    wide = (size.room - left - _GAP * (columns - 1)) / columns
    drawn: Rows = []
    panels: Rows = []
    for place, weeks in enumerate(authors.values()):
        drawn += strokes.joined(_points(board, weeks, place))
        panels.append(_panel(weeks[-1], place, dates[-1], wide))

    tokens_scale = {"stack": "abs", **_scale(drawn, "total_tokens")}
    amounts = Option("abs", "Tokens", tokens_scale, _subtitle(board, "Tokens per week"))
    return Drawing(
        template=Template("author-panels", _spec),
        data={"rows": drawn, "panels": panels},
        height=math.ceil(len(authors) / columns) * (_HEAD + deep + _BELOW) - _BELOW,
        left=left,
        bottom=22,
        params={
            "authors": len(authors),
            "columns": columns,
            "wide": wide,
            "deep": deep,
            "first": timelines.moment(dates[0]),
            "last": timelines.moment(dates[-1]),
            "stack": "share",
            **_scale(drawn, "share"),
        },
        colors=controls.colors(authors),
        controls=(Control("stack", "Values", (Option("", "Share"), amounts)),),
    )


def _scale(drawn: Rows, field: str) -> dict[str, Param]:
    """Return the parameters of a scale from zero: its end, and round numbers up to there."""
    top = max(row[field] for row in drawn) or 1.0
    return {"top": top, "ticks": [tick for tick in text_width.ticks(top, 3) if tick <= top]}


def _in_panels(data: str = "rows") -> Any:
    """Return a chart of rows with the upper left corner of their author's panel."""
    return rows(data).transform_calculate(
        px=f"datum.place % columns * (wide + {_GAP})",
        py=f"{_HEAD} + floor(datum.place / columns) * ({_HEAD + _BELOW} + deep)",
    )


def _spec() -> dict[str, Any]:
    along = "datum.px + wide * (toNumber(toDate(datum.week)) - first) / (last - first || 1)"
    up = "datum.py + deep * (1 - (stack == 'share' ? datum.share : datum.total_tokens) / top)"
    weeks = placed(_in_panels(), x=along, y=up)
    lines = placed(weeks, color=color("series"))
    # Above weeks that may still be restated there is a dashed line only.
    settled = weeks.transform_filter("datum.state == 'settled'").mark_area()
    area = {"y2": "datum.py + deep", "fill": color("series", "fill"), "detail": alt.Detail("run:N")}
    rules, *words = _frame()
    return theme.spec(
        rules,
        placed(settled, **area),
        strokes.line(lines, "series"),
        strokes.lone(lines),
        strokes.hover_areas(weeks.transform_filter("!datum.joint")),
        *words,
    )


def _frame() -> list[Any]:
    """Return the grid of all panels, the labels of its lines, names, newest values, and the first and last day."""
    panels = _in_panels("panels").transform_calculate(
        newest="stack == 'share' ? datum.share : datum.tokens",
        start=f"utcFormat(first, {_DAY})",
        end=f"utcFormat(last, {_DAY})",
    )
    lowest = panels.transform_filter("datum.place + columns >= authors")
    level = "datum.py + deep * (1 - datum.tick / top)"
    above, below = "datum.py - 11", "datum.py + deep + 14"
    grid = panels.transform_calculate(tick="ticks").transform_flatten(["tick"])
    label = f"stack == 'share' ? {theme.PERCENT_TICK} : ({theme.TOKENS_TICK})"
    ticks = grid.transform_filter("datum.place % columns == 0").transform_calculate(
        label=label.replace("datum.value", "datum.tick")
    )
    soft: dict[str, Any] = {"soft": True, "align": "right"}
    rules = grid.mark_rule(stroke=LIGHT.line)
    return [
        placed(rules, x="datum.px", x2="datum.px + wide", y=level),
        text(ticks, "label", "datum.px - 6", level, **soft),
        text(panels, "name", "datum.px", above, fontWeight="bold"),
        text(panels, "newest", "datum.px + wide", above, **soft),
        text(lowest, "start", "datum.px", below, soft=True),
        text(lowest, "end", "datum.px + wide", below, **soft),
    ]


def _subtitle(board: AnyBoard, what: str) -> str:
    authors = formats.counted(len(_authors(board)), "author")
    return (
        f"{what}, {phrases.when(board)}, all on one scale: {authors} among the first {LED} of any week, by the newest "
        "week, whose value is in gray."
    )


def _alt(board: AnyBoard) -> str:
    weeks = _weeks(board)
    first, newest = weeks[0], weeks[-1]
    both = f"in {phrases.week_to(board, first)} and in {phrases.week_to(board, newest)}"
    return (
        f"{authors_by_week.changes(_authors(board), first, newest, both)} {board.finding}".strip()
    )


CHART = Chart(
    id="tok-author-panels",
    board="use-history.authors",
    title="Which authors gain and lose use?",
    subtitle=lambda board: _subtitle(board, "Share of all tokens per week"),
    alt=_alt,
    draw=_draw,
    notes=(
        "Where a line breaks, the author had no model in the daily top 50 of a week.",
        "A dashed line may still be restated.",
    ),
    applies_to=lambda board: bool(_authors(board)),
)
