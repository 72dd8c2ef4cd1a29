"""From the archive as of one day to everything a site shows. Nothing here is drawn or written."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from generator.archive.history import History
from generator.base import isolation, key_text
from generator.boards import (
    app_shares,
    apps,
    artificial_analysis,
    author_profiles,
    catalogue,
    changes,
    crossed,
    design_arena,
    extras,
    frontier,
    frontier_history,
    model_profiles,
    models_used,
    openrouter_evals,
    overview,
    pageless,
    pricing,
    task_trend,
    tasks,
)
from generator.boards.board import Board
from generator.boards.names import Names
from generator.boards.site import DatasetState, Site
from generator.endpoints import ENDPOINTS, app_rankings, benchmarks, models, task_classifications
from generator.endpoints.endpoint import Endpoint, Facts


@dataclass(frozen=True, slots=True)
class Given:
    """What boards are made from.

    Attributes:
        boards: those made so far, by id, for makers that build on others.
    """

    history: History
    names: Names
    boards: Mapping[str, Board]

    def facts(self, endpoint: Endpoint) -> Facts | None:
        return self.history.facts(endpoint.name)


Maker = tuple[str, Callable[[Given], Iterable[Board]]]
"""What its boards are about, and how they are made."""


def site(
    history: History,
    *,
    demo: str,
    public_url: str,
    version: str,
    omissions: list[str] | None = None,
    makers: Sequence[Maker] | None = None,
) -> Site:
    """Return all boards, profiles and figures of the day.

    Args:
        omissions: hears one sentence for each thing that could not be made; the rest is made nevertheless.
        makers: of the boards, in their order; by default all there are.
    """
    omissions = [] if omissions is None else omissions
    names = Names(history.memory, _slugs(history))
    boards = _all_boards(history, names, omissions, MAKERS if makers is None else makers)
    sources = model_profiles.Sources(
        names, history.usage, history.facts(models.NAME), boards, history.today
    )
    found = {profile.model.id: profile for profile in model_profiles.profiles(sources, omissions)}
    owners = author_profiles.profiles(found, boards, history.usage, names, omissions)
    authors = {owner.author.id: owner for owner in owners}
    return Site(
        today=history.today,
        demo=demo,
        public_url=public_url,
        boards=boards,
        profiles=found,
        authors=authors,
        datasets=tuple(_state(history, endpoint) for endpoint in ENDPOINTS),
        figures=tuple(
            isolation.each(
                lambda: overview.figures(boards), "the figures of the overview", omissions
            )
        ),
        headline=isolation.or_else(
            lambda: overview.headline(boards), "", "the headline", omissions
        ),
        version=version,
        omitted=tuple(omissions),
    )


def boards_alone(history: History, omissions: list[str] | None = None) -> dict[str, Board]:
    """Return the boards by id, without what they add up to for each model and author.

    Args:
        omissions: hears one sentence for each that could not be made.
    """
    return _all_boards(
        history,
        Names(history.memory, _slugs(history)),
        [] if omissions is None else omissions,
        MAKERS,
    )


def _all_boards(
    history: History, names: Names, omissions: list[str], makers: Sequence[Maker]
) -> dict[str, Board]:
    made: dict[str, Board] = {}
    given = Given(history, names, made)
    before = len(omissions)
    for about, make in makers:
        for board in isolation.each(partial(make, given), f"a board of {about}", omissions):
            made[board.id] = board
    return made if len(omissions) == before else pageless.without_lost_pages(made)


def _slugs(history: History) -> Iterator[str]:
    """Every permaslug that some fact names."""
    if history.usage:
        for tokens in history.usage.days.values():
            yield from tokens
    for endpoint in (
        benchmarks.ARTIFICIAL_ANALYSIS,
        benchmarks.DESIGN_ARENA,
        benchmarks.OPENROUTER,
    ):
        facts = history.facts(endpoint.name)
        yield from (row.model_permaslug for row in facts.rows) if facts else ()
    facts = history.facts(task_classifications.NAME)
    for row in facts.rows if facts else ():
        if isinstance(row, task_classifications.TaskRow):
            yield from (model.id for model in row.models)


def _rankings(given: Given) -> Iterable[Board]:
    usage = given.history.usage
    return models_used.boards(usage, given.names, given.history.today) if usage else ()


def _analysis(given: Given) -> Iterable[Board]:
    scores = given.facts(benchmarks.ARTIFICIAL_ANALYSIS)
    return (artificial_analysis.board(scores, given.names),) if scores else ()


def _frontier(given: Given) -> Iterable[Board]:
    scores = given.facts(benchmarks.ARTIFICIAL_ANALYSIS)
    return (frontier.board(scores, given.names),) if scores else ()


def _catalogue(given: Given) -> Iterable[Board]:
    listed = given.facts(models.ENDPOINT)
    scores = given.facts(benchmarks.ARTIFICIAL_ANALYSIS)
    return (
        catalogue.boards(listed, given.names, given.boards.get("models-7d"), scores)
        if listed
        else ()
    )


def _arenas(given: Given) -> Iterable[Board]:
    newest = given.history.newest(benchmarks.DESIGN_ARENA.name)
    replies = given.history.parsed(newest) if newest else ()
    return design_arena.boards(
        [Facts(one.rows, (one.citation,)) for one in replies if one.rows], given.names
    )


def _evals(given: Given) -> Iterable[Board]:
    evaluated = given.facts(benchmarks.OPENROUTER)
    return openrouter_evals.boards(evaluated, given.names) if evaluated else ()


def _tasks(given: Given) -> Iterable[Board]:
    classified = given.facts(task_classifications.ENDPOINT)
    return tasks.boards(classified, given.names) if classified else ()


def _task_trend(given: Given) -> Iterable[Board]:
    return task_trend.boards(task_trend.read(given.history))


def _apps(given: Given) -> Iterable[Board]:
    newest = given.history.newest(app_rankings.NAME)
    before = given.history.week_before(app_rankings.NAME)
    if newest is None:
        return ()
    return apps.boards(
        given.history.answers(newest), given.history.parsed(before) if before else ()
    )


def _app_shares(given: Given) -> Iterable[Board]:
    return app_shares.boards(
        board for id_, board in given.boards.items() if id_.startswith("apps.")
    )


def _crossed(given: Given) -> Iterable[Board]:
    classified = given.facts(task_classifications.ENDPOINT)
    tests, tastes = (
        given.facts(benchmarks.ARTIFICIAL_ANALYSIS),
        given.facts(benchmarks.DESIGN_ARENA),
    )
    return crossed.boards(classified, tests, tastes, given.names)


def _rest_of_usage(given: Given) -> Iterable[Board]:
    usage = given.history.usage
    return extras.usage_boards(usage, given.history.today) if usage else ()


def _prices(given: Given) -> Iterable[Board]:
    listed, history = given.facts(models.ENDPOINT), given.history
    return pricing.boards(listed, history.memory, given.names, history.today) if listed else ()


def _releases(given: Given) -> Iterable[Board]:
    listed = given.facts(models.ENDPOINT)
    return extras.catalogue_boards(listed, given.names, given.history.today) if listed else ()


def _frontiers(given: Given) -> Iterable[Board]:
    tests, history = given.facts(benchmarks.ARTIFICIAL_ANALYSIS), given.history
    if tests is None:
        return ()
    days = []
    for kept in history.snapshots(benchmarks.ARTIFICIAL_ANALYSIS.name):
        rows = chain.from_iterable(part.rows for part in history.parsed(kept))
        days.append(frontier_history.Day(kept.day, tuple(rows)))
    return frontier_history.boards(days, tests.citations[0], given.names)


def _changes(given: Given) -> Iterable[Board]:
    listed, history = given.facts(models.ENDPOINT), given.history
    credit = listed.citations[0] if listed else None
    changed = changes.board(history.usage, history.memory, given.names, history.today, credit)
    return (changed,) if changed else ()


MAKERS: tuple[Maker, ...] = (
    ("tokens", _rankings),
    ("scores", _analysis),
    ("the frontier", _frontier),
    ("the catalogue", _catalogue),
    ("Design Arena", _arenas),
    ("evaluations", _evals),
    ("tasks", _tasks),
    ("the trend of tasks", _task_trend),
    ("apps", _apps),
    ("shares of apps", _app_shares),
    ("sources side by side", _crossed),
    ("tokens outside the top fifty", _rest_of_usage),
    ("prices", _prices),
    ("releases and parameters", _releases),
    ("the frontier through time", _frontiers),
    ("changes", _changes),
)
"""Every board comes from one of these, in this order."""


def _state(history: History, endpoint: Endpoint) -> DatasetState:
    newest = history.newest(endpoint.name)
    runs = history.archive.runs(history.today)
    report = runs[-1][1].get("datasets", {}).get(endpoint.name, {}) if runs else {}
    kept = history.archive.snapshots(endpoint.name, history.today)
    damages = [f"damaged: {damage.path.name}" for damage in history.archive.damages(endpoint.name)]
    refused = [one.note for one in history.refused(endpoint.name)]
    facts = history.facts(endpoint.name)
    # Sentences of earlier versions quote the API as it came.
    notes = [key_text.mask(note) for note in newest.manifest.notes] if newest else []
    return DatasetState(
        name=endpoint.name,
        title=endpoint.title,
        about=endpoint.about,
        day=newest.day if newest else None,
        as_of=newest.manifest.as_of if newest else None,
        rows=newest.manifest.rows if newest else 0,
        stale=newest is None or newest.day < history.today,
        message=key_text.mask(str(report.get("message", ""))),
        citations=facts.citations if facts else (),
        days=tuple(dict.fromkeys(one.day for one in kept)),
        notes=(*notes, *damages, *refused),
        packed=(newest.manifest.file, newest.manifest.sha256, newest.manifest.bytes)
        if newest
        else None,
    )
