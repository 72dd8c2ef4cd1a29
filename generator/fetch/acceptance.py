"""The rules by which a run accepts a dataset's replies, doubts them, or stops asking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import Any, Generic

from generator.archive.envelope import Snapshot
from generator.base import attribution, dates
from generator.base.errors import ReplyError
from generator.endpoints.endpoint import (
    AnyEndpoint,
    Endpoint,
    HeldState,
    Parsed,
    Reply,
    RowT,
    RowT_co,
)
from generator.fetch.report import Outcome

MIN_ROW_RATIO = 0.75
"""A snapshot with a smaller part of the rows of the one before is held back."""
HELD_BACK_RUNS = 2
"""The number of runs that hold such a snapshot back; the next one believes it."""
GIVE_UP_AFTER = 3
"""After so many datasets in a row failed in the same way, the rest is not asked."""
AHEAD = timedelta(minutes=10)
"""The server's clock may be ahead of ours by this much; a later as_of is not a time of any data."""


@dataclass(frozen=True, slots=True)
class Answers(Generic[RowT_co]):
    """All replies to the calls of one dataset.

    Attributes:
        replies: in the order of the calls.
        parsed: the rows of each of them.
        notes: one sentence for each optional call that failed.
    """

    replies: tuple[Reply, ...]
    parsed: tuple[Parsed[RowT_co], ...]
    notes: tuple[str, ...] = ()


def accepted(
    endpoint: Endpoint[RowT], answers: Answers[RowT], state: HeldState, today: date
) -> Snapshot:
    """Return the replies as the snapshot of ``today``, with notes on all that is odd about them.

    Raises:
        ReplyError: rows are missing, contradict each other, or are from a time that cannot be.
    """
    calls = [reply.call for reply in answers.replies]
    distinct = endpoint.without_repeats(zip(calls, answers.parsed, strict=True))
    rows: list[RowT] = []
    for parsed in distinct:
        rows += parsed.rows

    is_first_empty_list = endpoint.may_be_empty and not state.rows
    if not rows and not is_first_empty_list:
        raise ReplyError(f"{endpoint.name}: unexpected empty response")
    citations = attribution.distinct(parsed.citation for parsed in distinct)
    for reply, parsed in zip(answers.replies, distinct, strict=True):
        _refuse_future(reply, parsed.citation.as_of)
    _refuse_older(endpoint, citations[0].as_of, state)

    notes: list[str] = []
    for parsed in distinct:
        notes += [*parsed.set_aside, *parsed.noticed]
    notes += [*answers.notes, *endpoint.unasked(state), *endpoint.doubts(rows)]
    notes += _late(endpoint, [citation.as_of for citation in citations], today)
    return Snapshot(
        endpoint=endpoint,
        day=today,
        replies=answers.replies,
        citations=citations,
        rows=len(rows),
        notes=tuple(dict.fromkeys(notes)),
        days=_days(endpoint, rows),
    )


def _refuse_future(reply: Reply, as_of: str) -> None:
    """Raise ReplyError for an as_of that lies ahead: stored, it would make every later reply look old."""
    if dates.parse_as_of(as_of) > reply.received_at + AHEAD:
        received = f"{reply.received_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        raise ReplyError(
            f"{reply.call.dataset}: the reply to {reply.call} is as of {as_of}, "
            f"later than it was received ({received}); it was not kept"
        )


def _refuse_older(endpoint: AnyEndpoint, as_of: str, state: HeldState) -> None:
    if state.as_of is None:
        return
    if dates.parse_as_of(as_of) < dates.parse_as_of(state.as_of):
        raise ReplyError(
            f"{endpoint.name}: the reply is as of {as_of}, older than the {state.as_of} already held"
        )


def _late(endpoint: AnyEndpoint, times: Sequence[str], today: date) -> list[str]:
    """Return a note on the first as_of that lies more than a day after the snapshot's day."""
    tomorrow = today + timedelta(days=1)
    for as_of in times:
        day = dates.parse_as_of(as_of).date()
        if day > tomorrow:
            place = f"which lies after the day of the snapshot ({today})"
            return [f"{endpoint.name}: as of {day}, {place}"]
    return []


def _days(endpoint: Endpoint[RowT], rows: Sequence[RowT]) -> tuple[date, ...]:
    if endpoint.row_day is None:
        return ()
    return tuple(sorted({endpoint.row_day(row) for row in rows}))


def lost_rows(endpoint: AnyEndpoint, rows: int, state: HeldState) -> str:
    """Return a sentence when more than a quarter of the rows is gone, empty otherwise."""
    # Where rows state a day, a snapshot holds as many days as were asked for: its size says nothing.
    if endpoint.row_day is not None or rows >= state.rows * MIN_ROW_RATIO:
        return ""
    return f"{endpoint.name}: {rows} rows came, {state.rows} were held"


def runs_held_back(reports: Sequence[tuple[date, dict[str, Any]]], dataset: str) -> int:
    """Return the number of runs, up to the newest, that held the dataset back one after the other.

    Args:
        reports: of earlier runs, oldest first.
    """
    times = 0
    for _, report in reversed(reports):
        outcome = report.get("datasets", {}).get(dataset, {})
        if outcome.get("state") != "held back":
            break
        times += 1
    return times


def reason_not_to_ask(outcomes: Sequence[Outcome]) -> str:
    """Return how each of the last three datasets failed if they failed alike, empty otherwise.

    Further calls would then only burn the day's quota.
    """
    asked = [outcome for outcome in outcomes if outcome.state != "not due"]
    last = asked[-GIVE_UP_AFTER:]
    if len(last) < GIVE_UP_AFTER or any(outcome.state != "failed" for outcome in last):
        return ""
    # A bug of ours says nothing about the answer of the next endpoint.
    if any(outcome.traceback for outcome in last):
        return ""
    reasons = {outcome.message.rpartition(": ")[2] for outcome in last}
    if len(reasons) > 1:
        return ""
    return f"skipped after {GIVE_UP_AFTER} similar failures: {reasons.pop()}"
