"""The rules by which a run accepts a dataset's replies, and by which it holds them back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Generic

from generator.archive import gates
from generator.archive.envelope import Snapshot
from generator.archive.gates import Objection
from generator.archive.history import History
from generator.archive.stored_snapshot import StoredSnapshot
from generator.base import dates
from generator.base.errors import ReplyError
from generator.endpoints import rankings_daily
from generator.endpoints.endpoint import (
    AnyEndpoint,
    Endpoint,
    HeldState,
    Parsed,
    Reply,
    RowT,
    RowT_co,
)

_SAME_TOTAL_DAYS = 3
"""Totals of periods that end so many days apart, or fewer, are nearly of the same days."""


@dataclass(frozen=True, slots=True)
class Answers(Generic[RowT_co]):
    """All replies to the calls of one dataset.

    Attributes:
        replies: in the order of the calls.
        parsed: the rows of each of them.
        notes: one sentence for each call that failed and left the rest whole, or whose end is announced.
    """

    replies: tuple[Reply, ...]
    parsed: tuple[Parsed[RowT_co], ...]
    notes: tuple[str, ...] = ()


def accepted(
    endpoint: Endpoint[RowT], answers: Answers[RowT], state: HeldState, today: date
) -> Snapshot:
    """Return the replies as the snapshot of ``today``, with notes on all that is odd about them.

    Raises:
        ReplyError: there are no rows, or some contradict each other.
    """
    calls = [reply.call for reply in answers.replies]
    distinct = endpoint.without_repeats(zip(calls, answers.parsed, strict=True))
    rows: list[RowT] = []
    for parsed in distinct:
        rows += parsed.rows

    is_first_empty_list = endpoint.may_be_empty and not state.rows
    if not rows and not is_first_empty_list:
        raise ReplyError(f"{endpoint.name}: unexpected empty response")
    citations = endpoint.credits_of(distinct)

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


@dataclass(frozen=True, slots=True)
class _Compared:
    """A snapshot beside the newest good one before it, and beside those that were held back since.

    Attributes:
        objections: what is odd about it beside the good one.
        alike: the newest of those held back, as far as they are like it.
        runs: on how many days these came.
    """

    objections: tuple[Objection, ...]
    alike: Sequence[StoredSnapshot]
    runs: int


def judged(
    snapshot: Snapshot,
    answers: Answers[Any],
    history: History,
    state: HeldState,
    accepted_days: Collection[date | None] = (),
) -> Snapshot:
    """Return the snapshot with why the gates hold it back, or with the earlier ones that it releases.

    It is compared with the newest good snapshot of the days before, and believed when runs on two of the days since
    have stated it alike, or when the owner of the site accepts it.

    Args:
        accepted_days: those whose snapshots the owner accepts; None for this one, and those before that are like it.
    """
    set_aside = history.archive.set_aside(snapshot.endpoint.name, _day_before(snapshot))
    compared = _compared(snapshot, answers, history, set_aside, state.as_of or "")
    is_accepted = None in accepted_days
    is_believed = is_accepted or compared.runs >= gates.ALIKE_RUNS

    released = [stored for stored in set_aside if stored.day in accepted_days]
    if is_accepted or (compared.objections and is_believed):
        released += compared.alike
    files = tuple(dict.fromkeys(stored.path.name for stored in released))
    snapshot = replace(snapshot, releases=files, accepted=is_accepted)
    if not compared.objections:
        return snapshot
    if not is_believed:
        return replace(snapshot, held_back=compared.objections)
    return replace(snapshot, notes=(*snapshot.notes, _note_of_acceptance(snapshot, compared)))


def _note_of_acceptance(snapshot: Snapshot, compared: _Compared) -> str:
    """Return a sentence on what is odd about a snapshot, and on who or what had it accepted all the same."""
    how = f"after {compared.runs} runs"
    if snapshot.accepted:
        how = "by the owner of the site"
    odd = gates.in_words(compared.objections)
    return f"{snapshot.endpoint.name}: {odd}; accepted {how}"


def _compared(
    snapshot: Snapshot,
    answers: Answers[Any],
    history: History,
    set_aside: Sequence[StoredSnapshot],
    as_of: str,
) -> _Compared:
    """Return how a snapshot compares with those before it.

    Args:
        set_aside: those that are held back.
        as_of: of the newest good one.
    """
    newest = history.newest(snapshot.endpoint.name, _day_before(snapshot))
    since: list[StoredSnapshot] = []
    for stored in set_aside:
        is_newer = newest is None or stored.day > newest.day
        if is_newer and history.readable(stored):
            since.append(stored)

    compared_with = list(since)
    if newest is not None:
        compared_with.append(newest)
    shared = _shared_days(snapshot, compared_with)
    came = _statement_of_answers(snapshot, answers, shared)
    held: gates.Statement = ()
    if newest is not None:
        held = _statement_of_stored(history, newest, snapshot, shared, as_of)
    earlier = [
        (stored.day, _statement_of_stored(history, stored, snapshot, shared)) for stored in since
    ]
    alike, runs = gates.run_of_alike(came, earlier)
    return _Compared(gates.objections(came, held), since[len(since) - alike :], runs)


def _day_before(snapshot: Snapshot) -> date:
    return snapshot.day - timedelta(days=1)


def _shared_days(snapshot: Snapshot, stored: Sequence[StoredSnapshot]) -> frozenset[str] | None:
    """Return the days that all of the snapshots state; None for a dataset whose rows state none.

    The days of all models are judged one by one, whenever they are read: none is for this.
    """
    if snapshot.endpoint.row_day is None:
        return None
    if snapshot.endpoint.name == rankings_daily.NAME:
        return frozenset()
    days = frozenset(str(day) for day in snapshot.days)
    return days.intersection(*(earlier.manifest.days for earlier in stored))


def _statement_of_answers(
    snapshot: Snapshot, answers: Answers[Any], shared: Collection[str] | None
) -> gates.Statement:
    """Return what the replies of a run state on the days shared with earlier snapshots; None for all their rows."""
    rows: list[Any] = []
    times = []
    for reply, parsed in zip(answers.replies, answers.parsed, strict=True):
        rows += parsed.rows
        times.append((str(reply.call), parsed.citation.as_of, reply.received_at))
    whole, *lists = gates.parts_of(snapshot.endpoint, _of_days(snapshot.endpoint, rows, shared))
    dated = replace(whole, as_of=snapshot.citations[0].as_of, times=tuple(times))
    parts = [dated, *lists]
    # A row that could not be read leaves a hole in the ranks.
    if any(parsed.set_aside for parsed in answers.parsed):
        return [replace(part, ranks=()) for part in parts]
    return parts


def _statement_of_stored(
    history: History,
    stored: StoredSnapshot,
    snapshot: Snapshot,
    shared: Collection[str] | None,
    as_of: str = "",
) -> gates.Statement:
    """Return what an earlier snapshot states, for comparison with another one."""
    endpoint = snapshot.endpoint
    rows: list[Any] = []
    for parsed in history.parsed(endpoint, stored):
        rows += parsed.rows
    whole, *lists = gates.parts_of(endpoint, _of_days(endpoint, rows, shared))
    parts = [replace(whole, as_of=as_of), *lists]
    # A total of thirty days ends at another day each day: after some of them it is another number.
    if shared is None and (snapshot.day - stored.day).days > _SAME_TOTAL_DAYS:
        return [replace(part, total=None) for part in parts]
    return parts


def _of_days(
    endpoint: AnyEndpoint, rows: Sequence[Any], days: Collection[str] | None
) -> Sequence[Any]:
    if days is None or endpoint.row_day is None:
        return rows
    row_day = endpoint.row_day
    return [row for row in rows if str(row_day(row)) in days]
