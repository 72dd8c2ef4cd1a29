"""``snapshot``: asks the API for the day's facts and archives them.

A dataset is taken whole or not at all: if one of its calls fails, its last good snapshot stays the newest. A list that
the API no longer has, among several, is noted and left out: as a list that lost all of its rows it is held back first.
"""

import traceback
from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from generator.archive import gates, held_state, listings, unused
from generator.archive.envelope import Snapshot
from generator.archive.history import History
from generator.archive.store import Archive
from generator.base.dates import human_day
from generator.base.errors import LeaderboardsError, ReplyError
from generator.endpoints import CORE, models, rankings_daily
from generator.endpoints.endpoint import AnyEndpoint, Call, Endpoint, Parsed, Reply, RowT
from generator.fetch import acceptance, exports, giving_up, report
from generator.fetch.acceptance import Answers
from generator.fetch.client import Client
from generator.fetch.plan import over_budget
from generator.fetch.report import Outcome, Report

_MOST_DAYS_NAMED = 3


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
        reads_exports: the source's own dated files are asked for, once a day.
        accept: by dataset the days whose snapshots the owner takes though a gate holds them back; None for this run's.
    """

    archive: Archive
    client: Client
    today: date
    generator: str
    say: Callable[[str], None] = lambda _line: None
    advance: Callable[[], None] = lambda: None
    endpoints: tuple[AnyEndpoint, ...] = CORE
    accept: Mapping[str, Collection[date | None]] = field(default_factory=dict)
    reads_exports: bool = False


def take(run: Run) -> Report:
    """Ask for every dataset, archive the good ones, and return the outcome of all."""
    taken = Report()
    for endpoint in run.endpoints:
        outcome = _outcome(run, endpoint, taken)
        taken.outcomes.append(outcome)
        run.say(outcome.line)
    if run.reads_exports and not giving_up.reason_not_to_ask(taken.outcomes, keyed=True):
        exports.read(run.client, run.archive.root, run.today, run.say)
    taken.attempts = run.client.attempts
    run.archive.report(run.today, report.to_json(taken, str(run.today)))
    return taken


def _outcome(run: Run, endpoint: AnyEndpoint, so_far: Report) -> Outcome:
    """Return the outcome of one dataset; whatever fails in it fails no other.

    Raises:
        LeaderboardsError, OSError: the archive is damaged or cannot be written.
    """
    first = endpoint.first_call(run.today)
    failed = Outcome(endpoint.name, "failed", path=first.path, keyed=first.keyed)
    reason = giving_up.reason_not_to_ask(so_far.outcomes, keyed=first.keyed)
    if reason:
        of_key = so_far.outcomes[-1].of_key
        return replace(failed, message=f"{endpoint.name}: {reason}", of_key=of_key)
    came: list[Reply] = []
    try:
        return replace(_refreshed(run, endpoint, came), path=first.path, keyed=first.keyed)
    except ReplyError as error:
        _keep_unused(run, endpoint, str(error), came)
        return replace(failed, message=str(error), of_key=error.of_key)
    except (LeaderboardsError, OSError):
        # A full disk or a broken archive is not the fault of one dataset.
        raise
    except Exception as error:
        # The last resort: an unforeseen error costs this dataset alone, and is reported as a bug.
        kind = f"unexpected {type(error).__name__} in {_place(error)}"
        message = f"{endpoint.name}: failed: {kind} (a bug; run with -v for the traceback)"
        lines = "".join(traceback.format_exception(error))
        _keep_unused(run, endpoint, message, came)
        return replace(failed, message=message, traceback=lines)


def _keep_unused(run: Run, endpoint: AnyEndpoint, why: str, replies: Sequence[Reply]) -> None:
    root, name = run.archive.root, endpoint.name
    unused.keep(root, name, run.today, replies, why=why, generator=run.generator)


def _place(error: Exception) -> str:
    """Return where it was raised, as ``snapshot.py:120``, without the error's text, which may quote a reply."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


def _refreshed(run: Run, endpoint: AnyEndpoint, came: list[Reply]) -> Outcome:
    """Return the outcome of a dataset that is asked for; ``came`` receives every reply."""
    # Ask.
    history = History(run.archive, run.today)
    state = held_state.of_dataset(history, endpoint.name)
    if not endpoint.is_due(run.today, state):
        return Outcome(endpoint.name, "not due")
    planned = endpoint.calls(run.today, state)
    reason = over_budget(endpoint, len(planned), run.client.attempts)
    if reason:
        return Outcome(endpoint.name, "left out", reason)
    answers = _ask(run, endpoint, planned, came)

    # Judge.
    snapshot = acceptance.accepted(endpoint, answers, state, run.today)
    snapshot = acceptance.judged(
        snapshot, answers, history, state, run.accept.get(endpoint.name, ())
    )

    # Store.
    run.archive.keep(snapshot, run.generator)
    if endpoint.name == models.NAME:
        listings.remember(run.archive, run.today)

    read = {reply.call for reply in answers.replies}
    unread = [reply for reply in came if reply.call not in read and not reply.call.optional]
    _keep_unused(run, endpoint, "; ".join(answers.notes), unread)

    # Report.
    calls = len(snapshot.replies)
    held_back = _held_back(history, snapshot)
    if held_back:
        message = f"{endpoint.name}: held back: {held_back}"
        return Outcome(endpoint.name, "held back", message, snapshot.rows, calls, snapshot.notes)
    return Outcome(endpoint.name, "fresh", "", snapshot.rows, calls, snapshot.notes)


def _held_back(history: History, snapshot: Snapshot) -> str:
    """Return why the gates hold back the snapshot, or some days of the rankings in it; empty where they do not."""
    if snapshot.held_back:
        return gates.in_words(snapshot.held_back)
    if snapshot.endpoint.name != rankings_daily.NAME or history.daily_tokens is None:
        return ""
    days = []
    for held_back in history.daily_tokens.held_back:
        if held_back.day is not None:
            days.append(f"{human_day(held_back.day)}: {held_back.reasons}")
    more = " …" if len(days) > _MOST_DAYS_NAMED else ""
    return "; ".join(days[:_MOST_DAYS_NAMED]) + more


def _ask(run: Run, endpoint: Endpoint[RowT], calls: list[Call], came: list[Reply]) -> Answers[RowT]:
    """Return the replies to the calls and to those that they make necessary, each reply's own next.

    Args:
        came: receives every reply, those too that cannot be read.

    Raises:
        ReplyError: a call failed without which the dataset is not whole.
    """
    replies: list[Reply] = []
    parsed: list[Parsed[RowT]] = []
    notes: list[str] = []
    waiting = deque(calls)
    while waiting:
        call = waiting.popleft()
        try:
            reply = run.client.get(call)
            came.append(reply)
            rows = endpoint.read(reply)
        except ReplyError as error:
            # A first list that is refused says that all may be: the dataset fails with it.
            is_separable = call.separable and error.of_call and bool(replies)
            if not (call.optional or is_separable):
                raise
            notes.append(str(error))
        else:
            if reply.announced:
                notes.append(reply.announced)
            replies.append(reply)
            parsed.append(rows)
            waiting.extendleft(reversed(endpoint.more(reply, rows)))
        run.advance()
    return Answers(tuple(replies), tuple(parsed), tuple(notes))
