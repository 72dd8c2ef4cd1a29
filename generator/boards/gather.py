"""From the archive as of one day to everything a site shows. Nothing here is drawn or written."""

from collections.abc import Iterator
from itertools import chain

from generator import formats
from generator.boards import (
    analysis,
    apps,
    arena,
    catalogue,
    changes,
    crossed,
    evals,
    extras,
    frontier,
    frontiers,
    houses,
    pricing,
    profiles,
    rankings,
    tasks,
)
from generator.boards.board import Board
from generator.boards.names import Names
from generator.boards.site import DatasetState, Figure, Site
from generator.endpoints import app_rankings, benchmarks, models, task_classifications
from generator.endpoints.catalogue import ENDPOINTS
from generator.endpoints.endpoint import Endpoint, Facts
from generator.history import History


def site(history: History, *, demo: str, public_url: str, version: str) -> Site:
    """All boards, profiles and figures of the day."""
    names = Names(history.memory, _slugs(history))
    boards = {board.id: board for board in chain(_boards(history, names), _further(history, names))}
    sources = profiles.Sources(names, history.usage, history.facts(models.NAME), boards)
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
        figures=tuple(_figures(boards)),
        headline=boards["models-7d"].finding if "models-7d" in boards else "",
        version=version,
    )


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
    newest = history.newest(app_rankings.NAME)
    if newest:
        before = history.week_before(app_rankings.NAME)
        yield from apps.boards(history.answers(newest), history.parsed(before) if before else ())


def _further(history: History, names: Names) -> Iterator[Board]:
    """Boards that join sources or look back, each where what it needs is held."""
    listed, tests = history.facts(models.NAME), history.facts(benchmarks.ARTIFICIAL_ANALYSIS.name)
    classified, tastes = history.facts(task_classifications.NAME), history.facts(benchmarks.DESIGN_ARENA.name)
    yield from crossed.boards(classified, tests, tastes, names)
    if history.usage:
        yield from extras.usage_boards(history.usage)
    if listed:
        yield from pricing.boards(listed, history.memory, names, history.today)
        yield from extras.catalogue_boards(listed, history.today)
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
    return DatasetState(
        name=endpoint.name,
        title=endpoint.title,
        about=endpoint.about,
        day=newest.day if newest else None,
        as_of=newest.manifest.as_of if newest else None,
        rows=newest.manifest.rows if newest else 0,
        stale=newest is None or newest.day < history.today,
        message=str(report.get("message", "")),
        citations=facts.citations if facts else (),
        days=tuple(dict.fromkeys(one.day for one in kept)),
        notes=(*(newest.manifest.notes if newest else ()), *damages),
    )


def _figures(boards: dict[str, Board]) -> Iterator[Figure]:
    used = boards.get("models-7d")
    if used and used.window:
        total = sum(int(row.number("total_tokens") or 0) for row in used.rows)
        words = formats.tokens_in_words(total)
        yield Figure("Tokens", words, str(total), used.window.human(), "rankings/", used.datasets)
        first = used.ranked[0]
        share = first.number("share") or 0.0
        detail = f"{formats.share(share)} of all tokens"
        model = first.entity("model_permaslug")
        yield Figure("Most used model", model.name, str(first["total_tokens"]), detail, "rankings/", used.datasets)
    movers = boards.get("movers-7d")
    if movers and movers.rows:
        row = movers.rows[0]
        gain = formats.tokens(int(row.number("difference") or 0))
        name = row.entity("model_permaslug").name
        exact = str(row["difference"])
        yield Figure("Biggest gain", name, exact, f"+{gain} tokens in a week", "rankings/", movers.datasets)
    authors = boards.get("authors-7d")
    if authors and authors.ranked:
        row = authors.ranked[0]
        share = row.number("share") or 0.0
        yield Figure(
            "Largest author",
            row.entity("author").name,
            str(share),
            f"{formats.share(share)} of all tokens",
            "rankings/authors/",
            authors.datasets,
        )
    yield from _benchmark_figures(boards)
    listed = boards.get("apps.popular")
    if listed and listed.rows:
        row = listed.rows[0]
        tokens = formats.tokens(int(row.number("total_tokens") or 0))
        name, exact = row.entity("app").name, str(row["total_tokens"])
        yield Figure("Most used app", name, exact, f"{tokens} tokens in 30 days", "apps/", listed.datasets)


def _benchmark_figures(boards: dict[str, Board]) -> Iterator[Figure]:
    scored = boards.get("artificial-analysis")
    if scored and scored.ranked:
        row = scored.ranked[0]
        score = formats.number(row.number("intelligence_index") or 0.0)
        name = row.entity("model_permaslug").name
        exact = str(row["intelligence_index"])
        path = "benchmarks/artificial-analysis/"
        yield Figure("Highest intelligence index", name, exact, f"{score} points", path, scored.datasets)
