"""Used, tested, liked: three orders of the same models, for coding."""

from collections.abc import Iterator
from typing import Any

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, grouped, rows_of
from generator.boards.names import name_in_color
from generator.boards.use_test_taste import AgreementRow, disagreement
from generator.charts.chart import Chart, Drawing, Size, Template
from generator.charts.kinds import controls, phrases, strokes, text_width, theme
from generator.charts.kinds.theme import LABEL, alt, color, placed, rows, text

MOST = 12
_KEY = "model_permaslug"
_HEADS = ("Usage", "Benchmark", "Votes")
_LONG_HEADS = ("Usage: share of requests", "Benchmark: coding index", "Votes: Elo")
_TIED_APART = 0.5


def _tip(row: AgreementRow) -> dict[str, str]:
    return {
        "title": row.model_permaslug.name,
        "Usage": f"{row.use_rank}, {formats.share(row.use)} of coding requests",
        "Benchmark": f"{row.test_rank}, coding index {formats.number(row.test)}",
        "Votes": f"{row.taste_rank}, Elo {formats.number(row.taste)}",
    }


def _rows(models: tuple[AgreementRow, ...], order: str, room: int) -> Iterator[dict[str, Any]]:
    """Yield a point for each model in an order, with its name where there is room for one.

    Those of one rank stand just below each other.
    """
    tied = grouped(models, lambda row: phrases.number(row, f"{order}_rank"))
    for rank, level in tied.items():
        for nth, row in enumerate(level):
            name = text_width.short(name_in_color(row.model_permaslug), LABEL, room)
            yield {
                _KEY: row.model_permaslug.id,
                "order": order,
                "rank": rank,
                "place": rank + _TIED_APART * (nth - (len(level) - 1) / 2),
                "name": name if room else "",
                "tip": _tip(row),
            }


def _draw(board: AnyBoard, size: Size) -> Drawing:
    listed = rows_of(board, AgreementRow)[:MOST]
    left = list(_rows(listed, "use", size.of(125, 150, 200)))
    # Narrow, the names stand at one side only: cut in half twice they would tell nothing apart.
    right = list(_rows(listed, "taste", size.of(0, 150, 200)))
    shown = [*left, *_rows(listed, "test", 0), *right]
    models = [row.model_permaslug for row in listed]
    colors = controls.colors(models)
    states = strokes.states(colors)
    lowest = max(row["place"] for row in shown) + 0.5
    return Drawing(
        template=Template("three-orders", _spec),
        data={"rows": [{**row, "state": states[row[_KEY]]} for row in shown]},
        height=30.0 * lowest,
        left=34 + text_width.widest((row["name"] for row in left), LABEL),
        right=34 + text_width.widest((row["name"] for row in right), LABEL),
        top=20,
        bottom=6,
        params={"lowest": lowest, "heads": size.of(_HEADS, _HEADS, _LONG_HEADS)},
        colors=colors,
        controls=(controls.focus(_KEY, models),),
    )


def _spec() -> dict[str, Any]:
    heads = alt.Axis(
        orient="top",
        grid=True,
        labelAngle=0,
        labelExpr="heads[round(datum.index * 2)]",
        labelColor=LIGHT.ink,
        labelFontWeight="bold",
    )
    x = alt.X("order:O", sort=None, axis=heads, scale=alt.Scale(type="point", padding=0.06))
    lowest = alt.ExprRef("lowest")
    scale = alt.Scale(domainMin=0.5, domainMax=lowest, reverse=True, nice=False)
    y = alt.Y("place:Q", axis=None, scale=scale)
    models = placed(rows(), x=x, y=y, color=color(_KEY), opacity=theme.in_focus(_KEY))
    line = models.mark_line(strokeWidth=2.2, strokeJoin="round", strokeCap="butt")
    point = models.mark_point(size=110, stroke=LIGHT.paper, strokeWidth=1)
    faded = theme.in_focus(_KEY, theme.FADED_LABEL)
    words = []
    for order, align, near, far in (
        ("use", "right", "-8", "-24"),
        ("taste", "left", "width + 8", "width + 24"),
    ):
        side = rows().transform_filter(f"datum.order == '{order}'")
        words.append(text(side, "rank", near, y, soft=True, align=align))
        words.append(placed(text(side, "name", far, y, align=align), opacity=faded))
    return theme.spec(
        line.encode(detail=alt.Detail(f"{_KEY}:N"), strokeDash=strokes.dash()),
        placed(point, tooltip="datum.tip"),
        *words,
    )


CHART = Chart(
    id="use-test-taste",
    board="use-test-taste",
    title="Are the most-used coding models also the best tested and best liked?",
    subtitle=lambda board: (
        f"Rank among the {len(board.rows)} models covered by all three sources, for coding: by share of requests, "
        f"by Artificial Analysis' coding index, by Design Arena's Elo; {phrases.when(board)}."
    ),
    alt=lambda board: f"{board.finding} {disagreement(rows_of(board, AgreementRow))}".strip(),
    draw=_draw,
    notes=("Ranks are among these models only, so that the three lists are equally long.",),
    applies_to=lambda board: len(board.rows) > 1,
)
