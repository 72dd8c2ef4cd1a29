"""Ranked rows: a place, a name, a bar or a dot, and the value in words. Most charts of a leaderboard are this.

The names stand left of the bars; in the narrow drawing, above them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, BoardRow, Entity
from generator.boards.rank_stability import rank_words
from generator.charts.chart import Drawing, Size, Template
from generator.charts.kinds import text_width
from generator.charts.kinds.grammar import alt, at, chart, spec, text

NAME_SIZE = 12
_PARAMS = ("low", "high", "names", "ranks", "lift", "sink", "thick", "zero")
_RANK_SIZE = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """One row.

    Attributes:
        key, name: which; the name is cleaned.
        value: what the bar shows.
        label: the value in words, in ink; ``more`` stands behind it, softer, where there is room.
        colour: of the bar.
        rank: before the name, empty for none.
        also: a second value on the same scale, shown as a stroke across the bar.
        tip: what the pointer is told, label by label.
        fields: the board's own values, for readers of the spec.
    """

    key: str
    name: str
    value: float
    label: str
    colour: str
    rank: str = ""
    more: str = ""
    also: float | None = None
    tip: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Form:
    """The lengths of one of the two forms of a drawing, in pixels; ``zero`` is the opacity of the line at 0."""

    step: float
    thick: float
    lift: float
    sink: float
    zero: int


_NAMES_ABOVE = _Form(step=38.0, thick=9.0, lift=-8, sink=8, zero=0)
_NAMES_BESIDE = _Form(step=26.0, thick=14.0, lift=0.5, sink=0, zero=1)


def colour(entity: Entity) -> str:
    """Return the author's color; a neutral one for entities without one (apps, tasks), gray for the remainder."""
    if entity.id == "other":
        return LIGHT.other
    return entity.colour or LIGHT.soft


def entry(row: BoardRow, key: str, value: float, label: str, **more: Any) -> Entry:
    """Return the bar of a board's row whose entity is in the column ``key``."""
    entity = row.entity(key)
    return Entry(
        key=entity.id,
        name=formats.sanitize(entity.name),
        value=value,
        label=label,
        colour=colour(entity),
        rank=_rank(row),
        **more,
    )


def _rank(row: BoardRow) -> str:
    """Return ``3``, or ``3–5`` where ties or intervals leave the rank open; empty without a rank."""
    rank, low, high = (
        row.number(key) if row.has(key) else None for key in ("rank", "rank_low", "rank_high")
    )
    if rank is None:
        return ""
    if low is None or high is None:
        return f"{rank:.0f}"
    return rank_words(int(low), int(high))


def top(board: AnyBoard, most: int) -> list[BoardRow]:
    return list(board.ranked[:most])


def drawing(
    template: Template,
    entries: Sequence[Entry],
    size: Size,
    *,
    low: float = 0.0,
    high: float | None = None,
    beside: bool = False,
) -> Drawing:
    """Return bars of the entries from the top down, on a scale from ``low`` to the largest value (or ``high``).

    Args:
        low: where it is negative, it must leave room for the labels of bars that run to the left.
        beside: the names are so short that they stand beside the bars in the narrow drawing too.
    """
    widest = max(text_width.width(bar.rank, _RANK_SIZE) for bar in entries)
    ranks = max(22.0, widest + 8) if widest else 0.0
    if size.narrow and not beside:
        form = _NAMES_ABOVE
        limit = size.width - 2 * size.margin - ranks
        left = ranks
        names_at: float = 0
        ranks_at: float = -8
    else:
        form = _NAMES_BESIDE
        longest = max(text_width.width(bar.name, NAME_SIZE) for bar in entries)
        limit = min(size.of(190, 190, 250), longest + 4)
        left = ranks + limit + 10
        names_at = -limit - 10
        ranks_at = -limit - 18

    right = max((_label_width(bar, size) for bar in entries if bar.value >= 0), default=0.0) + 10
    if high is None:
        high = max(max(bar.value, bar.also or 0.0) for bar in entries)
    reach = high if high > low else low + 1
    shown = [_row(place, bar, limit, size) for place, bar in enumerate(entries, 1)]
    return Drawing(
        template=template,
        data={"rows": shown},
        height=form.step * len(entries),
        left=left,
        right=right,
        params={
            "low": low,
            "high": reach,
            "names": names_at,
            "ranks": ranks_at,
            "lift": form.lift,
            "sink": form.sink,
            "thick": form.thick,
            "zero": form.zero,
        },
    )


def diverging(entries: Sequence[Entry], size: Size) -> Drawing:
    """Return bars to both sides of zero, largest first, with room for the labels of those that run to the left."""
    reach = max(abs(bar.value) for bar in entries)
    values = [bar.value for bar in entries]
    falls, rises = min(0.0, *values), max(0.0, *values)
    # Those labels stand inside the plot, which takes about this part of its width.
    words = (
        text_width.width(f"{bar.label}  {bar.more}", NAME_SIZE + 1)
        for bar in entries
        if bar.value < 0
    )
    room = max(words, default=0.0)
    plot = size.width - size.of(90, 330, 500)
    extra = (rises - falls or reach) * room / max(60.0, plot - room)
    return drawing(
        BARS, entries, size, low=falls - (extra if falls else 0), high=rises or reach * 0.05
    )


