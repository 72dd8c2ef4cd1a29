"""``search/index.json``: the names of everything that has a page, for the search box.

It is fetched when somebody turns to the box, so it is small: a row is a name and the part of its address
that differs. Rows stand in order of importance, which decides between equally good matches.
"""

from collections.abc import Iterator, Mapping

from generator.base import tabular
from generator.base.artifact import Artifact
from generator.boards.apps import AppRow, AppsBoard
from generator.boards.author_profiles import authors_most_used_first
from generator.boards.design_arena import CategoryBoard
from generator.boards.model_profiles import most_used_first
from generator.boards.site import Site
from generator.boards.tasks import TaskBoardRow
from generator.charts.chart import DrawnChart, UndrawnChart

PATH = "search/index.json"
PAGES = (
    ("Models used most, seven days", "rankings/"),
    ("Models used most, one day", "rankings/1-day/"),
    ("Models used most, thirty days", "rankings/30-days/"),
    ("Authors: whose models are used most", "rankings/authors/"),
    ("Catalogue: all models on offer", "models/"),
    ("Benchmarks", "benchmarks/"),
    (
        "Artificial Analysis: intelligence, coding and agentic index",
        "benchmarks/artificial-analysis/",
    ),
    ("Design Arena: Elo from blind votes", "benchmarks/design-arena/"),
    ("OpenRouter evaluations", "benchmarks/openrouter/"),
    ("Frontier: price against performance", "frontier/"),
    ("Prices and price changes", "prices/"),
    ("Compare models", "compare/"),
    ("Coding: used, tested, liked", "coding/"),
    ("Tasks: what models are used for", "tasks/"),
    ("Apps: which use most, which grow", "apps/"),
    ("Changes and feeds", "changes/"),
    ("Charts", "charts/"),
    ("Data: downloads, JSON, CSV", "data/"),
    ("Status", "status/"),
    ("Methodology: how this is counted", "methodology/"),
    ("Attribution and licences", "attribution/"),
    ("Embed guide", "embed-guide/"),
    ("About, how to cite", "about/"),
)

_Rows = list[list[str]]


def search_index(site: Site, charts: Mapping[str, DrawnChart | UndrawnChart]) -> Iterator[Artifact]:
    """One file; none while nothing is held that it could credit."""
    citations = [citation for state in site.datasets for citation in state.citations[:1]]
    if not citations:
        return
    groups = [
        {"kind": kind, "at": at, "rows": rows}
        for kind, at, rows in (
            ("Model", "models/", _models(site)),
            ("Author", "authors/", _authors(site)),
            ("Page", "", [[name, path] for name, path in PAGES]),
            ("Task", "tasks/", _tasks(site)),
            ("App", "apps/", _apps(site)),
            ("Benchmark", "benchmarks/design-arena/", _arenas(site)),
            (
                "Chart",
                "charts/",
                [[one.title, f"{one.id}/"] for one in charts.values() if "." not in one.id],
            ),
            ("Dataset", "data/", [[state.title, f"{state.name}/"] for state in site.datasets]),
        )
    ]
    body = {**tabular.header(citations), "groups": groups}
    yield Artifact(PATH, tabular.compact(body))


def _models(site: Site) -> _Rows:
    """The most used first, then what is listed, then what was."""
    found = []
    for profile in most_used_first(site.profiles.values()):
        if profile.model.path:
            path = profile.model.path.removeprefix("models/")
            other = [] if profile.model.id == path.strip("/") else [profile.model.id]
            found.append([profile.model.name, path, *other])
    return found


def _authors(site: Site) -> _Rows:
    authors = [profile.author for profile in authors_most_used_first(site.authors.values())]
    return [
        [author.name, author.path.removeprefix("authors/"), author.id]
        for author in authors
        if author.path
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
