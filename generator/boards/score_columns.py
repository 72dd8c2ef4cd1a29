"""Columns, names and places that all boards of scores share, and the sentence on the leader."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from generator.base import formats
from generator.boards import level_words
from generator.boards.board import Column, Entity
from generator.boards.intervals import tied_rank_ranges, ties
from generator.boards.names import Names
from generator.boards.rank_stability import RankRange
from generator.endpoints.benchmarks import AnalysisRow, ArenaRow, EvalRow, SearchRow

RANK = Column("rank", "Rank", "rank")
_T = TypeVar("_T")


def rank_range(key: str, by: str = "") -> tuple[Column, Column]:
    """Return the columns of the best and the worst rank; ``by`` names the rank where there are several."""
    rank = f"rank {by}".rstrip()
    return (
        Column(
            f"{key}_low",
            f"Best {rank}",
            "rank",
            "The best rank that a tie or an interval leaves",
            in_table=False,
        ),
        Column(
            f"{key}_high",
            f"Worst {rank}",
            "rank",
            "The worst rank that a tie or an interval leaves",
            in_table=False,
        ),
    )


RANK_RANGE = rank_range("rank")
MODEL = Column("model_permaslug", "Model", "entity")
INDEX = Column(
    "intelligence_index",
    "Intelligence",
    "score",
    "Composite index of fixed tests by Artificial Analysis, higher is better",
    bar=True,
)
BLENDED = Column(
    "blended", "Blended price", "price", "US dollars per million tokens, three input to one output"
)
AA_SCOPE = "Composite indices by Artificial Analysis; scores before and after a re-basing of an index are not comparable."
DA_SCOPE = (
    "Elo from blind votes on designs; a 100-point lead means winning about 64% of comparisons. "
    "The source publishes no intervals; those here are computed from its counts of tournaments."
)


def with_ranks(rows: Sequence[_T], shown: Callable[[_T], str]) -> Iterator[tuple[RankRange, _T]]:
    """Return rows, the best first, each after its ranks, which it shares with those that are displayed alike."""
    ranges = tied_rank_ranges([shown(row) for row in rows])
    return zip(ranges, rows, strict=True)


def scored_model(row: AnalysisRow | ArenaRow | EvalRow | SearchRow, names: Names) -> Entity:
    """Return the model under its own name, or under a display name that says more (an effort, a variant)."""
    model = names.model(row.model_permaslug)
    shown = formats.sanitize(row.display_name)
    if model.path is not None and shown == model.source_name:
        return model
    return names.renamed(model, shown)


def missing_last(score: float | None) -> tuple[bool, float]:
    """Return a sort key that puts the highest score first and missing ones last."""
    return (score is None, -(score or 0.0))


def leader_sentence(scored: Iterable[tuple[Entity, float | None]], what: str) -> str:
    """Return the sentence on who is first, who is level with it and who follows.

    Scores that are displayed alike are level. Empty when none is known.

    Args:
        scored: the highest score first.
        what: the index, as ``on the intelligence index``.
    """
    known = [(model, formats.index(score)) for model, score in scored if score is not None]
    groups = ties(known, lambda pair: pair[1])
    if not groups:
        return ""
    first = [model for model, _ in groups[0]]
    _, score = groups[0][0]
    names = level_words.names(first)
    if len(known) == 1:
        return f"{names} is the only model scored {what}, with {score}."
    if len(first) > level_words.MOST_NAMED:
        return f"Level at {score} {what}: {names}."

    sentence = f"{names} are level at {score} {what}"
    if len(first) == 1:
        sentence = f"{names} leads {what} with {score}"
    if len(groups) > 1:
        sentence += f", ahead of {_followers(groups[1])}"
    return f"{sentence}."


def _followers(level: Sequence[tuple[Entity, str]]) -> str:
    """Return ``A with 61``, and of models that are level ``A and B, level at 61``."""
    names = level_words.names([model for model, _ in level])
    _, score = level[0]
    if len(level) == 1:
        return f"{names} with {score}"
    return f"{names}, level at {score}"
