"""The frontier through time: which models were on it, and what a given score cost at least.

An index that is re-based moves most models at once. No line is drawn across such a day: the rows of each
era carry its number, and a chart joins rows of one era only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from generator.base import formats
from generator.base.attribution import Citation
from generator.boards import score_columns
from generator.boards.board import Board, Column, Entity, Row
from generator.boards.frontier import offers, pareto
from generator.boards.names import Names
from generator.endpoints import benchmarks as source
from generator.endpoints.benchmarks import AnalysisRow

LEVELS = (30, 40, 50, 60)
REBASED_PART = 0.5
"""When more than half of the models known on both days changed their index, it was re-based."""


@dataclass(frozen=True, slots=True)
class Day:
    """The scores of one snapshot."""

    day: date
    rows: tuple[AnalysisRow, ...]


def boards(days: Sequence[Day], citation: Citation, names: Names) -> Iterator[Board]:
    """Frontier and cheapest price per level over all held days, oldest first."""
    eras = _eras(days)
    yield _frontier(days, eras, citation, names)
    yield _cheapest(days, eras, citation, names)


def _eras(days: Sequence[Day]) -> list[int]:
    eras = [1]
    for before, now in pairwise(days):
        old, new = (
            {(r.model_permaslug, r.display_name): r.intelligence_index for r in d.rows}
            for d in (before, now)
        )
        common = [
            key for key in old if key in new and old[key] is not None and new[key] is not None
        ]
        moved = sum(1 for key in common if old[key] != new[key])
        eras.append(eras[-1] + (bool(common) and moved > REBASED_PART * len(common)))
    return eras


def _frontier(days: Sequence[Day], eras: Sequence[int], citation: Citation, names: Names) -> Board:
    rows = []
    for day, era in zip(days, eras, strict=True):
        paid = [offer for offer in offers(list(day.rows)) if offer.price > 0]
        for offer, on in zip(paid, pareto([(one.price, one.index) for one in paid]), strict=True):
            if on:
                values = {
                    "day": day.day,
                    "era": era,
                    "model_permaslug": score_columns.entity(offer.row, names),
                    "intelligence_index": offer.index,
                    "blended": f"{offer.price:f}",
                }
                rows.append(Row(values, "unranked"))
    first = {row.entity("model_permaslug").id for row in rows if row["day"] == days[0].day}
    last = {row.entity("model_permaslug").id for row in rows if row["day"] == days[-1].day}
    return Board(
        id="frontier-history",
        title="How has the frontier moved?",
        columns=(
            Column("day", "Day", "day"),
            Column(
                "era",
                "Era",
                "integer",
                "Counts up when the index was re-based; do not compare across",
            ),
            Column("model_permaslug", "Model", "entity"),
            score_columns.INDEX,
            Column(
                "blended",
                "Price",
                "price",
                "US dollars per million tokens, three input to one output",
            ),
        ),
        rows=tuple(rows),
        citations=(citation,),
        datasets=(source.ARTIFICIAL_ANALYSIS.name,),
        finding=f"{len(last - first)} models joined the frontier and {len(first - last)} left it, in {len(days)} days.",
        notes=("Since this site began to watch; the source gives no earlier days.",),
        scope=score_columns.AA_SCOPE,
        processing="Blended prices, the frontier and eras are computed here.",
        extra={"eras": eras[-1]},
    )


def _cheapest(days: Sequence[Day], eras: Sequence[int], citation: Citation, names: Names) -> Board:
    rows = []
    for day, era in zip(days, eras, strict=True):
        found = offers(list(day.rows))
        for level in LEVELS:
            best = next(
                (offer for offer in found if offer.price > 0 and offer.index >= level), None
            )
            if best is not None:
                values = {
                    "day": day.day,
                    "era": era,
                    "level": level,
                    "blended": f"{best.price:f}",
                    "model_permaslug": score_columns.entity(best.row, names),
                }
                rows.append(Row(values, "unranked"))
    return Board(
        id="frontier-cheapest",
        title="What is the least that a score costs?",
        columns=(
            Column("day", "Day", "day"),
            Column(
                "era",
                "Era",
                "integer",
                "Counts up when the index was re-based; do not compare across",
            ),
            Column("level", "Index at least", "integer"),
            Column(
                "blended",
                "Price",
                "price",
                "US dollars per million tokens, three input to one output",
            ),
            Column("model_permaslug", "Cheapest model", "entity"),
        ),
        rows=tuple(rows),
        citations=(citation,),
        datasets=(source.ARTIFICIAL_ANALYSIS.name,),
        finding=_least(rows, days[-1].day),
        notes=("Free models are left out: they come and go, and with limits.",),
        scope=score_columns.AA_SCOPE,
        processing="Blended prices and minima are computed here.",
    )


def _least(rows: Sequence[Row], newest: date) -> str:
    now = [row for row in rows if row["day"] == newest]
    if not now:
        return ""
    highest = max(now, key=lambda row: row.number("level") or 0)
    model: Entity = highest.entity("model_permaslug")
    price = formats.per_million(f"{Decimal(str(highest['blended'])):f}")
    return f"An index of {highest['level']} costs at least {price} per million tokens, with {model.name}."
