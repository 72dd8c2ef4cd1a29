"""Names and pages of models and authors: permaslugs, ids, variants and aliases joined to one model.

Rankings and benchmarks name a model by its permanent slug; the catalog lists it under an id and repeats
the permanent one as ``canonical_slug``, shared by its variants. A name comes from the newest catalog
entry for that slug, then from earlier catalogs, and is the slug itself where none is known.

The catalog writes most names as ``Author: Model``. People read the model's part alone, everywhere the
same: with the author behind it where models of two authors are called alike. Files keep the whole name.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from generator.archive.listings import ListingHistory, Listings, Naming
from generator.base import formats, paths
from generator.base.dates import parse_day
from generator.base.slugs import Slug, listing_slug
from generator.boards.board import Entity
from generator.endpoints.rankings_daily import OTHER

_DATE = re.compile(r"-20\d\d(\d{4})$")
NOT_LISTED = "not in the model list"
"""Said under a model's slug where no catalog names it."""


class Names:
    """The names of all models, and the page that each has.

    Args:
        listings: every catalog entry ever seen.
        slugs: permaslugs that other datasets name; they get pages even where no catalog knows them.

    Attributes:
        pages: the canonical slugs of all models that have a page, in their order.
    """

    def __init__(self, listings: Listings, slugs: Iterable[str]) -> None:
        self._by_id = {entry.id: entry for entry in listings.entries}
        self._by_slug = _entries_by_slug(listings)
        self._aliases = _aliases_by_slug(self._by_id)

        self._authors = _author_names(listings)
        self._authors_called = Counter(self._authors.values())
        self._names_of_several = self._names_of_several_authors(listings)
        self._models: dict[str, Entity] = {}
        self._pages: dict[str, Entity] = {}
        self._listings: dict[tuple[str, str, str], Entity] = {}

        listed = [slug for slug in slugs if Slug.parse(slug).is_listed]
        self.pages = sorted({*self._by_slug, *map(self.canonical, listed)})
        authors = sorted({author(slug) for slug in self.pages})
        self._paths = _pages("models", self.pages)
        self._author_paths = _pages("authors", authors)

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
        """Return the catalog entries of a model, the plain one first, then variants and former ids."""
        return self._by_slug.get(canonical, [])

    def aliases(self, canonical: str) -> tuple[str, ...]:
        """Return the ``~author/x-latest`` names that lead to the model."""
        return tuple(sorted(self._aliases.get(canonical, ())))

    def model(self, permaslug: str) -> Entity:
        """Return the model under the name of exactly this slug, its variant included."""
        if permaslug == OTHER:
            return Entity(OTHER, "All other models")
        if permaslug not in self._models:
            canonical = self.canonical(permaslug)
            name = self._name(permaslug, canonical)
            self._models[permaslug] = self._entity(permaslug, canonical, name)
        return self._models[permaslug]

    def model_on(self, permaslug: str, day: date) -> Entity:
        """Return the model under the name that the catalog had for it on a day; later names change nothing."""
        model = self.model(permaslug)
        entries = self.entries(self.canonical(permaslug))
        known = [entry for entry in entries if entry.first_named <= str(day)]
        known.sort(key=_plain_and_oldest_first)

        variant = Slug.parse(permaslug).variant
        entry = _of_variant(known, variant)
        if entry is not None:
            return self.renamed(model, entry.naming(day).name)
        if not known or Slug.parse(known[0].id).is_variant:
            return _as_slug(model)
        return self.renamed(model, f"{known[0].naming(day).name} ({variant})")

    def listing(self, entry: ListingHistory, day: date) -> Entity:
        """Return a catalog entry under the name that it had on a day, which says its variant."""
        naming = entry.naming(day)
        known_as = entry.id, naming.canonical_slug, naming.name
        # Asked for each price that changed: a year of them has 4,400, and 60 names.
        if known_as not in self._listings:
            self._listings[known_as] = self._listing(entry, naming)
        return self._listings[known_as]

    def _listing(self, entry: ListingHistory, naming: Naming) -> Entity:
        slug = listing_slug(entry.id, naming.canonical_slug)
        variant = Slug.parse(entry.id).variant
        name = formats.sanitize(naming.name)
        if variant.lower() not in name.lower():
            name = f"{name} ({variant})"
        return self._entity(slug, entry.canonical_slug, name, entry.id)

    def page(self, canonical: str) -> Entity:
        """Return the model itself, without a variant."""
        if canonical not in self._pages:
            name = self._name(canonical, canonical)
            self._pages[canonical] = self._entity(canonical, canonical, name)
        return self._pages[canonical]

    def renamed(self, model: Entity, full_name: str) -> Entity:
        """Return the model under another name, of another day or of another source."""
        full = formats.sanitize(full_name)
        short = self._short(full, model.author)
        return replace(
            _with_detail(model), name=short, full_name=full if full != short else "", is_slug=False
        )

    def author(self, name: str) -> Entity:
        """Return an author under the name that most of its catalog entries start with.

        Two authors whose entries start alike are told apart by their slugs.
        """
        shown = self._author_name(name)
        if self._authors_called[shown] > 1:
            shown = f"{shown} ({formats.sanitize(name)})"
        return Entity(
            id=name,
            name=shown,
            path=self._author_paths.get(name),
            author=name,
            detail=formats.sanitize(name),
        )

    def first_seen(self, canonical: str) -> date | None:
        """Return the first day on which a catalog listed the model, None if none ever did."""
        days = [parse_day(entry.first_named) for entry in self.entries(canonical)]
        return min(days, default=None)

    def last_seen(self, canonical: str) -> date | None:
        """Return the last day on which a catalog listed the model, None if none ever did."""
        days = [parse_day(entry.last_seen) for entry in self.entries(canonical)]
        return max(days, default=None)

    def _entity(self, slug: str, canonical: str, full: str | None, id_: str = "") -> Entity:
        """Return a model.

        Args:
            slug: what rows call it.
            canonical: of its page.
            full: its name in the catalog, None where no catalog has it.
            id_: what a request names, where it is known which of several that is.
        """
        maker = author(slug)
        model = Entity(
            id=slug,
            name=formats.sanitize(slug),
            path=self._paths.get(canonical),
            author=maker,
            author_name=self._author_name(maker) if maker else "",
            api_id=formats.sanitize(id_ or self._api_id(slug, canonical)),
        )
        if full is None:
            return _as_slug(model)
        return self.renamed(model, full)

    def _name(self, permaslug: str, canonical: str) -> str | None:
        """Return the name in the catalog, with the variant; None where no catalog has the model."""
        entries = self.entries(canonical)
        variant = Slug.parse(permaslug).variant
        entry = _of_variant(entries, variant)
        if entry is not None:
            return entry.name
        if not entries:
            return None

        # A catalog that lists only the variant names it so; the plain model must not inherit that.
        first = Slug.parse(entries[0].id)
        name = entries[0].name
        if first.is_variant:
            name = name.removesuffix(f" ({first.variant})")
        if not variant:
            return name
        return f"{name} ({variant})"

    def _api_id(self, permaslug: str, canonical: str) -> str:
        """Return what a request names; of a variant that was never listed, what it would be.

        A model that is listed as a variant alone is asked for as that: there is no plain id.
        """
        entries = self.entries(canonical)
        variant = Slug.parse(permaslug).variant
        entry = _of_variant(entries, variant)
        if entry is not None:
            return entry.id
        if not entries:
            return permaslug
        if not variant:
            return entries[0].id
        return str(replace(Slug.parse(entries[0].id), variant=variant))

    def _author_name(self, slug: str) -> str:
        """Return what most catalog entries call an author, else its slug."""
        return self._authors.get(slug) or formats.sanitize(slug)

    def _short(self, full: str, author_: str) -> str:
        """Return a name without its author, or with the author behind it where another author's is called alike."""
        short = _without_author(full, author_, self._author_name(author_))
        if short in self._names_of_several:
            return f"{short} ({self._author_name(author_)})"
        return short

    def _names_of_several_authors(self, listings: Listings) -> frozenset[str]:
        """Return the names of models, without their author, that models of two authors or more have."""
        authors: dict[str, set[str]] = {}
        for entry in listings.entries:
            if not entry.is_alias:
                maker = author(entry.canonical_slug)
                full = formats.sanitize(entry.name)
                short = _without_author(full, maker, self._author_name(maker))
                authors.setdefault(short, set()).add(maker)
        return frozenset(short for short, makers in authors.items() if len(makers) > 1)


