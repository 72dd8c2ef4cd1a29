"""Static oEmbed answers: what a consumer finds by the link in a chart's page, with the address of no server."""

import json
from collections.abc import Iterator, Mapping
from html import escape

from generator.base import tabular
from generator.base.artifact import Artifact
from generator.boards.site import Site
from generator.charts.chart import DrawnChart
from generator.render.pages import absolute

WIDTH = 800
_BELOW = 150
"""What stands below the picture, credit and controls, in pixels; with its script an embed says exactly."""


def oembed(site: Site, charts: Mapping[str, DrawnChart]) -> Iterator[Artifact]:
    """``oembed/<id>.json`` for each chart; nothing while nobody has said where the site will live."""
    if site.public_url:
        for chart in charts.values():
            body = json.dumps(_answer(site, chart), ensure_ascii=False, allow_nan=False, indent=1)
            yield Artifact(f"oembed/{chart.id}.json", body.encode("utf-8", "replace") + b"\n")


def _answer(site: Site, chart: DrawnChart) -> dict[str, object]:
    address = absolute(site, f"embed/{chart.id}/")
    height = chart.wide[1] * WIDTH // chart.wide[0] + _BELOW
    html = (
        f'<iframe src="{escape(address)}" title="{escape(chart.title)}" width="{WIDTH}" height="{height}" '
        'loading="lazy" style="border:0;max-width:100%" '
        'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"></iframe>'
    )
    answer: dict[str, object] = {
        **tabular.header(chart.citations),
        "version": "1.0",
        "type": "rich",
        "provider_name": "OpenRouter Leaderboards",
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
