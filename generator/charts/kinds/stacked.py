"""Week by week, whose share is how large: stacked bars of tokens, or a stacked area of shares.

The largest of the newest week lies at the bottom, everything else in gray on top; each is named at its end.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.base import dates, formats
from generator.base.dates import Window
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, BoardRow, Entity
from generator.boards.names import name_in_colour
from generator.charts.chart import Control, Drawing, Option, Rows, Size, Template
from generator.charts.kinds import bars, phrases, text_width
from generator.charts.kinds.grammar import (
    HOVER,
    alt,
    at,
    chart,
    end_labels,
    grid,
    spec,
    text,
    tick_labels,
)

_TINTS = (1.0, 0.68, 0.46, 0.32)
_PROVISIONAL = 0.6
_LABEL = 12
_PAST = 12
_PAST_ROOM = 64.0
_GAP = 15.0
_WEEK = 7


@dataclass(frozen=True, slots=True)
class _Part:
    week: date
    entity: Entity
    row: BoardRow
    low: float
    high: float

    @property
    def size(self) -> float:
        return self.high - self.low

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Measure:
    """What is stacked: the column, its ticks in words, and whether the whole is always one."""

    key: str
    tick: Callable[[float], str]
    whole: bool = False


TOKENS = Measure("total_tokens", phrases.tokens_tick)
SHARES = Measure("share", phrases.percent_tick, whole=True)
_RANGES = (("4w", "4 weeks", 4), ("8w", "8 weeks", 8))


def drawing(
    board: AnyBoard,
    key: str,
    size: Size,
    *,
    shares: bool,
    colours: Mapping[str, str] | None = None,
) -> Drawing:
    """Return the drawing of a board's weeks, in which the reader may change between tokens and shares.

    Args:
        colours: by the entity's id; without them each has its author's.
    """
    measure_, other = (SHARES, TOKENS) if shares else (TOKENS, SHARES)
    parts, others = _stacked(board, key, measure_.key), _stacked(board, key, other.key)
    weeks = sorted({part.week for part in parts})
    newest = [part for part in parts if part.week == weeks[-1]]
    height = size.of(300.0, 340.0, 380.0)
    area = shares and len(weeks) > 1

    tints = _tints([part.entity for part in newest])
    rows = [_shown(part, key, tints, board, area=area) for part in parts]
    # Where each part lies on the other scale travels with it, for readers who change over.
    for row, rest in zip(rows, others, strict=True):
        row.update(low2=rest.low, high2=rest.high)
    ticks = _ticks(parts, measure_)
    labels = _labels(newest, key, height / ticks[-1]["v"], height, size)
    if colours:
        for row in (*rows, *labels):
            row["colour"] = colours.get(row[key], row["colour"])
    marks, past = _marks(board, weeks), _past(parts, others, key, size)

    return Drawing(
        template=AREAS if area else BARS,
        data={
            "rows": rows,
            "weeks": _week_ticks(weeks, size),
            "ticks": ticks,
            "labels": labels,
            "past": past,
            "provisional": marks,
        },
        height=height,
        left=size.of(44, 46, 50),
        right=max(
            16 + label["shift"] + text_width.width(label["more"], _LABEL) for label in labels
        ),
        top=14 if marks or past else 4,
        bottom=22,
        controls=_controls(key, weeks, others, other, height=height, size=size),
    )


def rows_by_week(board: AnyBoard) -> dict[date, list[BoardRow]]:
    """Return the rows of each week, by its last day, the oldest week first."""
    weeks: dict[date, list[BoardRow]] = {}
    for row in board.rows:
        weeks.setdefault(phrases.day(row, "week"), []).append(row)
    return dict(sorted(weeks.items()))


def _marks(board: AnyBoard, weeks: Sequence[date]) -> Rows:
    """Return a text above each week that is not whole (``6 of 7 days``) or still provisional; none above others."""
    if board.coverage is None:
        return []
    marks = []
    for week in weeks:
        own = board.coverage.within(Window.ending(week, _WEEK))
        if not own.whole:
            marks.append({"week": str(week), "text": f"{own.held} of {_WEEK} days"})
        elif own.provisional:
            marks.append({"week": str(week), "text": "provisional"})
    return marks


def _ticks(parts: Sequence[_Part], measure_: Measure) -> Rows:
    whole = [0.0, 0.25, 0.5, 0.75, 1.0]
    values = whole if measure_.whole else text_width.ticks(max(part.high for part in parts), 4)
    return [{"v": value, "label": measure_.tick(value)} for value in values]


def _controls(
    key: str,
    weeks: Sequence[date],
    others: list[_Part],
    other: Measure,
    *,
    height: float,
    size: Size,
) -> tuple[Control, ...]:
    newest = [part for part in others if part.week == weeks[-1]]
    ticks = _ticks(others, other)
    names = {True: ("share", "Share"), False: ("abs", "Tokens")}
    value, label = names[other.whole]
    option = Option(
        value,
        label,
        data={
            "ticks": ticks,
            "labels": _labels(newest, key, height / ticks[-1]["v"], height, size),
        },
        fields={"low": "low2", "high": "high2", "middle": "middle2"},
    )
    ranges = [
        Option(value, label, since=str(weeks[-count]))
        for value, label, count in _RANGES
        if len(weeks) > count
    ]
    every = [Option(part.entity.id, formats.sanitize(part.entity.name)) for part in newest]
    controls = (
        Control("range", "Period", (Option("", "All"), *ranges), "week", "weeks"),
        Control("stack", "Values", (Option("", names[not other.whole][1]), option)),
        Control("focus", "Highlight", (Option("", "None"), *every), key),
    )
    return tuple(control for control in controls if len(control.options) > 1)


def _stacked(board: AnyBoard, key: str, measure_: str) -> list[_Part]:
    parts: list[_Part] = []
    tops: dict[date, float] = {}
    for row in board.rows:
        week = phrases.day(row, "week")
        low = tops.get(week, 0.0)
        tops[week] = low + phrases.number(row, measure_)
        parts.append(_Part(week, row.entity(key), row, low, tops[week]))
    return parts


def _tints(order: Sequence[Entity]) -> dict[str, float]:
    """Return the opacity, up to 1, of each entity's color by id: an author's second and third model are paler."""
    seen: dict[str, int] = {}
    tints = {}
    for entity in order:
        nth = seen.get(entity.author, 0) if entity.author else 0
        seen[entity.author] = nth + 1
        tints[entity.id] = _TINTS[min(nth, len(_TINTS) - 1)]
    return tints


def _shown(
    part: _Part,
    key: str,
    tints: dict[str, float],
    board: AnyBoard,
    *,
    area: bool,
) -> dict[str, Any]:
    name = formats.sanitize(part.entity.name)
    marked = {mark["week"] for mark in _marks(board, [part.week])}
    paler = _PROVISIONAL if marked and not area else 1.0
    tokens, share = phrases.number(part.row, "total_tokens"), phrases.number(part.row, "share")
    return {
        "week": str(part.week),
        key: part.entity.id,
        "name": name,
        "total_tokens": tokens,
        "share": share,
        "low": part.low,
        "high": part.high,
        "colour": bars.colour(part.entity),
        "tint": round(tints.get(part.entity.id, 1.0) * paler, 3),
        "tip": {
            "title": name,
            "Week to": dates.human_day(part.week),
            "Tokens": phrases.count(tokens),
            "Share": formats.share(share),
            **_lacking(part.week, board),
        },
    }


def _lacking(week: date, board: AnyBoard) -> dict[str, str]:
    """Return the tooltip's line on missing days (``6 of 7 days; ...``); empty for a whole week."""
    if board.coverage is None:
        return {}
    gaps = board.coverage.within(Window.ending(week, _WEEK)).gaps
    return {"Days": gaps} if gaps else {}


