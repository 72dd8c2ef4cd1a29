"""By how much days were restated: what a later snapshot says of a day against the one before it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from generator.archive.coverage import Revision, Statement, is_cut
from generator.archive.daily_tokens import DailyTokens
from generator.base import formats
from generator.base.dates import Window
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.names import Names
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.totals import SCOPE, SHOWN_DAYS, not_shown, relative_change, shown_days
from generator.endpoints.rankings_daily import NAME

ID = BoardId("restatements")


@dataclass(frozen=True, slots=True, kw_only=True)
class RestatementRow(UnrankedRow):
    """One day as one snapshot restated it.

    Attributes:
        seen: the day of the snapshot.
        days_after: how many days that is after the day itself.
        tokens_before, tokens_after: of all models.
        change: of these; None where the day had no tokens before.
        listings: how many listings have another number, those outside the top 50 counted as one.
        model_permaslug: the listing whose tokens changed the most.
        model_before, model_after: its tokens; None outside the top 50.
        completed: whether the statement before was cut short, so that the change is no change of the source's mind.
    """

    day: date
    seen: date
    days_after: int
    tokens_before: int
    tokens_after: int
    change: float | None
    listings: int
    model_permaslug: Entity
    model_before: int | None
    model_after: int | None
    completed: bool

    @property
    def own_window(self) -> Window:
        """The day."""
        return Window.ending(self.day, 1)


_COLUMNS = (
    Column("day", "Day", "day", "The day that the numbers are about"),
    Column("seen", "Restated", "day", "The snapshot in which the new numbers were first seen"),
    Column("days_after", "Days later", "integer", "From the day to the snapshot"),
    Column("tokens_before", "Tokens before", "tokens", "Of all models"),
    Column("tokens_after", "Tokens after", "tokens", "Of all models"),
    Column("change", "Change", "change", "Of the tokens of all models"),
    Column("listings", "Numbers changed", "integer", "Listings with another number"),
    Column("model_permaslug", "Changed most", "entity", "By tokens, up or down"),
    Column("model_before", "Its tokens before", "tokens", "Empty outside the top 50"),
    Column("model_after", "Its tokens after", "tokens", "Empty outside the top 50"),
    Column("completed", "Was cut short", "flag", "Whether the list before lacked models"),
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the restatements of the newest days, the newest first; the board is there before the first of them."""
    daily = required(sources.daily_tokens)
    window = shown_days(daily)
    rows = list(_rows(daily, window, sources.names))
    rows.sort(key=lambda row: (row.day, row.seen), reverse=True)
    yield Board(
        id=ID,
        title="How much are days restated?",
        columns=_COLUMNS,
        phone=("day", "change", "model_permaslug"),
        rows=tuple(rows),
        citations=(daily.citation,),
        datasets=(NAME,),
        finding=finding(rows, sum(1 for day in window if day in daily.days)),
        notes=(
            "A day is restated when a snapshot has other numbers for it than the snapshot before.",
            "A list that came cut short and was complete later counts as completed, not as restated.",
            *not_shown(daily, window.start, f"{SHOWN_DAYS} days"),
        ),
        scope=SCOPE,
        window=window,
        coverage=daily.coverage(window),
        processing="Statements of successive snapshots are compared here.",
    )


def _rows(daily: DailyTokens, shown: Window, names: Names) -> Iterator[RestatementRow]:
    """Yield the restatements of these days from the last that was seen to the first, undoing one after the other."""
    stated = {day: dict(tokens) for day, tokens in daily.days.items() if day in shown}
    recent = reversed(daily.revisions.within(shown))
    for (day, seen), same in groupby(recent, key=_restated):
        revisions = list(same)
        after = dict(stated[day])
        for revision in revisions:
            _undo(stated[day], revision)
        largest = min(revisions, key=_largest_first)
        tokens_before, tokens_after = sum(stated[day].values()), sum(after.values())
        yield RestatementRow(
            day=day,
            seen=seen.snapshot_day,
            days_after=(seen.snapshot_day - day).days,
            listings=len({revision.slug for revision in revisions}),
            model_permaslug=names.model(largest.slug),
            model_before=largest.before,
            model_after=largest.after,
            tokens_before=tokens_before,
            tokens_after=tokens_after,
            change=relative_change(tokens_after, tokens_before),
            completed=is_cut(stated[day], after),
        )


def _restated(revision: Revision) -> tuple[date, Statement]:
    """Return what all numbers of one restatement have in common."""
    return revision.day, revision.seen


def _undo(tokens: dict[str, int], revision: Revision) -> None:
    """Put the earlier number back into the tokens of a day."""
    if revision.before is None:
        del tokens[revision.slug]
    else:
        tokens[revision.slug] = revision.before


def _largest_first(revision: Revision) -> tuple[int, str]:
    """Return a sort key: the largest difference of tokens first; outside the top 50 they count as none."""
    difference = (revision.after or 0) - (revision.before or 0)
    return -abs(difference), revision.slug


def finding(rows: Sequence[RestatementRow], days: int) -> str:
    """Return how many days were restated, by how much and how late.

    Args:
        rows: the restatements; those that completed a list are left out.
        days: how many of the days shown are held.
    """
    restated = [row for row in rows if not row.completed]
    if not restated:
        return f"No restatement in {formats.counted(days, 'day')}."
    count = len({row.day for row in restated})
    latest = max(row.days_after for row in restated)
    were = formats.inflected(count, "was", "were")
    days_restated = f"{count:,} of {formats.counted(days, 'day')} {were} restated"
    later = f"at most {formats.counted(latest, 'day')} later"
    # What a day changed by from its first statement to its newest is the sum of its restatements.
    by = "by" if len(restated) == count else "each time by"
    return f"{days_restated}{_by_how_much(restated, by)}, {later}."


def _by_how_much(rows: Sequence[RestatementRow], by: str) -> str:
    """Return ``, by −0.40% to +1.30% of all tokens``; of changes that are all alike, the one."""
    changes = sorted(row.change for row in rows if row.change is not None)
    if not changes:
        return ""
    lowest, highest = changes[0], changes[-1]
    has_changed = lowest != 0 or highest != 0
    if has_changed and is_tiny(lowest) and is_tiny(highest):
        return f", {by} less than 0.01% of all tokens"
    low, high = percent(lowest), percent(highest)
    if low == high:
        return f", {by} {low} of all tokens"
    return f", {by} {low} to {high} of all tokens"


def is_tiny(change: float) -> bool:
    """Return whether two places of a percentage do not show a relative change."""
    return abs(change) < _LEAST_SHOWN


_LEAST_SHOWN = 0.00005
"""From here on a relative change is rounded to 0.01% or more."""


def percent(change: float) -> str:
    """Return a relative change in percent with two places: restatements are often smaller than a tenth."""
    return f"{formats.signed(change * 100, 2)}%"


MAKER = BoardMaker(families=("restatements",), make=boards, needs=("daily_tokens",))
