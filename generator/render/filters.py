"""Filters of a table of models, by what the model list says of each; and its credit and order for scripts.

A board says that its rows are models, and nothing else is needed for its table to be filtered. What the
model list says of them is in attributes of the rows, beside the cells and not in them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain

from markupsafe import Markup, escape

from generator.base import formats, tabular
from generator.base.attribution import Citation, distinct
from generator.base.slugs import Slug
from generator.boards import catalogue
from generator.boards.author_profiles import AuthorProfile
from generator.boards.board import AnyBoard, BoardRow, Column, Entity
from generator.boards.catalogue import CatalogueRow

CONTEXTS = (32_000, 128_000, 200_000, 1_000_000)

ABILITIES = {
    "open_weights": "Open weights",
    "tools": "Tools",
    "structured_outputs": "Structured output",
    "reasoning": "Reasoning",
}
"""What a model can be asked to have, by the field of the model list that says it."""


@dataclass(frozen=True, slots=True)
class ModelList:
    """What is known of models, to filter tables by.

    Attributes:
        by_listing: the model list by slug, variants included.
        by_page: by the page of a model the listing that stands for it: a paid one before a free one, the
            plain one before variants.
        authors: what an author is called in a list of authors, by its slug.
    """

    by_listing: Mapping[str, CatalogueRow] = field(default_factory=dict)
    by_page: Mapping[str, CatalogueRow] = field(default_factory=dict)
    authors: Mapping[str, str] = field(default_factory=dict)

    def find(self, model: Entity) -> CatalogueRow | None:
        """Return what is listed of a model; None for a variant that is not, or a model that is gone."""
        listed = self.by_listing.get(model.id)
        if listed or Slug.parse(model.id).is_variant:
            return listed
        return self.by_page.get(model.path or "")


def model_list(board: AnyBoard | None, authors: Mapping[str, AuthorProfile]) -> ModelList:
    """Return what the board of all models says; nothing without one.

    Args:
        board: the board of all models, as :mod:`generator.boards.catalogue` makes it.
        authors: by slug.
    """
    rows = [row for row in board.rows if isinstance(row, CatalogueRow)] if board else []
    by_page: dict[str, CatalogueRow] = {}
    for row in sorted(rows, key=_stands_for_its_model):
        if row.model_permaslug.path:
            by_page.setdefault(row.model_permaslug.path, row)
    named = {slug: profile.author.name for slug, profile in authors.items()}
    return ModelList({row.model_permaslug.id: row for row in rows}, by_page, _told_apart(named))


def _stands_for_its_model(row: CatalogueRow) -> tuple[bool, bool, str]:
    slug = row.model_permaslug.id
    return catalogue.is_free(row), Slug.parse(slug).is_variant, slug


def _told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Return the names by slug; those that several have, with the slug: ``Meta (meta-llama)``."""
    counts = Counter(name.casefold() for name in names.values())
    return {
        slug: name if counts[name.casefold()] == 1 else f"{name} ({slug})"
        for slug, name in names.items()
    }


@dataclass(frozen=True, slots=True)
class Facets:
    """The choices that a table's readers have, and each row's attributes.

    Attributes:
        authors: slug and name, in alphabetical order of the names.
        inputs, outputs: modalities of the models in the table.
        contexts: the least tokens of context, those that some model has.
        abilities: field and label, those that some model has.
        listed: whether the model list is there, which the other choices are of.
        choices: of the board's own: each with its key, its label, and the values with their words.
        attributes: HTML for the ``<tr>`` of each of the board's rows, with a leading space.
    """

    authors: tuple[tuple[str, str], ...] = ()
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    contexts: tuple[int, ...] = ()
    abilities: tuple[tuple[str, str], ...] = ()
    listed: bool = False
    choices: tuple[tuple[str, str, Mapping[str, str]], ...] = ()
    attributes: tuple[Markup, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.attributes)


def of(board: AnyBoard, models: ModelList) -> Facets:
    """Return the filters of a board's table; false for a board without any choice."""
    choices = tuple(_choice(board, *keys) for keys in board.choices)
    own = [_as_attributes(_own_facts(board, row)) for row in board.rows]
    if not board.models or not models.by_listing:
        return Facets(choices=choices, attributes=tuple(own) if choices else ())

    attributes: list[Markup] = []
    listings: list[CatalogueRow] = []
    abilities: set[str] = set()
    authors: set[str] = set()
    for row, own_attributes in zip(board.rows, own, strict=True):
        model = row.entity(board.models)
        listed = models.find(model)
        attributes.append(own_attributes + _attributes(model, row, listed))
        authors.add(model.author)
        if listed:
            listings.append(listed)
            abilities.update(_abilities(listed))

    longest = max((listed.context_length or 0 for listed in listings), default=0)
    return Facets(
        authors=_by_name(authors - {""}, models),
        inputs=_modalities(listed.input_modalities for listed in listings),
        outputs=_modalities(listed.output_modalities for listed in listings),
        contexts=tuple(least for least in CONTEXTS if longest >= least),
        abilities=tuple((key, label) for key, label in ABILITIES.items() if key in abilities),
        listed=True,
        choices=choices,
        attributes=tuple(attributes),
    )


