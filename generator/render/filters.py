"""Filters of a table of models, by what the model list says of each; and its credit and order for scripts.

A board says that its rows are models, and nothing else is needed for its table to be filtered. What the
model list says of them is in attributes of the rows, beside the cells and not in them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

from generator.base import formats, tabular
from generator.base.attribution import Citation, distinct
from generator.base.slugs import Slug
from generator.boards.board import AnyBoard, BoardRow, Column
from generator.boards.catalogue import CatalogueRow
from generator.render.listed_models import ModelList

CONTEXTS = (32_000, 128_000, 200_000, 1_000_000)

ABILITIES = {
    "open_weights": "Open weights",
    "tools": "Tools",
    "structured_outputs": "Structured output",
    "reasoning": "Reasoning",
}
"""What a model can be asked to have, by the field of the model list that says it."""


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
    if not board.models or not models.by_listing:
        own: list[Markup] = []
        if choices:
            own += [_as_attributes(_own_facts(board, row)) for row in board.rows]
        return Facets(choices=choices, attributes=tuple(own))

    attributes: list[Markup] = []
    listings: list[CatalogueRow] = []
    authors: set[str] = set()
    for row in board.rows:
        model = row.entity(board.models)
        listing = models.find(model)
        authors.add(model.author)
        facts = [*_own_facts(board, row), ("author", model.author)]
        if listing:
            facts += _listed_facts(listing)
            listings.append(listing)
        facts += _price(row, listing)
        attributes.append(_as_attributes(facts))
    return Facets(
        authors=_by_name(authors - {""}, models),
        inputs=_modalities(listing.input_modalities for listing in listings),
        outputs=_modalities(listing.output_modalities for listing in listings),
        contexts=_contexts(listings),
        abilities=_abilities_of_some(listings),
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
    labels = {column.key: column.label for column in board.columns}
    words: dict[str, str] = {}
    for row in board.rows:
        words[str(row[key])] = str(row[words_key])
    return key, labels[words_key], words


def _modalities(lists: Iterable[str]) -> tuple[str, ...]:
    """Return what stands in any of these lists, such as ``text, image``, in alphabetical order."""
    modalities: set[str] = set()
    for text in lists:
        modalities.update(text.split(", "))
    return tuple(sorted(modalities - {""}))


def _contexts(listings: Iterable[CatalogueRow]) -> tuple[int, ...]:
    """Return the lengths of context, in tokens, that some listing has at least."""
    longest = max((listing.context_length or 0 for listing in listings), default=0)
    return tuple(least for least in CONTEXTS if least <= longest)


def _abilities_of_some(listings: Iterable[CatalogueRow]) -> tuple[tuple[str, str], ...]:
    """Return the key and the label of each ability that some listing has."""
    keys: set[str] = set()
    for listing in listings:
        keys.update(_abilities(listing))
    return tuple((key, label) for key, label in ABILITIES.items() if key in keys)


def _abilities(listing: CatalogueRow) -> list[str]:
    """Return the keys of what a listing can do, in the order of the filters."""
    return [key for key in ABILITIES if listing[key]]


def _as_attributes(facts: Iterable[tuple[str, str]]) -> Markup:
    """Return facts as attributes that table.js reads, each with a leading space; none for an empty value."""
    text = "".join(f' data-{name}="{escape(value)}"' for name, value in facts if value)
    return Markup(text)  # noqa: S704 - every value went through escape()


def _own_facts(board: AnyBoard, row: BoardRow) -> Iterator[tuple[str, str]]:
    """Yield what the board itself says of a row, for its own choices."""
    for key, _ in board.choices:
        yield key, str(row[key])


def _listed_facts(listing: CatalogueRow) -> Iterator[tuple[str, str]]:
    """Yield what the model list says of a row's model."""
    yield "input", listing.input_modalities.replace(",", "")
    yield "output", listing.output_modalities.replace(",", "")
    yield "context", str(listing.context_length or "")
    yield "has", " ".join(_abilities(listing))


def _price(row: BoardRow, listing: CatalogueRow | None) -> Iterator[tuple[str, str]]:
    """Yield US dollars per million input tokens, and whether that is free; nothing for a price that varies."""
    into = _shown_price("prompt", row, listing)
    out = _shown_price("completion", row, listing)
    if into is not None and into >= 0:
        yield "price", format((into * 1_000_000).normalize(), "f")
        yield "cost", "free" if into == out == Decimal(0) else "paid"


def _shown_price(key: str, row: BoardRow, listing: CatalogueRow | None) -> Decimal | None:
    """Return the price per token that the table shows; where it shows none, that of the model list."""
    price = row[key] if row.has(key) else None
    if price is None and listing:
        price = listing[key]
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
    has_variants = any(Slug.parse(id_).is_variant for id_ in ids)
    return "listings" if has_variants else "models"


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

    It is the rank, after which rows without one may follow, or what the board says: rows may stand in the order of
    another column by chance.
    """
    if any(column.key == board.ordered_by for column in columns):
        return board.ordered_by
    key = next((column.key for column in columns if column.kind == "rank"), "")
    if not key:
        return ""
    ranks = [row.number(key) for row in board.rows if row.standing != "other"]
    known = [rank for rank in ranks if rank is not None]
    missing_last = None not in ranks[: len(known)]
    return key if known and missing_last and known == sorted(known) else ""
