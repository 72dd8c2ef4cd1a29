"""Which prices have moved: from where to where."""

from itertools import chain
from typing import Any

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, BoardRow
from generator.boards.listed_prices import percent
from generator.charts.chart import Chart, Drawing, Rows, Size, Template
from generator.charts.kinds import phrases, text_width
from generator.charts.kinds.grammar import alt, at, chart, grid, spec, text, tick_labels

MOST = 16
_KEY = "model_permaslug"
_NAME = 12
_KINDS = (("prompt", "input"), ("completion", "output"))
_MOST_NAMES = 3


def _million(row: BoardRow, key: str) -> float:
    return phrases.dollars(row, key) or 0.0


def _can_be_drawn(row: BoardRow) -> bool:
    """Return whether input or output moved, and both, before and now, are known and not free."""
    known = all(
        _million(row, kind) > 0 and _million(row, f"{kind}_before") > 0 for kind, _ in _KINDS
    )
    return known and _largest(row) > 0


def _changes(row: BoardRow) -> list[tuple[str, float]]:
    """Return the relative changes of input and output, without one that did not move."""
    changes = [(what, row.number(f"{kind}_change") or 0.0) for kind, what in _KINDS]
    return [(what, change) for what, change in changes if change]


def _largest(row: BoardRow) -> float:
    """Return the larger of the two changes, without its sign."""
    return max((abs(change) for _, change in _changes(row)), default=0.0)


def _moved(board: AnyBoard) -> list[BoardRow]:
    """Return each model's newest change between prices above zero, a day's largest changes first."""
    newest: dict[str, BoardRow] = {}
    for row in board.rows:
        if _can_be_drawn(row):
            newest.setdefault(row.entity(_KEY).id, row)

    # Batch and other variants move with their model and would crowd out the rest.
    plain = [row for id_, row in newest.items() if ":" not in id_]
    return sorted(
        plain,
        key=lambda row: (-phrases.day(row, "day").toordinal(), -_largest(row)),
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
    percents = [percent(row.number(f"{kind}_change") or 0.0) for kind, _ in _KINDS]
    return {
        "place": n,
        "label": " / ".join(part.removesuffix("%") for part in percents) + "%",
        "day": phrases.short_day(phrases.day(row, "day")),
    }


def _draw(board: AnyBoard, size: Size) -> Drawing:
    rows = list(enumerate(_moved(board), 1))
    steps = list(chain.from_iterable(_steps(n, row) for n, row in rows))

    prices = [step["before"] for step in steps] + [step["now"] for step in steps]
    low, high = min(prices) / 1.3, max(prices) * 1.3
    ticks = text_width.decades(low, high, (1, 3) if size.wide else (1,))

    step = size.of(44.0, 28.0, 28.0)
    names = [(n, formats.sanitize(row.entity(_KEY).name)) for n, row in rows]
    wide = min(
        size.of(240.0, 190.0, 240.0), max(text_width.width(name, _NAME) for _, name in names)
    )
    right = size.of(92.0, 92.0, 148.0)
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
            "days_x": right if size.wide else -999,
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
        "labels", "day", colour=LIGHT.soft, size=12, align="right", baseline="middle", dy=sink
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
    largest = max(_largest(row) for row in rows)
    most = [row for row in rows if _largest(row) == largest]
    names = [formats.sanitize(row.entity(_KEY).name) for row in most[:_MOST_NAMES]]
    if len(most) > _MOST_NAMES:
        names.append(f"{len(most) - _MOST_NAMES} more")
    steps = [f"{what} {percent(change)}" for what, change in _changes(most[0])]
    by = ", ".join(steps) if len(most) == 1 else f"{percent(largest).removeprefix('+')} each"
    drawn = f"Of {len(rows)} listings drawn, " if len(rows) > 1 else ""
    return f"{board.finding} {drawn}{formats.list_in_words(names)} moved the most: {by}.".strip()


CHART = Chart(
    id="price-steps",
    board="price-changes",
    title="Recent price changes",
    subtitle=lambda board: (
        "US dollars per million tokens before (ring) and now (dot), input above output, with the change of "
        f"input / output; the newest first, {phrases.when(board)}."
    ),
    alt=_alt,
    draw=_draw,
    notes=(
        "Prices are on a logarithmic scale. The day is that of the snapshot in which the new price was first seen.",
        "These are listed prices for short prompts.",
        "Variants of a model, prices that depend on the hour, and changes from or to free are left out.",
    ),
    applies_to=lambda board: bool(_moved(board)),
)