def _by_name(authors: Iterable[str], models: ModelList) -> tuple[tuple[str, str], ...]:
    """Return slug and name of authors, in alphabetical order of the names."""
    named = [(slug, models.authors.get(slug, slug)) for slug in authors]
    return tuple(sorted(named, key=lambda author: (author[1].casefold(), author[0])))


def _choice(board: AnyBoard, key: str, words_key: str) -> tuple[str, str, Mapping[str, str]]:
    """Return the key, the label, and the values of a choice with their words, in the order of the rows."""
    label = next(column.label for column in board.columns if column.key == words_key)
    return key, label, {str(row[key]): str(row[words_key]) for row in board.rows}


def _own_facts(board: AnyBoard, row: BoardRow) -> Iterator[tuple[str, str]]:
    """Yield what the board itself says of a row, for its own choices."""
    for key, _ in board.choices:
        yield key, str(row[key])


def _modalities(lists: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(chain.from_iterable(text.split(", ") for text in lists)) - {""}))


def _attributes(model: Entity, row: BoardRow, listed: CatalogueRow | None) -> Markup:
    return _as_attributes((("author", model.author), *_listed_facts(listed), *_price(row, listed)))


def _as_attributes(facts: Iterable[tuple[str, str]]) -> Markup:
    text = "".join(f' data-{name}="{escape(value)}"' for name, value in facts if value)
    return Markup(text)  # noqa: S704 - every value went through escape()


def _listed_facts(listed: CatalogueRow | None) -> Iterator[tuple[str, str]]:
    """Yield attributes as table.js names them."""
    if listed:
        yield "input", listed.input_modalities.replace(",", "")
        yield "output", listed.output_modalities.replace(",", "")
        yield "context", str(listed.context_length or "")
        yield "has", " ".join(_abilities(listed))


def _abilities(listed: CatalogueRow) -> list[str]:
    """Return the keys of what a listing can do, in the order of the filters."""
    return [key for key in ABILITIES if listed[key]]


def _price(row: BoardRow, listed: CatalogueRow | None) -> Iterator[tuple[str, str]]:
    """Yield US dollars per million input tokens, and whether that is free; nothing for a price that varies."""
    into, out = (_shown_price(key, row, listed) for key in ("prompt", "completion"))
    if into is not None and into >= 0:
        yield "price", format((into * 1_000_000).normalize(), "f")
        yield "cost", "free" if into == out == Decimal(0) else "paid"


def _shown_price(key: str, row: BoardRow, listed: CatalogueRow | None) -> Decimal | None:
    """Return the price that the table shows; where it shows none, that of the model list."""
    price = row[key] if row.has(key) else None
    if price is None and listed:
        price = listed[key]
    return formats.decimal(str(price))


def noun(board: AnyBoard) -> str:
    """Return what to call a table's rows where they are counted.

    ``models``, ``listings`` where variants have rows of their own, or ``rows`` where a model has several.
    """
    if not board.models:
        return "rows"
    ids = [row.entity(board.models).id for row in board.rows]
    if len(set(ids)) < len(ids):
        return "rows"
    return "listings" if any(Slug.parse(one).is_variant for one in ids) else "models"


def citations(board: AnyBoard, models: AnyBoard | None) -> tuple[Citation, ...]:
    """Return the credits of a board with its table: its own, and the catalogue's if that has filters from it."""
    if not board.models or models is None:
        return board.citations
    return distinct((*board.citations, *models.citations[:1]))


def credit(board: AnyBoard) -> Mapping[str, object]:
    """Return the fields of each row that a reader downloads from the table: ``citation``, ``as_of``, ``license``."""
    top = tabular.header(board.citations)
    return {name: top[name] for name in tabular.CREDIT_COLUMNS}


def order(board: AnyBoard, columns: Sequence[Column]) -> str:
    """Return the key of the column by which the rows ascend, empty where they are in another order.

    It is the rank, or what the board says: rows may stand in the order of another column by chance.
    """
    if any(column.key == board.ordered_by for column in columns):
        return board.ordered_by
    key = next((column.key for column in columns if column.kind == "rank"), "")
    ranks = [row.number(key) for row in board.rows if row.standing != "other"] if key else []
    known = [rank for rank in ranks if rank is not None]
    missing_last = None not in ranks[: len(known)]
    return key if known and missing_last and known == sorted(known) else ""
