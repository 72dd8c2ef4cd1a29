"""The weeks of the authors whose models are used the most, and who of them gained and lost."""

from collections.abc import Mapping, Sequence
from datetime import date

from generator.boards.board import Entity, grouped
from generator.boards.use_history import AuthorUseWeekRow, change_of_shares

Weeks = Mapping[Entity, Sequence[AuthorUseWeekRow]]


def by_author(rows: Sequence[AuthorUseWeekRow], most: int) -> Weeks:
    """Return the weeks of each author, oldest first; those with the most tokens in the newest week come first.

    Args:
        most: the number of authors.
    """
    newest = max(row.week for row in rows)
    named = [row for row in rows if row.standing == "ranked"]
    weeks = grouped(named, lambda row: row.author)

    def importance(author: Entity) -> tuple[int, int, str]:
        last, tokens = weeks[author][-1], sum(row.total_tokens for row in weeks[author])
        return -last.total_tokens if last.week == newest else 0, -tokens, author.id

    return {author: weeks[author] for author in sorted(weeks, key=importance)[:most]}


def changes(authors: Weeks, first: date, newest: date, both: str) -> str:
    """Return the sentence on who gained and who lost the most of the authors that two weeks name.

    Args:
        both: the words of the two weeks.
    """
    if first == newest:
        return ""
    ends = [(weeks[0], weeks[-1]) for weeks in authors.values()]
    return change_of_shares(ends, first, newest, both)
