"""/datasets/rankings-daily with a filter: the most used models of one modality, category and the like.

Modalities and context buckets come by day. Categories and language types come by week alone, as estimates from a
sample: they are a dataset of their own, asked for weekly.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import msgspec

from generator.base import attribution, formats
from generator.base.dates import Window
from generator.endpoints import columns, parsing, rankings_daily
from generator.endpoints.endpoint import Call, Endpoint, HeldState, Parsed, Reply
from generator.endpoints.ordering import Record
from generator.endpoints.rankings_daily import (
    PATH,
    PROVISIONAL,
    RankingRow,
    complete_days,
)

NAME = "rankings-slices"
WEEKLY_NAME = "rankings-slices-weekly"
DAILY_SLICES: Mapping[str, tuple[str, ...]] = {
    "modality": ("text", "image", "image_output", "audio", "tool_calling"),
    "context_bucket": ("1K", "10K", "100K", "1M", "10M"),
}
WEEKLY_SLICES: Mapping[str, tuple[str, ...]] = {
    "category": (
        *("programming", "roleplay", "marketing", "marketing/seo", "technology", "science"),
        *("translation", "legal", "finance", "health", "trivia", "academia"),
    ),
    "language_type": ("natural", "programming"),
}
"""The documented filters with their values. Those of a day cannot be combined with those of a week."""

FRESH_DAYS = 7
"""The number of complete days that every run asks for again, as it does for all models."""
FRESH_WEEKS = 4
"""The number of complete weeks that every run asks for again."""
EVERY_DAYS = 7

_WEEK = timedelta(days=7)
_LONGEST_DAYS = 364
"""Whole weeks within the API's limit of 366 days."""

Period = Literal["day", "week"]


