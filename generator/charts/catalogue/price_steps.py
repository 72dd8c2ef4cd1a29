"""Which prices have moved: from where to where."""

from itertools import chain
from typing import Any

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, BoardRow
from generator.charts.chart import Chart, Drawing, Rows, Size, Template
from generator.charts.kinds import phrases, text_width
from generator.charts.kinds.grammar import alt, at, chart, grid, spec, text, tick_labels

MOST = 16
_KEY = "model_permaslug"
_NAME = 12
_KINDS = (("prompt", "input"), ("completion", "output"))


def _million(row: BoardRow, key: str) -> float:
    return phrases.dollars(row, key) or 0.0


def _has_prices(row: BoardRow) -> bool:
    """Return whether every price of a row, before and now, is known and not free."""
    return all(
        _million(row, kind) > 0 and _million(row, f"{kind}_before") > 0 for kind, _ in _KINDS
    )


def _moved(board: AnyBoard) -> list[BoardRow]:
    """Return each model's newest change between prices above zero, a day's largest changes first."""
    newest: dict[str, BoardRow] = {}
    for row in board.rows:
        if _has_prices(row):
            newest.setdefault(row.entity(_KEY).id, row)

    # Batch and other variants move with their model and would crowd out the rest.
    plain = [row for id_, row in newest.items() if ":" not in id_]
    return sorted(
        plain,
        key=lambda row: (-phrases.day(row, "day").toordinal(), -abs(row.number("change") or 0)),
    )[:MOST]


def _steps(n: int, row: BoardRow) -> Rows:
    entity = row.entity(_KEY)
    steps: Rows = []
    for at_, (kind, what) in enumerate(_KINDS):
        before, now = _million(row, f"{kind}_before"), _million(row, kind)
        tip = {
            "title": formats.sanitize(entity.name),
            "Price of": f"{what}, per million",
            "Before": formats.per_million(str(row[f"{kind}_before"])),
            "Now": formats.per_million(str(row[kind])),
            "Since": phrases.dated(phrases.day(row, "day")),
        }
        colour = LIGHT.other if now == before else LIGHT.accent if now > before else "#27875a"
        shown = {"place": n, "lane": -3.5 + 7 * at_, "before": before, "now": now, "colour": colour}
        steps.append({_KEY: entity.id, **shown, "tip": tip})
    return steps


def _label(n: int, row: BoardRow) -> dict[str, Any]:
    change = row.number("change") or 0.0
    return {
        "place": n,
        "label": phrases.moved(change),
        "day": phrases.short_day(phrases.day(row, "day")),
    }


def _draw(board: AnyBoard, size: Size) -> Drawing:
    rows = list(enumerate(_moved(board), 1))
    steps = list(chain.from_iterable(_steps(n, row) for n, row in rows))

    prices = [step["before"] for step in steps] + [step["now"] for step in steps]
    low, high = min(prices) / 1.3, max(prices) * 1.3
    ticks = text_width.decades(low, high, (1,) if size.narrow else (1, 3))

    step = 44.0 if size.narrow else 28.0
    names = [(n, formats.sanitize(row.entity(_KEY).name)) for n, row in rows]
    wide = min(240.0, max(text_width.width(name, _NAME) for _, name in names))
    right = 70.0 if size.narrow else 112.0
    room = size.width - 2 * size.margin if size.narrow else wide
    return Drawing(
        template=_TEMPLATE,
        data={
            "rows": steps,
            "names": [{"place": n, "name": text_width.fit(name, _NAME, room)} for n, name in names],
            "labels": [_label(n, row) for n, row in rows],
            "ticks": [
                {"v": price, "label": phrases.dollars_tick(price), "align": "center"}
                for price in ticks
            ],
        },
        height=step * len(rows),
        left=0 if size.narrow else wide + 12,
        right=right,
        top=4,
        bottom=24,
        params={
            "low": low,
            "high": high,
            "names_x": 0 if size.narrow else -wide - 12,
            "lift": -11 if size.narrow else 0.5,
            "sink": 8 if size.narrow else 0,
            "days_x": right if not size.narrow else -999,
        },
    )


def _spec() -> dict[str, Any]:
    y = alt.Y("place:O", axis=None, sort=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    low, high = alt.ExprRef("low"), alt.ExprRef("high")
    lift, sink, lane = alt.ExprRef("lift"), alt.ExprRef("sink"), alt.ExprRef("sink + datum.lane")

    def x(name: str) -> Any:
        return alt.X(
            f"{name}:Q",
            axis=None,
            scale=alt.Scale(type="log", domainMin=low, domainMax=high, nice=False),
        )

    stroke, fill = alt.Stroke("colour:N", scale=None), alt.Fill("colour:N", scale=None)
    way = chart("rows").mark_rule(strokeWidth=1.8, yOffset=lane)
    was = chart("rows").mark_point(
        shape="circle", size=26, fill=LIGHT.paper, strokeWidth=1.4, opacity=1, yOffset=lane
    )
    now = chart("rows").mark_point(shape="circle", size=46, filled=True, opacity=1, yOffset=lane)
    name = text("names", "name", align="left", baseline="middle", dy=lift)
    change = text("labels", "label", align="left", baseline="middle", dy=sink)
    day = text(
        "labels", "day", colour=LIGHT.soft, size=11, align="right", baseline="middle", dy=sink
    )
    tip = alt.Tooltip("tip:N")
    return spec(
        grid("ticks", "x", x("v")),
        way.encode(x=x("before"), x2=alt.X2("now:Q"), y=y, stroke=stroke),
        was.encode(x=x("before"), y=y, stroke=stroke, tooltip=tip),
        now.encode(x=x("now"), y=y, fill=fill, tooltip=tip),
        name.encode(x=at("x", "names_x"), y=y),
        change.encode(x=at("x", "width + 8"), y=y),
        day.encode(x=at("x", "width + days_x"), y=y),
        tick_labels("ticks", "x", x("v")),
        params=("low", "high", "names_x", "lift", "sink", "days_x"),
    )


_TEMPLATE = Template("price-steps", _spec)


def _alt(board: AnyBoard) -> str:
    rows = _moved(board)
    largest = max(rows, key=lambda row: (abs(row.number("change") or 0), row.entity(_KEY).id))
    change = largest.number("change") or 0.0
    verb = "fell" if change < 0 else "rose"
    cuts = sum(1 for row in rows if (row.number("change") or 0) < 0)
    name = formats.sanitize(largest.entity(_KEY).name)
    return (
        f"Of {len(rows)} models whose price moved last, {cuts} became cheaper; "
        f"{name} {verb} most ({formats.change(change)})."
    )


CHART = Chart(
    id="price-steps",
    board="price-changes",
    title="Which prices have moved?",
    subtitle=lambda board: (
        "US dollars per million tokens before (ring) and now (dot), input above output; the newest changes first, "
        f"{phrases.when(board)}."
    ),
    alt=_alt,
    draw=_draw,
    notes=(
        "Prices are on a logarithmic scale. The day is that of the snapshot in which the new price was first seen.",
        "Variants of a model, which move with it, and changes from or to free are left out.",
    ),
    applies_to=lambda board: bool(_moved(board)),
)
