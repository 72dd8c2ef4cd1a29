"""Every file of the site, one after the other.

The data are written first, so that whatever describes them knows their checksums. All other makers read the
:class:`~generator.render.context.Context` and nothing of each other: their order decides only which file is
written first.
"""

from collections.abc import Iterator
from dataclasses import replace

from generator.base import allocator
from generator.base.artifact import Artifact, Omission
from generator.render.badges import draw_badges
from generator.render.board_files import make_board_files
from generator.render.chart_files import make_cards, make_chart_files
from generator.render.comparison_data import make_comparison_data
from generator.render.context import Context, Maker
from generator.render.downloads import make_downloads
from generator.render.feeds import make_feeds
from generator.render.latest import Checksum
from generator.render.llms_txt import make_llms_txt
from generator.render.markdown_twins import make_markdown_twins
from generator.render.oembed import make_oembed
from generator.render.openapi import make_openapi
from generator.render.pages import render_pages
from generator.render.permalinks import render_permalinks
from generator.render.search_index import make_search_index
from generator.render.static_files import make_static_files

ARTIFACTS: tuple[Maker, ...] = (
    make_chart_files,
    make_cards,
    render_pages,
    render_permalinks,
    make_oembed,
    draw_badges,
    make_feeds,
    make_search_index,
    make_comparison_data,
    make_board_files,
    make_markdown_twins,
    make_openapi,
    make_llms_txt,
    make_static_files,
)
"""Every file of the site comes from one of these, but for the data and the checksums of all files."""


def artifacts(context: Context) -> Iterator[Artifact | Omission]:
    """Yield every file of the site, one at a time, and whatever could not be made."""
    published: dict[str, Checksum] = {}
    for artifact in make_downloads(context):
        yield artifact
        # One that is made in parts has a checksum once it is written.
        published[artifact.path] = Checksum(artifact.known_sum, artifact.size)
        del artifact
    # Saves 20 MiB of 312 with five years of days: months of histories were held one by one.
    allocator.give_back()
    described = replace(context, published=published)
    for make in ARTIFACTS:
        yield from make(described)
