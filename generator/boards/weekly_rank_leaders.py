"""Who leads the newest week by rank, in a sentence."""

from collections.abc import Sequence

from generator.base import formats
from generator.boards.board import grouped
from generator.boards.weekly_ranks import RankRow


def newest(rows: Sequence[RankRow]) -> list[RankRow]:
    """Return the rows of the newest week, best first."""
    by_week = grouped(rows, lambda row: row.week)
    return sorted(by_week[max(by_week)], key=lambda row: row.rank)


def finding(rows: Sequence[RankRow], week: str, ranks: str) -> str:
    """Return the sentence on who leads a week.

    Args:
        rows: of the week, best first.
        week: its words.
        ranks: those of the ranks that the first can have.
    """
    first, *rest = rows
    name = first.model_permaslug.name
    if not rest:
        return f"{name} is the only model in the daily top 50 {week}."
    if first.rank_high not in (None, 1):
        return f"No model firmly leads {week}; {name} is ranked 1st, or {ranks}."
    after = formats.list_in_words([row.model_permaslug.name for row in rest[:2]])
    return f"{name} leads {week}, ahead of {after}."
