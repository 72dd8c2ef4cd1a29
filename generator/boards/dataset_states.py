"""The state of each dataset: how fresh it is, what its last run came to, and what is doubted of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from generator.archive.history import History
from generator.archive.stored_snapshot import StoredSnapshot
from generator.base import formats
from generator.base.dates import Window, parse_as_of, parse_day
from generator.boards.board import Boards, datasets_of
from generator.boards.site import DatasetState
from generator.endpoints import ENDPOINTS, asked, rankings_daily
from generator.endpoints.endpoint import AnyEndpoint, HeldState

UNCHANGED_DAYS = 3
"""A source that states the same time after so many days is called unchanged, not fresh."""
_NOT_ASKED = "No longer fetched: extended is off in site.toml."


def last_run(history: History) -> date | None:
    """Return the day of the newest run, None before the first."""
    newest = history.archive.runs(history.today, most=1)
    if not newest:
        return None
    return newest[0][0]


def dataset_states(history: History, boards: Boards, *, extended: bool) -> Iterator[DatasetState]:
    """Yield the state of each dataset; not that of an extended one that is neither wanted nor held.

    They come in the order in which the boards rest on them: what readers come for first.

    Args:
        extended: whether runs ask for the extended datasets.
    """
    wanted = asked(extended=extended)
    for endpoint in _by_first_board(boards):
        state = _dataset_state(history, endpoint)
        if endpoint in wanted:
            yield state
        elif state.days:
            yield replace(state, asked=False, failed=False, message=_NOT_ASKED)


def _by_first_board(boards: Boards) -> list[AnyEndpoint]:
    """Return the endpoints in the order in which the boards rest on them, those of no board last."""
    places: dict[str, int] = {}
    for dataset in datasets_of(boards.values()):
        places[dataset] = len(places)
    return sorted(ENDPOINTS, key=lambda endpoint: places.get(endpoint.name, len(places)))


def _last_outcome(history: History, dataset: str) -> tuple[bool, str]:
    """Return whether the newest run failed to get a dataset, and what it says of it."""
    newest = history.archive.runs(history.today, most=1)
    if not newest:
        return False, ""
    _, report = newest[0]
    of_dataset = report.get("datasets", {}).get(dataset, {})
    failed = of_dataset.get("state") not in ("fresh", "not due")
    return failed, formats.clean(str(of_dataset.get("message", "")))


def _dataset_state(history: History, endpoint: AnyEndpoint) -> DatasetState:
    """Return the freshness of the dataset, and the outcome of its last run."""
    archive, name = history.archive, endpoint.name
    failed, message = _last_outcome(history, name)
    snapshots = archive.snapshots(name, history.today)
    damages = [f"damaged: {damage.path.name}" for damage in archive.damages(name)]
    refused = [snapshot.note for snapshot in history.refused(name)]
    state = DatasetState(
        name=name,
        title=endpoint.title,
        about=endpoint.about,
        day=None,
        as_of=None,
        rows=0,
        stale=True,
        failed=failed,
        message=message,
        citations=history.citations(name),
        days=tuple(dict.fromkeys(snapshot.day for snapshot in snapshots)),
        notes=(*damages, *refused, *_doubts(history, name)),
        every_days=endpoint.every_days,
        redistributable=name not in history.withheld,
        held_back=history.held_back(name),
    )
    newest = history.newest(name)
    if newest is None:
        return state
    return _with_newest(state, history, endpoint, newest)


def _with_newest(
    state: DatasetState, history: History, endpoint: AnyEndpoint, newest: StoredSnapshot
) -> DatasetState:
    """Return a state with what the newest snapshot says, and how fresh that is."""
    snapshots = history.archive.snapshots(state.name, history.today)
    manifest = newest.manifest
    held = HeldState(newest=newest.day, rows=manifest.rows)
    # Sentences of earlier versions quote the API as it came.
    notes = [formats.clean(note) for note in manifest.notes]
    unchanged_since = _unchanged_since(snapshots, newest)
    is_due = newest.day < history.today and endpoint.is_due(history.today, held)
    stands_still = endpoint.moves_daily and unchanged_since is not None and not _is_ahead(newest)
    message = state.message
    if stands_still and not message:
        message = _stands_still(newest, snapshots)
    return replace(
        state,
        day=newest.day,
        as_of=manifest.as_of,
        rows=manifest.rows,
        stale=is_due or stands_still,
        notes=(*notes, *state.notes),
        unchanged_since=unchanged_since,
        message=message,
        covered=_covered(history, endpoint),
    )


def _unchanged_since(snapshots: Sequence[StoredSnapshot], newest: StoredSnapshot) -> date | None:
    """Return the day of the as_of, where a snapshot some days older than the newest had it already."""
    as_of = newest.manifest.as_of
    first = next(snapshot for snapshot in snapshots if snapshot.manifest.as_of == as_of)
    if (newest.day - first.day).days < UNCHANGED_DAYS:
        return None
    # An as_of that lies ahead says nothing about when it was first seen.
    return min(parse_as_of(as_of).date(), first.day)


def _is_ahead(snapshot: StoredSnapshot) -> bool:
    """Return whether a snapshot is as of a later day than its own: of a time of which nothing can be said."""
    return parse_as_of(snapshot.manifest.as_of).date() > snapshot.day


def _stands_still(newest: StoredSnapshot, snapshots: Sequence[StoredSnapshot]) -> str:
    """Return ``the last 4 snapshots are all as of 2026-08-20T00:00:00Z``."""
    as_of = newest.manifest.as_of
    count = 0
    for snapshot in reversed(snapshots):
        if snapshot.manifest.as_of != as_of:
            break
        count += 1
    return f"the last {count} snapshots are all as of {as_of}"


def _covered(history: History, endpoint: AnyEndpoint) -> Window | None:
    """Return the days of rows that state a day, which are not those of their snapshots."""
    if endpoint.name == rankings_daily.NAME and history.daily_tokens is not None:
        return Window(history.daily_tokens.first, history.daily_tokens.last)
    if endpoint.row_day is None:
        return None
    facts = history.facts(endpoint)
    if facts is None:
        return None
    days: list[str] = []
    for snapshot in history.archive.snapshots(endpoint.name, history.today):
        days += snapshot.manifest.days
    ends = [last for last in map(endpoint.last_day, facts.rows) if last is not None]
    if not days or not ends:
        return None
    return Window(parse_day(min(days)), max(ends))


def _doubts(history: History, dataset: str) -> tuple[str, ...]:
    """Return a sentence for each day of the rankings that came cut short."""
    if dataset != rankings_daily.NAME or history.daily_tokens is None:
        return ()
    return history.daily_tokens.doubts
