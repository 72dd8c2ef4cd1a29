"""Every page of the site, one after the other.

A page that exists once is one file in ``templates/pages/``, found by its place. A page that exists once
per model, category, task, chart or dataset is made from a template in ``templates/collections/`` by one
of the :data:`COLLECTIONS`.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from urllib.parse import quote, urlsplit

from generator.base.artifact import Artifact
from generator.boards import category_words
from generator.boards.board import AnyBoard
from generator.boards.comparison import comparison
from generator.boards.design_arena import CategoryBoard
from generator.boards.plain import plain
from generator.boards.prepared_comparisons import prepared
from generator.boards.site import Site
from generator.boards.tasks import TaskBoard
from generator.charts.chart import DrawnChart, UndrawnChart
from generator.endpoints import BY_NAME
from generator.endpoints.columns import ColumnType
from generator.render.metadata import Metadata, brief
from generator.render.templates import Templates

PAGES = "pages/"


@dataclass(frozen=True, slots=True)
class Page:
    """One page to be made: its folder inside the site, with a trailing slash, and what its template needs."""

    path: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Collection:
    """Many pages from one template."""

    template: str
    pages: Callable[[Site, Mapping[str, DrawnChart]], Iterator[Page]]


def _models(site: Site, _charts: Mapping[str, DrawnChart]) -> Iterator[Page]:
    """In order of use, then by name: each page leads on to the next."""
    shown = [profile for profile in site.profiles.values() if profile.model.path]
    shown.sort(
        key=lambda one: (one.rank or len(shown) + 1, one.model.name.casefold(), one.model.id)
    )
    for at, profile in enumerate(shown):
        before = shown[at - 1].model if at else None
        after = shown[at + 1].model if at + 1 < len(shown) else None
        yield Page(str(profile.model.path), {"profile": profile, "before": before, "after": after})


def _arenas(site: Site, _charts: Mapping[str, DrawnChart]) -> Iterator[Page]:
    categories = site.boards.of_type(CategoryBoard)
    for board in categories:
        peers = [peer for peer in categories if peer.arena == board.arena]
        views = sorted((peer.category, peer.path) for peer in peers)
        yield Page(board.path, {"b": board, "category_views": views})


def _tasks(site: Site, _charts: Mapping[str, DrawnChart]) -> Iterator[Page]:
    for board in site.boards.of_type(TaskBoard):
        yield Page(board.path, {"b": board})


def _apps(site: Site, _charts: Mapping[str, DrawnChart]) -> Iterator[Page]:
    for part in app_slices(site):
        category, _, subcategory = part.partition(".")
        yield Page(
            f"apps/{part.replace('.', '/')}/", {"category": category, "subcategory": subcategory}
        )


def app_slices(site: Site) -> tuple[str, ...]:
    """``coding``, ``coding.cli-agent``, ...: the categories of apps that some board is about, in their order."""
    slices = (".".join(board.id.parts[1:]) for board in site.boards.family("apps"))
    return tuple(dict.fromkeys(part for part in slices if part))


def app_views(
    slices: Sequence[str], category: str
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the categories of apps, and the subcategories of one of them, as (label, path inside the site)."""
    top = [("All apps", "apps/")]
    below = (
        [(f"All of {category_words.heading(category).lower()}", f"apps/{category}/")]
        if category in slices
        else []
    )
    for part in slices:
        owner, _, subcategory = part.partition(".")
        if not subcategory:
            top.append((category_words.heading(part), f"apps/{part}/"))
        elif owner == category:
            below.append((category_words.heading(subcategory), f"apps/{owner}/{subcategory}/"))
    return top, below


def _comparisons(site: Site, _charts: Mapping[str, DrawnChart]) -> Iterator[Page]:
    """Those beside the page of the most used models, which stands on its own."""
    for one in prepared(site):
        if one.path != "compare/":
            yield Page(one.path, {})


def _charts(_site: Site, charts: Mapping[str, DrawnChart]) -> Iterator[Page]:
    for chart in charts.values():
        yield Page(f"charts/{chart.id}/", {"c": chart})


def _embeds(_site: Site, charts: Mapping[str, DrawnChart]) -> Iterator[Page]:
    for chart in charts.values():
        yield Page(f"embed/{chart.id}/", {"c": chart, "day": None, "pictures": "charts/"})


def _authors(site: Site, _charts: Mapping[str, DrawnChart]) -> Iterator[Page]:
    """In order of use, then by name."""
    shown = [profile for profile in site.authors.values() if profile.author.path]
    shown.sort(
        key=lambda one: (one.rank or len(shown) + 1, one.author.name.casefold(), one.author.id)
    )
    for at, profile in enumerate(shown):
        before = shown[at - 1].author if at else None
        after = shown[at + 1].author if at + 1 < len(shown) else None
        yield Page(str(profile.author.path), {"profile": profile, "before": before, "after": after})


def _datasets(site: Site, _charts: Mapping[str, DrawnChart]) -> Iterator[Page]:
    for state in site.datasets:
        columns = BY_NAME[state.name].columns
        token_counts = [column.name for column in columns if column.type is ColumnType.TOKENS]
        values = {
            "state": state,
            "has_history": BY_NAME[state.name].row_day is not None,
            "pandas_types": json.dumps(dict.fromkeys(token_counts, "Int64")),
        }
        yield Page(f"data/{state.name}/", values)


