"""From the archive as of one day to everything a site shows. Nothing here is drawn or written."""

from collections.abc import Iterator
from itertools import chain

from generator import key_text
from generator.boards import (
    analysis,
    app_shares,
    apps,
    arena,
    catalogue,
    changes,
    crossed,
    evals,
    extras,
    figures,
    frontier,
    frontiers,
    houses,
    pricing,
    profiles,
    rankings,
    task_trend,
    tasks,
)
from generator.boards.board import Board
from generator.boards.names import Names
from generator.boards.site import DatasetState, Site
from generator.endpoints import app_rankings, benchmarks, models, task_classifications
from generator.endpoints.catalogue import ENDPOINTS
from generator.endpoints.endpoint import Endpoint, Facts
from generator.history import History


def site(history: History, *, demo: str, public_url: str, version: str) -> Site:
    """All boards, profiles and figures of the day."""
    names = Names(history.memory, _slugs(history))
    boards = _all_boards(history, names)
    sources = profiles.Sources(names, history.usage, history.facts(models.NAME), boards, history.today)
    found = {profile.model.id: profile for profile in profiles.profiles(sources)}
    owners = houses.profiles(found, boards, history.usage, names)
    return Site(
        today=history.today,
        demo=demo,
        public_url=public_url,
        boards=boards,
        profiles=found,
        authors={owner.author.id: owner for owner in owners},
        datasets=tuple(_state(history, endpoint) for endpoint in ENDPOINTS),
        figures=tuple(figures.figures(boards)),
        headline=figures.headline(boards),
        version=version,
    )


def boards_alone(history: History) -> dict[str, Board]:
    """The boards by id, without what they add up to for each model and author."""
    return _all_boards(history, Names(history.memory, _slugs(history)))


def _all_boards(history: History, names: Names) -> dict[str, Board]:
    return {board.id: board for board in chain(_boards(history, names), _further(history, names))}


def _slugs(history: History) -> Iterator[str]:
    """Every permaslug that some fact names."""
    if history.usage:
        for tokens in history.usage.days.values():
            yield from tokens
    for endpoint in (benchmarks.ARTIFICIAL_ANALYSIS, benchmarks.DESIGN_ARENA, benchmarks.OPENROUTER):
        facts = history.facts(endpoint.name)
        yield from (row.model_permaslug for row in facts.rows) if facts else ()
    facts = history.facts(task_classifications.NAME)
    for row in facts.rows if facts else ():
        if isinstance(row, task_classifications.TaskRow):
            yield from (model.id for model in row.models)


def _boards(history: History, names: Names) -> Iterator[Board]:
    used: Board | None = None
    if history.usage:
        for board in rankings.boards(history.usage, names, history.today):
            used = board if board.id == "models-7d" else used
            yield board
    scores = history.facts(benchmarks.ARTIFICIAL_ANALYSIS.name)
    if scores:
        yield analysis.board(scores, names)
        yield frontier.board(scores, names)
    listed = history.facts(models.NAME)
    if listed:
        yield from catalogue.boards(listed, names, used, scores)
    yield from _arenas(history, names)
    evaluated = history.facts(benchmarks.OPENROUTER.name)
    if evaluated:
        yield from evals.boards(evaluated, names)
    classified = history.facts(task_classifications.NAME)
    if classified:
        yield from tasks.boards(classified, names)
        yield from task_trend.boards(task_trend.read(history))
    newest = history.newest(app_rankings.NAME)
    if newest:
        before = history.week_before(app_rankings.NAME)
        lists = list(apps.boards(history.answers(newest), history.parsed(before) if before else ()))
        yield from (*lists, *app_shares.boards(lists))


def _further(history: History, names: Names) -> Iterator[Board]:
    """Boards that join sources or look back, each where what it needs is held."""
    listed, tests = history.facts(models.NAME), history.facts(benchmarks.ARTIFICIAL_ANALYSIS.name)
    classified, tastes = history.facts(task_classifications.NAME), history.facts(benchmarks.DESIGN_ARENA.name)
    yield from crossed.boards(classified, tests, tastes, names)
    if history.usage:
        yield from extras.usage_boards(history.usage, history.today)
    if listed:
        yield from pricing.boards(listed, history.memory, names, history.today)
        yield from extras.catalogue_boards(listed, names, history.today)
    if tests:
        kept = history.archive.snapshots(benchmarks.ARTIFICIAL_ANALYSIS.name, history.today)
        days = [frontiers.Day(one.day, tuple(row for part in history.parsed(one) for row in part.rows)) for one in kept]
        yield from frontiers.boards(days, tests.citations[0], names)
    changed = changes.board(
        history.usage, history.memory, names, history.today, listed.citations[0] if listed else None
    )
    if changed:
        yield changed


def _arenas(history: History, names: Names) -> Iterator[Board]:
    newest = history.newest(benchmarks.DESIGN_ARENA.name)
    replies = history.parsed(newest) if newest else ()
    yield from arena.boards([Facts(one.rows, (one.citation,)) for one in replies if one.rows], names)


def _state(history: History, endpoint: Endpoint) -> DatasetState:
    newest = history.newest(endpoint.name)
    runs = history.archive.runs(history.today)
    report = runs[-1][1].get("datasets", {}).get(endpoint.name, {}) if runs else {}
    kept = history.archive.snapshots(endpoint.name, history.today)
    damages = [f"damaged: {damage.path.name}" for damage in history.archive.damages(endpoint.name)]
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
        notes=(*notes, *damages),
        packed=(newest.manifest.file, newest.manifest.sha256, newest.manifest.bytes) if newest else None,
    )
