"""The order in which models and authors follow each other: the most used first, then by name."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from generator.boards.author_profiles import AuthorProfile
from generator.boards.model_profiles import ModelProfile
from generator.boards.names import place_by_use
from generator.boards.site import Site

T = TypeVar("T")
Profile = TypeVar("Profile", ModelProfile, AuthorProfile)


def models_by_use(site: Site) -> list[ModelProfile]:
    """Return every model that has a page."""
    shown = [profile for profile in site.profiles.values() if profile.model.path]
    return sorted(shown, key=lambda profile: place_by_use(profile.rank, profile.model))


def authors_by_use(site: Site) -> list[AuthorProfile]:
    """Return every author that has a page."""
    shown = [profile for profile in site.authors.values() if profile.author.path]
    return sorted(shown, key=lambda profile: place_by_use(profile.rank, profile.author))


def with_neighbors(items: Sequence[T]) -> Iterator[tuple[T | None, T, T | None]]:
    """Yield each item between the one before it and the one after it, None at either end."""
    padded = [None, *items, None]
    yield from zip(padded, items, padded[2:], strict=False)


def with_ranked_neighbors(
    profiles: Sequence[Profile],
) -> Iterator[tuple[Profile | None, Profile, Profile | None]]:
    """Yield each profile with those ranked above and below it; one without a rank has no neighbors."""
    ranked = [profile for profile in profiles if profile.rank is not None]
    yield from with_neighbors(ranked)
    for profile in profiles:
        if profile.rank is None:
            yield None, profile, None