def _label_width(bar: Entry, size: Size) -> float:
    more = f"  {bar.more}" if size.wide and bar.more else ""
    return text_width.width(bar.label, NAME_SIZE, bold=True) + text_width.width(more, NAME_SIZE)


def _row(place: int, bar: Entry, room: float, size: Size) -> dict[str, Any]:
    if bar.value >= 0:
        direction, side = 1, "left"
        end = max(bar.value, bar.also or 0.0)
    else:
        direction, side = -1, "right"
        end = bar.value
    start = 7 * direction
    behind = start + direction * text_width.width(f"{bar.label}  ", NAME_SIZE, bold=True)
    return {
        **bar.fields,
        "place": place,
        "rank": bar.rank,
        "name": text_width.fit(bar.name, NAME_SIZE, room),
        "value": bar.value,
        "also": bar.value if bar.also is None else bar.also,
        "end": end,
        "label": bar.label,
        "more": bar.more if size.wide else "",
        "colour": bar.colour,
        "dx": start,
        "shift": round(behind, 1),
        "side": side,
        "tip": {"title": bar.name, **bar.tip},
    }


def _scale() -> Any:
    low, high = alt.ExprRef("low"), alt.ExprRef("high")
    return alt.Scale(domainMin=low, domainMax=high, zero=False, nice=False)


def _x(name: str = "value") -> Any:
    return alt.X(f"{name}:Q", scale=_scale(), axis=None)


def _y() -> Any:
    return alt.Y("place:O", axis=None, sort=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))


def _words() -> list[Any]:
    lift, sink = alt.ExprRef("lift"), alt.ExprRef("sink")
    rank = text(
        "rows",
        "rank",
        colour=LIGHT.soft,
        size=_RANK_SIZE,
        align="right",
        baseline="middle",
        dy=lift,
    )
    name = text("rows", "name", align="left", baseline="middle", dy=lift)
    side = alt.ExprRef("datum.side")
    label = text(
        "rows",
        "label",
        align=side,
        baseline="middle",
        fontWeight="bold",
        dx=alt.ExprRef("datum.dx"),
        dy=sink,
    )
    more = text(
        "rows",
        "more",
        colour=LIGHT.soft,
        align=side,
        baseline="middle",
        dx=alt.ExprRef("datum.shift"),
        dy=sink,
    )
    return [
        rank.encode(x=at("x", "ranks"), y=_y()),
        name.encode(x=at("x", "names"), y=_y()),
        label.encode(x=_x("end"), y=_y()),
        more.encode(x=_x("end"), y=_y()),
    ]


def _bar_layers() -> list[Any]:
    thick, sink = alt.ExprRef("thick"), alt.ExprRef("sink")
    bars = chart("rows").mark_bar(height=thick, yOffset=sink)
    zero = chart("rows").mark_rule(stroke=LIGHT.soft, strokeWidth=1, opacity=alt.ExprRef("zero"))
    return [
        bars.encode(
            x=_x(),
            x2=alt.datum(0),
            y=_y(),
            fill=alt.Fill("colour:N", scale=None),
            tooltip=alt.Tooltip("tip:N"),
        ),
        zero.encode(x=at("x", "scale('x', 0)"), y=at("y", "0"), y2=at("y2", "height")),
    ]


def _bars() -> dict[str, Any]:
    return spec(*_bar_layers(), *_words(), params=_PARAMS)


def _strokes() -> dict[str, Any]:
    mark = chart("rows").mark_tick(
        orient="vertical",
        size=alt.ExprRef("thick + 8"),
        thickness=2,
        fill=LIGHT.ink,
        yOffset=alt.ExprRef("sink"),
    )
    beyond = chart("rows").mark_rule(stroke=LIGHT.soft, strokeWidth=1, yOffset=alt.ExprRef("sink"))
    bars, zero = _bar_layers()
    return spec(
        beyond.encode(x=_x(), x2=alt.X2("also:Q"), y=_y()),
        bars,
        mark.encode(x=_x("also"), y=_y()),
        zero,
        *_words(),
        params=_PARAMS,
    )


def _dots() -> dict[str, Any]:
    sink = alt.ExprRef("sink")
    line = chart("rows").mark_rule(stroke=LIGHT.line, strokeWidth=1, yOffset=sink)
    dot = chart("rows").mark_point(shape="circle", size=70, filled=True, opacity=1, yOffset=sink)
    return spec(
        line.encode(x=_x(), x2=at("x2", "0"), y=_y()),
        dot.encode(
            x=_x(), y=_y(), fill=alt.Fill("colour:N", scale=None), tooltip=alt.Tooltip("tip:N")
        ),
        *_words(),
        params=_PARAMS,
    )


BARS = Template("ranked-bars", _bars)
STROKES = Template("ranked-strokes", _strokes)
DOTS = Template("ranked-dots", _dots)
