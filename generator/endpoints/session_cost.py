"""/datasets/session-cost: what a session of an app costs at the median, by model and length of the session."""

import decimal
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from generator.base import attribution, dates, formats
from generator.base.dates import Window
from generator.endpoints import columns, parsing
from generator.endpoints.endpoint import Call, Endpoint, HeldState, Parsed, Reply
from generator.endpoints.ordering import Record

NAME = "session-cost"
PATH = "/datasets/session-cost"
TURN_RANGES = ("1-turn", "2-9-turns", "10-49-turns", "50-plus-turns")
"""The documented lengths of a session, shortest first."""

EVERY_DAYS = 7
"""The source refreshes the dataset once a week."""

PAGE = 500
DEEPEST_OFFSET = 5000
"""The largest offset that is documented; with pages of five hundred it allows eleven."""

_LONGEST_WINDOW = 366


class CostRow(msgspec.Struct, frozen=True):
    """One cell of the table as the source sends it."""

    app_name: str
    app_slug: parsing.Name
    median_session_cost_usd: parsing.Amount
    model_permaslug: parsing.Name
    turn_range: parsing.Name


class SessionCost(msgspec.Struct, frozen=True):
    """The median cost of one app's sessions of one length with one model.

    Attributes:
        median_session_cost_usd: US dollars, a decimal text.
        window_days, window_end_date: the days whose sessions count; None where the reply does not say.
        as_of: the reply's own.
    """

    app_slug: str
    app_name: str
    model_permaslug: str
    turn_range: str
    median_session_cost_usd: str
    window_days: int | None
    window_end_date: date | None
    as_of: str


def calls(_today: date, _state: HeldState) -> list[Call]:
    """Return the call for the first page of all cells."""
    return [_call(0)]


def _call(offset: int) -> Call:
    return Call(NAME, PATH, (("limit", str(PAGE)), ("offset", str(offset))))


def more(reply: Reply, parsed: Parsed[SessionCost]) -> list[Call]:
    """Return the call for the next page: only after a full one, and never past the deepest offset."""
    is_full = len(parsed.rows) + len(parsed.set_aside) >= PAGE
    next_offset = int(reply.call.param("offset", "0")) + PAGE
    if not is_full or next_offset > DEEPEST_OFFSET:
        return []
    return [_call(next_offset)]


def max_calls(_today: date, _state: HeldState) -> int:
    """Return the number of pages that the deepest offset allows."""
    return DEEPEST_OFFSET // PAGE + 1


def parse(reply: Reply) -> Parsed[SessionCost]:
    """Return the page's cells in the reply's order.

    A window that cannot be read is noticed and costs no cell: a reply that is refused cannot be asked for later.

    Raises:
        ReplyError: the reply cannot be used.
    """
    meta = parsing.meta(reply)
    page = parsing.rows(reply, parsing.member(reply, "data", list, "a list"), CostRow)

    days, odd_days = _window_days(reply, meta)
    end, odd_end = _window_end(reply, meta)
    as_of = meta["as_of"]
    cells = tuple(_cell(row, days, end, as_of) for row in page.rows)
    citation = attribution.session_costs(as_of)
    return Parsed(
        cells, citation, window(days, end), page.set_aside, page.noticed + odd_days + odd_end
    )


def _window_days(reply: Reply, meta: Mapping[str, Any]) -> tuple[int | None, tuple[str, ...]]:
    """Return the number of days, None where it is not stated, and a sentence where it cannot be read."""
    stated = meta.get("window_days")
    if stated is None:
        return None, ()
    if type(stated) is int and 1 <= stated <= _LONGEST_WINDOW:
        return stated, ()
    expected = f"a whole number from 1 to {_LONGEST_WINDOW}, or null"
    return None, (str(parsing.refuse(reply.call, "meta.window_days", expected, stated)),)


