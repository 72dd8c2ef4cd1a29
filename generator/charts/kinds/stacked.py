"""Week by week, whose share is how large: stacked bars of tokens or of shares.

The largest of the newest week lies at the bottom, everything else in gray on top; each is named at its end. What the
newest week lacks is named inside its part of a bar where it has room there; else, if it was in front of a week, above
the bar of one where its name lies over no other.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from generator.base import dates, formats
from generator.base.dates import Window
from generator.base.palette import AUTHORS, LIGHT
from generator.boards import sentences
from generator.boards.board import AnyBoard, BoardRow, grouped
from generator.boards.names import name_in_color
from generator.charts.chart import Control, Drawing, Option, Rows, Size, Template
from generator.charts.kinds import controls, events, phrases, text_width, theme
from generator.charts.kinds.bar_names import EDGE, LINE, Bars
from generator.charts.kinds.theme import LABEL, alt, between, placed, rows, text

_PAST_ROOM = 72.0
_MARK_ROOM = 70
"""Of a name in the bars, and from one text above them to the next, in pixels."""
_BETWEEN = 0.16
"""How much of the step from bar to bar is between them."""
_DENSE = 6.0
"""Bars with less room than this, in pixels, stand close and have thinner outlines, which else hide their colors."""
_WEEK = 7
_SERIES = "series"
_RANGES = (
    (4, "4w", "4 weeks"),
    (8, "8w", "8 weeks"),
    (26, "26w", "26 weeks"),
    (52, "52w", "1 year"),
)
_PARTS = {"open": AUTHORS["deepseek"], "unlisted": LIGHT.soft, "closed": AUTHORS["xiaomi"]}
_PARTS |= {"free": _PARTS["open"], "unpriced": _PARTS["unlisted"], "paid": _PARTS["closed"]}
"""Colors of the parts of all tokens, told apart from each other and from the remainder; no author is meant."""
_MEASURES = {
    "abs": ("Tokens", ("Share of all tokens", "Tokens")),
    "share": ("Share", ("Tokens", "Share of all tokens")),
}
"""What can be stacked: its name, and which words of the subtitle change when it is chosen."""


def drawing(board: AnyBoard, key: str, size: Size, *, shares: bool) -> Drawing:
    """Return the drawing of a board's weeks, in which the reader may change between tokens and shares.

    Args:
        key: the column of the series: models or authors, or parts of all tokens.
    """
    weeks = rows_by_week(board)
    newest_week, newest = next(reversed(weeks.items()))
    totals = {week: _total(of_week) for week, of_week in weeks.items()}
    shown = _rows(board, weeks, key, size)
    marks = _marks(board, totals)
    left, height = size.of(44, 46, 50), size.of(300.0, 340.0, 380.0)
    right = theme.end_room(row for row in shown if row["week"] == str(newest_week))
    top = text_width.ticks(max(totals.values()), 4)[-1]
    plot = _Plot(size.room - left - math.ceil(right), height, top)
    past = _past(weeks, key, plot, marks)
    for row in shown:
        row.update(past.get((row["week"], row[_SERIES]), {"past": ""}))
    happened = events.marked(board.marks, "week", list(weeks), size)
    return Drawing(
        template=_template(plot.width / len(weeks)),
        data={"rows": shown, "provisional": marks, "events": happened},
        height=height,
        left=left,
        right=right,
        top=14 if marks or any(row["past"] for row in shown) else 4,
        bottom=22,
        params={
            "top": top,
            "stack": "share" if shares else "abs",
        },
        colors=_colors(weeks, key),
        controls=controls.several(
            *_controls(key, weeks, newest, shares=shares), events.control(happened)
        ),
    )


def _template(step: float) -> Template:
    """Return the template of bars of which each has so many pixels."""
    if step < _DENSE:
        return Template("dense-weekly-bars", _dense_bars)
    return Template("weekly-bars", _bars)


def rows_by_week(board: AnyBoard) -> dict[date, list[BoardRow]]:
    """Return the rows of each week, by its last day, the oldest week first."""
    weeks = grouped(board.rows, lambda row: phrases.day(row, "week"))
    return dict(sorted(weeks.items()))


def newest_in_words(board: AnyBoard) -> str:
    """Return the tokens of a board's newest week."""
    *_, (newest, rows_) = rows_by_week(board).items()
    total = formats.tokens_in_words(round(_total(rows_)))
    return f"{total} tokens in {phrases.week_to(board, newest)}."


def _rows(board: AnyBoard, weeks: Mapping[date, Sequence[BoardRow]], key: str, size: Size) -> Rows:
    shown: Rows = []
    for week, of_week in weeks.items():
        gaps = ""
        if board.coverage:
            gaps = board.coverage.within(Window.ending(week, _WEEK)).gaps
        for place, row in enumerate(of_week):
            shown.append({**_shown(row, key, size, gaps), "place": place})
    return shown


