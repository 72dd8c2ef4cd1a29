"""``search/index.json``: the names of everything that has a page, for the search box.

It is fetched when somebody turns to the box, so it is small: a row is a name and the part of its address
that differs. Rows stand in order of importance, which decides between equally good matches.
"""

from collections.abc import Iterator

from generator.base import tabular
from generator.base.artifact import Artifact
from generator.boards.apps import AppRow, AppsBoard
from generator.boards.comparison import models_with_pages
from generator.boards.design_arena import CategoryBoard
from generator.boards.site import Site
from generator.boards.tasks import TaskBoardRow
from generator.render.context import Context
from generator.render.ordering import authors_by_use

PATH = "search/index.json"
_Rows = list[list[str]]


def make_search_index(context: Context) -> Iterator[Artifact]:
    """Yield one file; none without a snapshot whose source it could credit."""
    site = context.site
    if not site.citations:
        return
    groups = [
        _group("Model", "models/", _models(site)),
        _group("Author", "authors/", _authors(site)),
        _group("Page", "", [[page.search, page.path] for page in context.page_list.searchable]),
        _group("Task", "tasks/", _tasks(site)),
        _group("App", "apps/", _apps(site)),
        _group("Benchmark", "benchmarks/design-arena/", _arenas(site)),
        _group("Chart", "charts/", _charts(context)),
        _group("Dataset", "data/", [[state.title, f"{state.name}/"] for state in site.datasets]),
    ]
    body = {**tabular.header(site.citations), "groups": groups}
    yield Artifact(PATH, tabular.compact(body))


def _group(kind: str, at: str, rows: _Rows) -> dict[str, object]:
    """Return the rows of one kind, whose addresses all begin with ``at``."""
    return {"kind": kind, "at": at, "rows": rows}


def _charts(context: Context) -> _Rows:
    """Return title and path of each chart; variants, which have a dot in their ids, are left out."""
    charts = context.figures.values()
    return [[chart.title, f"{chart.id}/"] for chart in charts if "." not in chart.id]


def _models(site: Site) -> _Rows:
    """Return name and path of each model: the most used first, those no longer listed last."""
    rows = []
    for profile in models_with_pages(site):
        path = str(profile.model.path).removeprefix("models/")
        other = [] if profile.model.id == path.strip("/") else [profile.model.id]
        rows.append([profile.model.name, path, *other])
    return rows


def _authors(site: Site) -> _Rows:
    authors = [profile.author for profile in authors_by_use(site)]
    return [
        [author.name, str(author.path).removeprefix("authors/"), author.id] for author in authors
    ]


def _tasks(site: Site) -> _Rows:
    board = site.boards.find("tasks", TaskBoardRow)
    tasks = [row.tag for row in board.rows] if board else []
    return [[task.name, task.path.removeprefix("tasks/"), task.id] for task in tasks if task.path]


def _apps(site: Site) -> _Rows:
    """Apps have no page of their own: each leads to the narrowest list that it stands in."""
    places: dict[str, tuple[str, str]] = {}
    for board in site.boards.of_type(AppsBoard):
        place = "/".join(part for part in (board.category, board.subcategory) if part)
        for row in board.rows:
            _, narrowest = places.get(row.app.id, ("", ""))
            if len(place) >= len(narrowest):
                places[row.app.id] = (row.app.name, place)
    popular = site.boards.find("apps.popular", AppRow)
    ranked = {row.app.id: at for at, row in enumerate(popular.rows)} if popular else {}
    ordered = sorted(
        places.items(), key=lambda one: (ranked.get(one[0], 10**6), one[1][0].casefold(), one[0])
    )
    return [[name, f"{place}/" if place else ""] for _, (name, place) in ordered]


def _arenas(site: Site) -> _Rows:
    rows = []
    for board in site.boards.of_type(CategoryBoard):
        words = f"Design Arena: {board.category}, {board.arena}"
        rows.append([words, board.path.removeprefix("benchmarks/design-arena/")])
    return rows
