"""Boards and charts in, a stream of artifacts out.

Makers read the :class:`~generator.render.context.Context` and nothing of each other: whatever one needs to
know of another's files, such as their checksums, is a value there. So their order decides only which file
is written first.
"""

from collections.abc import Iterator

from generator.base.artifact import Artifact, Omission
from generator.render.badges import draw_badges
from generator.render.board_files import make_board_files
from generator.render.chart_files import make_cards, make_chart_files
from generator.render.comparison_data import make_comparison_data
from generator.render.context import Context, Maker
from generator.render.downloads import make_downloads
from generator.render.feeds import make_feeds
from generator.render.oembed import make_oembed
from generator.render.pages import render_pages
from generator.render.permalinks import render_permalinks
from generator.render.search_index import make_search_index
from generator.render.static_files import make_static_files

ARTIFACTS: tuple[Maker, ...] = (
    make_chart_files,
    make_cards,
    make_downloads,
    render_pages,
    render_permalinks,
    make_oembed,
    draw_badges,
    make_feeds,
    make_search_index,
    make_comparison_data,
    make_board_files,
    make_static_files,
)
"""Every file of the site comes from one of these, but for the checksums of them all."""


def artifacts(context: Context) -> Iterator[Artifact | Omission]:
    """Yield every file of the site, one at a time, and whatever could not be made."""
    for make in ARTIFACTS:
        yield from make(context)