class SliceRow(msgspec.Struct, frozen=True):
    """One model in one slice on one UTC day, or in the week that starts on it.

    Attributes:
        slice_kind, slice_value: the filter and its value, as they were sent.
        total_tokens: prompt plus completion, as digits.
    """

    slice_kind: str
    slice_value: str
    period: Period
    date: datetime.date
    model_permaslug: str
    total_tokens: str

    @property
    def tokens(self) -> int:
        return int(self.total_tokens)

    @property
    def window(self) -> Window:
        """The days that the tokens are of."""
        return Window(self.date, self.date + _length(self.period) - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class SlicePlan:
    """Which slices a dataset has, and for which days they are asked.

    Attributes:
        dataset: its name.
        slices: the values by filter.
        period: of its rows.
        fresh: the number of complete days or weeks that are asked for again.
    """

    dataset: str
    slices: Mapping[str, tuple[str, ...]]
    period: Period
    fresh: int

    def calls(self, today: date, state: HeldState) -> list[Call]:
        """Return one call for each slice: the newest complete periods, and all since the oldest that is missing."""
        window = self._window(today, state)
        days = (("start_date", str(window.start)), ("end_date", str(window.end)))
        return [
            Call(
                self.dataset, PATH, (*days, ("period", self.period), (kind, value)), separable=True
            )
            for kind, value in self._each()
        ]

    def _each(self) -> Iterator[tuple[str, str]]:
        for kind, values in self.slices.items():
            for value in values:
                yield kind, value

    def _window(self, today: date, state: HeldState) -> Window:
        """Return whole periods up to the last complete one; of a year at most, so that one call is enough."""
        length = _length(self.period)
        end = today - timedelta(days=1)
        if self.period == "week":
            # The Sunday before the week that today is in.
            end = today - timedelta(days=today.weekday() + 1)
        first = end + timedelta(days=1) - self.fresh * length
        oldest = end + timedelta(days=1) - timedelta(days=_LONGEST_DAYS)
        # Without any rows there is no hole: what came before the first run is left to the source.
        if state.days:
            period = first
            while period - length >= oldest:
                period -= length
                if period not in state.days:
                    first = period
        return Window(max(first, parsing.FIRST_DAY), end)

    def parse(self, reply: Reply) -> Parsed[SliceRow]:
        """Return the rows of one slice by period, most tokens first and ``other`` last.

        Raises:
            ReplyError: the reply cannot be used.
        """
        meta = parsing.meta(reply)
        window = parsing.window(reply, meta)
        complete = complete_days(reply, window)
        kind, value = self._slice_of(reply.call)

        def wrong(row: RankingRow) -> str | None:
            model = formats.sanitize(row.model_permaslug)
            place = f"{self.dataset} reply to {reply.call}: {model} on {row.date}"
            if row.date not in complete:
                return f"{place} lies outside {complete.start} to {complete.end}"
            if self.period == "week" and row.date.weekday():
                return f"{place}, which is no Monday"
            return None

        listed = parsing.rows(reply, parsing.member(reply, "data", list, "a list"), RankingRow)
        listed = parsing.set_aside_if(listed, wrong)
        rows = [
            SliceRow(kind, value, self.period, row.date, row.model_permaslug, row.total_tokens)
            for row in sorted(listed.rows, key=rankings_daily.place)
        ]
        noticed = listed.noticed + parsing.window_notices(reply, window)
        citation = attribution.rankings(meta["as_of"])
        return Parsed(tuple(rows), citation, window, listed.set_aside, noticed)

    def _slice_of(self, call: Call) -> tuple[str, str]:
        """Return the filter that a call has, and its value."""
        return next((name, value) for name, value in call.params if name in self.slices)

    def doubts(self, rows: list[SliceRow]) -> list[str]:
        """Return sentences on slices without rows, and on slices of one kind that came alike."""
        stated: dict[tuple[str, str], set[tuple[date, str, str]]] = {}
        for row in rows:
            of_slice = stated.setdefault((row.slice_kind, row.slice_value), set())
            of_slice.add((row.date, row.model_permaslug, row.total_tokens))

        sentences = []
        seen: dict[tuple[str, frozenset[tuple[date, str, str]]], str] = {}
        for kind, value in self._each():
            slice_rows = frozenset(stated.get((kind, value), ()))
            if not slice_rows:
                sentences.append(f"{self.dataset}: no rows for {kind}={value}")
                continue
            like = seen.setdefault((kind, slice_rows), value)
            if like != value:
                sentences.append(
                    f"{self.dataset}: {kind}={value} has the same rows as {kind}={like}"
                )
        return sentences


def _length(period: Period) -> timedelta:
    return _WEEK if period == "week" else timedelta(days=1)


def key(row: SliceRow) -> tuple[str, str, date, str]:
    """Return the slice, the period's first day and the model."""
    return (row.slice_kind, row.slice_value, row.date, row.model_permaslug)


def table(row: SliceRow) -> list[dict[str, str]]:
    """Return one record for one row."""
    record = {name: str(getattr(row, name)) for name in row.__struct_fields__}
    return [record]


def order(record: Record) -> tuple[object, ...]:
    """Return what sorts records by slice, then as the rankings of all models."""
    return (record["slice_kind"], record["slice_value"], *rankings_daily.order(record))


def row_day(row: SliceRow) -> date:
    """Return the first UTC day that the row states."""
    return row.date


def row_window(row: SliceRow) -> Window:
    """Return the day or the week that the row states."""
    return row.window


_KEY_COLUMNS = ("slice_kind", "slice_value", "date", "model_permaslug")
_MODEL = columns.text(
    "model_permaslug",
    "the model's permanent slug, with its variant; `other` is everything outside the top 50 of the slice",
    always=True,
    least=1,
)

_DAILY = SlicePlan(NAME, DAILY_SLICES, "day", FRESH_DAYS)
_WEEKLY = SlicePlan(WEEKLY_NAME, WEEKLY_SLICES, "week", FRESH_WEEKS)

DAILY = Endpoint(
    name=NAME,
    title="Model rankings by modality and context",
    about=(
        "Tokens per model and UTC day by modality, tool calls and context length: the top 50 of each slice and day, "
        "plus a total for all other models."
    ),
    calls=_DAILY.calls,
    parse=_DAILY.parse,
    key=key,
    table=table,
    doubts=_DAILY.doubts,
    extended=True,
    row_day=row_day,
    row_window=row_window,
    key_columns=_KEY_COLUMNS,
    order=order,
    model_column="model_permaslug",
    list_of=lambda row: f"{row.slice_kind}={row.slice_value}",
    columns=(
        columns.text(
            "slice_kind", "the filter: `modality` or `context_bucket`", always=True, least=1
        ),
        columns.text(
            "slice_value",
            "modality: `text` and `image_output` of the output, `image` and `audio` of the input, `tool_calling` for "
            "requests with a tool call; context_bucket: `1K`, `10K`, `100K`, `1M` or `10M`; an open set",
            always=True,
            least=1,
        ),
        columns.text("period", "always `day`", always=True, least=1),
        columns.date("date", "UTC day", always=True),
        _MODEL,
        columns.tokens(
            "total_tokens",
            "prompt plus completion tokens of that day in the slice, an exact integer",
            always=True,
        ),
        columns.flag(
            PROVISIONAL,
            "true where the source may still restate the day, as it does for three days",
        ),
    ),
)

WEEKLY = Endpoint(
    name=WEEKLY_NAME,
    title="Model rankings by category and language type",
    about=(
        "Estimated tokens per model and week by category and language type, from a sample of requests: the top 50 "
        "of each slice and week, plus a total for all other models."
    ),
    calls=_WEEKLY.calls,
    parse=_WEEKLY.parse,
    key=key,
    table=table,
    doubts=_WEEKLY.doubts,
    extended=True,
    every_days=EVERY_DAYS,
    row_day=row_day,
    row_window=row_window,
    key_columns=_KEY_COLUMNS,
    order=order,
    model_column="model_permaslug",
    list_of=lambda row: f"{row.slice_kind}={row.slice_value}",
    columns=(
        columns.text(
            "slice_kind", "the filter: `category` or `language_type`", always=True, least=1
        ),
        columns.text(
            "slice_value",
            "a category, such as `programming` or `marketing/seo`, or a language type, `natural` or `programming`; "
            "an open set",
            always=True,
            least=1,
        ),
        columns.text("period", "always `week`", always=True, least=1),
        columns.date(
            "date",
            "UTC day on which the week starts, a Monday; the newest week may count traffic after its end",
            always=True,
        ),
        _MODEL,
        columns.tokens(
            "total_tokens",
            "prompt plus completion tokens of that week in the slice: an estimate, scaled up from a sample of requests",
            always=True,
        ),
        columns.flag(
            PROVISIONAL,
            "true where the snapshot came within three days of the week's end",
        ),
    ),
)
