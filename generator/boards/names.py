"""Who is who: permaslugs, ids, variants and aliases, and the name each is shown under.

Rankings and benchmarks name a model by its permanent slug; the catalogue lists it under an id and repeats
the permanent one as ``canonical_slug``, shared by its variants. A name comes from the newest catalogue
entry for that slug, then from the memory of earlier catalogues, and is the slug itself where none is known.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from generator.archive.listings import ListingHistory, Listings
from generator.base import formats, paths
from generator.base.dates import parse_day
from generator.boards.board import Entity
from generator.endpoints.rankings_daily import OTHER


class Names:
    """The names of all models, and the page that each has.

    Args:
        memory: every catalogue entry ever seen.
        slugs: permaslugs that other datasets name; they get pages even where no catalogue knows them.
    """

    def __init__(self, memory: Listings, slugs: Iterable[str]) -> None:
        self._by_slug: dict[str, list[ListingHistory]] = {}
        self._by_id: dict[str, ListingHistory] = {}
        for entry in memory.entries:
            self._by_id[entry.id] = entry
            if entry.alias_of is None and not entry.id.startswith("~"):
                self._by_slug.setdefault(entry.canonical_slug, []).append(entry)
        self._aliases: dict[str, list[str]] = {}
        for entry in memory.entries:
            if entry.alias_of is not None and entry.alias_of in self._by_id:
                self._aliases.setdefault(self._by_id[entry.alias_of].canonical_slug, []).append(
                    entry.id
                )
        for entries in self._by_slug.values():
            entries.sort(key=lambda entry: (":" in entry.id, _backwards(entry.last_seen), entry.id))
        self._authors = _author_names(memory)
        known = {self.canonical(slug) for slug in slugs if slug != OTHER and "/" in slug}
        self.pages = sorted({*self._by_slug, *known})
        distinct = paths.Distinct()
        houses = paths.Distinct()
        authors = sorted({author(slug) for slug in self.pages})
        self._author_paths = {one: f"authors/{houses.path(one)}/" for one in authors}
        self._paths = {slug: f"models/{distinct.path(slug)}/" for slug in self.pages}

    def canonical(self, permaslug: str) -> str:
        """The slug that joins a model's rows across datasets: variant cut off, id turned into slug."""
        base = permaslug.partition(":")[0]
        if base in self._by_slug:
            return base
        entry = self._by_id.get(permaslug) or self._by_id.get(base)
        if entry is None or entry.alias_of is not None:
            return base
        return entry.canonical_slug

    def entries(self, canonical: str) -> list[ListingHistory]:
        """The catalogue entries of a model, the plain one first, then variants and former ids."""
        return self._by_slug.get(canonical, [])

    def aliases(self, canonical: str) -> tuple[str, ...]:
        """The ``~author/x-latest`` names that lead to the model."""
        return tuple(sorted(self._aliases.get(canonical, ())))

    def model(self, permaslug: str) -> Entity:
        """The model under the name of exactly this slug, its variant included."""
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

    def page(self, canonical: str) -> Entity:
        """The model itself, without a variant."""
        return Entity(
            canonical,
            self._name(canonical, canonical),
            self._paths.get(canonical),
            author(canonical),
            canonical,
        )

    def author(self, name: str) -> Entity:
        """An author under the name that most of its catalogue entries start with."""
        known = self._authors.get(name) or formats.sanitize(name)
        return Entity(name, known, self._author_paths.get(name), name, formats.sanitize(name))

    def _name(self, permaslug: str, canonical: str) -> str:
        entries = self.entries(canonical)
        variant = permaslug.partition(":")[2]
        exact = next((entry for entry in entries if entry.id.partition(":")[2] == variant), None)
        if exact is not None:
            return formats.sanitize(exact.name)
        if entries:
            # A catalogue that lists only the variant names it so; the plain model must not inherit that.
            name = entries[0].name
            if ":" in entries[0].id:
                name = name.removesuffix(f" ({entries[0].id.partition(':')[2]})")
            return formats.sanitize(f"{name} ({variant})" if variant else name)
        return formats.sanitize(permaslug)

    def first_seen(self, canonical: str) -> date | None:
        return min((parse_day(entry.first_seen) for entry in self.entries(canonical)), default=None)

    def last_seen(self, canonical: str) -> date | None:
        return max((parse_day(entry.last_seen) for entry in self.entries(canonical)), default=None)


def author(slug: str) -> str:
    """The part before the slash, which is whom a model counts for; aliases count for the same."""
    return slug.partition("/")[0].lstrip("~") if "/" in slug else ""


def _author_names(memory: Listings) -> dict[str, str]:
    """The catalogue writes ``Author: Model`` for most models; some names have no such start."""
    counts: dict[str, Counter[str]] = {}
    for entry in memory.entries:
        start, colon, _ = entry.name.partition(": ")
        if colon and not entry.id.startswith("~"):
            counts.setdefault(author(entry.canonical_slug), Counter())[formats.sanitize(start)] += 1
    return {
        name: min(starts, key=lambda start: (-starts[start], start))
        for name, starts in counts.items()
    }


def _backwards(day: str) -> int:
    return -parse_day(day).toordinal()
