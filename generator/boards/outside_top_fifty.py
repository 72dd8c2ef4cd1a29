"""The share of the traffic that lies outside the top 50, over the week up to each day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.archive.daily_tokens import DailyTokens
from generator.base import formats
from generator.base.dates import Window, human_day
from generator.boards.board import AnyBoard, Board, BoardId, Column, UnrankedRow
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.token_columns import PROCESSING
from generator.boards.totals import SCOPE, SHOWN_DAYS, not_shown, shown_days, token_totals
from generator.endpoints.rankings_daily import NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideRow(UnrankedRow):
    """Tokens outside the daily top 50 in the week to ``date``, and their share of all."""

    date: date
    other: int
    share: float

    @property
    def own_window(self) -> Window:
        """The week."""
        return Window.ending(self.date, 7)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield one board over the newest days that end a whole week; none before the first."""
    daily = required(sources.daily_tokens)
    window = shown_days(daily)
    rows = list(_rows(daily, window))
    if not rows:
        return
    yield Board(
        id=BoardId("other-share"),
        title="How much usage is outside the top 50?",
        columns=(
            Column("date", "Week to", "day"),
            Column("other", "Tokens", "tokens", "Outside the daily top 50, over seven days"),
            Column("share", "Share", "share", "Of all tokens of the seven days"),
        ),
        rows=tuple(rows),
        citations=(daily.citation,),
        datasets=(NAME,),
        finding=_finding(rows, daily),
        notes=(
            "Seven-day rolling totals, to smooth out weekends.",
            *not_shown(daily, window.start, f"{SHOWN_DAYS} days"),
        ),
        scope=SCOPE,
        window=window,
        coverage=daily.coverage(window),
        processing=PROCESSING,
    )


def _rows(daily: DailyTokens, shown: Window) -> Iterator[OutsideRow]:
    """Yield the week up to each day shown, oldest first; weeks that are not held whole are left out."""
    for day in shown:
        week = token_totals(daily, Window.ending(day, 7))
        if week.whole and week.window.start >= shown.start:
            yield OutsideRow(date=day, other=week.other, share=week.share(week.other))


def _finding(rows: Sequence[OutsideRow], daily: DailyTokens) -> str:
    """Return the share in the newest whole week, and between which it was in all of them.

    Args:
        rows: at least one, oldest first.
        daily: the days that they are of, and those that are in no whole week.
    """
    newest = rows[-1]
    week = "newest week"
    if newest.date < daily.last:
        causes = daily.coverage(daily.window(7)).causes
        week = f"newest whole week, to {human_day(newest.date)} ({causes}),"
    share = formats.share(newest.share)
    sentence = f"{share} of tokens in the {week} went to models outside the daily top 50"
    if len(rows) == 1:
        return f"{sentence}."

    first = rows[0].own_window.start
    weeks, in_weeks = "whole week", "in whole weeks "
    if daily.coverage(Window(first, daily.last)).whole:
        weeks, in_weeks = "week", ""
    shares = [row.share for row in rows]
    least, most = formats.share(min(shares)), formats.share(max(shares))
    if least == most:
        return f"{sentence}, as in every {weeks} since {human_day(first)}."
    return f"{sentence}; {in_weeks}it was between {least} and {most} since {human_day(first)}."


MAKER = BoardMaker(families=("other-share",), make=boards, needs=("daily_tokens",))
