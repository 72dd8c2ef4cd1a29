"""Design Arena: how often each model of a category came first, and how sure that is."""

from collections.abc import Iterable, Sequence

from generator.base import formats
from generator.boards import level_words
from generator.boards.design_arena import CategoryRow
from generator.boards.intervals import Interval, ties, wilson_interval


def counted(rows: Iterable[CategoryRow]) -> list[CategoryRow]:
    """Return the rows with at least one tournament, the largest rate of first places first.

    A model that came first more often than it took part in is left out: its rate is none.
    """
    ranked = [row for row in rows if row.standing == "ranked" and row.first is not None]
    known = [row for row in ranked if row.tournaments and rate(row) <= 1]
    return sorted(known, key=lambda row: (-rate(row), -row.elo, row.model_permaslug.id))


def rate(row: CategoryRow) -> float:
    """Return the share of its tournaments in which a model came first, of those from :func:`counted`."""
    return (row.first or 0) / (row.tournaments or 1)


def interval(row: CategoryRow) -> Interval:
    """Return the 95% interval of :func:`rate`."""
    return wilson_interval(row.first or 0, row.tournaments or 1)


def range_in_words(row: CategoryRow) -> str:
    """Return ``6.3–54.7%``."""
    return f"{interval(row).low * 100:.1f}–{interval(row).high * 100:.1f}%"


def finding(rows: Sequence[CategoryRow]) -> str:
    """Return the sentence on the highest rate, and on how many could be level with it.

    Args:
        rows: from :func:`counted`.
    """
    best = ties(rows, lambda row: formats.share(rate(row)))[0]
    names = level_words.names([row.model_permaslug for row in best])
    share, first = formats.share(rate(best[0])), best[0]
    if len(best) > 1:
        return f"By share of first places {names} are level at {share}."
    if len(rows) == 1:
        return f"{names} is the only model with counted tournaments: first in {share}."
    others = sum(interval(row).high >= interval(first).low for row in rows[1:])
    whose = "1 other's interval reaches" if others == 1 else f"{others} others' intervals reach"
    return (
        f"By share of first places {names} is highest: first in {share} of {first.tournaments:,} tournaments "
        f"(95% CI {range_in_words(first)}); {whose if others else 'no other interval reaches'} into it."
    )
