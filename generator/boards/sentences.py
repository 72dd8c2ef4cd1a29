"""What sentences about ranked rows have in common: who is at the top, what they are called, who is level."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from decimal import Decimal
from typing import Protocol, TypeVar

from generator.base import formats
from generator.boards.board import Entity

PUBLISHED_TOKENS = "the tokens OpenRouter publishes"
"""What a share of tokens is a share of: public traffic through one router, no more."""
MOST_NAMED = 4
"""Of more names than these a sentence says the first few and how many others there are."""

_RowT = TypeVar("_RowT")


class OfModel(Protocol):
    """A row about a model."""

    @property
    def model_permaslug(self) -> Entity:
        """The model."""


def at_top(rows: Iterable[_RowT], value: Callable[[_RowT], float | Decimal | None]) -> list[_RowT]:
    """Return the rows that share the highest value, in their order; those without a value are left out."""
    highest: float | Decimal | None = None
    top: list[_RowT] = []
    for row in rows:
        amount = value(row)
        if amount is None:
            continue
        if highest is None or amount > highest:
            highest, top = amount, []
        if amount == highest:
            top.append(row)
    return top


def models_of(rows: Iterable[OfModel]) -> list[Entity]:
    """Return the models that rows are about, in their order."""
    return [row.model_permaslug for row in rows]


def models_listed(rows: Iterable[OfModel], among: Iterable[OfModel]) -> str:
    """Return the models of rows as :func:`listed` does, by the names that tell them from all those of ``among``."""
    names = model_names(models_of(among))
    return listed([names[model] for model in models_of(rows)])


def model_names(models: Iterable[Entity]) -> Mapping[Entity, str]:
    """Return what a sentence calls each model: its name, with the author only where two are alike.

    A model without a visible name is called by its id.
    """
    return _distinct({model: model.name for model in models}, "{}")


def app_names(apps: Iterable[Entity]) -> Mapping[Entity, str]:
    """Return what a sentence calls each app: its name, with its number where two are alike or it has none."""
    return _distinct({app: app.name for app in apps}, "App {}")


def _distinct(short: Mapping[Entity, str], by_id: str) -> Mapping[Entity, str]:
    """Return the short names, and of those that are alike the full ones, with the id where these are alike too.

    Args:
        short: by entity; one without a visible name is called by its id.
        by_id: what an entity is called by its id, with a place for it: ``App {}``.
    """
    ids = {entity: by_id.format(formats.sanitize(entity.id)) for entity in short}
    names = dict(short)
    for entity in names:
        if entity.name == formats.UNNAMED:
            names[entity] = ids[entity]

    uses = Counter(names.values())
    for entity, name in names.items():
        if uses[name] > 1 and entity.name != formats.UNNAMED:
            names[entity] = entity.titled

    uses = Counter(names.values())
    for entity, name in names.items():
        if uses[name] > 1:
            names[entity] = f"{name} ({ids[entity]})"
    return names


def listed(names: Sequence[str]) -> str:
    """Return ``A``, ``A and B``, or of many ``A, B, C and 4 others``."""
    if len(names) <= MOST_NAMED:
        return formats.list_in_words(names)
    first = names[: MOST_NAMED - 1]
    return formats.list_in_words([*first, formats.counted(len(names) - len(first), "other")])


def each(level: Sized) -> str:
    """Return what follows an amount that several have: `` each``; empty after that of one."""
    return " each" if len(level) > 1 else ""


def joined(clauses: Sequence[str]) -> str:
    """Return the clauses as one sentence, empty where there are none."""
    if not clauses:
        return ""
    return f"{'; '.join(clauses)}."


def share_of(part: float, *, exact: bool) -> str:
    """Return ``14.5%``, or of a lower bound ``at least 14.4%``, rounded down."""
    return formats.share(part) if exact else f"at least {formats.share_at_least(part)}"


def tokens_of(count: int, *, exact: bool) -> str:
    """Return ``1.24 trillion``, or of a lower bound ``at least 1.23 trillion``, rounded down."""
    return formats.tokens_in_words(count) if exact else formats.tokens_in_words_at_least(count)


def leads(names: Sequence[str], what: str) -> str:
    """Return ``A leads in votes``, and of several that are level ``A and B share the lead in votes``."""
    verb = formats.inflected(len(names), "leads", "share the lead")
    return f"{listed(names)} {verb} {what}"
