"""When the models on offer were added, by author."""

from collections import Counter
from datetime import date
from typing import Any

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards import releases
from generator.boards.board import AnyBoard, Entity, rows_of
from generator.boards.releases import ReleaseRow
from generator.charts.chart import Chart, Control, Drawing, Option, Rows, Size, Template
from generator.charts.kinds import bars, phrases, text_width
from generator.charts.kinds.grammar import alt, chart, end_labels, grid, spec, tick_labels

MOST = 9
_LABEL = 12
_OTHER = Entity("other", "All others")


def _counts(board: AnyBoard) -> dict[date, list[tuple[Entity, int]]]:
    """Return models by month and author, the authors of most models first and the rest as one."""
    totals: Counter[Entity] = Counter()
    for row in board.rows:
        totals[row.entity("author")] += int(phrases.number(row, "models"))
    first = sorted(totals, key=lambda author: (-totals[author], author.id))[:MOST]

    months: dict[date, Counter[Entity]] = {}
    for row in board.rows:
        author = row.entity("author")
        of_month = months.setdefault(phrases.day(row, "month"), Counter())
        of_month[author if author in first else _OTHER] += int(phrases.number(row, "models"))

    counts = {}
    for month in sorted(months):
        of_month = months[month]
        counts[month] = [(author, of_month[author]) for author in (*first, _OTHER)]
    return counts


def _sums(counts: dict[date, list[tuple[Entity, int]]]) -> dict[date, int]:
    """Return by month how many models all authors together added."""
    sums: Counter[date] = Counter()
    for month, parts in counts.items():
        for _, count in parts:
            sums[month] += count
    return sums


def _bars(counts: dict[date, list[tuple[Entity, int]]]) -> Rows:
    rows = []
    for month, parts in counts.items():
        low = 0
        for author, count in parts:
            if count:
                tip = {
                    "title": formats.sanitize(author.name),
                    "Month": _named(month),
                    "Models": f"{count:,}",
                }
                shown = {
                    "month": str(month),
                    "author": author.id,
                    "colour": bars.colour(author),
                    "tip": tip,
                }
                rows.append({**shown, "low": low, "high": low + count})
            low += count
    return rows


def _named(month: date) -> str:
    return releases.month_in_words(month)


def _ends(counts: dict[date, list[tuple[Entity, int]]], height: float, size: Size) -> Rows:
    """Return the authors, in the order in which they are stacked, from the bottom up; not tied to any one bar."""
    totals: Counter[Entity] = Counter()
    for parts in counts.values():
        totals.update(dict(parts))
    authors = [author for author in totals if totals[author]]

    rows = []
    for n, author in enumerate(authors):
        name = text_width.fit(formats.sanitize(author.name), _LABEL, size.of(84, 110, 150))
        place = height - 8 - 16.0 * n
        more = f"{totals[author]:,}" if size.wide else ""
        shift = round(text_width.width(name, _LABEL) + 8, 1)
        own = {
            "name": name,
            "more": more,
            "shift": shift,
            "colour": bars.colour(author),
            "author": author.id,
        }
        rows.append({**own, "from": place, "py": place})
    return rows


def _draw(board: AnyBoard, size: Size) -> Drawing:
    counts = _counts(board)
    height = size.of(250.0, 290.0, 320.0)
    ticks = text_width.ticks(max(_sums(counts).values()), 4)
    ends = _ends(counts, height, size)
    every = size.of(12, 6, 3)
    last = len(counts) - 1
    since = sorted(counts)[-12:]
    shorter = (Option("12m", "12 months", since=str(since[0])),) if len(counts) > 12 else ()
    names = {row["author"]: row["name"] for row in ends}
    return Drawing(
        template=_TEMPLATE,
        data={
            "rows": _bars(counts),
            "months": [
                {
                    "month": str(month),
                    "label": _named(month) if (last - n) % every == 0 else "",
                    "align": "center",
                }
                for n, month in enumerate(counts)
            ],
            "ticks": [{"v": value, "label": f"{value:g}"} for value in ticks],
            "ends": ends,
        },
        height=height,
        left=30,
        right=max(16 + end["shift"] + text_width.width(end["more"], _LABEL) for end in ends),
        top=4,
        bottom=22,
        controls=(
            *(
                (Control("range", "Period", (Option("", "All"), *shorter), "month"),)
                if shorter
                else ()
            ),
            Control(
                "focus",
                "Highlight",
                (Option("", "None"), *(Option(id_, name) for id_, name in names.items())),
                "author",
            ),
        ),
    )


def _spec() -> dict[str, Any]:
    month = alt.X(
        "month:O", axis=None, sort=None, scale=alt.Scale(paddingInner=0.2, paddingOuter=0.1)
    )
    scale = alt.Scale(nice=False, zero=True)

    def y(name: str) -> Any:
        return alt.Y(f"{name}:Q", axis=None, scale=scale)

    bars = chart("rows").mark_bar(stroke=LIGHT.paper, strokeWidth=0.8)
    labels = tick_labels("months", "x", month)
    return spec(
        grid("ticks", "y", y("v")),
        # The months come first: they decide the order of the bars, and a month without models keeps its place.
        labels,
        bars.encode(
            x=month,
            y=y("low"),
            y2=alt.Y2("high:Q"),
            fill=alt.Fill("colour:N", scale=None),
            tooltip=alt.Tooltip("tip:N"),
        ),
        tick_labels("ticks", "y", y("v")),
        *end_labels("ends"),
    )


_TEMPLATE = Template("month-bars", _spec)


CHART = Chart(
    id="mod-releases",
    board="releases",
    title="When were today's models added?",
    subtitle=lambda board: f"Today's models by month added, {phrases.when(board)}.",
    alt=lambda board: releases.most_added(rows_of(board, ReleaseRow)),
    draw=_draw,
    notes=(
        "Models that have left the catalog are not counted, so that older months look smaller than they were.",
        "The day is that of the catalog, not that on which an author released the model.",
    ),
)
