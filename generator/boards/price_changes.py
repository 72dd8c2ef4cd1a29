"""Price changes: every change of a listing's price since the first snapshot."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from generator.archive.listings import ListingHistory
from generator.base import formats
from generator.base.dates import parse_day
from generator.base.slugs import listing_slug
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.catalogue import SCOPE
from generator.boards.sources import BoardMaker, Sources, required
from generator.endpoints.models import NAME

LEAST_CHANGE = 0.01
"""Price changes of less than one in a hundred are noise of conversions, not news."""

ID = BoardId("price-changes")


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A listing's prices before and after a change, in US dollars per token.

    Attributes:
        day: the snapshot in which the new prices were first seen.
        changes: the relative changes of input and output, without those that are not known.
    """

    day: date
    prompt_before: str
    prompt: str
    completion_before: str
    completion: str
    changes: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The mean of the changes of input and output: -0.5 is half the price."""
        return sum(self.changes) / len(self.changes)


def changes_of(entry: ListingHistory) -> Iterator[PriceChange]:
    """Yield the changes of a listing's price that are large enough to count, oldest first.

    Prices that vary, are free, or were, have no relative change and are left out.
    """
    for (_, *before), (day, *now) in pairwise(entry.prices):
        moves = [relative_change(old, new) for old, new in zip(before, now, strict=True)]
        known = tuple(move for move in moves if move is not None)
        if known and max(abs(move) for move in known) >= LEAST_CHANGE:
            yield PriceChange(parse_day(day), before[0], now[0], before[1], now[1], known)


def relative_change(before: str, now: str) -> float | None:
    """Return the relative change of a price; None where a price varies, is free, or was."""
    old, new = formats.decimal(before), formats.decimal(now)
    if old is None or new is None or old <= 0 or new < 0:
        return None
    return float(new / old) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceChangeRow(UnrankedRow):
    """One change of a listing's price; prices are US dollars per token."""

    day: date
    model_permaslug: Entity
    prompt_before: str
    prompt: str
    completion_before: str
    completion: str
    change: float


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the price changes so far, newest first."""
    facts = required(sources.catalogue)
    rows = sorted(_rows(sources), key=lambda row: (-row.day.toordinal(), row.model_permaslug.id))
    cuts = sum(1 for row in rows if row.change < 0)
    finding = f"{cuts} cuts and {len(rows) - cuts} rises since this site began to watch."
    yield Board(
        id=ID,
        title="Which prices have changed?",
        columns=(
            Column("day", "Day", "day", "The snapshot in which the new price was first seen"),
            Column("model_permaslug", "Model", "entity"),
            Column("prompt_before", "Input before", "price"),
            Column("prompt", "Input now", "price"),
            Column("completion_before", "Output before", "price"),
            Column("completion", "Output now", "price"),
            Column("change", "Change", "change", "Mean of the changes of input and output"),
        ),
        rows=tuple(rows),
        citations=facts.citations[:1],
        datasets=(NAME,),
        finding=finding if rows else "",
        notes=(
            "Changes under one in a hundred are left out.",
            "Prices that are free or vary have no relative change.",
        ),
        scope=SCOPE,
        processing="Changes are computed here from successive snapshots.",
    )


def _rows(sources: Sources) -> Iterator[PriceChangeRow]:
    for entry in sources.listings.entries:
        if entry.is_alias:
            continue
        model = sources.names.model(listing_slug(entry.id, entry.canonical_slug))
        for change in changes_of(entry):
            if change.day > sources.today:
                continue
            yield PriceChangeRow(
                day=change.day,
                model_permaslug=model,
                prompt_before=change.prompt_before,
                prompt=change.prompt,
                completion_before=change.completion_before,
                completion=change.completion,
                change=change.mean,
            )


MAKER = BoardMaker(families=("price-changes",), make=boards, needs=("catalogue",))
