"""Columns, names and places that all boards of scores share, and the sentence on the leader."""

from collections.abc import Iterable, Mapping, Sequence

from generator.base import formats
from generator.boards import level_words
from generator.boards.board import Column, Entity
from generator.boards.names import Names
from generator.boards.rank_stability import ties
from generator.boards.totals import most_first
from generator.endpoints.benchmarks import AnalysisRow, ArenaRow, EvalRow, SearchRow

RANK = Column("rank", "Rank", "rank")
RANK_RANGE = (
    Column(
        "rank_low",
        "Best rank",
        "rank",
        "The best rank that a tie or an interval leaves",
        in_table=False,
    ),
    Column(
        "rank_high",
        "Worst rank",
        "rank",
        "The worst rank that a tie or an interval leaves",
        in_table=False,
    ),
)
MODEL = Column("model_permaslug", "Model", "entity")
INDEX = Column(
    "intelligence_index", "Intelligence", "score", "Composite index, higher is better", bar=True
)
BLENDED = Column(
    "blended", "Blended price", "price", "US dollars per million tokens, three input to one output"
)
AA_SCOPE = "Composite indices by Artificial Analysis; scores before and after a re-basing of an index are not comparable."
DA_SCOPE = (
    "Elo from blind votes on designs; a 100-point lead means winning about 64% of comparisons. "
    "The source publishes no intervals; those here are computed from its counts of tournaments."
)


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


def ranks(scores: Sequence[float | None]) -> list[int]:
    """Return the places of scores in descending order, from 1; equal scores share a place."""
    places: list[int] = []
    for number, score in enumerate(scores):
        ties = number > 0 and score == scores[number - 1]
        places.append(places[-1] if ties else number + 1)
    return places


def ranks_by_name(values: Mapping[str, float]) -> dict[str, int]:
    """Return the rank of each name, from 1 for the highest value; equal values share a rank."""
    ordered = most_first(values)
    return dict(zip(ordered, ranks([values[name] for name in ordered]), strict=True))


def leader_sentence(scored: Iterable[tuple[Entity, float | None]], what: str) -> str:
    """Return the sentence on who is first, who is level with it and who follows.

    Scores that are displayed alike are level. Empty when none is known.

    Args:
        scored: the highest score first.
        what: the measure, as ``on the intelligence index``.
    """
    known = [(model, formats.number(score)) for model, score in scored if score is not None]
    groups = ties(known, lambda pair: pair[1])
    if not groups:
        return ""
    first, score = [model for model, _ in groups[0]], groups[0][0][1]
    if len(known) == 1:
        return f"{level_words.name(first[0])} is the only model scored {what}, with {score}."
    if len(first) > level_words.MOST_NAMED:
        return f"Level at {score} {what}: {level_words.names(first)}."

    verb = f"leads {what} with {score}" if len(first) == 1 else f"are level at {score} {what}"
    sentence = f"{level_words.names(first)} {verb}"
    if len(groups) > 1:
        second, score = [model for model, _ in groups[1]], groups[1][0][1]
        sentence += f", ahead of {level_words.names(second)}"
        sentence += f" with {score}" if len(second) == 1 else f", level at {score}"
    return f"{sentence}."
