"""What a cell shows of how firmly its value is settled: ``3–5`` for a rank that ties or intervals leave open."""

from generator.boards.board import BoardRow, Column
from generator.boards.rank_stability import rank_words


def rank_range(column: Column, row: BoardRow) -> str:
    """Return the range of ranks as HTML, empty for other columns and for a rank without a range.

    A row says it in fields named after the column: ``rank_low`` and ``rank_high``.
    """
    if column.kind != "rank":
        return ""
    low, high = _of(row, f"{column.key}_low"), _of(row, f"{column.key}_high")
    if low is None or high is None or low == high:
        return ""
    return f'<span title="Rank {row[column.key]}; {low} to {high} are possible">{rank_words(low, high)}</span>'


def _of(row: BoardRow, key: str) -> int | None:
    value = row[key] if row.has(key) else None
    return value if isinstance(value, int) else None
