"""Models with Artificial Analysis' coding index and its agentic index: which they are, and who leads by either."""

from collections.abc import Sequence

from generator.base import formats
from generator.boards import level_words, score_columns
from generator.boards.board import AnyBoard, BoardRow

CODING, AGENTIC = "coding_index", "agentic_index"
_KEY = "model_permaslug"


def scored(board: AnyBoard) -> list[BoardRow]:
    """Return the models with both indices, the highest sum first."""
    both = [row for row in board.rows if None not in (row[CODING], row[AGENTIC])]
    return sorted(both, key=lambda row: -sum(indices(row)))


def indices(row: BoardRow) -> tuple[float, float]:
    """Return the coding index and the agentic index of a model that has both."""
    return row.number(CODING) or 0.0, row.number(AGENTIC) or 0.0


def finding(rows: Sequence[BoardRow]) -> str:
    """Return the sentence on who leads by either index.

    Args:
        rows: from :func:`scored`.
    """
    if len(rows) == 1:
        name = level_words.name(rows[0].entity(_KEY))
        coding, agentic = map(formats.index, indices(rows[0]))
        return f"{name} is the only model with both indices: {coding} on coding and {agentic} on agentic work."
    leaders = f"{_leader(rows, CODING, 'on coding')}; {_leader(rows, AGENTIC, 'on agentic work')}"
    return f"Of {len(rows)} models with both indices: {leaders}."


def _leader(rows: Sequence[BoardRow], key: str, what: str) -> str:
    scores = [(row.entity(_KEY), row.number(key) or 0.0) for row in rows]
    scores.sort(key=lambda item: (-item[1], item[0].id))
    return score_columns.leader_sentence(scores, what).removesuffix(".")
