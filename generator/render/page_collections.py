"""The pages of which there is one for each model, author, task, category, comparison, chart or dataset.

Each collection is made from one template in ``templates/collections/``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.boards import categories, category_words
from generator.boards.design_arena import CategoryBoard
from generator.boards.prepared_comparisons import prepared
from generator.boards.site import Site
from generator.boards.tasks import TaskBoard
from generator.charts.chart import DrawnChart
from generator.render.ordering import authors_by_use, models_by_use, with_ranked_neighbors


@dataclass(frozen=True, slots=True)
class Page:
    """One page to be made: its folder inside the site, with a trailing slash, and its template's values."""

    path: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Collection:
    """Many pages from one template."""

    template: str
    pages: Callable[[Site, Mapping[str, DrawnChart]], Iterator[Page]]


def _models(site: Site, _charts: Mapping[str, DrawnChart]) -> Iterator[Page]:
    """Yield the models by use: the page of one that is ranked links to the ranks beside it."""
    for before, profile, after in with_ranked_neighbors(models_by_use(site)):
        values = {
            "profile": profile,
            "before": before.model if before else None,
            "after": after.model if after else None,
        }
        yield Page(str(profile.model.path), values)


def _arenas(site: Site, _charts: Mapping[str, DrawnChart]) -> Iterator[Page]:
    categories = site.boards.of_type(CategoryBoard)
    for board in categories:
        peers = [peer for peer in categories if peer.arena == board.arena]
        views = sorted((peer.category, peer.path) for peer in peers)
        yield Page(board.path, {"b": board, "category_views": views})


def _tasks(site: Site, _charts: Mapping[str, DrawnChart]) -> Iterator[Page]:
    for board in site.boards.of_type(TaskBoard):
        yield Page(board.path, {"b": board})


def _categories(site: Site, _charts: Mapping[str, DrawnChart]) -> Iterator[Page]:
    board = site.boards.get(categories.ID)
    if board is not None:
        yield Page(categories.PATH, {"b": board})


def _apps(site: Site, _charts: Mapping[str, DrawnChart]) -> Iterator[Page]:
    for part in app_slices(site):
        category, _, subcategory = part.partition(".")
        path = f"apps/{part.replace('.', '/')}/"
        yield Page(path, {"category": category, "subcategory": subcategory})


def app_slices(site: Site) -> tuple[str, ...]:
    """Return ``coding``, ``coding.cli-agent``, ...: the categories of apps that some board is about, in their order."""
    slices = (".".join(board.id.parts[1:]) for board in site.boards.family("apps"))
    return tuple(dict.fromkeys(part for part in slices if part))


def app_views(
    slices: Sequence[str], category: str
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the categories of apps, and the subcategories of one of them, as (label, path inside the site)."""
    top = [("All apps", "apps/")]
    below = []
    if category in slices:
        name = category_words.heading(category).lower()
        below.append((f"All of {name}", f"apps/{category}/"))
    for part in slices:
        owner, _, subcategory = part.partition(".")
        if not subcategory:
            top.append((category_words.heading(part), f"apps/{part}/"))
        elif owner == category:
            below.append((category_words.heading(subcategory), f"apps/{owner}/{subcategory}/"))
    return top, below


def _comparisons(site: Site, _charts: Mapping[str, DrawnChart]) -> Iterator[Page]:
    """Yield the prepared comparisons but the first, which is a page of its own."""
    for view in prepared(site):
        if view.path != "compare/":
            yield Page(view.path, {})


def _charts(_site: Site, charts: Mapping[str, DrawnChart]) -> Iterator[Page]:
    for chart in charts.values():
        yield Page(f"charts/{chart.id}/", {"c": chart})


def _embeds(_site: Site, charts: Mapping[str, DrawnChart]) -> Iterator[Page]:
    for chart in charts.values():
        yield Page(f"embed/{chart.id}/", {"c": chart, "day": None, "pictures": "charts/"})


def _authors(site: Site, _charts: Mapping[str, DrawnChart]) -> Iterator[Page]:
    """Yield the authors by use: the page of one that is ranked links to the ranks beside it."""
    for before, profile, after in with_ranked_neighbors(authors_by_use(site)):
        values = {
            "profile": profile,
            "before": before.author if before else None,
            "after": after.author if after else None,
        }
        yield Page(str(profile.author.path), values)


def _datasets(site: Site, _charts: Mapping[str, DrawnChart]) -> Iterator[Page]:
    for state in site.datasets:
        yield Page(f"data/{state.name}/", {"state": state})


COLLECTIONS = (
    Collection("collections/model.html.j2", _models),
    Collection("collections/author.html.j2", _authors),
    Collection("collections/arena.html.j2", _arenas),
    Collection("collections/task.html.j2", _tasks),
    Collection("collections/apps.html.j2", _apps),
    Collection("collections/categories.html.j2", _categories),
    Collection("collections/compare.html.j2", _comparisons),
    Collection("collections/chart.html.j2", _charts),
    Collection("collections/embed.html.j2", _embeds),
    Collection("collections/dataset.html.j2", _datasets),
)
