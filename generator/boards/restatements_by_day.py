"""By how much each day's tokens were restated, from its first whole statement to its newest."""

from collections.abc import Iterable, Sequence
from datetime import date

from generator.boards.restatements import RestatementRow


def by_day(rows: Iterable[RestatementRow]) -> dict[date, list[RestatementRow]]:
    """Return the restatements of each day since its list was last completed, oldest first."""
    days: dict[date, list[RestatementRow]] = {}
    for row in sorted(rows, key=lambda row: (row.day, row.seen)):
        if row.completed:
            days.pop(row.day, None)
        elif row.tokens_before:
            days.setdefault(row.day, []).append(row)
    return days


def change(steps: Sequence[RestatementRow]) -> float:
    """Return the relative change of tokens through all these restatements of a day."""
    return steps[-1].tokens_after / steps[0].tokens_before - 1