def author(slug: str) -> str:
    """Return the author a model counts for, empty for an unlisted slug; aliases count for the same."""
    return Slug.parse(slug).author


def name_in_color(model: Entity) -> str:
    """Return a model's name for a place where a color tells its author.

    A slug loses its author there, and its date becomes what the catalog's names end with: ``glm-5.3 0826``.
    """
    if not model.is_slug:
        return model.name
    _, _, rest = model.name.partition("/")
    if not rest:
        return model.name
    return _DATE.sub(r" \1", rest)


def _without_author(full: str, author_: str, author_name: str) -> str:
    """Return ``Model`` of ``Author: Model``; the whole name where what stands before the colon is no author."""
    start, _, rest = full.partition(": ")
    if not author_ or not rest.strip():
        return full
    if _letters(start) in (_letters(author_), _letters(author_name)):
        return rest
    return full


def _letters(text: str) -> str:
    """Return the letters and digits that tell one author from another: ``xAI`` and ``x-ai`` are one."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _with_detail(model: Entity) -> Entity:
    """Return a model with its author and its API ID, where they are known, as its second line."""
    parts = filter(None, (model.author_name, model.api_id))
    return replace(model, detail=" · ".join(parts))


def _as_slug(model: Entity) -> Entity:
    """Return a model that no catalog names."""
    slug = formats.sanitize(model.id)
    return replace(model, name=slug, full_name="", detail=NOT_LISTED, api_id="", is_slug=True)


def place_by_use(
    rank: int | None, entity: Entity, *, listed: bool = True
) -> tuple[bool, int, bool, str, str]:
    """Return what sorts by rank, then what is listed before what is not, each by name."""
    return rank is None, rank or 0, not listed, entity.name.casefold(), entity.id


def _entries_by_slug(listings: Listings) -> dict[str, list[ListingHistory]]:
    """Return the entries of each canonical slug, aliases left out."""
    by_slug: dict[str, list[ListingHistory]] = {}
    for entry in listings.entries:
        if not entry.is_alias:
            by_slug.setdefault(entry.canonical_slug, []).append(entry)
    for entries in by_slug.values():
        entries.sort(key=_plain_and_newest_first)
    return by_slug


def _aliases_by_slug(entries: Mapping[str, ListingHistory]) -> dict[str, list[str]]:
    """Return the ids of aliases by the canonical slug of the model that they lead to; of unknown ones nothing.

    Args:
        entries: all catalog entries, by id.
    """
    aliases: dict[str, list[str]] = {}
    for entry in entries.values():
        if entry.alias_of is None:
            continue
        target = entries.get(entry.alias_of)
        if target is not None:
            aliases.setdefault(target.canonical_slug, []).append(entry.id)
    return aliases


def _pages(folder: str, names: Iterable[str]) -> dict[str, str]:
    """Return by name the path of its page in a folder; names that make the same path are told apart, in their order."""
    distinct = paths.Distinct()
    return {name: f"{folder}/{distinct.path(name)}/" for name in names}


def _of_variant(entries: Iterable[ListingHistory], variant: str) -> ListingHistory | None:
    """Return the first entry of a variant, empty for the plain model; None where there is none."""
    for entry in entries:
        if Slug.parse(entry.id).variant == variant:
            return entry
    return None


def _plain_and_oldest_first(entry: ListingHistory) -> tuple[bool, str, str]:
    return Slug.parse(entry.id).is_variant, entry.first_seen, entry.id


def _plain_and_newest_first(entry: ListingHistory) -> tuple[bool, int, str]:
    last_seen = parse_day(entry.last_seen).toordinal()
    return Slug.parse(entry.id).is_variant, -last_seen, entry.id


def _author_names(listings: Listings) -> dict[str, str]:
    """Return by author its most frequent name: the catalog writes ``Author: Model`` for most models."""
    counts: dict[str, Counter[str]] = {}
    for entry in listings.entries:
        start, colon, _ = entry.name.partition(": ")
        if colon and not Slug.parse(entry.id).alias:
            names = counts.setdefault(author(entry.canonical_slug), Counter())
            names[formats.sanitize(start)] += 1
    return {author_: _most_frequent(names) for author_, names in counts.items()}


def _most_frequent(counts: Counter[str]) -> str:
    return min(counts, key=lambda name: (-counts[name], name))
