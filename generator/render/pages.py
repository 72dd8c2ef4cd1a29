"""Every page of the site, one after the other.

A single page is one file in ``templates/pages/``, listed by :mod:`generator.render.page_list`. Pages of which there
are many are one of the :data:`~generator.render.page_collections.COLLECTIONS`.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from urllib.parse import urlsplit

from generator.base.artifact import Artifact
from generator.boards.site import Site
from generator.charts.chart import UndrawnChart
from generator.render import gallery, model_ids, sitemap
from generator.render.addresses import absolute
from generator.render.collector import young_only
from generator.render.context import Context
from generator.render.page_collections import COLLECTIONS, Collection
from generator.render.page_fields import published_path
from generator.render.page_list import PageList
from generator.render.page_values import shared_values
from generator.render.snippets import STAND_IN
from generator.render.table_embeds import MOST_ROWS, TableEmbed, table_embeds
from generator.render.templates import Templates


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
        _single(templates, shared, context.page_list, site),
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


def _single(
    templates: Templates, shared: Mapping[str, object], page_list: PageList, site: Site
) -> Iterator[Artifact]:
    """Yield each page that is one file of templates, written in Jinja or in Markdown."""
    for entry in page_list.entries:
        path = published_path(entry.template)
        template = entry.template
        values = {**shared, **_place(path)}
        if template.endswith(".md"):
            template = "prose.html.j2"
            fields, prose = templates.prose(entry.file)
            # Lines to paste have a stand-in for the site's address; without one the page's script puts it in.
            if site.public_url:
                prose = prose.replace(STAND_IN, absolute(site, ""))
            values |= {**fields, "prose": prose}
        elif path == "404.html":
            values["root"] = _fixed_root(site)
        yield Artifact.text(path, templates.render(template, values))


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


def _fixed_root(site: Site) -> str:
    """Return the root of 404.html: a host shows it at any address, so that its links cannot be relative.

    Without a public URL the site is taken to live at the top of its host, as in the preview.
    """
    return urlsplit(site.public_url).path.rstrip("/") + "/"
