"""The newest move of each model's prices of input and output: how large it was, and whose was the largest."""

from collections.abc import Iterable, Sequence

from generator.base import formats
from generator.base.slugs import Slug
from generator.boards import sentences
from generator.boards.price_changes import PriceChangeRow
from generator.boards.price_differences import percent

KINDS = {"prompt": "input", "completion": "output"}
"""What the prices are called, by the key of their column."""
_PRICES = ("prompt", "completion", "prompt_before", "completion_before")


def newest(rows: Iterable[PriceChangeRow]) -> list[PriceChangeRow]:
    """Return each model's newest change between prices above zero, a day's largest changes first.

    Args:
        rows: the newest first.
    """
    of_model: dict[str, PriceChangeRow] = {}
    for row in rows:
        slug = row.model_permaslug.id
        # Batch and other variants move with their model and would crowd out the rest.
        if _is_known(row) and not Slug.parse(slug).is_variant:
            of_model.setdefault(slug, row)
    return sorted(of_model.values(), key=lambda row: (-row.day.toordinal(), -largest(row)))


def dollars(row: PriceChangeRow, key: str) -> float:
    """Return US dollars per million tokens; 0 where the price varies or is unknown."""
    price = row[key]
    if not isinstance(price, str):
        return 0.0
    return formats.dollars_per_million(price) or 0.0


def _is_known(row: PriceChangeRow) -> bool:
    """Return whether input or output moved, and both, before and now, are known and not free."""
    return all(dollars(row, key) > 0 for key in _PRICES) and largest(row) > 0


def _changes(row: PriceChangeRow) -> dict[str, float]:
    """Return the relative changes of input and output, without one that did not move."""
    changes: dict[str, float] = {}
    if row.prompt_change:
        changes["input"] = row.prompt_change
    if row.completion_change:
        changes["output"] = row.completion_change
    return changes


def largest(row: PriceChangeRow) -> float:
    """Return the larger of the two changes, without its sign."""
    return max(map(abs, _changes(row).values()), default=0.0)


def finding(rows: Sequence[PriceChangeRow]) -> str:
    """Return the sentence on whose prices moved the most of those listed."""
    names = sentences.model_names(sentences.models_of(rows))
    most = sentences.at_top(rows, largest)
    first = names[most[0].model_permaslug]
    if len(rows) == 1:
        return f"The listing drawn is {first}: {_in_words(most[0])}."
    if len(most) == 1:
        return f"Of {len(rows):,} listings drawn, {first} moved the most: {_in_words(most[0])}."
    # Changes of one size can go both ways.
    level = [f"{names[row.model_permaslug]} ({_in_words(row)})" for row in most]
    return f"Of {len(rows):,} listings drawn, {sentences.listed(level)} moved the most."


def _in_words(row: PriceChangeRow) -> str:
    """Return ``input +120%, output −74%``."""
    return ", ".join(f"{what} {percent(change)}" for what, change in _changes(row).items())
