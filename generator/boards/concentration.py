"""Over how many authors use is spread: the effective number of authors of each week, with its bounds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from generator.archive.daily_tokens import DailyTokens
from generator.base import formats
from generator.base.dates import Window, human_day
from generator.boards import token_columns
from generator.boards.board import AnyBoard, Board, BoardId, Column, UnrankedRow, WeekRow
from generator.boards.intervals import at_least, at_most, rounded
from generator.boards.names import author
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.totals import (
    SCOPE,
    SHOWN_WEEKS,
    Totals,
    not_shown,
    shown_weeks,
    token_totals,
)
from generator.endpoints.rankings_daily import NAME

ID = BoardId("concentration")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcentrationRow(UnrankedRow, WeekRow):
    """The effective number of authors in a week; None where the week has no tokens.

    Attributes:
        effective_low: if all tokens outside the top 50 went to the largest author.
        effective: if they all went to one author that the top 50 does not name.
        effective_high: if they were spread over very many authors; None where the top 50 names none.
        authors: named in the week.
        largest: the share of the largest of them.
    """

    effective_low: float | None
    effective: float | None
    effective_high: float | None
    authors: int
    largest: float


def effective_number(shares: Sequence[float]) -> float | None:
    """Return 1 / Σ share², the number of equal shares that are as concentrated; None without any share."""
    squares = sum(share * share for share in shares)
    if not squares:
        return None
    return 1 / squares


_COLUMNS = (
    token_columns.WEEK,
    Column(
        "effective_low",
        "At least",
        "score",
        "If all tokens outside the top 50 went to the largest author",
    ),
    Column(
        "effective",
        "Effective authors",
        "score",
        "If all tokens outside the top 50 went to one author that is not named",
    ),
    Column(
        "effective_high",
        "At most",
        "score",
        "If the tokens outside the top 50 were spread over very many authors",
    ),
    Column("authors", "Authors", "integer", "Authors in a daily top 50 of the week"),
    Column("largest", "Largest share", "share", "Of all tokens, the largest author's"),
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the newest weeks, oldest first."""
    daily = required(sources.daily_tokens)
    # A slug stands for the same author in every week.
    namer = cache(author)
    weeks = [token_totals(daily, window, namer) for window in shown_weeks(daily)]
    rows = [_row(week) for week in weeks]
    window = Window(weeks[0].window.start, weeks[-1].window.end)
    yield Board(
        id=ID,
        title="How concentrated is use?",
        columns=_COLUMNS,
        phone=("week", "effective_low", "effective_high"),
        rows=tuple(rows),
        citations=(daily.citation,),
        datasets=(NAME,),
        finding=finding(rows, daily),
        notes=(
            (
                "The effective number of authors is 1 divided by the sum of the squared shares: so many authors "
                "with equal shares would be as concentrated."
            ),
            "Which authors have the tokens outside the top 50 is not published; the two bounds cover every case.",
            *not_shown(daily, window.start, f"{SHOWN_WEEKS} weeks"),
        ),
        scope=SCOPE,
        window=window,
        coverage=daily.coverage(window),
        processing="Sums over weeks, shares and effective numbers are computed here from the daily totals.",
    )


def _row(week: Totals) -> ConcentrationRow:
    shares = sorted((week.share(tokens) for tokens in week.by.values()), reverse=True)
    other = week.share(week.other)
    largest = max(shares, default=0.0)
    low, high = _bounds(effective_number([largest + other, *shares[1:]]), effective_number(shares))
    return ConcentrationRow(
        week=week.window.end,
        effective_low=low,
        effective=rounded(effective_number([*shares, other]), 2),
        effective_high=high,
        authors=len(shares),
        largest=largest,
    )


def _bounds(low: float | None, high: float | None) -> tuple[float | None, float | None]:
    """Return both with two places; rounded outward where they differ, so that they stay bounds."""
    if low is None or high is None or low == high:
        return rounded(low, 2), rounded(high, 2)
    return at_least(low, 2), at_most(high, 2)


def finding(rows: Sequence[ConcentrationRow], daily: DailyTokens) -> str:
    """Return the bounds of the newest week, and of the oldest where there are several.

    Empty where the newest week has no bounds; a first week without any is left out.

    Args:
        rows: oldest first.
    """
    first, newest = rows[0], rows[-1]
    now, then = _between(newest), _between(first)
    if not now:
        return ""
    gaps = daily.coverage(newest.own_window).in_brackets
    sentence = (
        f"In the week to {human_day(newest.week)}{gaps} use was as concentrated "
        f"as if {now} had equal shares"
    )
    if newest is not first and then:
        weeks = formats.counted(len(rows) - 1, "week")
        gaps = daily.coverage(first.own_window).in_brackets
        sentence += f"; {weeks} earlier{gaps} it was as if {then} had"
    return f"{sentence}."


def _between(row: ConcentrationRow) -> str:
    """Return ``between 6.4 and 8.3 authors``; empty where a bound is not known."""
    if row.effective_low is None or row.effective_high is None:
        return ""
    if row.effective_low == row.effective_high:
        return f"{formats.fixed(row.effective_low, 1)} authors"
    least, most = at_least(row.effective_low), at_most(row.effective_high)
    return f"between {least:.1f} and {most:.1f} authors"


MAKER = BoardMaker(families=("concentration",), make=boards, needs=("daily_tokens",))