def _total(of_week: Sequence[BoardRow]) -> float:
    return sum(phrases.number(row, "total_tokens") for row in of_week)


def _colors(weeks: dict[date, list[BoardRow]], key: str) -> Mapping[str, str]:
    """Return the color of each series; the most important are the newest week's, the largest of each week first."""
    rows_ = chain.from_iterable(reversed(weeks.values()))
    colors = controls.colors(row.entity(key) for row in rows_)
    if key != "part":
        return colors
    return {id_: _PARTS.get(id_, tone) for id_, tone in colors.items()}


def _marks(board: AnyBoard, totals: Mapping[date, float]) -> Rows:
    """Return a text above each week that is not whole (``6 of 7 days``) or still provisional; none above others."""
    if board.coverage is None:
        return []
    marks = []
    for week, total in totals.items():
        coverage = board.coverage.within(Window.ending(week, _WEEK))
        words = "provisional"
        if not coverage.whole:
            words = f"{coverage.held} of {_WEEK} days"
        if coverage.provisional or not coverage.whole:
            marks.append({"week": str(week), "text": words, "total": total})
    return marks


def _controls(
    key: str, weeks: Mapping[date, object], newest: Sequence[BoardRow], *, shares: bool
) -> tuple[Control, ...]:
    shown, other = _MEASURES
    if shares:
        shown, other = other, shown
    label, renamed = _MEASURES[other]
    chosen = Option(other, label, {"stack": other}, renamed=renamed)
    measures = Option("", _MEASURES[shown][0]), chosen
    return controls.several(
        controls.newest("week", list(weeks), _RANGES, _WEEK),
        Control("stack", "Values", measures),
        controls.focus(_SERIES, [row.entity(key) for row in newest]),
    )


def _shown(row: BoardRow, key: str, size: Size, gaps: str) -> dict[str, Any]:
    entity, week = row.entity(key), phrases.day(row, "week")
    more = size.of("", "", phrases.share_or_more(_share(row), _highest(row, "share")))
    tip = {"Week to": dates.human_day(week), **_amounts(row), "Days": gaps}
    return {
        "week": str(week),
        _SERIES: entity.id,
        "total_tokens": phrases.number(row, "total_tokens"),
        "share": _share(row),
        **theme.end_label(name_in_color(entity), more, size.of(130, 160, 210)),
        "tip": phrases.tip(entity.name, tip),
    }


def _amounts(row: BoardRow) -> dict[str, str]:
    """Return a row's tokens and share, with the most that they can be where the board states it."""
    tokens = phrases.number(row, "total_tokens")
    return {
        "Tokens": phrases.count_between(int(tokens), int(_highest(row, "total_tokens"))),
        "Share": phrases.share_between(_share(row), _highest(row, "share")),
    }


def _highest(row: BoardRow, key: str) -> float:
    """Return the most that a number can be where the board states it, else the number."""
    if row.has(f"{key}_high"):
        key = f"{key}_high"
    return phrases.number(row, key)


class _Plot(NamedTuple):
    """Width and height in pixels, and the tokens of a bar as high."""

    width: float
    height: float
    top: float


