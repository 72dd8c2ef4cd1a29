"""The models that a file may name: a name that only a withheld dataset has is part of that dataset."""

from collections.abc import Iterator

from generator.archive.history import History
from generator.base.slugs import Slug
from generator.boards.model_profiles import ModelProfile
from generator.boards.site import Site
from generator.endpoints import ENDPOINTS, models, rankings_daily
from generator.endpoints.endpoint import AnyEndpoint


def open_models(history: History, site: Site) -> dict[str, ModelProfile]:
    """Return the models that some dataset names which may be redistributed, by canonical slug, in the site's order."""
    if not history.withheld:
        return dict(site.profiles)
    has_catalog = models.NAME not in history.withheld
    named = set(_named(history))
    open_: dict[str, ModelProfile] = {}
    for slug, profile in site.profiles.items():
        is_in_catalog = has_catalog and profile.first_seen is not None
        if slug in named or is_in_catalog:
            open_[slug] = profile
    return open_


def _named(history: History) -> Iterator[str]:
    """Yield the slug of each model that an open dataset other than the catalog names, without its variant."""
    for endpoint in ENDPOINTS:
        if endpoint.model_column and endpoint.name not in history.withheld:
            for slug in _slugs(history, endpoint):
                yield str(Slug.parse(slug).base)


def _slugs(history: History, endpoint: AnyEndpoint) -> Iterator[str]:
    """Yield the slugs in a dataset's rows; in the rankings, those of every day held."""
    if endpoint.name == rankings_daily.NAME:
        if history.daily_tokens is not None:
            for tokens in history.daily_tokens.days.values():
                yield from tokens
        return
    facts = history.facts(endpoint)
    if facts is None:
        return
    for row in facts.rows:
        for record in endpoint.table(row):
            slug = record.get(endpoint.model_column)
            if isinstance(slug, str):
                yield slug