COLLECTIONS = (
    Collection("collections/model.html.j2", _models),
    Collection("collections/author.html.j2", _authors),
    Collection("collections/arena.html.j2", _arenas),
    Collection("collections/task.html.j2", _tasks),
    Collection("collections/apps.html.j2", _apps),
    Collection("collections/compare.html.j2", _comparisons),
    Collection("collections/chart.html.j2", _charts),
    Collection("collections/embed.html.j2", _embeds),
    Collection("collections/dataset.html.j2", _datasets),
)


def pages(
    site: Site,
    charts: Mapping[str, DrawnChart],
    sums: Mapping[str, tuple[str, int]] | None = None,
    templates: Templates | None = None,
    undrawn: Mapping[str, UndrawnChart] | None = None,
) -> Iterator[Artifact]:
    """Every page, made one at a time.

    Args:
        site: all boards and profiles.
        charts: those drawn, by id.
        sums: sha256 and size of published files by path, as far as pages may state them.
        templates: where they lie and what they compiled to; the package's own by default.
        undrawn: charts that could not be drawn today: each keeps its page and its embed, with its table.

    Raises:
        UsageError: a page of our own cannot be read.
    """
    templates = templates or Templates()
    failed = undrawn or {}
    shared = _shared(site, charts, failed) | {
        "meta": Metadata(site, charts, sums or {}),
        "brief": brief,
    }
    listed: list[str] = []
    collected = chain(
        _collected(templates, shared, site, charts), _without_picture(templates, shared, failed)
    )
    for artifact in chain(_single(templates, shared), collected):
        if artifact.path.endswith("index.html") and not artifact.path.startswith(
            ("embed/", "search/")
        ):
            listed.append(artifact.path.removesuffix("index.html"))
        yield artifact
    if site.public_url:
        values = {**shared, "addresses": [absolute(site, path) for path in sorted(listed)]}
        yield Artifact.text("sitemap.xml", templates.render("collections/sitemap.xml.j2", values))


def _shared(
    site: Site, charts: Mapping[str, DrawnChart], undrawn: Mapping[str, UndrawnChart]
) -> dict[str, object]:
    """What every template may use."""
    histories = [profile.usage for profile in site.profiles.values() if profile.usage]
    boards: dict[str, AnyBoard] = {**{board.id: board for board in histories}, **site.boards}
    return {
        "site": site,
        "charts": charts,
        "board": boards.get,
        "chart": charts.get,
        "undrawn": undrawn.get,
        "shown_charts": {**charts, **undrawn},
        "plain": plain,
        "comparison": comparison(site),
        "prepared": list(prepared(site)),
        "comparison_views": [(one.title, one.path) for one in prepared(site)],
        "watched": min(
            (one.first_seen for one in site.profiles.values() if one.first_seen), default=None
        ),
        "searchable": any(state.citations for state in site.datasets),
        "state": {state.name: state for state in site.datasets}.get,
        "app_views": lambda category: app_views(app_slices(site), category),
        "recent": lambda board, days: replace(board, rows=board.rows[-days:][::-1]),
        "with_rows": lambda board, rows: replace(board, rows=tuple(rows)),
        "absolute": lambda path: absolute(site, path),
    }


def _single(templates: Templates, shared: Mapping[str, object]) -> Iterator[Artifact]:
    for name in templates.names(PAGES):
        path = name.removeprefix(PAGES)
        if path.endswith(".md"):
            said, prose = templates.prose(name)
            path = path.removesuffix(".md") + ".html"
            values = {**shared, **_place(path), **said, "prose": prose}
            yield Artifact.text(path, templates.render("prose.html.j2", values))
        else:
            path = path.removesuffix(".j2")
            yield Artifact.text(
                path, templates.render(name, {**shared, **_place(path), **_lost(path, shared)})
            )


def _collected(
    templates: Templates, shared: Mapping[str, object], site: Site, charts: Mapping[str, DrawnChart]
) -> Iterator[Artifact]:
    for collection in COLLECTIONS:
        for page in collection.pages(site, charts):
            path = f"{page.path}index.html"
            yield Artifact.text(
                path,
                templates.render(collection.template, {**shared, **_place(path), **page.values}),
            )


def _without_picture(
    templates: Templates, shared: Mapping[str, object], undrawn: Mapping[str, UndrawnChart]
) -> Iterator[Artifact]:
    """Make the page and the embed of each chart that could not be drawn today, at the addresses that they have."""
    for chart in undrawn.values():
        for folder, template in (("charts", "undrawn"), ("embed", "undrawn-embed")):
            path = f"{folder}/{chart.id}/index.html"
            values = {**shared, **_place(path), "c": chart}
            yield Artifact.text(path, templates.render(f"collections/{template}.html.j2", values))


def _place(path: str) -> dict[str, object]:
    """Where a page stands: its own address, and the way from there to the top, as every link starts."""
    return {"path": path.removesuffix("index.html"), "root": "../" * path.count("/"), "uses": set()}


def _lost(path: str, shared: Mapping[str, object]) -> dict[str, object]:
    """A host shows 404.html at whatever address was asked for: its links cannot start from there."""
    site = shared["site"]
    if path != "404.html" or not isinstance(site, Site) or not site.public_url:
        return {}
    return {"root": urlsplit(site.public_url).path.rstrip("/") + "/"}


def absolute(site: Site, path: str) -> str:
    """The full address of a path inside the site; the path alone while nobody said where it will live."""
    return (
        f"{site.public_url.rstrip('/')}/{quote(path, safe='/~')}"
        if site.public_url
        else quote(path, safe="/~")
    )
