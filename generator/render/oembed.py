"""Static oEmbed answers, which a consumer finds by the link in the page of a chart or board; no server is needed."""

from collections.abc import Iterator

from generator.base import tabular
from generator.base.artifact import Artifact
from generator.base.attribution import Citation
from generator.boards.site import Site
from generator.charts.chart import DrawnChart
from generator.render import frames
from generator.render.addresses import absolute
from generator.render.context import Context
from generator.render.gallery import family_pages
from generator.render.table_embeds import table_embeds


def make_oembed(context: Context) -> Iterator[Artifact]:
    """Yield ``oembed/<id>.json`` for each embed; nothing for a site without a public URL."""
    site = context.site
    if not site.public_url:
        return
    for chart in context.charts.values():
        height = frames.chart_height(chart, frames.WIDTH, site)
        answer = _answer(site, chart.id, chart.title, height, chart.citations)
        yield Artifact(
            f"oembed/{chart.id}.json", tabular.indented(answer | _thumbnail(site, chart))
        )
    for family in family_pages(site, context.figures):
        if family.leading:
            height = frames.chart_height(family.leading, frames.WIDTH, site) + frames.CHOOSER
            answer = _answer(site, family.id, family.name, height, family.leading.citations)
            yield Artifact(f"oembed/{family.id}.json", tabular.indented(answer))
    for table in table_embeds(site, context.page_list).values():
        board = table.board
        answer = _answer(site, table.id, board.title, table.height, board.citations)
        yield Artifact(f"oembed/{table.id}.json", tabular.indented(answer))


def _answer(
    site: Site, id_: str, title: str, height: int, citations: tuple[Citation, ...]
) -> dict[str, object]:
    address = absolute(site, f"embed/{id_}/")
    return {
        **tabular.header(citations),
        "version": "1.0",
        "type": "rich",
        "provider_name": site.config.name,
        "provider_url": absolute(site, ""),
        "title": title,
        "cache_age": 86_400,
        "width": frames.WIDTH,
        "height": height,
        "html": frames.iframe(address, title, str(frames.WIDTH), height),
    }


def _thumbnail(site: Site, chart: DrawnChart) -> dict[str, object]:
    """Return the members about a chart's PNG; none of a chart without one."""
    if not chart.has(".png"):
        return {}
    width, height = chart.bitmap
    return {
        "thumbnail_url": absolute(site, f"charts/{chart.id}.png"),
        "thumbnail_width": width,
        "thumbnail_height": height,
    }