def _week_ticks(weeks: list[date], size: Size) -> Rows:
    """Return every week where there is room, every second or fourth otherwise, always the newest."""
    every = size.of(4, 2, 1)
    last = len(weeks) - 1
    return [
        {
            "week": str(week),
            "label": phrases.short_day(week) if (last - n) % every == 0 else "",
            "align": "center",
        }
        for n, week in enumerate(weeks)
    ]


def _labels(newest: list[_Part], key: str, scale: float, height: float, size: Size) -> Rows:
    """Return one label per part of the newest week, beside its middle or as near to it as there is room."""
    middles = [height - scale * (part.low + part.high) / 2 for part in reversed(newest)]
    places = text_width.spread(middles, _GAP, 6, height - 6)
    rows = []
    for part, middle, place in zip(reversed(newest), middles, places, strict=True):
        more = formats.share(phrases.number(part.row, "share")) if size.wide else ""
        room = size.of(130, 160, 210) - text_width.width(more, _LABEL) - (8 if more else 0)
        name = text_width.short(name_in_colour(part.entity), _LABEL, room)
        rows.append(
            {
                key: part.entity.id,
                "name": name,
                "more": more,
                "shift": round(text_width.width(name, _LABEL) + 8, 1),
                "from": round(middle, 1),
                "py": round(place, 1),
                "colour": bars.colour(part.entity),
            }
        )
    return rows


