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
    with_counts = [row for row in rows if row.tournaments and row.first is not None]
    known = [row for row in with_counts if rate(row) <= 1]
    return sorted(known, key=lambda row: (-rate(row), -row.elo, row.model_permaslug.id))


def rate(row: CategoryRow) -> float:
    """Return the share of its tournaments in which a model came first, of those from :func:`counted`."""
    return (row.first or 0) / (row.tournaments or 1)


def interval(row: CategoryRow) -> Interval:
    """Return the 95% interval of :func:`rate`."""
    return wilson_interval(row.first or 0, row.tournaments or 1)


def range_in_words(row: CategoryRow) -> str:
    """Return :func:`interval` as ``6.3–54.7%``."""
    rates = interval(row)
    return f"{formats.fixed(rates.low * 100, 1)}–{formats.fixed(rates.high * 100, 1)}%"


def finding(rows: Sequence[CategoryRow]) -> str:
    """Return the sentence on the highest rate, and on how many could be level with it.

    Args:
        rows: at least one, from :func:`counted`.
    """
    best = ties(rows, lambda row: formats.share(rate(row)))[0]
    first = best[0]
    names = level_words.names([row.model_permaslug for row in best])
    share = formats.share(rate(first))
    if len(best) > 1:
        return f"By share of first places {names} are level at {share}."
    if len(rows) == 1:
        return f"{names} is the only model with counted tournaments: first in {share}."
    tournaments = formats.counted(first.tournaments or 0, "tournament")
    return (
        f"By share of first places {names} is highest: first in {share} of {tournaments} "
        f"(95% CI {range_in_words(first)}); {_who_reaches(first, rows[1:])} into it."
    )


def _who_reaches(first: CategoryRow, others: Iterable[CategoryRow]) -> str:
    """Return ``2 others' intervals reach``, of the intervals that overlap with that of the first."""
    lowest = interval(first).low
    count = sum(1 for row in others if interval(row).high >= lowest)
    if count == 0:
        return "no other interval reaches"
    if count == 1:
        return "1 other's interval reaches"
    return f"{count} others' intervals reach"
