"""``snapshot``: asks the API for the day's facts and keeps them. The only use of the network.

A dataset is taken whole or not at all: if one of its calls fails, its last good snapshot serves on.
"""

import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any

from generator.archive import listings
from generator.archive.envelope import Snapshot
from generator.archive.history import History
from generator.archive.store import Archive
from generator.base import dates
from generator.base.errors import LeaderboardsError, ReplyError
from generator.endpoints import ENDPOINTS, models, rankings_daily
from generator.endpoints.endpoint import Call, Endpoint, HeldState, Parsed, Reply
from generator.fetch.client import Client

MIN_ROW_RATIO = 0.75
HELD_BACK_RUNS = 2
"""A dataset that lost more than a quarter of its rows is held back this often, then believed."""
GIVE_UP_AFTER = 3
"""After so many datasets failed in the same way the rest is not asked."""
AHEAD = timedelta(minutes=10)
"""How far the server's clock may be ahead of ours: an as_of later than that is no time of any data."""

Say = Callable[[str], None]
Advance = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one dataset in this run.

    Attributes:
        traceback: of a bug that failed it, with every line; empty for known trouble.
    """

    dataset: str
    state: str  # "fresh", "failed" or "held back"
    message: str = ""
    rows: int = 0
    calls: int = 0
    notes: tuple[str, ...] = ()
    traceback: str = ""


@dataclass(slots=True)
class Report:
    """What became of the run.

    Attributes:
        outcomes: one per dataset, in the order of the run.
        attempts: requests sent, retries included.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    attempts: int = 0

    @property
    def failed(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.state != "fresh"]


