"""Words for what is first and for what is level, taken from rows alone."""

from collections.abc import Sequence

from generator.base import formats
from generator.boards.board import Entity

MOST_NAMED = 3
"""The most models of a tie that are named; the others are counted."""


def name(entity: Entity) -> str:
    """Return the short name of an entity for a sentence, its id where the name shows nothing."""
    shown = formats.sanitize(entity.name)
    if shown == formats.UNNAMED:
        return formats.sanitize(entity.id)
    return shown


def names(entities: Sequence[Entity]) -> str:
    """Return ``A and B``, or ``A, B, C and 4 others`` of many."""
    words = [name(entity) for entity in entities[:MOST_NAMED]]
    more = len(entities) - len(words)
    if more:
        words.append(others(more))
    return formats.list_in_words(words)


def others(count: int) -> str:
    """Return ``1 other`` or ``4 others``."""
    return formats.counted(count, "other")
