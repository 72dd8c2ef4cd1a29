"""The ranks of the best models through the categories of an arena of Design Arena."""

from collections import Counter
from collections.abc import Sequence
from statistics import fmean

from generator.boards.board import Entity, grouped
from generator.boards.design_arena_leaders import lead_of, leads_sentence
from generator.boards.design_arena_places import PlaceRow


def categories(rows: Sequence[PlaceRow]) -> list[str]:
    """Return the categories, the one with the most models first."""
    models = Counter(row.category for row in rows)
    return sorted(models, key=lambda name: (-models[name], name))


def by_model(rows: Sequence[PlaceRow], most: int) -> dict[Entity, list[PlaceRow]]:
    """Return the models with the best mean rank among those rated in at least half of the categories, best first.

    Args:
        most: the number of models.
    """
    of_model = grouped(rows, lambda row: row.model_permaslug)
    widest = max(map(len, of_model.values()))
    half = min(widest, (len(categories(rows)) + 1) // 2)
    rated = [(model, own) for model, own in of_model.items() if len(own) >= half]
    rated.sort(key=lambda item: (fmean(row.rank for row in item[1]), item[0].id))
    return dict(rated[:most])


def leaders(rows: Sequence[PlaceRow]) -> str:
    """Return the sentence on who leads how many of the categories."""
    rated = grouped(rows, lambda row: row.category).values()
    return leads_sentence([lead_of(list(map(_elo, own))) for own in rated])


def _elo(row: PlaceRow) -> tuple[Entity, float]:
    return row.model_permaslug, row.elo
