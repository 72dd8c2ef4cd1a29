"""/datasets/rankings-daily: the day's fifty most used models by tokens, and everything else as ``other``."""

import datetime
from collections import Counter
from datetime import UTC, date, timedelta

import msgspec

from generator.base import attribution, formats
from generator.base.dates import Window
from generator.endpoints import columns, parsing
from generator.endpoints.endpoint import Call, Endpoint, HeldState, Parsed, Reply
from generator.endpoints.ordering import Record

NAME = "rankings-daily"
PATH = "/datasets/rankings-daily"
OTHER = "other"
"""The permaslug of everything outside the day's top 50. It is not a model."""

PROVISIONAL = "provisional"
"""The column that depends on the snapshot as well as on the row."""

FRESH_DAYS = 7
"""The number of complete days that every run asks for again: each restatement seen so far came within three."""

_HOLE_DAYS = 30
"""A day that is missing for longer is asked for on Mondays only; days further apart are in two calls."""
_MONDAY = 0
_MOST_ROWS_A_DAY = 51
_MOST_DAYS_NAMED = 5


class RankingRow(msgspec.Struct, frozen=True):
    """One model on one UTC day; ``total_tokens`` is prompt plus completion, as digits."""

    date: datetime.date
    model_permaslug: parsing.Name
    total_tokens: parsing.Digits

    @property
    def tokens(self) -> int:
        return int(self.total_tokens)


def calls(today: date, state: HeldState) -> list[Call]:
    """Return calls for the last seven complete days and for every day since 2025-01-01 that is not settled.

    Today is incomplete and never asked for. A day that the run before asked for in vain, and that is older than
    thirty days, is asked for on Mondays only. A call covers days of one calendar year, which satisfies both readings
    of the API's limit of 366 days; days far from each other are in calls of their own.
    """
    windows: list[Window] = []
    for day in Window(parsing.FIRST_DAY, today - timedelta(days=1)):
        if not _is_asked(day, today, state):
            continue
        if windows and _is_near(windows[-1].end, day):
            windows[-1] = Window(windows[-1].start, day)
        else:
            windows.append(Window(day, day))
    return [_call(window.start, window.end) for window in windows]


def _is_asked(day: date, today: date, state: HeldState) -> bool:
    if (today - day).days <= FRESH_DAYS:
        return True
    if day in state.days:
        return False
    if day in state.stated_days or state.newest is None or today.weekday() == _MONDAY:
        return True
    return (state.newest - day).days <= _HOLE_DAYS


def _is_near(day: date, later: date) -> bool:
    return day.year == later.year and (later - day).days <= _HOLE_DAYS


def _call(first: date, last: date) -> Call:
    params = (("start_date", str(first)), ("end_date", str(last)), ("period", "day"))
    return Call(NAME, PATH, params)


def parse(reply: Reply) -> Parsed[RankingRow]:
    """Return the rows by day, most tokens first and ``other`` last.

    Raises:
        ReplyError: the reply cannot be used.
    """
    meta = parsing.meta(reply)
    window = parsing.window(reply, meta)

    complete = complete_days(reply, window)

    def wrong(row: RankingRow) -> str | None:
        if row.date in complete:
            return None
        place = f"{formats.sanitize(row.model_permaslug)} on {row.date}"
        return (
            f"{NAME} reply to {reply.call}: {place} lies outside {complete.start} to {complete.end}"
        )

    listed = parsing.rows(reply, parsing.member(reply, "data", list, "a list"), RankingRow)
    listed = parsing.set_aside_if(listed, wrong)
    rows = sorted(listed.rows, key=place)
    citation = attribution.rankings(meta["as_of"])
    noticed = listed.noticed + parsing.window_notices(reply, window)
    return Parsed(tuple(rows), citation, window, listed.set_aside, noticed)


def complete_days(reply: Reply, window: Window) -> Window:
    """Return the days of a window that can have a ranking: from 2025-01-01 to the day before the reply came."""
    yesterday = reply.received_at.astimezone(UTC).date() - timedelta(days=1)
    return Window(max(window.start, parsing.FIRST_DAY), min(window.end, yesterday))


def place(row: RankingRow) -> tuple[object, ...]:
    """Return what sorts rows by day, most tokens first and ``other`` last."""
    is_other = row.model_permaslug == OTHER
    return (row.date, is_other, -row.tokens, row.model_permaslug)


def key(row: RankingRow) -> tuple[date, str]:
    """Return the day and the model: a day states each model once."""
    return (row.date, row.model_permaslug)


def order(record: Record) -> tuple[object, ...]:
    """Return what sorts records by day, most tokens first and ``other`` last."""
    slug, tokens = record["model_permaslug"], int(record["total_tokens"])
    return (record["date"], slug == OTHER, -tokens, slug)


def table(row: RankingRow) -> list[dict[str, str]]:
    """Return one record for one row."""
    record = {
        "date": str(row.date),
        "model_permaslug": row.model_permaslug,
        "total_tokens": row.total_tokens,
    }
    return [record]


def doubts(rows: list[RankingRow]) -> list[str]:
    """Return sentences on days missing between the first and the last, and on days with more than 51 rows."""
    if not rows:
        return []

    sizes = Counter(row.date for row in rows)
    sentences = []
    missing = [str(day) for day in Window(min(sizes), max(sizes)) if day not in sizes]
    if missing:
        named = ", ".join(missing[:_MOST_DAYS_NAMED])
        more = " …" if len(missing) > _MOST_DAYS_NAMED else ""
        sentences.append(f"{NAME}: no rows for {named}{more}")
    for day, size in sizes.items():
        if size > _MOST_ROWS_A_DAY:
            expected = f"at most {_MOST_ROWS_A_DAY} were expected"
            sentences.append(f"{NAME}: {size} rows on {day}, {expected}")
    return sentences


def row_day(row: RankingRow) -> date:
    """Return the UTC day that the row states."""
    return row.date


ENDPOINT = Endpoint(
    name=NAME,
    title="Model rankings by day",
    about="Tokens per model and UTC day: the top 50 of each day, plus a total for all other models.",
    calls=calls,
    parse=parse,
    key=key,
    table=table,
    doubts=doubts,
    row_day=row_day,
    key_columns=("date", "model_permaslug"),
    order=order,
    model_column="model_permaslug",
    columns=(
        columns.date("date", "UTC day", always=True),
        columns.text(
            "model_permaslug",
            "the model's permanent slug, with its variant; `other` is everything outside the top 50",
            always=True,
            least=1,
        ),
        columns.tokens(
            "total_tokens",
            "prompt plus completion tokens of that day, an exact integer",
            always=True,
        ),
        columns.flag(
            PROVISIONAL,
            "true where the source may still restate the day, as it does for three days",
        ),
    ),
)
