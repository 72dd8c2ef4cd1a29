"""Every page of the site, one after the other.

A single page is one file in ``templates/pages/``, listed by :mod:`generator.render.page_list`. Pages of which
there is one for each model, category, task, chart or dataset are made from a template in
``templates/collections/`` by one of the :data:`COLLECTIONS`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import chain
from urllib.parse import urlsplit

from generator.base.artifact import Artifact
from generator.base.dates import Window
from generator.boards import categories, category_words, price_changes
from generator.boards.board import BoardRow
from generator.boards.comparison import comparison
from generator.boards.design_arena import CategoryBoard
from generator.boards.plain import plain
from generator.boards.prepared_comparisons import prepared
from generator.boards.site import Site
from generator.boards.tasks import TaskBoard
from generator.charts.chart import DrawnChart, UndrawnChart
from generator.endpoints import models
from generator.render import change_list, day_zips, frames, gallery, model_ids, sitemap
from generator.render.addresses import absolute, repository
from generator.render.calculator_examples import examples
from generator.render.citing import Citing
from generator.render.collector import young_only
from generator.render.context import Context
from generator.render.dataset_descriptions import describe_datasets
from generator.render.listed_models import model_list
from generator.render.markdown_twins import boards_of_twins
from generator.render.metadata import Metadata, brief
from generator.render.ordering import authors_by_use, models_by_use, with_ranked_neighbours
from generator.render.page_list import PageList, published_path
from generator.render.sample_rows import sample_rows
from generator.render.share_cards import share_cards
from generator.render.snippets import STAND_IN, snippets
from generator.render.table_embeds import MOST_ROWS, TableEmbed, table_embeds
from generator.render.templates import Templates


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
    for before, profile, after in with_ranked_neighbours(models_by_use(site)):
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
        yield Page(
            f"apps/{part.replace('.', '/')}/", {"category": category, "subcategory": subcategory}
        )


def app_slices(site: Site) -> tuple[str, ...]:
    """Return ``coding``, ``coding.cli-agent``, ...: the categories of apps that some board is about, in their order."""
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
    for before, profile, after in with_ranked_neighbours(authors_by_use(site)):
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


def render_pages(context: Context) -> Iterator[Artifact]:
    """Yield every page, and the sitemap of a site that has a public URL.

    Raises:
        UsageError: a page of our own cannot be read.
    """
    site, templates = context.site, context.templates
    tables = table_embeds(site, context.page_list)
    shared = shared_values(context, tables)
    listed: list[str] = []
    every = chain(
        _single(templates, shared, context.page_list),
        *(render_collection(context, shared, collection) for collection in COLLECTIONS),
        _without_picture(templates, shared, context.undrawn),
        _tables(templates, shared, tables.values()),
        _families(templates, shared, context),
    )
    with young_only():
        for artifact in every:
            if artifact.path.endswith("index.html"):
                listed.append(artifact.path.removesuffix("index.html"))
            yield artifact
        yield from _model_addresses(templates, shared, site)
    if site.public_url:
        dated = sitemap.entries(context, listed)
        values = {**shared, "addresses": [(absolute(site, path), day) for path, day in dated]}
        yield Artifact.text("sitemap.xml", templates.render("collections/sitemap.xml.j2", values))


def shared_values(context: Context, tables: Mapping[str, TableEmbed]) -> dict[str, object]:
    """Return what every template may use; ``tables`` are the embeds of tables, by the board's id."""
    site = context.site
    datasets = describe_datasets(site, context.published)
    newest_day = max((state.day for state in site.datasets if state.day), default=None)
    ready = list(prepared(site))
    # No other page names a card than one with a full address.
    cards = share_cards(context) if site.public_url else None
    return {
        "site": site,
        "charts": context.charts,
        "board": site.charted_board(),
        "chart": context.charts.get,
        "undrawn": context.undrawn.get,
        "shown_charts": context.figures,
        "gallery": gallery,
        "meta": Metadata(context.page_list, site, cards, datasets),
        "page_list": context.page_list,
        "brief": brief,
        "plain": plain,
        # A tenth of the time and of the memory of a thousand pages of models, which have no need of it.
        "compared": cache(lambda: comparison(site)),
        "prepared": ready,
        "examples": examples(),
        "comparison_views": [(view.title, view.path) for view in ready],
        "citing": Citing(site, newest_day),
        "watched": _watched(site),
        "price_changes": _price_changes(site),
        "searchable": any(state.citations for state in site.datasets),
        "state": {state.name: state for state in site.datasets}.get,
        "app_views": lambda category: app_views(app_slices(site), category),
        "recent": lambda board, days: replace(board, rows=board.rows[-days:][::-1]),
        "with_rows": lambda board, rows: replace(board, rows=tuple(rows)),
        "model_list": model_list(site.boards.get("catalogue"), site.authors),
        "frames": frames,
        "table_embeds": tables,
        "absolute": lambda path: absolute(site, path),
        "repository": repository(site),
        "described": datasets,
        "day_zips": day_zips.published_zips(context.published),
        "most_zips": day_zips.DAYS,
        "has_changes": change_list.PATH in context.published,
        "sample": lambda name: sample_rows(context.latest.get(name)),
        "snippets": snippets,
        "twins": boards_of_twins(site, context.page_list),
        "stand_in": absolute(site, "") if site.public_url else STAND_IN,
        "other_ids": model_ids.ids_by_listing(site),
        "history_of": context.tables.get,
        "left_out": (*context.left_out.sentences, *context.left_out_today.sentences),
        "left_out_today": context.left_out_today,
        "thinned": context.left_out,
    }


