"""Filters of a table of models: author, price, modality, context; and its credit and order for scripts.

The facts are the catalogue's. They stand as attributes of a row, beside the cells and not in them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from markupsafe import Markup, escape

from generator.base import formats, tabular
from generator.boards.board import AnyBoard, BoardRow, Column, Entity

NARROWED = ("catalogue", "models-1d", "models-7d", "models-30d", "prices")
"""The boards whose tables have more filters than a search for text."""

CONTEXTS = (32_000, 128_000, 200_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class Facets:
    """The choices that a table's readers have, and each row's attributes.

    Attributes:
        authors: in alphabetical order, those that the table has.
        takes, gives: modalities of the models in it.
        contexts: the least tokens of context, those that some model has.
        attributes: HTML for the ``<tr>`` of each model, by its id, with a leading space.
    """

    authors: tuple[str, ...]
    takes: tuple[str, ...]
    gives: tuple[str, ...]
    contexts: tuple[int, ...]
    attributes: Mapping[str, Markup]

    def __bool__(self) -> bool:
        return bool(self.attributes)


NONE = Facets((), (), (), (), {})


def of(board: AnyBoard, catalogue: AnyBoard | None) -> Facets:
    """Return the filters of a board's table; false for a board that has none."""
    if board.id not in NARROWED or catalogue is None:
        return NONE
    known = {row.entity("model_permaslug").id: row for row in catalogue.rows}
    models = [row.entity("model_permaslug") for row in board.rows if row.standing != "other"]
    rows = [known[model.id] for model in models if model.id in known]
    authors = {model.author for model in models if model.author}
    lengths = [row["context_length"] for row in rows]
    longest = max((length for length in lengths if isinstance(length, int)), default=0)
    return Facets(
        authors=tuple(sorted(authors, key=str.casefold)),
        takes=_modalities(rows, "input_modalities"),
        gives=_modalities(rows, "output_modalities"),
        contexts=tuple(least for least in CONTEXTS if longest >= least),
        attributes={model.id: _attributes(model, known.get(model.id)) for model in models},
    )


def _modalities(rows: Sequence[BoardRow], key: str) -> tuple[str, ...]:
    lists = [str(row[key] or "").split(", ") for row in rows]
    return tuple(sorted(set(chain.from_iterable(lists)) - {""}))


def _attributes(model: Entity, row: BoardRow | None) -> Markup:
    facts = {"author": model.author, **(dict(_facts(row)) if row else {})}
    text = "".join(f' data-{name}="{escape(value)}"' for name, value in facts.items() if value)
    return Markup(text)  # noqa: S704 - every value went through escape()


def _facts(row: BoardRow) -> Iterator[tuple[str, str]]:
    """Yield attributes as table.js names them; the price is in US dollars per million input tokens."""
    yield "takes", str(row["input_modalities"] or "").replace(",", "")
    yield "gives", str(row["output_modalities"] or "").replace(",", "")
    yield "context", str(row["context_length"] or "")
    into, out = (
        formats.decimal(str(row[key])) if row[key] else None for key in ("prompt", "completion")
    )
    if into is not None and into >= 0:
        yield "price", format((into * 1_000_000).normalize(), "f")
        yield "cost", "free" if into == out == Decimal(0) else "paid"


def credit(board: AnyBoard) -> Mapping[str, object]:
    """Return the fields of each row that a reader downloads from the table: ``citation``, ``as_of``, ``license``."""
    top = tabular.header(board.citations)
    return {name: top[name] for name in tabular.CREDIT_COLUMNS}


def order(board: AnyBoard, columns: Sequence[Column]) -> str:
    """Return the key of the rank that orders the rows, empty where they are in another order."""
    key = next((column.key for column in columns if column.kind == "rank"), "")
    ranks = [row.number(key) for row in board.rows if row.standing != "other"] if key else []
    known = [rank for rank in ranks if rank is not None]
    missing_last = None not in ranks[: len(known)]
    return key if known and missing_last and known == sorted(known) else ""
