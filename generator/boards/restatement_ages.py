"""By how much single numbers were restated, by how many days after their day a snapshot restated them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from statistics import median

from generator.archive.coverage import Revision
from generator.base import formats
from generator.boards import restatements
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.intervals import at_most
from generator.boards.names import Names
from generator.boards.restatements import RestatementRow
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.totals import SHOWN_DAYS, not_shown, shown_days

ID = BoardId("restatement-ages")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeRow(UnrankedRow):
    """All numbers that were restated so many days after their day.

    Attributes:
        days_after: from the day to the snapshot with the later number.
        days: how many days had a number restated.
        numbers: how many numbers were restated: the tokens of one listing on one day.
        listed: how many of them came into a day's list or left it, so that no change can be computed.
        typical, largest: the median and the largest relative change of the others, either way; None without any.
        model_permaslug, day: of the largest change.
    """

    days_after: int
    days: int
    numbers: int
    listed: int
    typical: float | None
    largest: float | None
    model_permaslug: Entity | None
    day: date | None


_COLUMNS = (
    Column("days_after", "Days later", "integer", "From the day to the snapshot that restated it"),
    Column("days", "Days", "integer", "Days with a restated number"),
    Column("numbers", "Numbers", "integer", "Tokens of one listing on one day that were restated"),
    Column("listed", "In or out of the list", "integer", "Numbers that a list had and another not"),
    Column("typical", "Median change", "share", "Of the numbers in both lists, up or down"),
    Column("largest", "Largest change", "share", "Of the numbers in both lists, up or down"),
    Column("model_permaslug", "Largest change of", "entity", "The listing that changed the most"),
    Column("day", "On", "day", "The day of its number"),
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the restated numbers by age; lists that had come cut short are left out."""
    daily = required(sources.daily_tokens)
    by_day = sources.boards.find(restatements.ID, RestatementRow)
    if by_day is None:
        return
    shown = shown_days(daily)
    completed = {(row.day, row.seen) for row in by_day.rows if row.completed}
    by_age: dict[int, list[Revision]] = {}
    for revision in daily.revisions.within(shown):
        seen = revision.seen.snapshot_day
        if (revision.day, seen) not in completed:
            by_age.setdefault((seen - revision.day).days, []).append(revision)
    rows = [_row(age, by_age[age], sources.names) for age in sorted(by_age)]
    yield Board(
        id=ID,
        title="How many days later are numbers restated?",
        columns=_COLUMNS,
        phone=("days_after", "typical", "model_permaslug"),
        rows=tuple(rows),
        citations=by_day.citations,
        datasets=by_day.datasets,
        finding=_finding(list(chain.from_iterable(by_age.values()))),
        notes=(
            "The same number can be restated more than once.",
            *not_shown(daily, shown.start, f"{SHOWN_DAYS} days"),
        ),
        window=by_day.window,
        coverage=by_day.coverage,
        processing="Changes, their medians and the number of days are computed here.",
    )


def _row(age: int, revisions: Sequence[Revision], names: Names) -> AgeRow:
    row = AgeRow(
        days_after=age,
        days=_days(revisions),
        numbers=len(revisions),
        listed=sum(1 for revision in revisions if None in (revision.before, revision.after)),
        typical=None,
        largest=None,
        model_permaslug=None,
        day=None,
    )
    changes = dict(_changes(revisions))
    if not changes:
        return row
    most = max(changes, key=lambda revision: (changes[revision], revision.day, revision.slug))
    return replace(
        row,
        typical=median(changes.values()),
        largest=changes[most],
        model_permaslug=names.model(most.slug),
        day=most.day,
    )


def _changes(revisions: Iterable[Revision]) -> Iterator[tuple[Revision, float]]:
    """Yield the relative change, without its sign, of each number that both lists have."""
    for revision in revisions:
        if revision.before and revision.after is not None:
            yield revision, abs(revision.after - revision.before) / revision.before


def _finding(revisions: Sequence[Revision]) -> str:
    """Return how many numbers were restated, and by how much those that both lists have; empty without any."""
    if not revisions:
        return ""
    numbers = formats.counted(len(revisions), "number")
    days = formats.counted(_days(revisions), "day")
    were = formats.inflected(len(revisions), "was", "were")
    changes = [change for _, change in _changes(revisions)]
    return f"{numbers} of {days} {were} restated{_by_how_much(changes, len(revisions))}."


def _days(revisions: Iterable[Revision]) -> int:
    """Return the number of days that have a restated number."""
    return len({revision.day for revision in revisions})


def _by_how_much(changes: Sequence[float], restated: int) -> str:
    """Return ``: half of them by 0.50% or less, none by more than 2.00%``; empty without a known change.

    Args:
        changes: relative, without their sign, of the numbers that both lists have.
        restated: all numbers; of one that came into a list or left it, no change is known.
    """
    if not changes:
        return ""
    largest, typical = max(changes), median(changes)
    only, half, none = ",", "half of them", "none"
    if len(changes) < restated:
        of_known = f"of the {len(changes):,} in both lists"
        only, half, none = ": the one in both lists", f"half {of_known}", f"none {of_known}"

    if len(changes) == 1:
        if restatements.is_tiny(largest):
            return f"{only} by less than 0.01%"
        return f"{only} by no more than {_percent(largest)}"
    if restatements.is_tiny(largest):
        return f", {none} by 0.01% or more"
    if restatements.is_tiny(typical):
        return f": {half} by less than 0.01%, none by more than {_percent(largest)}"
    return f": {half} by {_percent(typical)} or less, none by more than {_percent(largest)}"


def _percent(change: float) -> str:
    """Return ``1.24%``, rounded up: no change is larger."""
    return f"{at_most(change * 100, 2):,.2f}%"


MAKER = BoardMaker(
    families=("restatement-ages",), make=boards, needs=("daily_tokens",), after=("restatements",)
)