def _watched(site: Site) -> date | None:
    """Return the first day whose price changes are shown: since then models are watched, or it is long enough ago."""
    seen = [profile.first_seen for profile in site.profiles.values() if profile.first_seen]
    newest = [state.day for state in site.datasets if state.name == models.NAME and state.day]
    if not seen or not newest:
        return min(seen, default=None)
    return max(min(seen), Window.ending(newest[0], price_changes.SHOWN_DAYS).start)


def _price_changes(site: Site) -> Callable[[str], Sequence[BoardRow]]:
    """Return a function from the path of a model's page to the changes of its prices."""
    board = site.boards.find(price_changes.ID, price_changes.PriceChangeRow)
    of_page: dict[str | None, list[BoardRow]] = {}
    for row in board.rows if board else ():
        of_page.setdefault(row.model_permaslug.path, []).append(row)
    return lambda path: of_page.get(path, ())


def _single(
    templates: Templates, shared: Mapping[str, object], page_list: PageList
) -> Iterator[Artifact]:
    for entry in page_list.entries:
        path = published_path(entry.template)
        place = _place(path)
        if entry.template.endswith(".md"):
            fields, prose = templates.prose(entry.file)
            values = {**shared, **place, **fields, "prose": prose}
            yield Artifact.text(path, templates.render("prose.html.j2", values))
        else:
            values = {**shared, **place, **_fixed_root(path, shared)}
            yield Artifact.text(path, templates.render(entry.template, values))


def render_collection(
    context: Context, shared: Mapping[str, object], collection: Collection
) -> Iterator[Artifact]:
    """Yield the pages of a collection; ``shared`` is what :func:`shared_values` returns."""
    for page in collection.pages(context.site, context.charts):
        path = f"{page.path}index.html"
        values = {**shared, **_place(path), **page.values}
        yield Artifact.text(path, context.templates.render(collection.template, values))


def _without_picture(
    templates: Templates, shared: Mapping[str, object], undrawn: Mapping[str, UndrawnChart]
) -> Iterator[Artifact]:
    """Yield the page and the embed of each chart that could not be drawn today, at their usual addresses."""
    for chart in undrawn.values():
        for folder, template in (("charts", "undrawn"), ("embed", "undrawn-embed")):
            path = f"{folder}/{chart.id}/index.html"
            values = {**shared, **_place(path), "c": chart}
            yield Artifact.text(path, templates.render(f"collections/{template}.html.j2", values))


def _tables(
    templates: Templates, shared: Mapping[str, object], tables: Iterable[TableEmbed]
) -> Iterator[Artifact]:
    """Yield the embed of each table."""
    for table in tables:
        path = f"embed/{table.id}/index.html"
        values = {**shared, **_place(path), "table": table, "most_rows": MOST_ROWS}
        yield Artifact.text(path, templates.render("collections/table-embed.html.j2", values))


def _families(
    templates: Templates, shared: Mapping[str, object], context: Context
) -> Iterator[Artifact]:
    """Yield the page and the embed at the id of each chart of which there are only variants."""
    for family in gallery.family_pages(context.site, context.figures):
        leading = family.leading
        for folder, template in (
            ("charts", "chart-family"),
            ("embed", "embed" if leading else "no-chart-embed"),
        ):
            path = f"{folder}/{family.id}/index.html"
            values = {**shared, **_place(path), "family": family, "c": leading}
            values |= {"day": None, "pictures": "charts/"}
            yield Artifact.text(path, templates.render(f"collections/{template}.html.j2", values))


def _model_addresses(
    templates: Templates, shared: Mapping[str, object], site: Site
) -> Iterator[Artifact]:
    """Yield a small page at the address that each other id of a model makes; the sitemap has none of them."""
    for folder, profile in model_ids.addresses(site):
        path = f"{folder}index.html"
        values = {**shared, **_place(path), "model": profile.model}
        yield Artifact.text(path, templates.render("collections/model-address.html.j2", values))


def _place(path: str) -> dict[str, object]:
    """Return a page's address and the relative path from there to the top, with which every link starts."""
    return {"path": path.removesuffix("index.html"), "root": "../" * path.count("/"), "uses": set()}


def _fixed_root(path: str, shared: Mapping[str, object]) -> dict[str, object]:
    """Return the root of 404.html: a host shows it at any address, so that its links cannot be relative.

    Without a public URL the site is taken to live at the top of its host, as in the preview.
    """
    site = shared["site"]
    if path != "404.html" or not isinstance(site, Site):
        return {}
    return {"root": urlsplit(site.public_url).path.rstrip("/") + "/"}
