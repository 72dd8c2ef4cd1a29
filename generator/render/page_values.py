"""The values that every template may use."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial

from generator.base.dates import Window
from generator.boards import price_changes
from generator.boards.board import BoardRow
from generator.boards.comparison import comparison
from generator.boards.plain import plain
from generator.boards.prepared_comparisons import prepared
from generator.boards.site import Site
from generator.endpoints import models
from generator.render import change_list, day_zips, frames, gallery, model_ids, static_files
from generator.render.addresses import absolute, repository
from generator.render.calculator_examples import examples
from generator.render.citing import Citing
from generator.render.context import Context
from generator.render.dataset_descriptions import DatasetDescription, describe_datasets
from generator.render.listed_models import model_list
from generator.render.markdown_twins import boards_of_twins
from generator.render.metadata import Metadata, brief
from generator.render.page_collections import app_slices, app_views
from generator.render.sample_rows import sample_rows
from generator.render.share_cards import share_cards
from generator.render.sitemap import changed_on
from generator.render.snippets import STAND_IN, snippets
from generator.render.table_embeds import TableEmbed


def shared_values(context: Context, tables: Mapping[str, TableEmbed]) -> dict[str, object]:
    """Return what every template may use; ``tables`` are the embeds of tables, by the board's id."""
    site = context.site
    datasets = describe_datasets(site, context.published)
    return {
        **_boards_and_charts(context),
        **_models_and_comparisons(site),
        **_data(context, datasets),
        **_links(context, datasets),
        "site": site,
        "state": {state.name: state for state in site.datasets}.get,
        "brief": brief,
        "plain": plain,
        "frames": frames,
        "table_embeds": tables,
        "searchable": any(state.citations for state in site.datasets),
        "left_out": (*context.left_out.sentences, *context.left_out_today.sentences),
        "left_out_today": context.left_out_today,
        "thinned": context.left_out,
    }


def _boards_and_charts(context: Context) -> dict[str, object]:
    """Return boards and charts, and what makes parts of either."""
    site = context.site
    return {
        "board": site.charted_board(),
        "with_rows": lambda board, rows: replace(board, rows=tuple(rows)),
        "recent": lambda board, days: replace(board, rows=board.rows[-days:][::-1]),
        "twins": boards_of_twins(site, context.page_list),
        "charts": context.charts,
        "chart": context.charts.get,
        "undrawn": context.undrawn.get,
        "shown_charts": context.figures,
        "gallery": gallery,
    }


def _models_and_comparisons(site: Site) -> dict[str, object]:
    """Return what pages say of models and apps beside their boards."""
    ready = list(prepared(site))
    return {
        # A tenth of the time and of the memory of a thousand pages of models, which have no need of it.
        "compared": cache(lambda: comparison(site)),
        "prepared": ready,
        "comparison_views": [(view.title, view.path) for view in ready],
        "examples": examples(),
        "watched": _watched(site),
        "price_changes": _price_changes(site),
        "model_list": model_list(site.boards.get("catalogue"), site.authors),
        "other_ids": model_ids.ids_by_listing(site),
        "app_views": lambda category: app_views(app_slices(site), category),
    }


def _data(context: Context, datasets: Mapping[str, DatasetDescription]) -> dict[str, object]:
    """Return what is known of the published files."""
    return {
        "described": datasets,
        "sample": lambda name: sample_rows(context.latest.get(name)),
        "rows_of": context.rows_of,
        "history_of": context.tables.get,
        "snippets": snippets,
        "day_zips": day_zips.published_zips(context.published),
        "most_zips": day_zips.DAYS,
        "has_changes": change_list.PATH in context.published,
    }


def _links(context: Context, datasets: Mapping[str, DatasetDescription]) -> dict[str, object]:
    """Return how pages name, cite and lead to each other."""
    site = context.site
    newest_day = max((state.day for state in site.datasets if state.day), default=None)
    # No other page names a card than one with a full address.
    cards = share_cards(context) if site.public_url else None
    return {
        "page_list": context.page_list,
        # What is frozen leaves it out: its bytes would change with every script.
        "version_query": f"?v={static_files.version(site.config)}",
        "meta": Metadata(context.page_list, site, cards, datasets, partial(changed_on, context)),
        "citing": Citing(site, newest_day),
        "absolute": lambda path: absolute(site, path),
        "stand_in": absolute(site, "") or STAND_IN,
        "repository": repository(site),
    }


def _watched(site: Site) -> date | None:
    """Return the first day whose price changes are shown: since then models are watched, or it is long enough ago."""
    seen = [profile.first_seen for profile in site.profiles.values() if profile.first_seen]
    first = min(seen, default=None)
    for state in site.datasets:
        if state.name == models.NAME and state.day and first:
            return max(first, Window.ending(state.day, price_changes.SHOWN_DAYS).start)
    return first


def _price_changes(site: Site) -> Callable[[str], Sequence[BoardRow]]:
    """Return a function from the path of a model's page to the changes of its prices."""
    board = site.boards.find(price_changes.ID, price_changes.PriceChangeRow)
    of_page: dict[str | None, list[BoardRow]] = {}
    rows = board.rows if board else ()
    for row in rows:
        of_page.setdefault(row.model_permaslug.path, []).append(row)
    return lambda path: of_page.get(path, ())
