"""Names and pages of models and authors: permaslugs, ids, variants and aliases joined to one model.

Rankings and benchmarks name a model by its permanent slug; the catalogue lists it under an id and repeats
the permanent one as ``canonical_slug``, shared by its variants. A name comes from the newest catalogue
entry for that slug, then from earlier catalogues, and is the slug itself where none is known.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from generator.archive.listings import ListingHistory, Listings
from generator.base import formats, paths
from generator.base.dates import parse_day
from generator.base.slugs import Slug, listing_slug
from generator.boards.board import Entity
from generator.endpoints.rankings_daily import OTHER

_SHORT_AUTHOR = 40
"""An author's name is shorter than this; what is longer before a colon belongs to the model's name."""


class Names:
    """The names of all models, and the page that each has.

    Args:
        listings: every catalogue entry ever seen.
        slugs: permaslugs that other datasets name; they get pages even where no catalogue knows them.
    """

    def __init__(self, listings: Listings, slugs: Iterable[str]) -> None:
        self._by_id = {entry.id: entry for entry in listings.entries}
        self._by_slug: dict[str, list[ListingHistory]] = {}
        self._aliases: dict[str, list[str]] = {}
        for entry in listings.entries:
            if not entry.is_alias:
                self._by_slug.setdefault(entry.canonical_slug, []).append(entry)
            elif entry.alias_of is not None and entry.alias_of in self._by_id:
                target = self._by_id[entry.alias_of].canonical_slug
                self._aliases.setdefault(target, []).append(entry.id)
        for entries in self._by_slug.values():
            entries.sort(key=_plain_and_newest_first)

        self._authors = _author_names(listings)
        listed = (slug for slug in slugs if Slug.parse(slug).is_listed)
        named = {self.canonical(slug) for slug in listed}
        self.pages = sorted({*self._by_slug, *named})

        model_paths, author_paths = paths.Distinct(), paths.Distinct()
        authors = sorted({author(slug) for slug in self.pages})
        self._author_paths = {name: f"authors/{author_paths.path(name)}/" for name in authors}
        self._paths = {slug: f"models/{model_paths.path(slug)}/" for slug in self.pages}

    def canonical(self, permaslug: str) -> str:
        """Return the slug that joins a model's rows across datasets: variant cut off, id turned into slug."""
        base = str(Slug.parse(permaslug).base)
        if base in self._by_slug:
            return base
        entry = self._by_id.get(permaslug) or self._by_id.get(base)
        if entry is None or entry.alias_of is not None:
            return base
        return entry.canonical_slug

    def entries(self, canonical: str) -> list[ListingHistory]:
        """Return the catalogue entries of a model, the plain one first, then variants and former ids."""
        return self._by_slug.get(canonical, [])

    def aliases(self, canonical: str) -> tuple[str, ...]:
        """Return the ``~author/x-latest`` names that lead to the model."""
        return tuple(sorted(self._aliases.get(canonical, ())))

    def model(self, permaslug: str) -> Entity:
        """Return the model under the name of exactly this slug, its variant included."""
        if permaslug == OTHER:
            return Entity(OTHER, "All other models")
        canonical = self.canonical(permaslug)
        return Entity(
            id=permaslug,
            name=self._name(permaslug, canonical),
            path=self._paths.get(canonical),
            author=author(permaslug),
            detail=formats.sanitize(permaslug),
        )

    def model_on(self, permaslug: str, day: date) -> Entity:
        """Return the model under the name that the catalogue had for it on a day; later names change nothing."""
        model, variant = self.model(permaslug), Slug.parse(permaslug).variant
        known = [
            entry
            for entry in self.entries(self.canonical(permaslug))
            if entry.first_seen <= str(day)
        ]
        known.sort(key=lambda entry: (Slug.parse(entry.id).is_variant, entry.first_seen, entry.id))
        for entry in known:
            if Slug.parse(entry.id).variant == variant:
                return replace(model, name=formats.sanitize(entry.naming(day).name))
        if not known or Slug.parse(known[0].id).is_variant:
            return replace(model, name=formats.sanitize(permaslug))
        return replace(model, name=formats.sanitize(f"{known[0].naming(day).name} ({variant})"))

    def listing(self, entry: ListingHistory, day: date) -> Entity:
        """Return a catalogue entry under the name that it had on a day, which says its variant."""
        naming = entry.naming(day)
        slug = listing_slug(entry.id, naming.canonical_slug)
        variant = Slug.parse(entry.id).variant
        name = formats.sanitize(naming.name)
        if variant.lower() not in name.lower():
            name = formats.sanitize(f"{name} ({variant})")
        return Entity(
            id=slug,
            name=name,
            path=self._paths.get(entry.canonical_slug),
            author=author(slug),
            detail=formats.sanitize(entry.id),
        )

    def page(self, canonical: str) -> Entity:
        """Return the model itself, without a variant."""
        return Entity(
            id=canonical,
            name=self._name(canonical, canonical),
            path=self._paths.get(canonical),
            author=author(canonical),
            detail=canonical,
        )

    def author(self, name: str) -> Entity:
        """Return an author under the name that most of its catalogue entries start with."""
        shown = self._authors.get(name) or formats.sanitize(name)
        return Entity(
            id=name,
            name=shown,
            path=self._author_paths.get(name),
            author=name,
            detail=formats.sanitize(name),
        )

    def first_seen(self, canonical: str) -> date | None:
        """Return the first day on which a catalogue listed the model, None if none ever did."""
        return min((parse_day(entry.first_seen) for entry in self.entries(canonical)), default=None)

    def last_seen(self, canonical: str) -> date | None:
        """Return the last day on which a catalogue listed the model, None if none ever did."""
        return max((parse_day(entry.last_seen) for entry in self.entries(canonical)), default=None)

    def _name(self, permaslug: str, canonical: str) -> str:
        entries = self.entries(canonical)
        variant = Slug.parse(permaslug).variant
        for entry in entries:
            if Slug.parse(entry.id).variant == variant:
                return formats.sanitize(entry.name)
        if not entries:
            return formats.sanitize(permaslug)

        # A catalogue that lists only the variant names it so; the plain model must not inherit that.
        first = Slug.parse(entries[0].id)
        name = entries[0].name
        if first.is_variant:
            name = name.removesuffix(f" ({first.variant})")
        return formats.sanitize(f"{name} ({variant})" if variant else name)


