"""Models of a category of Design Arena with a mean time to a design: which they are, who leads by rating and by time."""

from collections.abc import Sequence

from generator.base import formats
from generator.boards import level_words
from generator.boards.board import AnyBoard, rows_of
from generator.boards.design_arena import CategoryRow
from generator.boards.intervals import ties


def timed(board: AnyBoard) -> list[CategoryRow]:
    """Return the models with a mean time."""
    return [row for row in rows_of(board, CategoryRow) if seconds(row) > 0]


def seconds(row: CategoryRow) -> float:
    """Return the mean time to a design, 0 where none is stated."""
    return row.seconds or 0.0


def finding(rows: Sequence[CategoryRow]) -> str:
    """Return the sentence on who has the highest rating and who is the fastest.

    Args:
        rows: from :func:`timed`.
    """
    rated = ties(sorted(rows, key=lambda row: -row.elo), lambda row: formats.number(row.elo))[0]
    quick = ties(sorted(rows, key=seconds), lambda row: formats.number(seconds(row)))[0]
    return (
        f"Of {len(rows)} models with a time, {_verb(rated, 'has', 'have')} the highest rating, "
        f"{formats.number(rated[0].elo)}; {_verb(quick, 'is', 'are')} the fastest, "
        f"{formats.number(seconds(quick[0]))} s."
    )


def _verb(level: Sequence[CategoryRow], of_one: str, of_several: str) -> str:
    """Return ``A is``, or ``A and B are``."""
    names = level_words.names([row.model_permaslug for row in level])
    return f"{names} {of_one}" if len(level) == 1 else f"{names} {of_several}"
