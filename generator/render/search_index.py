"""``search/index.json``: the names of everything that has a page, for the search box.

It is fetched when somebody turns to the box, so it is small: a row is a name and the part of its address
that differs. Rows stand in order of importance, which decides between equally good matches.
"""

from collections.abc import Iterator, Mapping

from generator.base import tabular
from generator.base.artifact import Artifact
from generator.boards.site import Site
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
    ordered = sorted(
        site.profiles.values(),
        key=lambda one: (one.rank or 10**6, not one.listed, one.model.name.casefold()),
    )
    found = []
    for profile in ordered:
        if profile.model.path:
            path = profile.model.path.removeprefix("models/")
            other = [] if profile.model.id == path.strip("/") else [profile.model.id]
            found.append([profile.model.name, path, *other])
    return found


def _authors(site: Site) -> _Rows:
    ordered = sorted(
        site.authors.values(), key=lambda one: (one.rank or 10**6, one.author.name.casefold())
    )
    return [
        [one.author.name, one.author.path.removeprefix("authors/"), one.author.id]
        for one in ordered
        if one.author.path
    ]


def _tasks(site: Site) -> _Rows:
    board = site.boards.get("tasks")
    tasks = [row.entity("tag") for row in board.rows] if board else []
    return [[task.name, task.path.removeprefix("tasks/"), task.id] for task in tasks if task.path]


def _apps(site: Site) -> _Rows:
    """Apps have no page of their own: each leads to the narrowest list that it stands in."""
    places: dict[str, tuple[str, str]] = {}
    for name, board in site.boards.items():
        if name.startswith("apps."):
            place = "/".join(name.split(".")[2:])
            for row in board.rows:
                app = row.entity("app")
                if len(place) >= len(places.get(app.id, ("", ""))[1]):
                    places[app.id] = (app.name, place)
    order = (
        [row.entity("app").id for row in site.boards["apps.popular"].rows]
        if "apps.popular" in site.boards
        else []
    )
    ranked = {id_: at for at, id_ in enumerate(order)}
    ordered = sorted(
        places.items(), key=lambda one: (ranked.get(one[0], 10**6), one[1][0].casefold(), one[0])
    )
    return [[name, f"{place}/" if place else ""] for _, (name, place) in ordered]


def _arenas(site: Site) -> _Rows:
    found = []
    for name, board in site.boards.items():
        path = str(board.extra.get("path", ""))
        if name.startswith("da.") and path:
            words = f"Design Arena: {board.extra['category']}, {board.extra['arena']}"
            found.append([words, path.removeprefix("benchmarks/design-arena/")])
    return found
