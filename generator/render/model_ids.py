"""The other names of models: the ids of the API and its aliases, which lead to the page of the permaslug.

The permaslug stays a model's one address. It names one version for good, while an id or an alias may lead to
another version tomorrow, and all that was cited, embedded and linked so far has it.
"""

from collections.abc import Iterator
from dataclasses import replace

from generator.base import paths
from generator.base.slugs import Slug, listing_slug
from generator.boards.model_profiles import ModelProfile
from generator.boards.site import Site
from generator.render.ordering import models_by_use


def ids_of(profile: ModelProfile) -> tuple[str, ...]:
    """Return the ids and aliases of a model, without its permaslug."""
    names = dict.fromkeys((*profile.ids, *profile.aliases))
    return tuple(name for name in names if name != profile.model.id)


def ids_by_listing(site: Site) -> dict[str, tuple[str, ...]]:
    """Return the ids and aliases of every listing, by its permaslug with the variant."""
    ids: dict[str, tuple[str, ...]] = {}
    for profile in site.profiles.values():
        for id_ in ids_of(profile):
            slug = listing_slug(id_, profile.model.id)
            ids[slug] = (*ids.get(slug, ()), id_)
    return ids


def addresses(site: Site) -> Iterator[tuple[str, ModelProfile]]:
    """Yield each path that an id or alias makes, with the model whose page it leads to.

    A path that a page has is left to the page, and one that two models have to the more used. A variant has
    no path: not every file system takes its colon.
    """
    models = models_by_use(site)
    taken = {str(profile.model.path).casefold() for profile in models}
    for profile in models:
        for id_ in ids_of(profile):
            slug = Slug.parse(id_)
            mark = "~" if slug.alias else ""
            path = f"models/{mark}{paths.slug(str(replace(slug, alias=False)))}/"
            if not slug.is_variant and path.casefold() not in taken:
                taken.add(path.casefold())
                yield path, profile
