"""What all boards of scores have in common: columns, names, places, the sentence on who leads."""

from typing import Any

from generator.base import formats
from generator.boards.board import Column, Entity, Row
from generator.boards.names import Names

RANK = Column("rank", "Rank", "rank")
MODEL = Column("model_permaslug", "Model", "entity")
PROMPT = Column("prompt", "Input", "price", "US dollars per million input tokens")
COMPLETION = Column("completion", "Output", "price", "US dollars per million output tokens")
INDEX = Column(
    "intelligence_index", "Intelligence", "score", "Composite index, higher is better", bar=True
)
AA_SCOPE = "Composite indices by Artificial Analysis; scores before and after a re-basing of an index are not comparable."
DA_SCOPE = (
    "Elo from blind votes on designs; a lead of 100 points wins about 64 of 100 comparisons. "
    "No intervals are published."
)


def entity(row: Any, names: Names) -> Entity:
    """The model under its own name; a display name that says more (an effort, a variant) is kept beside it."""
    model = names.model(row.model_permaslug)
    shown = formats.sanitize(row.display_name)
    if model.path is None:
        return Entity(model.id, shown, None, model.author, model.detail)
    return (
        model
        if shown == model.name
        else Entity(model.id, shown, model.path, model.author, model.detail)
    )


def price(row: Any, which: str) -> str | None:
    return getattr(row.pricing, which) if row.pricing is not None else None


def missing_last(score: float | None) -> tuple[bool, float]:
    return (score is None, -(score or 0.0))


def ranks(scores: list[float | None]) -> list[int]:
    """Places of scores in descending order; equal scores share a place."""
    places: list[int] = []
    for number, score in enumerate(scores):
        places.append(places[-1] if number and score == scores[number - 1] else number + 1)
    return places


def leads(rows: tuple[Row, ...], key: str, what: str) -> str:
    """The sentence on first and second place, empty when nothing is scored."""
    scored = [(row.entity("model_permaslug").name, row.number(key)) for row in rows]
    best = [(name, score) for name, score in scored if score is not None][:2]
    if not best:
        return ""
    sentence = f"{best[0][0]} leads {what} with {formats.number(best[0][1])}"
    if len(best) > 1:
        sentence += f", ahead of {best[1][0]} with {formats.number(best[1][1])}"
    return sentence + "."
