"""In which months the models that are still on offer were added: a row of months for each author, on one scale."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from generator.base.palette import LIGHT
from generator.boards import releases, releases_by_month
from generator.boards.board import AnyBoard, Entity, rows_of
from generator.boards.releases import ReleaseRow
from generator.boards.releases_by_month import ALL
from generator.charts.chart import Chart, Drawing, Rows, Size, Template
from generator.charts.kinds import controls, phrases, ranked, text_width, theme
from generator.charts.kinds.theme import LABEL, placed, rows, text

MOST = 9
_HIGHEST, _LOWEST, _BETWEEN = 100.0, 14.0, 12.0
"""In pixels: the highest bar, the least height of a row's bars, and the room between two rows."""


def _bars(
    author: Entity, counts: Counter[date], months: Sequence[date], base: float
) -> Iterator[dict[str, Any]]:
    highest = max(counts.values())
    for month in months:
        models, peak = f"{counts[month]:,}", ""
        if author is ALL and counts[month] == highest:
            peak = models
        tip = {"Month": releases.month_in_words(month), "Models": models}
        yield {
            "month": str(month),
            "author": author.id,
            "models": counts[month],
            "base": base,
            "peak": peak,
            "tip": phrases.tip(author.name, tip),
        }


def _draw(board: AnyBoard, size: Size) -> Drawing:
    series = releases_by_month.by_author(rows_of(board, ReleaseRow), MOST)
    every = series[ALL]
    months, unit = releases_by_month.through(min(every), max(every)), _HIGHEST / max(every.values())
    room = size.of(200.0, 130.0, 180.0)
    longest = text_width.widest((author.name for author in series), LABEL)
    left, names, above, lift = min(room, longest + 4) + 10, 0, 0, 6.0
    if size.narrow:
        left, names, above = 12.0, 10, LABEL + 4
    shown: Rows = []
    named: Rows = []
    bottom = 0.0
    for author, counts in series.items():
        bars = max(_LOWEST, max(counts.values()) * unit)
        bottom = round(bottom + above + bars + _BETWEEN, 1)
        shown += _bars(author, counts, months, bottom)
        name = text_width.short(author.name, LABEL, room)
        if size.narrow:
            lift = bars + 8
        named.append({"author": author.id, "name": name, "base": bottom, "line": bottom - lift})
    return Drawing(
        template=Template("months-by-author", _spec),
        data={"rows": shown, "names": named},
        height=bottom,
        left=left,
        right=40,
        top=4,
        bottom=24,
        params={"unit": unit, "names": names - left},
        colors={author.id: ranked.color(author) for author in series},
        controls=controls.several(controls.newest("month", months, [(12, "12m", "12 months")])),
    )


def _spec() -> dict[str, Any]:
    month = theme.in_bands("month", theme.MONTH_TICK, paddingInner=0.2, paddingOuter=0.1)
    counted = theme.within(rows(), "month")
    base, roof = "datum.base", "datum.base - datum.models * unit"
    sums = counted.transform_aggregate(models="sum(models)", groupby=["author", "base"])
    sums = sums.transform_calculate(total="format(datum.models, ',')")
    whole = rows("names").mark_rule(stroke=LIGHT.line, strokeWidth=1)
    # Low bars can be pointed at, too; a month without models says nothing.
    over = counted.transform_filter("datum.models").mark_rect(opacity=0)
    reach = f"datum.base - max({_LOWEST}, datum.models * unit)"
    return theme.spec(
        placed(counted.mark_bar(), x=month, y=base, y2=roof, color=theme.color("author")),
        placed(whole, x="0", x2="width", y=base),
        text(counted, "peak", month, roof, align="center", baseline="bottom", dy=-3),
        text(rows("names"), "name", "names", "datum.line"),
        text(sums, "total", "width + 38", "datum.base - 6", align="right", fontWeight="bold"),
        placed(over, x=month, y=base, y2=reach, tooltip="datum.tip").properties(name=theme.HOVER),
        dated=True,
    )


CHART = Chart(
    id="mod-releases",
    board="releases",
    title="When were today's models added?",
    subtitle=lambda board: (
        f"Models still offered, by month added and author, {phrases.when(board)}; withdrawn models are not "
        "counted. All rows have one scale; at the right, their totals."
    ),
    alt=lambda board: releases.most_added(rows_of(board, ReleaseRow)),
    draw=_draw,
    notes=(
        "Models that have left the catalog are not counted, so that older months look smaller than they were.",
        "The day is that of the catalog, not that on which an author released the model.",
    ),
)
