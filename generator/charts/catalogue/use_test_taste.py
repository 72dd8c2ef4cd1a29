"""Used, tested, liked: three orders of the same models, for coding."""

from collections.abc import Iterator, Sequence
from typing import Any

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, grouped, rows_of
from generator.boards.names import name_in_color
from generator.boards.use_test_taste import AgreementRow, disagreement
from generator.charts.chart import Chart, Drawing, Rows, Size, Template
from generator.charts.kinds import controls, phrases, strokes, text_width, theme
from generator.charts.kinds.theme import LABEL, alt, color, placed, rows, text

MOST = 12
_KEY = "model_permaslug"
_HEADS = ("Usage", "Benchmark", "Votes")
_LONG_HEADS = ("Usage: share of requests", "Benchmark: coding index", "Votes: Elo")
_TIED_APART = 0.5


def _tip(row: AgreementRow) -> dict[str, str]:
    tip = {
        "Usage": f"{row.use_rank}, {formats.share(row.use)} of coding requests",
        "Benchmark": f"{row.test_rank}, coding index {formats.number(row.test)}",
        "Votes": f"{row.taste_rank}, Elo {formats.number(row.taste)}",
    }
    return phrases.tip(row.model_permaslug.name, tip)


def _rows(models: Sequence[AgreementRow], order: str, room: int) -> Iterator[dict[str, Any]]:
    """Yield a point for each model in an order, with its name where there is room for one.

    Those of one rank stand just below each other.
    """
    tied = grouped(models, lambda row: phrases.number(row, f"{order}_rank"))
    for rank, level in tied.items():
        for nth, row in enumerate(level):
            name = ""
            if room:
                name = text_width.short(name_in_color(row.model_permaslug), LABEL, room)
            yield {
                _KEY: row.model_permaslug.id,
                "order": order,
                "rank": rank,
                "place": rank + _TIED_APART * (nth - (len(level) - 1) / 2),
                "name": name,
                "tip": _tip(row),
            }


def _draw(board: AnyBoard, size: Size) -> Drawing:
    listed = rows_of(board, AgreementRow)[:MOST]
    models = [row.model_permaslug for row in listed]
    colors = controls.colors(models)
    states = strokes.states(colors)
    # Narrow, the names stand at one side only: cut in half twice they would tell nothing apart.
    rooms = {"use": size.of(125, 150, 200), "test": 0, "taste": size.of(0, 150, 200)}
    shown: Rows = []
    beside: dict[str, float] = {}
    for order, room in rooms.items():
        points = list(_rows(listed, order, room))
        beside[order] = 34 + text_width.widest((row["name"] for row in points), LABEL)
        shown += [{**row, "state": states[row[_KEY]]} for row in points]
    lowest = max(row["place"] for row in shown) + 0.5
    return Drawing(
        template=Template("three-orders", _spec),
        data={"rows": shown},
        height=30.0 * lowest,
        left=beside["use"],
        right=beside["taste"],
        top=20,
        bottom=6,
        params={"lowest": lowest, "heads": size.of(_HEADS, _HEADS, _LONG_HEADS)},
        colors=colors,
        controls=(controls.focus(_KEY, models),),
    )


def _spec() -> dict[str, Any]:
    bold: dict[str, Any] = {"labelColor": LIGHT.ink, "labelFontWeight": "bold"}
    head = "heads[round(datum.index * 2)]"
    axis = alt.Axis(orient="top", grid=True, labelAngle=0, labelExpr=head, **bold)
    x = alt.X("order:O", sort=None, axis=axis, scale=alt.Scale(type="point", padding=0.06))
    lowest = alt.ExprRef("lowest")
    scale = alt.Scale(domainMin=0.5, domainMax=lowest, reverse=True, nice=False)
    y = alt.Y("place:Q", axis=None, scale=scale)
    models = placed(rows(), x=x, y=y, color=color(_KEY), opacity=theme.in_focus(_KEY))
    line = models.mark_line(strokeWidth=2.2, strokeJoin="round", strokeCap="butt")
    point = models.mark_point(size=110, stroke=LIGHT.paper, strokeWidth=1)
    return theme.spec(
        line.encode(detail=alt.Detail(f"{_KEY}:N"), strokeDash=strokes.dash()),
        placed(point, tooltip="datum.tip"),
        *_names("use", "right", "-8", "-24", y),
        *_names("taste", "left", "width + 8", "width + 24", y),
    )


def _names(order: str, align: str, near: str, far: str, y: Any) -> tuple[Any, Any]:
    """Return the ranks beside an order, and the names beyond them."""
    side = rows().transform_filter(f"datum.order == '{order}'")
    name = text(side, "name", far, y, align=align)
    return (
        text(side, "rank", near, y, soft=True, align=align),
        placed(name, opacity=theme.in_focus(_KEY, theme.FADED_LABEL)),
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