def _window_end(reply: Reply, meta: Mapping[str, Any]) -> tuple[date | None, tuple[str, ...]]:
    """Return the last day, None where it is not stated, and a sentence where it cannot be read."""
    stated = meta.get("window_end_date")
    if stated is None:
        return None, ()
    try:
        day = dates.parse_day(stated)
    except (TypeError, ValueError):
        day = date.min
    if day >= parsing.FIRST_DAY:
        return day, ()
    expected = f"a day from {parsing.FIRST_DAY} on, or null"
    return None, (str(parsing.refuse(reply.call, "meta.window_end_date", expected, stated)),)


def window(days: int | None, end: date | None) -> Window | None:
    """Return the days whose sessions count; None unless both their number and their last are known."""
    return None if days is None or end is None else Window.ending(end, days)


def _cell(row: CostRow, days: int | None, end: date | None, as_of: str) -> SessionCost:
    return SessionCost(
        app_slug=row.app_slug,
        app_name=row.app_name,
        model_permaslug=row.model_permaslug,
        turn_range=row.turn_range,
        # The shortest text that stands for the number that came, never one with an exponent.
        median_session_cost_usd=f"{decimal.Decimal(repr(row.median_session_cost_usd)):f}",
        window_days=days,
        window_end_date=end,
        as_of=as_of,
    )


def key(row: SessionCost) -> tuple[str, str, str]:
    """Return the app, the model and the length of the session."""
    return (row.app_slug, row.model_permaslug, row.turn_range)


def doubts(rows: list[SessionCost]) -> list[str]:
    """Return sentences on lengths that are not documented, on pages of two windows and on a list that may be cut."""
    sentences = []
    unknown = Counter(row.turn_range for row in rows if row.turn_range not in TURN_RANGES)
    for turn_range, count in unknown.items():
        quoted = parsing.quote(turn_range)
        counted = formats.counted(count, "row")
        sentences.append(f"{NAME}: {counted} of an undocumented turn_range, {quoted}; kept as sent")

    windows = {(row.window_days, row.window_end_date) for row in rows}
    if len(windows) > 1:
        sentences.append(f"{NAME}: the pages state {len(windows)} different windows")
    if rows and len(rows) % PAGE == 0:
        sentences.append(
            f"{NAME}: exactly {len(rows):,} different rows came, the list may have been cut"
        )
    return sentences


def table(row: SessionCost) -> list[dict[str, object]]:
    """Return one record for one row."""
    record = {name: getattr(row, name) for name in row.__struct_fields__ if name != "as_of"}
    if row.window_end_date is not None:
        record["window_end_date"] = str(row.window_end_date)
    return [record]


def order(record: Record) -> tuple[object, ...]:
    """Return what sorts records by app, model and length of the session."""
    return (record["app_slug"], record["model_permaslug"], record["turn_range"])


ENDPOINT = Endpoint(
    name=NAME,
    title="Session costs",
    about="Median cost of a session by app, model and number of turns. Refreshed once a week.",
    calls=calls,
    more=more,
    parse=parse,
    key=key,
    table=table,
    doubts=doubts,
    # An app's identity is its slug; as_of is the time of the request.
    volatile=frozenset({"as_of", "app_name"}),
    may_be_empty=True,
    every_days=EVERY_DAYS,
    moves_daily=False,
    max_calls=max_calls,
    key_columns=("app_slug", "model_permaslug", "turn_range"),
    order=order,
    row_window=lambda row: window(row.window_days, row.window_end_date),
    model_column="model_permaslug",
    columns=(
        columns.text("app_slug", "the app's identity", always=True, least=1),
        columns.text("app_name", "its name at the time of the snapshot", always=True),
        columns.text(
            "model_permaslug",
            "the model's permanent slug, with its variant",
            always=True,
            least=1,
        ),
        columns.text(
            "turn_range",
            "length of the session: `1-turn`, `2-9-turns`, `10-49-turns` or `50-plus-turns`; an open set",
            always=True,
            least=1,
        ),
        columns.decimal(
            "median_session_cost_usd",
            "median cost of such a session in US dollars, an exact decimal",
            always=True,
        ),
        columns.integer(
            "window_days",
            "number of days whose sessions count; empty where the source does not say",
            least=1,
            most=_LONGEST_WINDOW,
        ),
        columns.date(
            "window_end_date", "last UTC day of them; empty where the source does not say"
        ),
    ),
)
