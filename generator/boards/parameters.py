"""Request parameters by the number of models that take them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.base import formats
from generator.boards import sentences
from generator.boards.board import AnyBoard, Board, BoardId, BoardRow, Column
from generator.boards.catalogue import listed, models_and_variants
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.totals import most_first
from generator.endpoints.models import NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterRow(BoardRow):
    """The number of models and variants that take a parameter, and their share of all."""

    rank: int
    parameter: str
    models: int
    share: float


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the parameters by the number of models and variants that take them."""
    facts = required(sources.catalogue)
    entries = listed(facts)
    counts: Counter[str] = Counter()
    for entry in entries:
        counts.update(formats.sanitize(name) for name in set(entry.supported_parameters))
    rows: list[ParameterRow] = []
    for rank, name in enumerate(most_first(counts), 1):
        models = counts[name]
        share = models / len(entries)
        rows.append(ParameterRow(rank=rank, parameter=name, models=models, share=share))
    yield Board(
        id=BoardId("parameters"),
        title="Which API parameters do models support?",
        columns=(
            Column("rank", "Rank", "rank"),
            Column("parameter", "Parameter", "text"),
            Column("models", "Models", "integer"),
            Column("share", "Share", "share", "Of all available models and variants", bar=True),
        ),
        phone=("rank", "parameter", "models"),
        rows=tuple(rows),
        citations=facts.citations[:1],
        datasets=(NAME,),
        finding=finding(rows, len(entries)),
        scope="Parameters as OpenRouter lists them; providers can differ.",
        processing="Counts are computed here.",
    )


def finding(rows: Sequence[ParameterRow], listings: int) -> str:
    """Return the parameters that the most models and variants support, empty without any.

    Args:
        rows: of all parameters.
        listings: the number of all models and variants.
    """
    common = sentences.at_top(rows, lambda row: row.models)
    if not common:
        return ""
    names = sentences.listed([row.parameter for row in common])
    supporting = f"{common[0].models:,} of {models_and_variants(listings)}"
    if len(common) == 1:
        return f"The most widely supported parameter is {names}: {supporting}."
    return f"The most widely supported parameters are {names}: {supporting} each."


MAKER = BoardMaker(families=("parameters",), make=boards, needs=("catalogue",))
