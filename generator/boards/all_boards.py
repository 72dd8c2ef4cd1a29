"""From the archive as of one day to everything a site shows. Nothing here is drawn or written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from generator.archive import export_comparison
from generator.archive.export_comparison import ExportsState
from generator.archive.history import History
from generator.base import isolation
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
from generator.boards.dataset_states import dataset_states, last_run
from generator.boards.model_profiles import ModelProfile
from generator.boards.overview import Figure
from generator.boards.site import Site
from generator.boards.sources import BoardMaker, Sources, read_sources

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

_NOTHING_SAID = SiteConfig()

T = TypeVar("T")


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
        for outcome in _outcomes(maker, sources):
            if isinstance(outcome, Failure):
                failures.append(outcome.sentence)
            else:
                made.append(outcome)

    boards = Boards(made)
    if failures:
        boards = pageless.without_lost_pages(boards)
    return Gathered(boards, tuple(failures))


def _outcomes(maker: BoardMaker, sources: Sources) -> Sequence[AnyBoard | Failure]:
    """Return the maker's boards, and a failure for each that it could not make; of a maker that fails one."""
    what = f"boards of {', '.join(maker.families)}"
    made = isolation.attempt(partial(_made, maker, sources), what)
    if isinstance(made, Failure):
        return [made]
    return made


def _made(maker: BoardMaker, sources: Sources) -> list[AnyBoard | Failure]:
    """Return the maker's boards, and a failure for each that it could not make.

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


def site(
    history: History,
    *,
    demo: str,
    public_url: str,
    version: str,
    makers: Iterable[BoardMaker] = BOARDS,
    config: SiteConfig = _NOTHING_SAID,
) -> Site:
    """Return all boards, profiles and figures of the day.

    Args:
        demo: a sentence that says so of a demo, empty for a site of the archive's own data.
        public_url: where the site will stand, empty where that is not known.
        version: of the generator.
        makers: of the boards, in their order; by default all there are.
        config: what the owner of the site says of it; by default nothing.
    """
    sources = read_sources(history)
    gathered = gather(sources, makers)
    boards = gathered.boards
    sources = replace(sources, boards=boards)
    models = model_profiles.profiles(sources)
    by_slug = {profile.model.id: profile for profile in models.profiles}
    authors = author_profiles.profiles(by_slug, sources)
    failures = [*gathered.failures, *models.failures, *authors.failures]
    figures = _figures(boards, models.profiles, failures)
    headline = _attempted(lambda: overview.headline(boards), "", "the headline", failures)
    exports = _exports(history, failures)
    return Site(
        today=history.today,
        demo=demo,
        public_url=public_url,
        boards=boards,
        profiles=by_slug,
        authors={profile.author.id: profile for profile in authors.profiles},
        datasets=tuple(dataset_states(history, boards, extended=config.extended and not demo)),
        figures=figures,
        headline=headline,
        version=version,
        failures=tuple(failures),
        last_run=last_run(history),
        config=config,
        exports=exports,
    )


def _figures(
    boards: Boards, models: Sequence[ModelProfile], failures: list[str]
) -> tuple[Figure, ...]:
    what = "the overview's figures"
    return _attempted(lambda: tuple(overview.figures(boards, models)), (), what, failures)


def _exports(history: History, failures: list[str]) -> ExportsState | None:
    what = "the comparison with the source's exports"
    return _attempted(lambda: export_comparison.state(history), None, what, failures)


def _attempted(make: Callable[[], T], otherwise: T, what: str, failures: list[str]) -> T:
    """Return what ``make`` returns; where it raises ``otherwise``, and add a sentence to the failures."""
    part = isolation.attempt(make, what)
    if isinstance(part, Failure):
        failures.append(part.sentence)
        return otherwise
    return part
