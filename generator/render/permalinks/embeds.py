"""What is made of a day: each chart twice, as a full embed and as one page that stands alone, and its boards."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from markupsafe import Markup

from generator.boards import overview
from generator.boards.board import AnyBoard, Boards
from generator.boards.plain import plain
from generator.boards.site import Site
from generator.charts.catalogue import CHARTS
from generator.charts.chart import DrawnChart
from generator.render.pages import absolute
from generator.render.permalinks.store import BOARDS, PAGE, PICTURES, SPECS, Record
from generator.render.templates import Templates

SHOWN = (
    ("models-7d", ("rank", "moved", "model_permaslug", "total_tokens", "share"), 20),
    ("authors-7d", ("rank", "moved", "author", "total_tokens", "share"), 10),
    (
        "artificial-analysis",
        ("rank", "model_permaslug", "intelligence_index", "coding_index", "agentic_index"),
        20,
    ),
    ("design-arena", ("arena", "category", "leader", "elo"), 30),
    ("tasks", ("rank", "tag", "usage_share", "token_share", "leader"), 20),
    ("apps.popular", ("rank", "moved", "app", "total_tokens"), 20),
)
"""The boards of a day's page, with the columns and the number of rows it has of them."""

_SIZED = re.compile(rb'(<svg[^>]*?) width="[0-9]+" height="[0-9]+"')
_NEWER = re.compile(r'<span class="newer">.*?</span>', re.DOTALL)


def made(
    templates: Templates,
    site: Site,
    day: date,
    boards: Boards,
    charts: Iterable[DrawnChart],
    *,
    lean: str,
    full: str,
) -> tuple[Record, dict[str, bytes]]:
    """All that is kept of a day, by its place on the shelf.

    Args:
        charts: of the day; variants are left out.
        lean, full: what the two forms are made from; without the second there is no full form.
    """
    found: dict[str, bytes] = {}
    titles: dict[str, str] = {}
    for chart in (one for one in charts if one.main):
        titles[chart.id] = chart.title
        found[f"lean/{chart.id}{PAGE}"] = alone(templates, site, day, chart).encode()
        if full:
            page = templates.render("collections/embed.html.j2", _values(site, day, chart))
            found[f"full/{chart.id}{PAGE}"] = page.encode()
            found[f"full/{chart.id}{SPECS}"] = chart.script
            found |= {f"full/{chart.id}{end}": chart.file(end) for end in PICTURES}
    found[BOARDS] = _leaders(templates, boards).encode()
    variants = sorted(drawable(boards) - {chart.id for chart in CHARTS})
    return Record(lean, full, titles, variants, overview.headline(boards)), found


def drawable(boards: Mapping[str, AnyBoard]) -> set[str]:
    """The ids of all charts that these boards give, variants included."""
    return {
        id_
        for chart in CHARTS
        for board in boards.values()
        if (id_ := chart.id_for(board.id)) and board.rows and chart.shows(board)
    }


def alone(templates: Templates, site: Site, day: date, chart: DrawnChart) -> str:
    """A chart of that day as one page with its picture inside."""
    picture = _SIZED.sub(rb"\1", chart.file(".svg"), count=1).decode("utf-8")
    # One of our own drawings, whose texts were escaped when it was drawn.
    values = {**_values(site, day, chart), "picture": Markup(picture)}  # noqa: S704
    return templates.render("collections/day-embed.html.j2", values)


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
    shown = [(plain(boards[id_]), columns, limit) for id_, columns, limit in SHOWN if id_ in boards]
    nothing = {
        "root": "",
        "board": lambda _: None,
        "chart": lambda _: None,
        "state": lambda _: None,
        "uses": set(),
    }
    return templates.render("partials/day-boards.html.j2", {**nothing, "shown": shown})


def of_the_newest_day(page: str) -> str:
    """A frozen chart's page while nothing newer than it is published."""
    return _NEWER.sub("", page)


def the_last_one(page: str) -> str:
    """A frozen chart's page when the chart itself has been given up."""
    return _NEWER.sub("No newer picture of this chart is made: this is the last.", page)
