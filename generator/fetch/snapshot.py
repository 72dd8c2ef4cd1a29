"""``snapshot``: asks the API for the day's facts and archives them.

A dataset is taken whole or not at all: if one of its calls fails, its last good snapshot stays the newest.
"""

import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from generator.archive import listings
from generator.archive.history import History
from generator.archive.store import Archive
from generator.base.errors import LeaderboardsError, ReplyError
from generator.endpoints import CORE, models
from generator.endpoints.endpoint import AnyEndpoint, Call, Endpoint, Parsed, Reply, RowT
from generator.fetch import acceptance, report
from generator.fetch.acceptance import Answers
from generator.fetch.client import Client
from generator.fetch.plan import over_budget
from generator.fetch.report import Outcome, Report


@dataclass(frozen=True, slots=True)
class Run:
    """One day's run.

    Attributes:
        archive: where the snapshots are stored.
        client: sends the calls.
        today: the UTC day of the run.
        generator: the version that the snapshots name.
        say: called with one line per dataset.
        advance: called after every reply.
        endpoints: in the order of the run.
    """

    archive: Archive
    client: Client
    today: date
    generator: str
    say: Callable[[str], None] = lambda _line: None
    advance: Callable[[], None] = lambda: None
    endpoints: tuple[AnyEndpoint, ...] = CORE


def take(run: Run) -> Report:
    """Ask for every dataset, archive the good ones, and return the outcome of all."""
    taken = Report()
    for endpoint in run.endpoints:
        outcome = _outcome(run, endpoint, taken)
        taken.outcomes.append(outcome)
        run.say(outcome.line)
    taken.attempts = run.client.attempts
    run.archive.report(run.today, report.to_json(taken, str(run.today)))
    return taken


def _outcome(run: Run, endpoint: AnyEndpoint, so_far: Report) -> Outcome:
    reason = acceptance.reason_not_to_ask(so_far.outcomes)
    if reason:
        return Outcome(endpoint.name, "failed", f"{endpoint.name}: {reason}")
    try:
        return _refreshed(run, endpoint)
    except ReplyError as error:
        return Outcome(endpoint.name, "failed", str(error))
    except (LeaderboardsError, OSError):
        # A full disk or a broken archive is not the fault of one dataset.
        raise
    except Exception as error:
        # The last resort: an unforeseen error costs this dataset alone, and is reported as a bug.
        kind = f"unexpected {type(error).__name__} in {_place(error)}"
        message = f"{endpoint.name}: failed: {kind} (a bug; run with -v for the traceback)"
        lines = "".join(traceback.format_exception(error))
        return Outcome(endpoint.name, "failed", message, traceback=lines)


def _place(error: Exception) -> str:
    """Return where it was raised, as ``snapshot.py:120``, without the error's text, which may quote a reply."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


def _refreshed(run: Run, endpoint: AnyEndpoint) -> Outcome:
    # Ask.
    state = History(run.archive, run.today).held(endpoint.name)
    if not endpoint.is_due(run.today, state):
        return Outcome(endpoint.name, "not due")
    planned = endpoint.calls(run.today, state)
    reason = over_budget(endpoint, len(planned), run.client.attempts)
    if reason:
        return Outcome(endpoint.name, "left out", reason)
    answers = _ask(run, endpoint, planned)

    # Judge.
    snapshot = acceptance.accepted(endpoint, answers, state, run.today)
    notes = list(snapshot.notes)
    lost = acceptance.lost_rows(endpoint, snapshot.rows, state)
    if lost:
        earlier = run.archive.runs(run.today - timedelta(days=1))
        if acceptance.runs_held_back(earlier, endpoint.name) < acceptance.HELD_BACK_RUNS:
            return Outcome(endpoint.name, "held back", lost)
        notes.append(f"{lost}; accepted after {acceptance.HELD_BACK_RUNS} runs")

    # Store.
    run.archive.keep(snapshot, run.generator)
    if endpoint.name == models.NAME:
        listings.remember(run.archive, run.today)
    calls = len(snapshot.replies)
    return Outcome(endpoint.name, "fresh", "", snapshot.rows, calls, tuple(notes))


def _ask(run: Run, endpoint: Endpoint[RowT], calls: list[Call]) -> Answers[RowT]:
    """Return the replies to the calls and to those that they make necessary, each reply's own next.

    Raises:
        ReplyError: a call failed that is not optional.
    """
    replies: list[Reply] = []
    parsed: list[Parsed[RowT]] = []
    notes: list[str] = []
    waiting = deque(calls)
    while waiting:
        call = waiting.popleft()
        try:
            reply = run.client.get(call)
            rows = endpoint.read(reply)
        except ReplyError as error:
            if not call.optional:
                raise
            notes.append(str(error))
        else:
            replies.append(reply)
            parsed.append(rows)
            waiting.extendleft(reversed(endpoint.more(reply, rows)))
        run.advance()
    return Answers(tuple(replies), tuple(parsed), tuple(notes))