def _past(parts: Sequence[_Part], others: Sequence[_Part], key: str, size: Size) -> Rows:
    """Return the names of what the newest week lacks: each inside its largest part.

    Only the wide drawing has room in its bars; in others, who was in front of a week is named, above that week.
    """
    newest = max(part.week for part in parts)
    ending = {part.entity.id for part in parts if part.week == newest}
    pairs = zip(parts, others, strict=True)
    past = [(part, other) for part, other in pairs if part.entity.id not in ending]
    largest: dict[str, tuple[_Part, _Part]] = {}
    for part, other in past:
        known = largest.get(part.entity.id)
        if known is None or part.size > known[0].size:
            largest[part.entity.id] = (part, other)
    rows: Rows = []
    for name, (part, other) in largest.items():
        at_, at_other, lift = part.middle, other.middle, 0
        if not size.wide:
            if not _leads(part, parts):
                continue
            at_, at_other, lift = _top(part, parts), _top(other, others), -7
        short = text_width.short(name_in_colour(part.entity), _PAST, _PAST_ROOM)
        row = {key: name, "week": str(part.week), "name": short, "lift": lift}
        rows.append({**row, "middle": at_, "middle2": at_other})
    return rows


def _leads(part: _Part, parts: Sequence[_Part]) -> bool:
    week = [other for other in parts if other.week == part.week and other.row.standing == "ranked"]
    return all(other.size <= part.size for other in week)


def _top(part: _Part, parts: Sequence[_Part]) -> float:
    return max(other.high for other in parts if other.week == part.week)


def _y(name: str) -> Any:
    return alt.Y(f"{name}:Q", axis=None, scale=alt.Scale(nice=False, zero=True))


def _spec(week: Any, marks: Sequence[Any], tick: Any) -> dict[str, Any]:
    note = text("provisional", "text", colour=LIGHT.soft, size=12, align=tick, baseline="bottom")
    lift = alt.ExprRef("datum.lift")
    past = text("past", "name", size=_PAST, align="center", baseline="middle", dy=lift)
    return spec(
        grid("ticks", "y", _y("v")),
        *marks,
        tick_labels("ticks", "y", _y("v")),
        tick_labels("weeks", "x", week),
        note.encode(x=week, y=at("y", "-4")),
        past.encode(x=week, y=_y("middle")),
        *end_labels("labels"),
    )


def _placed(marks: Any, week: Any) -> Any:
    return marks.encode(x=week, y=_y("low"), y2=alt.Y2("high:Q"))


def _filled(marks: Any, week: Any) -> Any:
    return _placed(marks, week).encode(
        fill=alt.Fill("colour:N", scale=None),
        fillOpacity=alt.FillOpacity("tint:Q", scale=None),
    )


def _bars() -> dict[str, Any]:
    week = alt.X(
        "week:O", axis=None, sort=None, scale=alt.Scale(paddingInner=0.16, paddingOuter=0.08)
    )
    bars = chart("rows").mark_bar(stroke=LIGHT.paper, strokeWidth=0.8)
    return _spec(week, [_filled(bars, week).encode(tooltip=alt.Tooltip("tip:N"))], "center")


def _areas() -> dict[str, Any]:
    week = alt.X("week:O", axis=None, sort=None, scale=alt.Scale(type="point", padding=0))
    areas = chart("rows").mark_area(stroke=LIGHT.paper, strokeWidth=0.8)
    # Of an area Vega finds the week by pixels of the drawing, which a page shows at any size.
    step = alt.ExprRef("width / max(1, length(domain('x')) - 1)")
    over = chart("rows").mark_bar(size=step, fillOpacity=0, opacity=0)
    weeks = _placed(over.properties(name=HOVER), week).encode(tooltip=alt.Tooltip("tip:N"))
    return _spec(week, [_filled(areas, week).encode(detail="name:N"), weeks], "right")


BARS = Template("weekly-bars", _bars)
AREAS = Template("weekly-areas", _areas)