def _past(
    weeks: Mapping[date, Sequence[BoardRow]], key: str, plot: _Plot, marks: Rows
) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the fields that name what the newest week lacks, by the week and the series of the row that has them.

    That is its largest one, or the largest above whose bar it has room of those in which it was in front.
    """
    *earlier, newest = weeks.values()
    by_id = grouped(chain.from_iterable(earlier), lambda row: row.entity(key).id)
    for row in newest:
        by_id.pop(row.entity(key).id, None)
    in_front = set(map(id, chain.from_iterable(map(_in_front, earlier))))
    tops = {week: plot.height * (1 - _total(rows_) / plot.top) for week, rows_ in weeks.items()}
    marked = {date.fromisoformat(mark["week"]): mark["text"] for mark in marks}
    of_tokens = Bars(plot.width, tops, marked)
    of_shares = Bars(plot.width, dict.fromkeys(tops, 0.0), marked)

    fields: dict[tuple[str, str], dict[str, Any]] = {}
    largest = {id_: sorted(of_id, key=_share, reverse=True) for id_, of_id in by_id.items()}
    for id_, of_id in sorted(largest.items(), key=lambda pair: -_share(pair[1][0])):
        name = text_width.short(name_in_color(of_id[0].entity(key)), LABEL, _PAST_ROOM)
        leading = [row for row in of_id if id(row) in in_front]
        free = (row for row in leading if of_tokens.has_room(phrases.day(row, "week"), name))
        row = next(free, of_id[0])
        week, leads = phrases.day(row, "week"), id(row) in in_front
        above = {
            "abs": leads and of_tokens.has_room(week, name),
            "share": leads and of_shares.has_room(week, name),
        }
        for bars, has_room in zip((of_tokens, of_shares), above.values(), strict=True):
            if has_room:
                bars.take(week, name)
        long = round(text_width.width(name, LABEL), 1)
        fields[str(week), id_] = {"past": name, "long": long, "above": above}
    return fields


def _in_front(week: Sequence[BoardRow]) -> list[BoardRow]:
    """Return those that share the first place of a week."""
    return sentences.at_top([row for row in week if row.standing == "ranked"], _share)


def _share(row: BoardRow) -> float:
    return phrases.number(row, "share")


def _bars() -> dict[str, Any]:
    week = theme.in_bands("week", theme.WEEK_TICK, paddingInner=_BETWEEN, paddingOuter=_BETWEEN / 2)
    return _spec(week, 0.8)


def _dense_bars() -> dict[str, Any]:
    """Return bars that fill their step; the reader can choose fewer weeks, whose outlines are as those of others."""
    week = theme.in_bands("week", theme.DENSE_WEEK_TICK, paddingInner=0, paddingOuter=0)
    return _spec(week, alt.ExprRef("min(0.8, bandwidth('x') / 10)"))


def _spec(week: Any, outline: Any) -> dict[str, Any]:
    tick = f"stack == 'share' ? format(datum.value, '.0%') : {theme.TOKENS_TICK}"
    y = alt.Y("low:Q", axis=alt.Axis(tickCount=4, labelExpr=tick), scale=between("0", "whole"))
    parts = _parts()
    bars_ = parts.mark_bar(stroke=LIGHT.paper, strokeWidth=outline)
    look = {"color": theme.color(_SERIES), "opacity": theme.in_focus(_SERIES)}
    ends = parts.transform_joinaggregate(newest="max(week)").transform_filter(
        "datum.week == datum.newest"
    )
    marks = theme.within(rows("provisional"), "week").transform_window(
        later="lead(week)", sort=[alt.SortField("week")]
    )
    # Of two that would touch, the newer can be read.
    apart = f"scale('x', datum.later) - scale('x', datum.week) < {_MARK_ROOM}"
    seen = alt.ExprRef(f"datum.later && {apart} ? 0 : 1")
    return theme.spec(
        placed(bars_, x=week, y=y, y2=alt.Y2("high:Q"), tooltip="datum.tip", **look),
        theme.hatch("provisional", "stack == 'share' ? 0 : height * (1 - datum.total / top)"),
        text(marks, "text", week, "-4", soft=True, align="center", baseline="bottom", opacity=seen),
        *theme.haloed(_past_parts(parts), "past", week, y, align="center"),
        *events.layers(theme.within(rows("events"), "week"), week, events.INSIDE),
        *theme.end_labels(ends, "height * (1 - (datum.low + datum.high) / 2 / whole)", _SERIES),
        derived={"whole": "stack == 'share' ? 1 : top"},
        dated=True,
    )


def _parts() -> Any:
    """Return the parts of each week that is shown, with the values at which they start and end."""
    shown = theme.within(rows(), "week")
    measured = shown.transform_calculate(
        value="stack == 'share' ? datum.share : datum.total_tokens"
    )
    return measured.transform_stack(
        stack="value", groupby=["week"], sort=[alt.SortField("place")], as_=["low", "high"]
    )


def _past_parts(parts: Any) -> Any:
    """Return the parts that are named in their bars or above them, since the newest week has none of their series."""
    step = "width / datum.weeks"
    fits = f"datum.long + 4 < {1 - _BETWEEN} * {step} && (datum.high - datum.low) / whole * height > {LINE}"
    middle = f"(datum.at - 0.5) * {step}"
    is_within = (
        f"{middle} - datum.long / 2 >= {-EDGE} && {middle} + datum.long / 2 <= width + {EDGE}"
    )
    return (
        parts.transform_joinaggregate(newest="max(week)", weeks="distinct(week)")
        .transform_joinaggregate(last="max(week)", groupby=[_SERIES])
        .transform_joinaggregate(sum="max(high)", groupby=["week"])
        .transform_window(at="dense_rank()", sort=[alt.SortField("week")])
        .transform_filter("datum.past && datum.last < datum.newest")
        .transform_calculate(inside=fits)
        .transform_filter(f"datum.inside || datum.above[stack] && {is_within}")
        .transform_calculate(
            low=f"datum.inside ? (datum.low + datum.high) / 2 : datum.sum + {LINE / 2} / height * whole"
        )
    )
