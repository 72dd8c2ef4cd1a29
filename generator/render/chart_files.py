"""Charts as files: ``charts/<id>.*``, the scripts of embeds, and the cards of shared pages."""

from collections.abc import Iterator

from generator.base import dates
from generator.base.artifact import Artifact, Omission
from generator.charts.cards import draw_cards
from generator.render.context import Context
from generator.render.gallery import family_pages
from generator.render.share_cards import share_cards


def make_chart_files(context: Context) -> Iterator[Artifact]:
    """Yield the files of each chart; of one that could not be drawn, those without a picture."""
    for chart in context.charts.values():
        yield from chart.files
        if chart.is_interactive:
            yield Artifact(f"embed/{chart.id}/spec.js", chart.script)
    for family in family_pages(context.site, context.figures):
        if family.leading and family.leading.is_interactive:
            yield Artifact(f"embed/{family.id}/spec.js", family.leading.script)
    for failed in context.undrawn.values():
        yield from failed.files


def make_cards(context: Context) -> Iterator[Artifact | Omission]:
    """Yield a card for each model, author and board that has a page, and the icon for home screens.

    A card is found by its full address: a site without a public URL has none.
    """
    site = context.site
    cards = share_cards(context) if site.public_url else ()
    yield from draw_cards(cards, site.config, dates.human_day(site.updated), context.cache)
