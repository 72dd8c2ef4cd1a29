"""Quiet marks for what happened on a day of a time chart, which the reader switches on."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from string import ascii_uppercase
from typing import Any

from generator.base.palette import LIGHT
from generator.boards.board import EventMark
from generator.boards.changes import DAYS
from generator.charts.chart import Control, Option, Rows, Size, Template
from generator.charts.kinds import phrases
from generator.charts.kinds.theme import HOVER, haloed, placed

TOP = ("top10", "Top 10")
ALL = ("all", "All")
PRICES = ("prices", "Prices")
"""What is marked: as it stands in an address, and for people."""
ABOVE, INSIDE, _ROOM = -8, 8, 18
"""Where letters are, from the top of the plot down, and the room that those above it take, in pixels."""
_LETTER, _PLOT = 16.0, 0.6
"""Room of a letter in pixels, and about how much of a drawing's width is its plot."""


def marked(marks: Sequence[EventMark], field: str, axis: Sequence[date], size: Size) -> Rows:
    """Return a row for each place with events, lettered from the oldest; what would touch stands at one place.

    Args:
        marks: oldest first.
        field: of the rows, which holds the place.
        axis: the days, or the last days of weeks, that the time axis has, ascending; an event stands at the first
            that is not before it.
    """
    apart = (axis[-1] - axis[0]) * _LETTER / (size.width * _PLOT)
    by_place: dict[date, dict[str, list[str]]] = {}
    for mark in marks:
        place = bisect_left(axis, mark.day)
        if place == len(axis):
            continue
        where = axis[place]
        before = max(by_place, default=None)
        if before and where - before < apart:
            where = before
        day = phrases.short_day(mark.day).replace(" ", "\u00a0")
        by_place.setdefault(where, {}).setdefault(day, []).append(mark.text)
    rows = []
    newest = sorted(by_place)[-len(ascii_uppercase) :]
    for letter, where in zip(ascii_uppercase, newest, strict=False):
        tip = phrases.tip(f"Event {letter}", _tooltip(by_place[where], size.of(1, 2, 3)))
        rows.append({field: str(where), "letter": letter, "tip": tip})
    return rows


def data(rows: Rows) -> dict[str, Rows]:
    """Return the data set of the events; none where there are none, whose kind then has no layers for them."""
    return {"events": rows} if rows else {}


def template(name: str, rows: Rows, build: Callable[..., dict[str, Any]]) -> Template:
    """Return the kind of a chart with these events: hundreds of files go without layers for them.

    Args:
        build: makes the spec; it is told whether it is ``eventful``.
    """
    if not rows:
        return Template(name, lambda: build(eventful=False))
    return Template(f"{name}-and-events", lambda: build(eventful=True))


def room(rows: Rows) -> float:
    """Return the pixels that a plot leaves above it for letters."""
    return _ROOM if rows else 4


def _tooltip(texts: Mapping[str, Sequence[str]], most: int) -> dict[str, str]:
    """Return the events of each day as one text, which tells the first few of many."""
    tooltip = {}
    for day, of_day in texts.items():
        told = list(of_day[:most])
        if len(of_day) > most:
            told.append(f"And {len(of_day) - most} more.")
        tooltip[day] = " ".join(told)
    return tooltip


def control(rows: Rows, what: tuple[str, str] = TOP) -> Control | None:
    """Return the choice to show the events; None where there are none."""
    if not rows:
        return None
    value, label = what
    shown = Option(value, f"{label}, last {DAYS} days", {"events": 1})
    return Control("events", "Events", (Option("", "Hidden"), shown))


def layers(chart: Any, x: Any, y: float = ABOVE) -> tuple[Any, ...]:
    """Return a thin line with a letter, ``y`` pixels below the top, for each row of events, and what has its tooltip."""
    shown = chart.transform_filter("events")
    ends = {"x": x, "y": "0", "y2": "height"}
    rule = shown.mark_rule(stroke=LIGHT.soft, strokeWidth=1, strokeDash=[1, 3])
    over = shown.mark_rule(strokeWidth=14, opacity=0)
    layers = (
        placed(rule, **ends),
        *haloed(shown, "letter", x, str(y), soft=True, align="center"),
        placed(over, **ends, tooltip="datum.tip"),
    )
    # A picture never has them.
    return tuple(one.properties(name=f"{HOVER}-events-{nth}") for nth, one in enumerate(layers))
