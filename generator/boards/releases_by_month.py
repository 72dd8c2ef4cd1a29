"""How many of the models that are still on offer were added in each month, by author."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import chain

from generator.boards.board import Entity, grouped
from generator.boards.releases import ReleaseRow

ALL, OTHERS = Entity("all", "All authors"), Entity("other", "All other authors")


def by_author(rows: Sequence[ReleaseRow], most: int) -> dict[Entity, Counter[date]]:
    """Return the models of each month: all of them, then those of the authors with the most, then of the others.

    Args:
        most: the number of authors with months of their own.
    """
    of_author = grouped(rows, lambda row: row.author)
    counts = {author: _counted(own) for author, own in of_author.items()}
    ordered = sorted(counts, key=lambda author: (-counts[author].total(), author.id))
    by_author_ = {ALL: _counted(rows), **{author: counts[author] for author in ordered[:most]}}
    if len(ordered) > most:
        others = chain.from_iterable(of_author[author] for author in ordered[most:])
        by_author_[OTHERS] = _counted(others)
    return by_author_


def _counted(rows: Iterable[ReleaseRow]) -> Counter[date]:
    months: Counter[date] = Counter()
    for row in rows:
        months[row.month] += row.models
    return months


def through(first: date, last: date) -> list[date]:
    """Return the first days of all months from one to another."""
    months = [first]
    while months[-1] < last:
        months.append((months[-1] + timedelta(days=31)).replace(day=1))
    return months
