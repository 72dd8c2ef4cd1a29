"""/datasets/rankings-daily: the day's fifty most used models by tokens, and everything else as ``other``."""

import datetime
from collections import Counter
from datetime import date, timedelta
from typing import Any

import msgspec

from generator.base import attribution
from generator.base.dates import Window
from generator.endpoints import parsing
from generator.endpoints.endpoint import Call, Endpoint, HeldState, Parsed, Reply

NAME = "rankings-daily"
PATH = "/datasets/rankings-daily"
OTHER = "other"
"""The permaslug of everything outside the day's top fifty. It is no model."""

FRESH_DAYS = 7
"""A daily run asks again for this many complete days: every restatement seen so far came within three."""


class RankingRow(msgspec.Struct, frozen=True):
    """One model on one UTC day; ``total_tokens`` is prompt plus completion, as digits."""

    date: datetime.date
    model_permaslug: parsing.Name
    total_tokens: parsing.Digits

    @property
    def tokens(self) -> int:
        return int(self.total_tokens)


def calls(today: date, held: HeldState) -> list[Call]:
    """The last seven complete days and every hole since 2025-01-01, in calendar-year windows.

    Never today, which is incomplete. Calendar years satisfy both readings of the 366-day limit.
    """
    wanted = [
        day
        for day in Window(parsing.FIRST_DAY, today - timedelta(days=1))
        if _wanted(day, today, held)
    ]
    years = sorted({day.year for day in wanted})
    windows = [
        Window(min(days), max(days))
        for year in years
        if (days := [d for d in wanted if d.year == year])
    ]
    return [
        Call(
            NAME,
            PATH,
            (("start_date", str(one.start)), ("end_date", str(one.end)), ("period", "day")),
        )
        for one in windows
    ]


def _wanted(day: date, today: date, held: HeldState) -> bool:
    return day not in held.days or (today - day).days <= FRESH_DAYS


def parse(reply: Reply) -> Parsed:
    meta = parsing.meta(reply)
    window = parsing.window(reply, meta)
    found = parsing.rows(reply, parsing.member(reply, "data", list, "a list"), RankingRow)
    found = parsing.set_aside_if(
        found,
        lambda row: (
            None
            if row.date in window
            else f"{NAME} reply to {reply.call}: {row.model_permaslug} on {row.date} lies outside "
            f"{window.start} to {window.end}"
        ),
    )
    rows = parsing.unique(reply.call, found.rows, key)
    rows.sort(
        key=lambda row: (row.date, row.model_permaslug == OTHER, -row.tokens, row.model_permaslug)
    )
    return Parsed(
        tuple(rows), attribution.rankings(meta["as_of"]), window, found.set_aside, found.noticed
    )


def key(row: RankingRow) -> tuple[object, ...]:
    return (row.date, row.model_permaslug)


def table(row: RankingRow) -> list[dict[str, Any]]:
    return [
        {
            "date": str(row.date),
            "model_permaslug": row.model_permaslug,
            "total_tokens": row.total_tokens,
        }
    ]


def doubts(rows: list[RankingRow]) -> list[str]:
    """Days that are missing between the first and the last, and days with more rows than a top fifty."""
    if not rows:
        return []
    sizes = Counter(row.date for row in rows)
    span = Window(min(sizes), max(sizes))
    gaps = [str(day) for day in span if day not in sizes]
    found = (
        [f"{NAME}: no rows for {', '.join(gaps[:5])}{' …' if len(gaps) > 5 else ''}"]
        if gaps
        else []
    )
    found += [
        f"{NAME}: {size} rows on {day}, at most 51 were expected"
        for day, size in sizes.items()
        if size > 51
    ]
    return found


ENDPOINT = Endpoint(
    name=NAME,
    title="Model rankings by day",
    about="Tokens per model and UTC day: the top fifty of each day, and everything else as one sum.",
    calls=calls,
    parse=parse,
    key=key,
    table=table,
    doubts=doubts,
    columns=(
        ("date", "UTC day"),
        (
            "model_permaslug",
            "the model's permanent slug, with its variant; `other` is everything outside the top fifty",
        ),
        ("total_tokens", "prompt plus completion tokens of that day, an exact integer"),
    ),
)
