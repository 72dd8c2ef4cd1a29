"""Each kind of app as one bar: how its listed apps share the tokens."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, BoardRow
from generator.charts.chart import Chart, Drawing, Rows, Size, Template
from generator.charts.kinds import parts, phrases, text_width
from generator.charts.kinds.grammar import alt, at, grid, spec, text, tick_labels

_TINTS = (1.0, 0.62, 0.36)
_NAME = 12
_ROOM = 210.0


def _kinds(board: AnyBoard) -> Mapping[str, list[BoardRow]]:
    """Return the rows of each kind, in the board's order: its largest apps, then the rest."""
    by_kind: dict[str, list[BoardRow]] = {}
    for row in board.rows:
        by_kind.setdefault(str(row["subcategory"]), []).append(row)
    return by_kind


def _parts(at_: int, rows: list[BoardRow]) -> Rows:
    low, shown = 0.0, []
    for row in rows:
        share, app = phrases.number(row, "share"), row.entity("app")
        rest = row.standing == "other"
        tip = phrases.tip(
            ("title", formats.sanitize(app.name)),
            ("Category", formats.sanitize(str(row["kind"]))),
            ("Share", formats.share(share)),
            ("Tokens", phrases.count(row.number("total_tokens"))),
        )
        shown.append(
            {
                "place": at_,
                "subcategory": row["subcategory"],
                "app_id": app.id,
                "share": share,
                "low": low,
                "high": low + share,
                "colour": LIGHT.other if rest else LIGHT.accent,
                "tint": 0.45 if rest else _TINTS[int(phrases.number(row, "place")) - 1],
                "tip": tip,
            }
        )
        low += share
    return shown


@dataclass(frozen=True, slots=True)
class _Form:
    """The lengths of the wide drawing or of the others, in pixels.

    Attributes:
        step: from one bar to the next.
        right: room beside the bars.
        leader: room for the name of the largest app.
        leaders_x: from the edge of the bars to that name.
        lift, sink: of the texts and of the bars against the middle of the step.
        thick: of a bar.
    """

    step: float
    right: float
    leader: float
    leaders_x: float
    lift: float
    sink: float
    thick: float


_NARROW_FORM = _Form(44.0, right=10.0, leader=150.0, leaders_x=10, lift=-10, sink=8, thick=12)
_WIDE_FORM = _Form(28.0, right=_ROOM, leader=_ROOM - 12, leaders_x=12, lift=0.5, sink=0, thick=16)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    kinds = [
        (n, rows, formats.sanitize(str(rows[0]["kind"])))
        for n, rows in enumerate(_kinds(board).values(), 1)
    ]
    shown = chain.from_iterable(_parts(n, rows) for n, rows, _ in kinds)
    if not size.wide:
        template, form = _NARROW, _NARROW_FORM
        limit = 150.0
        left: float = 10
        names_x: float = -10
    else:
        template, form = _WIDE, _WIDE_FORM
        limit = min(170.0, max(text_width.width(name, _NAME) for *_, name in kinds))
        left = limit + 12
        names_x = -limit - 12

    return Drawing(
        template=template,
        data={
            "rows": list(shown),
            "names": [
                {"place": n, "name": text_width.fit(name, _NAME, limit)} for n, _, name in kinds
            ],
            "leaders": [_leader(n, rows[0], form.leader) for n, rows, _ in kinds],
            "ticks": parts.ticks(),
        },
        height=form.step * len(kinds),
        left=left,
        right=form.right,
        top=4,
        bottom=24,
        params={
            "names_x": names_x,
            "leaders_x": form.leaders_x,
            "lift": form.lift,
            "sink": form.sink,
            "thick": form.thick,
        },
    )


def _leader(at_: int, row: BoardRow, room: float) -> dict[str, Any]:
    share = formats.share(phrases.number(row, "share"))
    name = text_width.fit(
        formats.sanitize(row.entity("app").name),
        _NAME,
        room - text_width.width(f"  {share}", _NAME),
    )
    return {"place": at_, "label": f"{name}  {share}"}


def _spec(*, above: bool) -> dict[str, Any]:
    y, lift = parts.down(), alt.ExprRef("lift")
    names = text("names", "name", align="left", baseline="middle", dy=lift)
    side = "right" if above else "left"
    leaders = text("leaders", "label", colour=LIGHT.soft, align=side, baseline="middle", dy=lift)
    return spec(
        grid("ticks", "x", parts.along("v")),
        parts.marks(gap=0.8),
        names.encode(x=at("x", "names_x"), y=y),
        leaders.encode(x=at("x", "width + leaders_x"), y=y),
        tick_labels("ticks", "x", parts.along("v")),
        params=("names_x", "leaders_x", "lift", "sink", "thick"),
    )


_WIDE = Template("kinds-of-app", lambda: _spec(above=False))
_NARROW = Template("kinds-of-app-narrow", lambda: _spec(above=True))


CHART = Chart(
    id="app-share-cat",
    board="apps-shares",
    title="Which app leads each category?",
    subtitle=lambda board: (
        "Share of tokens among the apps that each list names; dark to light: first, second and third, "
        f"all others gray; {phrases.when(board)}. An app can be in several categories."
    ),
    alt=lambda board: board.finding,
    draw=_draw,
)
