"""From the archive as of one day to everything a site shows. Nothing here is drawn or written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from generator.archive import export_comparison
from generator.archive.history import History
from generator.archive.stored_snapshot import StoredSnapshot
from generator.base import formats, isolation
from generator.base.dates import Window, parse_as_of, parse_day
from generator.base.isolation import Failure
from generator.base.site_config import SiteConfig
from generator.boards import (
    adoption,
    app_shares,
    apps,
    artificial_analysis,
    author_profiles,
    authors_listed,
    authors_used,
    bills,
    catalogue,
    categories,
    changes,
    coding,
    concentration,
    design_arena,
    design_arena_leaders,
    design_arena_places,
    free_use,
    frontier,
    frontier_history,
    implied_spend,
    model_profiles,
    models_used,
    movers,
    open_weights,
    openrouter_evals,
    outside_top_fifty,
    overview,
    pageless,
    parameters,
    price_changes,
    price_history,
    price_index,
    price_list,
    rebasing,
    releases,
    restatement_ages,
    restatements,
    retirements,
    session_costs,
    task_lift,
    task_trend,
    tasks,
    use_against_score,
    use_history,
    use_test_taste,
    weekly,
    weekly_ranks,
)
from generator.boards.board import AnyBoard, Boards
from generator.boards.site import DatasetState, Site
from generator.boards.sources import BoardMaker, Sources, read_sources
from generator.endpoints import ENDPOINTS, asked, rankings_daily
from generator.endpoints.endpoint import AnyEndpoint, HeldState

BOARDS: tuple[BoardMaker, ...] = (
    models_used.MAKER,
    authors_used.MAKER,
    weekly.MAKER,
    weekly_ranks.MAKER,
    movers.MAKER,
    artificial_analysis.MAKER,
    authors_listed.MAKER,
    frontier.MAKER,
    catalogue.MAKER,
    design_arena.MAKER,
    design_arena_places.MAKER,
    design_arena_leaders.MAKER,
    openrouter_evals.MAKER,
    tasks.MAKER,
    task_trend.MAKER,
    apps.MAKER,
    app_shares.MAKER,
    session_costs.MAKER,
    categories.MAKER,
    use_test_taste.MAKER,
    coding.MAKER,
    task_lift.MAKER,
    outside_top_fifty.MAKER,
    open_weights.MAKER,
    use_history.MAKER,
    restatements.MAKER,
    restatement_ages.MAKER,
    concentration.MAKER,
    free_use.MAKER,
    implied_spend.MAKER,
    adoption.MAKER,
    use_against_score.MAKER,
    price_list.MAKER,
    bills.MAKER,
    price_changes.MAKER,
    price_history.MAKER,
    price_index.MAKER,
    releases.MAKER,
    retirements.MAKER,
    parameters.MAKER,
    frontier_history.MAKER,
    rebasing.MAKER,
    changes.MAKER,
)
"""Every file of boards, in the order in which they are made: what a board is made from comes before it."""


UNCHANGED_DAYS = 3
"""A source that states the same time after so many days is called unchanged, not fresh."""
_NOT_ASKED = "No longer fetched: extended is off in site.toml."


@dataclass(frozen=True, slots=True)
class Gathered:
    """The boards of a day, and a sentence for each maker that failed."""

    boards: Boards
    failures: tuple[str, ...]


def gather(sources: Sources, makers: Iterable[BoardMaker] = BOARDS) -> Gathered:
    """Return all boards that the sources allow; a maker that fails costs its own boards only."""
    made: list[AnyBoard] = []
    failures: list[str] = []
    for maker in makers:
        sources = replace(sources, boards=Boards(made))
        if not maker.can_run(sources):
            continue
        result = isolation.attempt(partial(_made, maker, sources), _named(maker))
        for board in (result,) if isinstance(result, Failure) else result:
            if isinstance(board, Failure):
                failures.append(board.sentence)
            else:
                made.append(board)

    boards = Boards(made)
    if failures:
        boards = pageless.without_lost_pages(boards)
    return Gathered(boards, tuple(failures))


def _made(maker: BoardMaker, sources: Sources) -> list[AnyBoard | Failure]:
    """Return the maker's boards.

    Raises:
        ValueError: it made a board of a family that it does not name, or one that was made before.
    """
    boards = list(maker.make(sources))
    ids = set(sources.boards)
    for board in boards:
        if isinstance(board, Failure):
            continue
        if board.id.family not in maker.families:
            raise ValueError(f"board {board.id} is of none of the maker's families")
        if board.id in ids:
            raise ValueError(f"board {board.id} was made twice")
        ids.add(board.id)
    return boards


def _named(maker: BoardMaker) -> str:
    return f"boards of {', '.join(maker.families)}"


def site(
    history: History,
    *,
    demo: str,
    public_url: str,
    version: str,
    makers: Iterable[BoardMaker] = BOARDS,
    config: SiteConfig | None = None,
) -> Site:
    """Return all boards, profiles and figures of the day.

    Args:
        config: what the owner of the site says of it; by default nothing.
        makers: of the boards, in their order; by default all there are.
    """
    config = config or SiteConfig()
    sources = read_sources(history)
    gathered = gather(sources, makers)
    boards = gathered.boards
    sources = replace(sources, boards=boards)

    models = model_profiles.profiles(sources)
    by_slug = {profile.model.id: profile for profile in models.profiles}
    authors = author_profiles.profiles(by_slug, sources)
    figures = isolation.attempt(
        lambda: tuple(overview.figures(boards, models.profiles)), "the overview's figures"
    )
    exported = isolation.attempt(
        lambda: export_comparison.state(history), "the comparison with the source's exports"
    )
    headline = isolation.attempt(lambda: overview.headline(boards), "the headline")

    failures = [*gathered.failures, *models.failures, *authors.failures]
    failures += [
        part.sentence for part in (figures, headline, exported) if isinstance(part, Failure)
    ]
    return Site(
        today=history.today,
        demo=demo,
        public_url=public_url,
        boards=boards,
        profiles=by_slug,
        authors={profile.author.id: profile for profile in authors.profiles},
        datasets=tuple(_dataset_states(history, boards, extended=config.extended and not demo)),
        figures=() if isinstance(figures, Failure) else figures,
        headline="" if isinstance(headline, Failure) else headline,
        version=version,
        failures=tuple(failures),
        last_run=_last_run(history),
        config=config,
        exports=None if isinstance(exported, Failure) else exported,
    )


def _last_run(history: History) -> date | None:
    runs = history.archive.runs(history.today, most=1)
    return runs[-1][0] if runs else None


def _by_first_board(boards: Boards) -> list[AnyEndpoint]:
    """Return the endpoints in the order in which the boards rest on them: what readers come for first."""
    used: dict[str, int] = {}
    for board in boards.values():
        for name in board.datasets:
            used.setdefault(name, len(used))
    return sorted(ENDPOINTS, key=lambda endpoint: used.get(endpoint.name, len(used)))


def _dataset_states(history: History, boards: Boards, *, extended: bool) -> Iterator[DatasetState]:
    """Yield the state of each dataset; not that of an extended one that is neither wanted nor held."""
    wanted = asked(extended=extended)
    for endpoint in _by_first_board(boards):
        state = _dataset_state(history, endpoint)
        if endpoint in wanted:
            yield state
        elif state.days:
            yield replace(state, asked=False, failed=False, message=_NOT_ASKED)


def _dataset_state(history: History, endpoint: AnyEndpoint) -> DatasetState:
    """Return the freshness of the dataset, and the outcome of its last run."""
    archive, name = history.archive, endpoint.name
    runs = archive.runs(history.today, most=1)
    report = runs[-1][1].get("datasets", {}).get(name, {}) if runs else {}
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
        failed=bool(runs) and report.get("state") not in ("fresh", "not due"),
        message=formats.clean(str(report.get("message", ""))),
        citations=history.citations(name),
        days=tuple(dict.fromkeys(snapshot.day for snapshot in snapshots)),
        notes=(*damages, *refused, *_doubts(history, name)),
        every_days=endpoint.every_days,
        redistributable=name not in history.withheld,
        held_back=history.held_back(name),
    )
    newest = history.newest(name)
    return state if newest is None else _with_newest(state, history, endpoint, newest)


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
    if stands_still:
        message = message or _stands_still(newest, snapshots)
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
    count = sum(snapshot.manifest.as_of == newest.manifest.as_of for snapshot in snapshots)
    return f"the last {count} snapshots are all as of {newest.manifest.as_of}"


def _covered(history: History, endpoint: AnyEndpoint) -> Window | None:
    """Return the days of rows that state a day, which are not those of their snapshots."""
    if endpoint.name == rankings_daily.NAME and history.daily_tokens is not None:
        return Window(history.daily_tokens.first, history.daily_tokens.last)
    facts = history.facts(endpoint) if endpoint.row_day is not None else None
    if facts is None:
        return None
    days: list[str] = []
    for snapshot in history.archive.snapshots(endpoint.name, history.today):
        days += snapshot.manifest.days
    ends = [last for last in map(endpoint.last_day, facts.rows) if last is not None]
    return Window(parse_day(min(days)), max(ends)) if days and ends else None


def _doubts(history: History, dataset: str) -> tuple[str, ...]:
    """Return a sentence for each day of the rankings that came cut short."""
    if dataset != rankings_daily.NAME or history.daily_tokens is None:
        return ()
    return history.daily_tokens.doubts