@dataclass(frozen=True, slots=True)
class _Answers:
    replies: tuple[Reply, ...]
    parsed: tuple[Parsed, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """One day's run: where to keep what, whom to ask, and whom to tell.

    Attributes:
        generator: the version that the snapshots name.
        say: hears one line per dataset.
        advance: hears of every reply.
    """

    archive: Archive
    client: Client
    today: date
    generator: str
    say: Say = lambda _line: None
    advance: Advance = lambda: None


def take(run: Run) -> Report:
    """Every dataset asked, the good ones kept, the rest reported."""
    report = Report()
    for endpoint in ENDPOINTS:
        outcome = _given_up(report, endpoint) or _dataset(run, endpoint)
        report.outcomes.append(outcome)
        run.say(_line(outcome))
    report.attempts = run.client.attempts
    run.archive.report(run.today, _stored(report, run.today))
    return report


def _dataset(run: Run, endpoint: Endpoint) -> Outcome:
    try:
        return _refreshed(run, endpoint)
    except ReplyError as error:
        return Outcome(endpoint.name, "failed", str(error))
    except (LeaderboardsError, OSError):
        # A full disk or a broken archive is no fault of one dataset.
        raise
    except Exception as error:
        # The last resort: what nobody foresaw costs this dataset alone, and says that it is a bug.
        kind = type(error).__name__
        message = f"{endpoint.name}: failed: unexpected {kind} in {_place(error)} (a bug; run with -v for the traceback)"
        return Outcome(
            endpoint.name, "failed", message, traceback="".join(traceback.format_exception(error))
        )


def _place(error: Exception) -> str:
    """Where it was raised, as ``capture.py:120``; the error's own text may quote anything, and is left to -v."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


def _refreshed(run: Run, endpoint: Endpoint) -> Outcome:
    held = History(run.archive, run.today).held(endpoint.name)
    answers = _ask(run.client, endpoint, endpoint.calls(run.today, held), run.advance)
    found = _judged(endpoint, answers, held, run.today)
    missing = _shrunken(endpoint, found.rows, held)
    if missing and _times_held_back(run.archive, endpoint, run.today) < HELD_BACK_RUNS:
        return Outcome(endpoint.name, "held back", missing)
    run.archive.keep(found, run.generator)
    if endpoint.name == models.NAME:
        listings.remember(run.archive, run.today)
    notes = (
        *found.notes,
        *([f"{missing}; believed after {HELD_BACK_RUNS} runs"] if missing else []),
    )
    return Outcome(endpoint.name, "fresh", "", found.rows, len(found.replies), notes)


def _ask(client: Client, endpoint: Endpoint, calls: list[Call], advance: Advance) -> _Answers:
    replies: list[Reply] = []
    parsed: list[Parsed] = []
    notes: list[str] = []
    waiting = list(calls)
    while waiting:
        call = waiting.pop(0)
        try:
            reply = client.get(call)
            found = endpoint.read(reply)
        except ReplyError as error:
            if not call.optional:
                raise
            notes.append(str(error))
            advance()
            continue
        replies.append(reply)
        parsed.append(found)
        waiting = endpoint.more(reply, found) + waiting
        advance()
    return _Answers(tuple(replies), tuple(parsed), tuple(notes))


def _judged(endpoint: Endpoint, answers: _Answers, held: HeldState, today: date) -> Snapshot:
    rows = [row for one in answers.parsed for row in one.rows]
    if not rows and not (endpoint.may_be_empty and not held.rows):
        raise ReplyError(f"{endpoint.name}: every reply was an empty list, rows were expected")
    for reply, one in zip(answers.replies, answers.parsed, strict=True):
        _refuse_future(reply, one.citation.as_of)
    citations = tuple(dict.fromkeys(one.citation for one in answers.parsed))
    if held.as_of and dates.parse_as_of(citations[0].as_of) < dates.parse_as_of(held.as_of):
        raise ReplyError(
            f"{endpoint.name}: the reply is as of {citations[0].as_of}, older than the {held.as_of} already held"
        )
    notes = [note for one in answers.parsed for note in (*one.set_aside, *one.noticed)]
    notes += [*answers.notes, *endpoint.unasked(held), *endpoint.doubts(rows)]
    tomorrow = today + timedelta(days=1)
    late = [day for one in citations if (day := dates.parse_as_of(one.as_of).date()) > tomorrow]
    if late:
        notes.append(
            f"{endpoint.name}: as of {late[0]}, which lies after the day of the snapshot ({today})"
        )
    days = sorted({row.date for row in rows}) if endpoint.name == rankings_daily.NAME else []
    return Snapshot(
        endpoint,
        today,
        answers.replies,
        citations,
        len(rows),
        tuple(dict.fromkeys(notes)),
        tuple(days),
    )


def _refuse_future(reply: Reply, as_of: str) -> None:
    """Raise ReplyError for an as_of that lies ahead: kept, it would make every later reply look old."""
    if dates.parse_as_of(as_of) > reply.received_at + AHEAD:
        received = f"{reply.received_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        raise ReplyError(
            f"{reply.call.dataset}: the reply to {reply.call} is as of {as_of}, "
            f"later than it was received ({received}); it was not kept"
        )


def _shrunken(endpoint: Endpoint, rows: int, held: HeldState) -> str:
    # A rankings snapshot holds as many days as were asked for, so its size says nothing.
    if endpoint.name == rankings_daily.NAME or rows >= held.rows * MIN_ROW_RATIO:
        return ""
    return f"{endpoint.name}: {rows} rows came, {held.rows} were held"


def _times_held_back(archive: Archive, endpoint: Endpoint, today: date) -> int:
    times = 0
    for _, report in reversed(archive.runs(today - timedelta(days=1))):
        state: Any = report.get("datasets", {}).get(endpoint.name, {}).get("state")
        if state != "held back":
            break
        times += 1
    return times


def _given_up(report: Report, endpoint: Endpoint) -> Outcome | None:
    """After three datasets in a row met the same trouble, asking on only burns the day's quota."""
    last = report.outcomes[-GIVE_UP_AFTER:]
    ways = {outcome.message.rpartition(": ")[2] for outcome in last}
    if (
        len(last) < GIVE_UP_AFTER
        or len(ways) != 1
        or any(outcome.state != "failed" for outcome in last)
    ):
        return None
    if any(outcome.traceback for outcome in last):
        # A bug of ours says nothing about the next endpoint's answer.
        return None
    return Outcome(
        endpoint.name,
        "failed",
        f"{endpoint.name}: not asked, the {GIVE_UP_AFTER} before it failed: {ways.pop()}",
    )


def _line(outcome: Outcome) -> str:
    if outcome.state == "fresh":
        return f"{outcome.dataset}: {outcome.rows:,} rows from {outcome.calls} calls"
    return outcome.message


def _stored(report: Report, today: date) -> dict[str, Any]:
    return {
        "schema_version": 1,
        "day": str(today),
        "datasets": {
            outcome.dataset: {
                "state": outcome.state,
                "message": outcome.message,
                "rows": outcome.rows,
                "calls": outcome.calls,
                "notes": list(outcome.notes),
            }
            for outcome in report.outcomes
        },
    }
