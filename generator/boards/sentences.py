"""What sentences about ranked rows have in common: who is at the top, what they are called, who is level."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from generator.base import formats
from generator.boards.board import Entity

PUBLISHED_TOKENS = "the tokens OpenRouter publishes"
"""What a share of tokens is a share of: public traffic through one router, no more."""
MOST_NAMED = 4
"""Of more names than these a sentence says the first few and how many others there are."""

_RowT = TypeVar("_RowT")


def at_top(rows: Iterable[_RowT], value: Callable[[_RowT], float | Decimal | None]) -> list[_RowT]:
    """Return the rows that share the highest value, in their order; those without a value are left out."""
    valued = [(amount, row) for row in rows if (amount := value(row)) is not None]
    highest = max((amount for amount, _ in valued), default=None)
    return [row for amount, row in valued if amount == highest]


def model_names(models: Iterable[Entity]) -> Mapping[Entity, str]:
    """Return what a sentence calls each model: its name, with the author only where two are alike.

    A model without a visible name is called by its id.
    """
    return _distinct({model: model.name for model in models}, "{}")


def app_names(apps: Iterable[Entity]) -> Mapping[Entity, str]:
    """Return what a sentence calls each app: its name, with its number where two are alike or it has none."""
    return _distinct({app: app.name for app in apps}, "App {}")


def _distinct(short: Mapping[Entity, str], by_id: str) -> Mapping[Entity, str]:
    """Return the short names, and of those that are alike the full ones, with the id where these are alike too."""
    ids = {entity: by_id.format(formats.sanitize(entity.id)) for entity in short}
    visible = {
        entity: ids[entity] if entity.name == formats.UNNAMED else name
        for entity, name in short.items()
    }
    alike = Counter(visible.values())
    full = {
        entity: name if alike[name] == 1 or entity.name == formats.UNNAMED else entity.titled
        for entity, name in visible.items()
    }
    still_alike = Counter(full.values())
    return {
        entity: name if still_alike[name] == 1 else f"{name} ({ids[entity]})"
        for entity, name in full.items()
    }


def listed(names: Sequence[str]) -> str:
    """Return ``A``, ``A and B``, or of many ``A, B, C and 4 others``."""
    if len(names) <= MOST_NAMED:
        return formats.list_in_words(names)
    first = names[: MOST_NAMED - 1]
    return formats.list_in_words([*first, formats.counted(len(names) - len(first), "other")])


def share_of(part: float, *, exact: bool) -> str:
    """Return ``14.5%``, or of a lower bound ``at least 14.4%``, rounded down."""
    return formats.share(part) if exact else f"at least {formats.share_at_least(part)}"


def tokens_of(count: int, *, exact: bool) -> str:
    """Return ``1.24 trillion``, or of a lower bound ``at least 1.23 trillion``, rounded down."""
    return formats.tokens_in_words(count) if exact else formats.tokens_in_words_at_least(count)


def leads(names: Sequence[str], what: str) -> str:
    """Return ``A leads in votes``, and of several that are level ``A and B share the lead in votes``."""
    return f"{listed(names)} {'leads' if len(names) == 1 else 'share the lead'} {what}"
