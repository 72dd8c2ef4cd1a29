"""Used, tested, liked: three orders of the same models, for coding."""

from typing import Any

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, BoardRow, rows_of
from generator.boards.names import name_in_colour
from generator.boards.use_test_taste import AgreementRow, disagreement
from generator.charts.chart import Chart, Control, Drawing, Option, Rows, Size, Template
from generator.charts.kinds import bars, phrases, text_width
from generator.charts.kinds.grammar import alt, at, chart, grid, spec, text

MOST = 12
_KEY = "model_permaslug"
_ORDERS = (
    ("use", "use_rank", "Usage", "share of coding requests"),
    ("test", "test_rank", "Benchmark", "coding index"),
    ("taste", "taste_rank", "Votes", "Elo in code categories"),
)
_LABEL = 12


def _chosen(board: AnyBoard) -> list[BoardRow]:
    return list(board.rows[:MOST])


def _rows(board: AnyBoard) -> Rows:
    rows = []
    for row in _chosen(board):
        entity = row.entity(_KEY)
        tip = phrases.tip(
            ("title", formats.sanitize(entity.name)),
            (
                "Usage",
                f"{row['use_rank']}, {formats.share(phrases.number(row, 'use'))} of coding requests",
            ),
            (
                "Benchmark",
                f"{row['test_rank']}, coding index {formats.number(phrases.number(row, 'test'))}",
            ),
            (
                "Votes",
                f"{row['taste_rank']}, Elo {formats.number(phrases.number(row, 'taste'))}",
            ),
        )
        for order, rank, _, _ in _ORDERS:
            own = {
                "order": order,
                "rank": phrases.number(row, rank),
                "colour": bars.colour(entity),
                "tip": tip,
            }
            rows.append({_KEY: entity.id, **own})
    return rows


def _labels(board: AnyBoard, rank: str, room: float) -> Rows:
    return [
        {
            "rank": phrases.number(row, rank),
            "place": f"{phrases.number(row, rank):g}",
            "name": text_width.short(name_in_colour(row.entity(_KEY)), _LABEL, room)
            if room
            else "",
            _KEY: row.entity(_KEY).id,
        }
        for row in _chosen(board)
    ]


def _side(labels: Rows) -> float:
    return 34 + max(text_width.width(label["name"], _LABEL) for label in labels)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    # Narrow, the names stand at one side only: cut in half twice they would tell nothing apart.
    left_room, right_room = size.of((125, 0), (150, 150), (200, 200))
    left = _labels(board, "use_rank", left_room)
    right = _labels(board, "taste_rank", right_room)

    rows = _rows(board)
    lowest = max(row["rank"] for row in rows)
    models = [row.entity(_KEY) for row in _chosen(board)]
    options = [Option(model.id, formats.sanitize(model.name)) for model in models]

    return Drawing(
        template=_TEMPLATE,
        data={
            "rows": rows,
            "left": left,
            "right": right,
            "heads": [
                {"order": order, "label": label, "more": more if size.wide else ""}
                for order, _, label, more in _ORDERS
            ],
        },
        height=30.0 * lowest,
        left=_side(left),
        right=_side(right),
        top=36,
        bottom=6,
        params={"lowest": lowest + 0.5},
        controls=(Control("focus", "Highlight", (Option("", "None"), *options), _KEY),),
    )


def _spec() -> dict[str, Any]:
    x = alt.X("order:O", axis=None, sort=None, scale=alt.Scale(type="point", padding=0.06))
    scale = alt.Scale(
        domainMin=0.5, domainMax=alt.ExprRef("lowest"), reverse=True, zero=False, nice=False
    )
    y = alt.Y("rank:Q", axis=None, scale=scale)
    lines = chart("rows").mark_line(strokeWidth=2.2, strokeJoin="round", strokeCap="round")
    points = chart("rows").mark_point(
        shape="circle", filled=True, size=110, stroke=LIGHT.paper, strokeWidth=1
    )
    soft: dict[str, Any] = {"colour": LIGHT.soft, "size": 12}

    def names(data: str, align: str, near: str, far: str) -> tuple[Any, ...]:
        place = text(data, "place", align=align, baseline="middle", **soft).encode(
            x=at("x", near), y=y
        )
        return place, text(data, "name", align=align, baseline="middle").encode(x=at("x", far), y=y)

    return spec(
        grid("heads", "x", x),
        lines.encode(x=x, y=y, detail=f"{_KEY}:N", stroke=alt.Stroke("colour:N", scale=None)),
        points.encode(
            x=x, y=y, fill=alt.Fill("colour:N", scale=None), tooltip=alt.Tooltip("tip:N")
        ),
        text("heads", "label", fontWeight="bold", align="center", baseline="bottom").encode(
            x=x, y=at("y", "-18")
        ),
        text("heads", "more", align="center", baseline="bottom", **soft).encode(
            x=x, y=at("y", "-4")
        ),
        *names("left", "right", "-8", "-24"),
        *names("right", "left", "width + 8", "width + 24"),
        params=("lowest",),
    )


_TEMPLATE = Template("three-orders", _spec)


def _alt(board: AnyBoard) -> str:
    return f"{board.finding} {disagreement(rows_of(board, AgreementRow))}".strip()


CHART = Chart(
    id="use-test-taste",
    board="use-test-taste",
    title="Coding models: do the three rankings agree?",
    subtitle=lambda board: (
        f"Rank among the {len(board.rows)} models covered by all three sources, for coding: by share of requests, "
        f"by Artificial Analysis' coding index, by Design Arena's Elo; {phrases.when(board)}."
    ),
    alt=_alt,
    draw=_draw,
    notes=("Ranks are among these models only, so that the three lists are equally long.",),
    applies_to=lambda board: len(board.rows) > 1,
)
