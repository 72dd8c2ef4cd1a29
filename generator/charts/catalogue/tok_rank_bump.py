"""How the ranks of the newest week's leading models, and of those before them, came about."""

from datetime import date
from typing import Any

from generator.base.dates import human_day
from generator.base.palette import LIGHT
from generator.boards import weekly_rank_leaders
from generator.boards.board import AnyBoard, Entity, grouped, rows_of
from generator.boards.names import name_in_color
from generator.boards.weekly_ranks import LED, RankRow
from generator.charts.chart import Chart, Drawing, Rows, Size, Template
from generator.charts.kinds import controls, phrases, strokes, text_width, theme
from generator.charts.kinds.theme import LABEL, alt, color, placed, text

_LOWEST = 20
_COLORED = 10
_RANGES = ((4, "4w", "4 weeks"), (8, "8w", "8 weeks"))


def _by_week(board: AnyBoard) -> list[RankRow]:
    return sorted(rows_of(board, RankRow), key=lambda row: row.week)


def _newest(board: AnyBoard) -> list[RankRow]:
    return weekly_rank_leaders.newest(rows_of(board, RankRow))


def _rows(board: AnyBoard, weeks: list[date], size: Size) -> Rows:
    """Return a point for each week and model, and for each unbroken run of weeks a line of its own."""
    past, states = _past(board, weeks, size), strokes.states(_colors(board))
    shown: Rows = []
    for model, rows in grouped(_by_week(board), lambda row: row.model_permaslug).items():
        name = text_width.short(name_in_color(model), LABEL, size.of(130, 160, 200))
        for row, run in strokes.in_runs(rows, lambda row: weeks.index(row.week)):
            tip = {"title": model.name, "Week to": human_day(row.week), "Rank": phrases.ranks(row)}
            point = {
                "week": str(row.week),
                "series": model.id,
                "rank": row.rank,
                "name": name,
                "past": past.get((model.id, row.week), ""),
                "run": f"{model.id} {run}",
                "state": states[model.id],
                "tip": tip,
            }
            shown.append(point)
    return sorted(shown, key=lambda point: str(point["week"]))


def _past(board: AnyBoard, weeks: list[date], size: Size) -> dict[tuple[str, date], str]:
    """Return the names of models that once led and have no line in the newest week, where there is room for them.

    Each stands above the newest of its places in front, by its id and week. Who led a week is always named.
    """
    in_front = [row for row in _by_week(board) if row.rank <= LED]
    led = grouped(in_front, lambda row: row.model_permaslug)
    for row in _newest(board):
        if row.rank <= _LOWEST:
            led.pop(row.model_permaslug, None)

    def importance(model: Entity) -> tuple[int, str]:
        return min(row.rank for row in led[model]), model.id

    apart = size.of(7, 3, 2)
    names: dict[tuple[str, date], str] = {}
    taken: dict[int, list[int]] = {}
    for model in sorted(led, key=importance):
        newest = led[model][-1]
        place, level = weeks.index(newest.week), taken.setdefault(newest.rank, [])
        is_free = all(abs(place - other) > apart for other in level)
        if is_free or importance(model)[0] == 1:
            level.append(place)
            name = text_width.short(name_in_color(model), LABEL, size.of(80, 110, 110))
            names[model.id, newest.week] = name
    return names


def _colors(board: AnyBoard) -> dict[str, str]:
    """Return the colors of the newest week's first ten, and of whoever was in front of any week; others are gray."""
    newest, rows = _newest(board), rows_of(board, RankRow)
    leading = [*newest[:_COLORED], *(row for row in rows if row.rank <= LED)]
    colored = {row.model_permaslug for row in leading}
    every = [row.model_permaslug for row in (*newest, *rows)]
    gray = {model.id: LIGHT.other for model in every}
    return {**gray, **controls.colors(model for model in every if model in colored)}


def _draw(board: AnyBoard, size: Size) -> Drawing:
    weeks = sorted({row.week for row in rows_of(board, RankRow)})
    rows, newest = _rows(board, weeks, size), str(weeks[-1])
    ends = (row["name"] for row in rows if row["week"] == newest and row["rank"] <= _LOWEST)
    return Drawing(
        template=Template("rank-bump", _spec),
        data={"rows": rows},
        height=22.0 * _LOWEST,
        left=24,
        right=30 + text_width.widest(ends, LABEL),
        top=12,
        bottom=24,
        colors=_colors(board),
        controls=controls.several(
            controls.newest("week", weeks, _RANGES, 7),
            controls.focus("series", [row.model_permaslug for row in _newest(board)]),
        ),
    )


def _spec() -> dict[str, Any]:
    week = theme.in_bands("week", theme.WEEK_TICK, type="point", padding=0.3)
    rank = alt.Y(
        "rank:Q",
        axis=alt.Axis(values=[1, 5, 10, 15, 20]),
        scale=alt.Scale(domain=[0.5, _LOWEST + 0.5], reverse=True, nice=False),
    )
    focused = theme.in_focus("series")
    shown = theme.within(theme.rows(), "week").encode(x=week, y=rank)
    newest = shown.transform_joinaggregate(newest="max(week)").transform_joinaggregate(
        last="max(week)", groupby=["series"]
    )
    ends = newest.transform_filter(f"datum.week == datum.newest && datum.rank <= {_LOWEST}")
    gone = newest.transform_filter("datum.past && datum.last < datum.newest")
    lines = placed(shown, color=color("series"), opacity=focused)
    points = shown.mark_point(clip=True, size=46, stroke=LIGHT.paper, strokeWidth=1)
    places = ends.transform_calculate(place="'' + datum.rank")
    # Centered, a name of the first weeks would run out of the picture.
    side = alt.ExprRef("indexof(domain('x'), datum.week) < 3 ? 'left' : 'center'")
    name = text(ends, "name", "width + 28", rank)
    return theme.spec(
        strokes.line(lines, "series", strokeWidth=2.2, clip=True, strokeCap="round"),
        placed(points, fill=color("series"), opacity=focused, tooltip="datum.tip"),
        text(places, "place", "width + 20", rank, soft=True, align="right"),
        *theme.haloed(gone, "past", week, rank, align=side, baseline="bottom", dy=-7),
        placed(name, opacity=theme.in_focus("series", theme.FADED_LABEL)),
        dated=True,
    )


def _alt(board: AnyBoard) -> str:
    newest = _newest(board)
    week = f"in {phrases.week_to(board, newest[0].week)}"
    leads = weekly_rank_leaders.finding(newest, week, phrases.ranks(newest[0]))
    return f"{leads} {board.finding}".strip()


CHART = Chart(
    id="tok-rank-bump",
    board="models-ranks",
    title="How rankings have changed",
    subtitle=phrases.subtitle(
        "Weekly rank by tokens, {when}. A line breaks where a model was outside the top 50."
    ),
    alt=_alt,
    draw=_draw,
    notes=(
        f"The newest week's first {_COLORED} and the top {LED} of every week have their author's color, the rest are gray.",
        "A dashed line has the color of another model by the same author.",
        f"Lines leave the chart below rank {_LOWEST}.",
    ),
)