def author(slug: str) -> str:
    """Return the author a model counts for, empty for an unlisted slug; aliases count for the same."""
    return Slug.parse(slug).author


def short_name(model: Entity, *, cut_slugs: bool = False) -> str:
    """Return a model's name without the author before it; the whole name of anything without an author.

    Args:
        cut_slugs: a model that no catalogue names has its slug for a name. It loses its author, too, where
            something else, such as a colour, tells whose it is.
    """
    is_slug = model.name == model.id
    if is_slug and not cut_slugs:
        return model.name
    start, mark, rest = model.name.partition("/" if is_slug else ": ")
    has_author = bool(mark and model.author and rest.strip()) and len(start) < _SHORT_AUTHOR
    return rest if has_author else model.name


def place_by_use(
    rank: int | None, entity: Entity, *, listed: bool = True
) -> tuple[bool, int, bool, str, str]:
    """Return what sorts by rank, then what is listed before what is not, each by name."""
    return rank is None, rank or 0, not listed, entity.name.casefold(), entity.id


def _plain_and_newest_first(entry: ListingHistory) -> tuple[bool, int, str]:
    last_seen = parse_day(entry.last_seen).toordinal()
    return Slug.parse(entry.id).is_variant, -last_seen, entry.id


def _author_names(listings: Listings) -> dict[str, str]:
    """By author its most frequent name: the catalogue writes ``Author: Model`` for most models."""
    counts: dict[str, Counter[str]] = {}
    for entry in listings.entries:
        start, colon, _ = entry.name.partition(": ")
        if colon and not Slug.parse(entry.id).alias:
            names = counts.setdefault(author(entry.canonical_slug), Counter())
            names[formats.sanitize(start)] += 1
    return {author_: _most_frequent(names) for author_, names in counts.items()}


def _most_frequent(counts: Counter[str]) -> str:
    return min(counts, key=lambda name: (-counts[name], name))
