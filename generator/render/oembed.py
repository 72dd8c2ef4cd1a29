"""Static oEmbed answers, which a consumer finds by the link in a chart's page; no server is needed."""

from collections.abc import Iterator
from html import escape

from generator.base import tabular
from generator.base.artifact import Artifact
from generator.boards.site import Site
from generator.charts.chart import MEDIUM, DrawnChart
from generator.render.addresses import absolute
from generator.render.context import Context

WIDTH = 720
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
"""The rights of a frame around an embed: links open in a new tab, outside of the frame's limits."""

_BELOW = 150
"""Height in pixels of credit and controls, below the picture; with its script an embed tells its own."""


def make_oembed(context: Context) -> Iterator[Artifact]:
    """Yield ``oembed/<id>.json`` for each chart; nothing for a site without a public URL."""
    if context.site.public_url:
        for chart in context.charts.values():
            answer = _answer(context.site, chart)
            yield Artifact(f"oembed/{chart.id}.json", tabular.indented(answer))


def _height(chart: DrawnChart) -> int:
    """Return the height in pixels of a frame of that width: the drawing for it, and what stands below."""
    medium = next(picture for picture in chart.pictures if picture.size == MEDIUM.name)
    return medium.height * WIDTH // medium.width + _BELOW


def _answer(site: Site, chart: DrawnChart) -> dict[str, object]:
    address = absolute(site, f"embed/{chart.id}/")
    height = _height(chart)
    html = (
        f'<iframe src="{escape(address)}" title="{escape(chart.title)}" width="{WIDTH}" height="{height}" '
        'loading="lazy" style="border:0;max-width:100%" '
        f'sandbox="{SANDBOX}"></iframe>'
    )
    answer: dict[str, object] = {
        **tabular.header(chart.citations),
        "version": "1.0",
        "type": "rich",
        "provider_name": site.config.name,
        "provider_url": absolute(site, ""),
        "title": chart.title,
        "cache_age": 86_400,
        "width": WIDTH,
        "height": height,
        "html": html,
    }
    if chart.has(".png"):
        answer["thumbnail_url"] = absolute(site, f"charts/{chart.id}.png")
        answer["thumbnail_width"], answer["thumbnail_height"] = chart.bitmap
    return answer
