"""Cards: what a link to this site shows where it is shared, a chart with its date and source at 1200 by 630."""

import base64
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path

import vl_convert

from generator.base import isolation, resources
from generator.base.artifact import Artifact, Omission
from generator.base.palette import LIGHT
from generator.charts import png
from generator.charts.cache import Cache
from generator.charts.chart import DrawnChart
from generator.charts.kinds.grammar import FONT

WIDTH, HEIGHT = 1200, 630
ICON = "static/apple-touch-icon.png"
_HEAD, _EDGE = 76, 48
_ICON_SIDE = 180


def path(chart_id: str) -> str:
    """Return the path of a chart's card inside the site."""
    return f"cards/{chart_id}.png"


def draw_cards(
    charts: Mapping[str, DrawnChart],
    wanted: Iterable[str],
    day: str,
    cache: Path | None = None,
) -> Iterator[Artifact | Omission]:
    """Yield a card for each wanted chart that was drawn, and the icon for home screens.

    Args:
        charts: those drawn, by id.
        wanted: ids of charts.
        day: shown beside the site's name, such as ``18 Aug 2026``.
        cache: a folder for drawn cards, so that a second render of one day draws none.
    """
    # Saves 2 s of 10 s in a render of the demo.
    card_cache = Cache(cache, "cards.json")
    for id_ in dict.fromkeys(wanted):
        chart = charts.get(id_)
        if chart is None:
            continue
        try:
            card = _card(chart.file(".svg").decode("utf-8"), chart.wide, day)
            credit = " ".join(citation.full for citation in chart.citations)
            body = _made(card_cache, card, {"Title": chart.title, "Copyright": credit})
        except (KeyboardInterrupt, SystemExit):
            raise
        # vl-convert's failures inside Rust are no Exceptions.
        except BaseException as error:
            yield Omission(isolation.sentence(f"the card of chart {id_}", error))
        else:
            yield Artifact(path(id_), body)
    icon = (resources.folder("static") / "favicon.svg").read_text(encoding="utf-8")
    sized = icon.replace("<svg ", f'<svg width="{_ICON_SIDE}" height="{_ICON_SIDE}" ', 1).replace(
        ' rx="3"', ""
    )
    yield Artifact(ICON, _made(card_cache, sized, {}))
    card_cache.save()


def _made(cache: Cache, svg: str, texts: Mapping[str, str]) -> bytes:
    key = cache.key("card", svg, *texts.values())
    encoded = cache.get(key)
    if encoded is None:
        encoded = base64.b64encode(png.pack(vl_convert.svg_to_png(svg, scale=1), texts)).decode()
        cache.put(key, encoded)
    return base64.b64decode(encoded)


def _card(picture: str, size: tuple[int, int], day: str) -> str:
    """The chart as large as it can be below one line with the site's name and the day."""
    room = (WIDTH - 2 * _EDGE, HEIGHT - _HEAD - 12)
    scale = min(room[0] / size[0], room[1] / size[1])
    width, height = size[0] * scale, size[1] * scale
    inner = picture.replace(
        f'width="{size[0]}" height="{size[1]}"',
        f'x="{(WIDTH - width) / 2:.1f}" y="{_HEAD}" width="{width:.1f}" height="{height:.1f}"',
        1,
    )
    text = f'<text y="47" font-size="24" fill="{LIGHT.ink}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="{FONT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{LIGHT.paper}"/>'
        f'{text} x="{_EDGE}">OpenRouter <tspan font-weight="bold">Leaderboards</tspan></text>'
        f'{text} x="{WIDTH - _EDGE}" text-anchor="end">{escape(day)}</text>'
        f'<path d="M{_EDGE} 66.5H{WIDTH - _EDGE}" stroke="{LIGHT.ink}"/>{inner}</svg>'
    )
