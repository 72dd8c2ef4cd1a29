"""Columns, names and places that all boards of scores share, and the sentence on the leader."""

from collections.abc import Iterable, Sequence

from generator.base import formats
from generator.boards.board import Column, Entity
from generator.boards.names import Names
from generator.endpoints.benchmarks import AnalysisRow, ArenaRow, EvalRow, SearchRow

RANK = Column("rank", "Rank", "rank")
MODEL = Column("model_permaslug", "Model", "entity")
PROMPT = Column("prompt", "Input", "price", "US dollars per million input tokens")
COMPLETION = Column("completion", "Output", "price", "US dollars per million output tokens")
INDEX = Column(
    "intelligence_index", "Intelligence", "score", "Composite index, higher is better", bar=True
)
BLENDED = Column(
    "blended", "Price", "price", "US dollars per million tokens, three input to one output"
)
AA_SCOPE = "Composite indices by Artificial Analysis; scores before and after a re-basing of an index are not comparable."
DA_SCOPE = (
    "Elo from blind votes on designs; a lead of 100 points wins about 64 of 100 comparisons. "
    "No intervals are published."
)


def scored_model(row: AnalysisRow | ArenaRow | EvalRow | SearchRow, names: Names) -> Entity:
    """Return the model under its own name, or under a display name that says more (an effort, a variant)."""
    model = names.model(row.model_permaslug)
    shown = formats.sanitize(row.display_name)
    if model.path is not None and shown == model.name:
        return model
    return Entity(model.id, shown, model.path, model.author, model.detail)


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


def leader_sentence(scored: Iterable[tuple[Entity, float | None]], what: str) -> str:
    """Return the sentence on the first and second of these, empty when none has a score."""
    best = [(model.name, score) for model, score in scored if score is not None][:2]
    if not best:
        return ""
    name, score = best[0]
    sentence = f"{name} leads {what} with {formats.number(score)}"
    if len(best) > 1:
        name, score = best[1]
        sentence += f", ahead of {name} with {formats.number(score)}"
    return sentence + "."
