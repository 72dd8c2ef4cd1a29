"""The files of one day: each chart as an interactive and as a static embed, and the leaders on its boards."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import product
from pathlib import Path

from markupsafe import Markup

from generator.boards import overview
from generator.boards.board import AnyBoard, Boards
from generator.boards.plain import plain
from generator.boards.site import Site
from generator.charts.catalogue import CHARTS
from generator.charts.chart import DrawnChart, Picture
from generator.charts.draw import LETTER
from generator.render.addresses import absolute
from generator.render.gallery import QUESTIONS
from generator.render.permalinks import day_boards
from generator.render.permalinks.day_boards import SHOWN
from generator.render.permalinks.store import (
    BITMAPS,
    BOARDS,
    DATA,
    INTERACTIVE,
    PAGE,
    PICTURES,
    SPECS,
    STATIC,
    Kept,
    Record,
)
from generator.render.templates import Templates

LETTER_CHARTS = frozenset(question.charts[0] for question in QUESTIONS if question.charts)
"""The charts that keep a bitmap for newsletters: a tenth of a second each, for each day that is drawn."""
_ID = re.compile(r' id="([^"]+)"')
_LABELS = re.compile(r'aria-labelledby="([^"]+)"')
# Cached pages outlive what they say here: whether a newer picture exists is known when they are published,
# and rendering them again would need the chart, which by then may be drawn by nobody.
_NEWER = re.compile(r'<span class="newer">.*?</span>', re.DOTALL)


def build_day(
    templates: Templates,
    site: Site,
    day: date,
    boards: Boards,
    charts: Iterable[DrawnChart],
    *,
    made_from: str,
    kept: Kept,
) -> tuple[Record, dict[str, bytes]]:
    """Return the record of a day and its files, by their paths in the cache.

    Args:
        templates: as pages use them.
        site: says where it is published.
        day: of the boards and charts.
        boards: by id.
        charts: of the day; variants are left out.
        made_from: the fingerprint of all that the files are made from.
        kept: which embeds there are; bitmaps come with the interactive ones.
    """
    bodies: dict[str, bytes] = {}
    titles: dict[str, str] = {}
    withheld: list[str] = []
    for chart in _embedded(charts, kept):
        titles[chart.id] = chart.title
        bodies[f"{STATIC}/{chart.id}{PAGE}"] = static_page(templates, site, day, chart).encode()
        if not chart.is_interactive:
            withheld.append(chart.id)
        elif kept.interactive:
            bodies |= _interactive(templates, site, day, chart)
    record = Record(
        made_from=made_from,
        interactive=kept.interactive,
        charts=titles,
        variants=_variants(boards) if kept.charts else [],
        headline=overview.headline(boards),
        withheld=withheld,
        bitmaps=_bitmaps(bodies),
    )
    bodies[BOARDS] = _leaders(templates, boards).encode()
    bodies[DATA] = day_boards.file(day, boards)
    return record, bodies


def _embedded(charts: Iterable[DrawnChart], kept: Kept) -> Iterator[DrawnChart]:
    """Yield the charts that have embeds, each when it is drawn: all of a day at once would be in memory."""
    if kept.charts:
        for chart in charts:
            if not chart.is_variant:
                yield chart


def _bitmaps(bodies: Iterable[str]) -> list[str]:
    """Return the names of the PNGs among these paths."""
    paths = [Path(name) for name in bodies]
    return [path.name for path in paths if path.parent.name == BITMAPS]


def _interactive(
    templates: Templates, site: Site, day: date, chart: DrawnChart
) -> dict[str, bytes]:
    """Return the files of an interactive embed, and of some charts a PNG, by their paths in the day's folder."""
    start = f"{INTERACTIVE}/{chart.id}"
    page = templates.render("collections/embed.html.j2", _values(site, day, chart))
    bodies = {f"{start}{PAGE}": page.encode(), f"{start}{SPECS}": chart.script}
    for end in PICTURES:
        bodies[f"{start}{end}"] = chart.file(end)
    if chart.id in LETTER_CHARTS:
        bodies[f"{BITMAPS}/{chart.id}{LETTER}"] = chart.file(LETTER)
    return bodies


def _variants(boards: Mapping[str, AnyBoard]) -> list[str]:
    """Return the ids of all charts that these boards give and that are not in the catalog themselves, sorted."""
    variants: set[str] = set()
    for chart, board in product(CHARTS, boards.values()):
        id_ = chart.id_for(board.id)
        if id_ and board.rows and chart.applies_to(board):
            variants.add(id_)
    return sorted(variants - {chart.id for chart in CHARTS})


def static_page(templates: Templates, site: Site, day: date, chart: DrawnChart) -> str:
    """Return a chart of that day as one page with its pictures of all widths inside."""
    drawings: list[tuple[Picture, Markup]] = []
    for picture in chart.pictures:
        body = _inlined(chart.file(f"{picture.suffix}.svg"), picture)
        if picture is not chart.wide:
            body = _with_other_ids(body, picture)
        drawings.append((picture, body))
    values = {**_values(site, day, chart), "drawings": drawings}
    return templates.render("collections/day-embed.html.j2", values)


def _inlined(drawn: bytes, picture: Picture) -> Markup:
    """Return a picture without its size in pixels, so that it is as wide as the page."""
    size = f' width="{picture.width}" height="{picture.height}"'
    body = drawn.decode("utf-8").replace(size, "", 1)
    # One of our own drawings, whose texts were escaped when it was drawn.
    return Markup(body)  # noqa: S704


def _with_other_ids(drawn: Markup, picture: Picture) -> Markup:
    """Return a picture that can stand on one page with the same chart's others."""
    body, size = str(drawn), picture.size
    for id_ in dict.fromkeys(_ID.findall(body)):
        body = body.replace(f'id="{id_}"', f'id="{id_}-{size}"')
        body = body.replace(f"url(#{id_})", f"url(#{id_}-{size})")
    labels = _LABELS.search(body)
    if labels:
        named = " ".join(f"{id_}-{size}" for id_ in labels[1].split())
        body = body.replace(labels[0], f'aria-labelledby="{named}"', 1)
    return Markup(body)  # noqa: S704 - as it was


def _values(site: Site, day: date, chart: DrawnChart) -> dict[str, object]:
    return {
        "site": site,
        "c": chart,
        "root": "../../../../",
        "path": f"d/{day}/embed/{chart.id}/",
        "pictures": f"d/{day}/charts/",
        "day": day,
        "absolute": lambda path: absolute(site, path),
    }


def _leaders(templates: Templates, boards: Mapping[str, AnyBoard]) -> str:
    """Return the part of a day's page that shows its boards."""
    shown = [(plain(boards[leaders.id]), leaders) for leaders in SHOWN if leaders.id in boards]
    nothing = {
        "root": "",
        "board": lambda _: None,
        "chart": lambda _: None,
        "state": lambda _: None,
        "uses": set(),
    }
    return templates.render("partials/day-boards.html.j2", {**nothing, "shown": shown})


def without_newer(page: str) -> str:
    """Return an embed's page for the newest day, without the link to a newer version."""
    return _NEWER.sub("", page)


def as_the_last(page: str) -> str:
    """Return an embed's page for a retired chart, saying that no newer picture is made."""
    return _NEWER.sub("No newer picture of this chart is made: this is the last.", page)
