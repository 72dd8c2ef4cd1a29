"""Ranked bars, each with its value in words behind it. Most charts of a leaderboard are this."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from generator.base.palette import LIGHT
from generator.charts.chart import Control, Drawing, Option, Param, Rows, Size, Template
from generator.charts.kinds import ranked, text_width, theme
from generator.charts.kinds.controls import several
from generator.charts.kinds.ranked import Item
from generator.charts.kinds.theme import LABEL, alt, placed, spec, text

_GAP = 7
_NAME_GAP = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One row."""

    item: Item
    value: float
    label: str  # the value in words, in ink; `more` stands behind it, softer
    more: str = ""

    @property
    def words(self) -> float:
        """The room that label and ``more`` take behind the bar, in pixels."""
        more = text_width.width(f"  {self.more}".rstrip(), LABEL)
        return _GAP + text_width.width(self.label, LABEL, bold=True) + more + 2


@dataclass(frozen=True, slots=True)
class List:
    """One of several lists between which the reader chooses: see :class:`Option`."""

    bars: Sequence[Bar]
    value: str = ""
    label: str = ""
    subtitle: str = ""


def drawing(bars: Sequence[Bar], size: Size) -> Drawing:
    """Return bars from the top down, on a scale from zero on which each has room for its words."""
    return of_lists("", "", [List(bars)], size)


def of_lists(key: str, label: str, lists: Sequence[List], size: Size) -> Drawing:
    """Return the bars of the list that the reader chooses by ``key``, each list with a scale of its own."""
    items: list[Item] = []
    for list_ in lists:
        items += [bar.item for bar in list_.bars]
    count = max(len(list_.bars) for list_ in lists)
    layout = ranked.layout(items, size, count=count)
    rows: Rows = []
    options = []
    for list_ in lists:
        for place, bar in enumerate(list_.bars, 1):
            rows.append(_row(bar, place, layout.name, list_.value))
        chosen: dict[str, Param] = {"shown": list_.value, "high": _reach(list_.bars, layout.plot)}
        options.append(Option(list_.value, list_.label, chosen, list_.subtitle))
    return Drawing(
        template=Template("ranked-bars", _bars),
        data={"rows": rows},
        height=layout.step * count,
        left=layout.left,
        params={**layout.params, **options[0].params},
        colors=ranked.colors(items),
        controls=several(Control(key, label, tuple(options))),
    )


def _reach(bars: Sequence[Bar], plot: float) -> float:
    """Return the value at the right end of a plot, so that behind each bar there is room for its words."""
    return max(bar.value * plot / max(20.0, plot - bar.words) for bar in bars) or 1.0


def diverging(
    name: str, bars: Sequence[Bar], size: Size, *, tick: str = "", ticks: Sequence[float] = ()
) -> Drawing:
    """Return bars to both sides of zero; the name of each stands at zero too, on the other side.

    Args:
        name: of the kind, unique among the charts' kinds.
        tick: an expression of the labels of its axis, those of ``ticks``; without one it has no axis.
    """
    rows = [_row(bar, place, size.of(150.0, 190.0, 250.0)) for place, bar in enumerate(bars, 1)]
    low, high = _ends(bars, rows, size.room)
    return Drawing(
        template=Template(f"diverging-{name}", lambda: _diverging(tick)),
        data={"rows": rows},
        height=24.0 * len(bars),
        bottom=24 if ticks else 0,
        params={
            **ranked.params(),
            "low": low,
            "high": high,
            "ticks": [value for value in ticks if low * 0.95 < value < high * 0.95],
        },
        colors=ranked.colors([bar.item for bar in bars]),
    )


def _ends(bars: Sequence[Bar], rows: Sequence[dict[str, Any]], plot: float) -> tuple[float, float]:
    """Return the values at the ends of a plot on which the bars are as long as names and words leave room for."""
    reach = max(abs(bar.value) for bar in bars) or 1.0
    # Of each side of zero what is as long as its value, and the room that words and names take behind it.
    sides: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    for bar, row in zip(bars, rows, strict=True):
        name = text_width.width(row["name"], LABEL) + _NAME_GAP
        sides[bar.value >= 0].append((abs(bar.value) / reach, bar.words))
        sides[bar.value < 0].append((0.0, name))
    pairs = [(low, high) for low, high in product(sides[False], sides[True]) if low[0] or high[0]]
    units = [(plot - low[1] - high[1]) / (low[0] + high[0]) for low, high in pairs]
    # In pixels; however long the words are, the bars can be seen.
    longest = max(20.0, min(units, default=plot))
    left = max(value * longest + words for value, words in sides[False])
    return -left * reach / longest, (plot - left) * reach / longest


def _row(bar: Bar, place: int, room: float, of: str = "") -> dict[str, Any]:
    way = -1 if bar.value < 0 else 1
    shift = way * (_GAP + text_width.width(f"{bar.label}  ", LABEL, bold=True))
    words = {"label": bar.label, "more": bar.more, "way": way, "shift": round(shift, 1)}
    return {**ranked.row(bar.item, place, room, of), "value": bar.value, **words}


def _x(low: Any, axis: Any) -> Any:
    scale = alt.Scale(domainMin=low, domainMax=alt.ExprRef("high"), nice=False)
    return alt.X("value:Q", scale=scale, axis=axis)


def _marks(x: Any) -> list[Any]:
    """Return the bars, the line of zero, and the words behind the bars."""
    thick, sink = alt.ExprRef("thick"), alt.ExprRef("sink")
    bars = ranked.shown().mark_bar(height=thick, yOffset=sink)
    zero = theme.rows().mark_rule(
        stroke=LIGHT.soft, strokeWidth=1, opacity=alt.ExprRef("above ? 0 : 1")
    )
    side = alt.ExprRef("datum.way > 0 ? 'left' : 'right'")
    gap, shift = alt.ExprRef(f"{_GAP} * datum.way"), alt.ExprRef("datum.shift")
    down, shown = ranked.down(), ranked.shown()
    return [
        placed(bars, x=x, x2=alt.X2Datum(0), y=down, color=theme.color("group")),
        placed(zero, x="scale('x', 0)", y="0", y2="height"),
        text(shown, "label", x, down, fontWeight="bold", align=side, dx=gap, dy=sink),
        text(shown, "more", x, down, soft=True, align=side, dx=shift, dy=sink),
    ]


def _bars() -> dict[str, Any]:
    return spec(
        *_marks(_x(0, None)),
        *ranked.words(ranked.shown()),
        ranked.hover_areas(ranked.shown()),
        derived=ranked.DERIVED,
    )


def _diverging(tick: str) -> dict[str, Any]:
    side = alt.ExprRef("datum.way > 0 ? 'right' : 'left'")
    gap = alt.ExprRef(f"-{_NAME_GAP} * datum.way")
    return spec(
        *_marks(_x(alt.ExprRef("low"), ranked.axis(tick))),
        text(ranked.shown(), "name", "scale('x', 0)", ranked.down(), align=side, dx=gap),
        ranked.hover_areas(ranked.shown()),
        derived=ranked.DERIVED,
    )
