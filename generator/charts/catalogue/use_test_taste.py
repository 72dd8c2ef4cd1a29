"""Used, tested, liked: three orders of the same models, for coding."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, BoardRow, rows_of
from generator.boards.names import name_in_colour
from generator.boards.use_test_taste import AgreementRow, disagreement
from generator.charts.chart import Chart, Drawing, Rows, Size, Template
from generator.charts.kinds import controls, phrases, strokes, text_width
from generator.charts.kinds.theme import (
    FADED_LABEL,
    LABEL,
    alt,
    at,
    colour,
    in_focus,
    rows,
    spec,
    text,
)

MOST = 12
_KEY = "model_permaslug"
_HEADS = ("Usage", "Benchmark", "Votes")
_LONG_HEADS = ("Usage: share of requests", "Benchmark: coding index", "Votes: Elo")
_TIED_APART = 0.5


def _tip(row: BoardRow) -> dict[str, str]:
    use, test, taste = (phrases.number(row, order) for order in ("use", "test", "taste"))
    return {
        "title": formats.sanitize(row.entity(_KEY).name),
        "Usage": f"{row['use_rank']}, {formats.share(use)} of coding requests",
        "Benchmark": f"{row['test_rank']}, coding index {formats.number(test)}",
        "Votes": f"{row['taste_rank']}, Elo {formats.number(taste)}",
    }


def _rows(models: Sequence[BoardRow], order: str, room: int) -> Rows:
    """Return a point for each model in an order, with its name where there is room for one.

    Those of one rank stand just below each other.
    """
    tied: defaultdict[float, list[BoardRow]] = defaultdict(list)
    for row in models:
        tied[phrases.number(row, f"{order}_rank")].append(row)
    shown: Rows = []
    for rank, level in tied.items():
        for nth, row in enumerate(level):
            model = row.entity(_KEY)
            point = {_KEY: model.id, "order": order, "rank": rank, "tip": _tip(row)}
            point["place"] = rank + _TIED_APART * (nth - (len(level) - 1) / 2)
            point["name"] = text_width.short(name_in_colour(model), LABEL, room) if room else ""
            shown.append(point)
    return shown


def _draw(board: AnyBoard, size: Size) -> Drawing:
    rows_ = board.rows[:MOST]
    left, middle, right = (
        # Narrow, the names stand at one side only: cut in half twice they would tell nothing apart.
        _rows(rows_, "use", size.of(125, 150, 200)),
        _rows(rows_, "test", 0),
        _rows(rows_, "taste", size.of(0, 150, 200)),
    )
    models = [row.entity(_KEY) for row in rows_]
    colours = controls.colours(models)
    states = strokes.states(colours)
    lowest = max(row["place"] for row in (*left, *middle, *right)) + 0.5
    return Drawing(
        template=_TEMPLATE,
        data={"rows": [{**row, "state": states[row[_KEY]]} for row in (*left, *middle, *right)]},
        height=30.0 * lowest,
        left=34 + max(text_width.width(row["name"], LABEL) for row in left),
        right=34 + max(text_width.width(row["name"], LABEL) for row in right),
        top=20,
        bottom=6,
        params={"lowest": lowest, "heads": size.of(_HEADS, _HEADS, _LONG_HEADS)},
        colours=colours,
        controls=(controls.focus(_KEY, [(one.id, formats.sanitize(one.name)) for one in models]),),
    )


def _spec() -> dict[str, Any]:
    heads = alt.Axis(
        orient="top",
        title=None,
        grid=True,
        labelAngle=0,
        labelExpr="heads[round(datum.index * 2)]",
        labelColor=LIGHT.ink,
        labelFontWeight="bold",
    )
    x = alt.X("order:O", sort=None, axis=heads, scale=alt.Scale(type="point", padding=0.06))
    scale = alt.Scale(
        domainMin=0.5, domainMax=alt.ExprRef("lowest"), reverse=True, zero=False, nice=False
    )
    y = alt.Y("place:Q", axis=None, scale=scale)
    lines = rows().mark_line(strokeWidth=2.2, strokeJoin="round", strokeCap="butt")
    points = rows().mark_point(
        shape="circle", filled=True, opacity=1, size=110, stroke=LIGHT.paper, strokeWidth=1
    )

    def names(order: str, align: str, near: str, far: str) -> tuple[Any, ...]:
        side = rows().transform_filter(f"datum.order == '{order}'")
        return (
            text(side, "rank", soft=True, align=align).encode(x=at("x", near), y=y),
            text(side, "name", align=align).encode(
                x=at("x", far), y=y, opacity=in_focus(_KEY, FADED_LABEL)
            ),
        )

    return spec(
        lines.encode(
            x=x,
            y=y,
            detail=f"{_KEY}:N",
            color=colour(_KEY),
            opacity=in_focus(_KEY),
            strokeDash=strokes.dash(),
        ),
        points.encode(x=x, y=y, color=colour(_KEY), tooltip="tip:N", opacity=in_focus(_KEY)),
        *names("use", "right", "-8", "-24"),
        *names("taste", "left", "width + 8", "width + 24"),
        params={"lowest": 1, "heads": [], "focus": []},
    )


_TEMPLATE = Template("three-orders", _spec)


def _alt(board: AnyBoard) -> str:
    return f"{board.finding} {disagreement(rows_of(board, AgreementRow))}".strip()


CHART = Chart(
    id="use-test-taste",
    board="use-test-taste",
    title="Are the most-used coding models also the best tested and best liked?",
    subtitle=lambda board: (
        f"Rank among the {len(board.rows)} models covered by all three sources, for coding: by share of requests, "
        f"by Artificial Analysis' coding index, by Design Arena's Elo; {phrases.when(board)}."
    ),
    alt=_alt,
    draw=_draw,
    notes=("Ranks are among these models only, so that the three lists are equally long.",),
    applies_to=lambda board: len(board.rows) > 1,
)
