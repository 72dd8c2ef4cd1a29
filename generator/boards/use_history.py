"""Tokens of every week of the history: of all models together, and of the authors that were ever among the largest."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain

from generator.archive.coverage import Coverage
from generator.archive.daily_tokens import DailyTokens
from generator.base import formats
from generator.base.dates import Window, human_day
from generator.boards import sentences, token_columns
from generator.boards.board import (
    AnyBoard,
    Board,
    BoardId,
    Column,
    Entity,
    UnrankedRow,
    WeekRow,
)
from generator.boards.names import Names, author
from generator.boards.rank_stability import TokenBounds
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.totals import (
    ABSENT,
    SCOPE,
    SHOWN_WEEKS,
    Totals,
    bounds_week_on_week,
    every_week,
    not_shown,
    relative_change,
    shown_weeks,
    token_totals,
)
from generator.endpoints.rankings_daily import NAME, OTHER

ID, AUTHORS_ID = BoardId("use-history"), BoardId("use-history", "authors")
LED = 8
"""An author that is among the first so many of any week has a series of its own, as long as there is room."""
MOST = 16
"""The number of authors that have one, those with the most tokens: the names of more do not fit beside a chart."""
_REST = "All other models"
_WEEKS_NOTE = (
    "Weeks are periods of seven days that end on the newest day and every seven days before it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UseWeekRow(UnrankedRow, WeekRow):
    """All tokens of a week; the change since the week before is None where either is not held whole."""

    total_tokens: int
    change: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorUseWeekRow(WeekRow):
    """An author's tokens in a week; the ``other`` row of a week is all that the authors' rows leave.

    Attributes:
        total_tokens_high, share_high: with the most that the days outside the top 50 can have held.
    """

    author: Entity
    total_tokens: int
    total_tokens_high: int
    share: float
    share_high: float

    @property
    def exact(self) -> bool:
        """Whether the share is known, and not only a lower bound."""
        return self.share >= self.share_high


_Ends = dict[str, tuple[AuthorUseWeekRow, AuthorUseWeekRow]]
"""The first and the last of some weeks, by the author's name."""


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield all weeks in total, and the newest by author, oldest first."""
    daily = required(sources.daily_tokens)
    # A slug stands for the same author in every week.
    namer = cache(author)
    shown = [token_totals(daily, window, namer) for window in shown_weeks(daily)]
    earlier = [token_totals(daily, window) for window in every_week(daily)[: -len(shown)]]
    yield _total_board(daily, [*earlier, *shown])
    yield _author_board(daily, shown, sources.names)


def _total_board(daily: DailyTokens, weeks: Sequence[Totals]) -> Board[UseWeekRow]:
    window = Window(weeks[0].window.start, weeks[-1].window.end)
    rows = list(_total_rows(weeks))
    coverage = daily.coverage(window)
    return Board(
        id=ID,
        title="How has use grown?",
        columns=(
            token_columns.WEEK,
            Column("total_tokens", "Tokens", "tokens", "Of all models, in seven days", bar=True),
            Column("change", "Change", "change", "From the previous week, where both are complete"),
        ),
        rows=tuple(rows),
        citations=(daily.citation,),
        datasets=(NAME,),
        finding=finding(rows, coverage),
        notes=(_WEEKS_NOTE,),
        scope=SCOPE,
        window=window,
        coverage=coverage,
        processing="Sums over weeks and changes are computed here from the daily totals.",
    )


def _author_board(
    daily: DailyTokens, weeks: Sequence[Totals], names: Names
) -> Board[AuthorUseWeekRow]:
    window = Window(weeks[0].window.start, weeks[-1].window.end)
    coverage = daily.coverage(window)
    large = _ever_large(weeks)
    bounds = [bounds_week_on_week(daily, week.window, author).now for week in weeks]
    return Board(
        id=AUTHORS_ID,
        title="Which authors' models have been used the most?",
        columns=(
            token_columns.WEEK,
            token_columns.AUTHOR,
            token_columns.TOKENS,
            token_columns.TOKENS_HIGH,
            token_columns.SHARE,
            token_columns.SHARE_HIGH,
        ),
        phone=("week", "author", "share"),
        rows=tuple(_author_rows(weeks, bounds, names, large[:MOST])),
        citations=(daily.citation,),
        datasets=(NAME,),
        finding=author_finding(
            list(_author_rows(weeks, bounds, names, large)),
            coverage,
            is_open=any(_is_open(week) for week in weeks),
        ),
        notes=(
            f"Shown are {shown_authors(len(large))}.",
            ABSENT,
            _WEEKS_NOTE,
            *not_shown(daily, window.start, f"{SHOWN_WEEKS} weeks"),
        ),
        scope=SCOPE,
        window=window,
        coverage=coverage,
        processing="Sums over weeks and shares are computed here from the daily totals.",
    )


def _total_rows(weeks: Sequence[Totals]) -> Iterator[UseWeekRow]:
    """Yield all tokens of each week, with the change since the week before where both are whole."""
    before: Totals | None = None
    for week in weeks:
        change = None
        if before is not None and before.whole and week.whole:
            change = relative_change(week.all, before.all)
        yield UseWeekRow(week=week.window.end, total_tokens=week.all, change=change)
        before = week


def _author_rows(
    weeks: Sequence[Totals], bounds: Sequence[TokenBounds], names: Names, shown: Sequence[str]
) -> Iterator[AuthorUseWeekRow]:
    """Yield each week's authors in the order of those shown, then what they leave.

    Args:
        weeks: their tokens by author.
        bounds: what is known of the same weeks.
        names: of the authors.
        shown: the authors that have rows.
    """
    for week, known in zip(weeks, bounds, strict=True):
        rest = week.all
        for name in shown:
            if name not in week.by:
                continue
            tokens = week.by[name]
            rest -= tokens
            yield AuthorUseWeekRow(
                week=week.window.end,
                author=names.author(name),
                total_tokens=tokens,
                total_tokens_high=known.span(name).high,
                share=week.share(tokens),
                share_high=known.share(name)[1],
            )
        yield AuthorUseWeekRow(
            standing="other",
            week=week.window.end,
            author=Entity(OTHER, _REST),
            # No more than that: what an author's models had outside the top 50 is in here.
            total_tokens=rest,
            total_tokens_high=rest,
            share=week.share(rest),
            share_high=week.share(rest),
        )


def _ever_large(weeks: Sequence[Totals]) -> list[str]:
    """Return the authors that were among the first of any week, by the tokens of all weeks."""
    tokens: Counter[str] = Counter()
    shown: set[str] = set()
    for week in weeks:
        tokens.update(week.by)
        shown.update(week.ranked()[:LED])
    return sorted(shown, key=lambda name: (-tokens[name], name))


def shown_authors(large: int) -> str:
    """Return which authors are shown where so many were ever among the first: all, or those that there is room for."""
    some = "all authors"
    if large > MOST:
        some = f"the {MOST} authors with the most tokens of those"
    return f"{some} that were among the first {LED} of any week"


def finding(rows: Sequence[UseWeekRow], coverage: Coverage) -> str:
    """Return the tokens of the newest week and those of the first, each with the days that it lacks.

    Args:
        rows: one for each week, oldest first.
        coverage: of all their days.
    """
    first, newest = rows[0], rows[-1]
    sentence = f"{_in_words(newest, coverage)}{_record(rows, coverage)}"
    if newest is not first:
        sentence += f"; {_in_words(first, coverage)}"
    return f"{sentence}."


def _in_words(row: UseWeekRow, coverage: Coverage) -> str:
    """Return ``78.0 trillion tokens in the week to 17 Aug 2026``, with the days that are missing."""
    gaps = coverage.within(row.own_window).in_brackets
    tokens = formats.tokens_in_words(row.total_tokens)
    return f"{tokens} tokens in the week to {human_day(row.week)}{gaps}"


def _record(rows: Sequence[UseWeekRow], coverage: Coverage) -> str:
    """Return ``, the most in 12 weeks`` where that is certain: a week that lacks days can have had more."""
    newest = rows[-1].total_tokens
    earlier = [row.total_tokens for row in rows[:-1]]
    if not earlier or newest <= max(earlier) or not coverage.whole:
        return ""
    return f", the most in {len(rows):,} weeks"


def author_finding(
    rows: Sequence[AuthorUseWeekRow], coverage: Coverage, *, is_open: bool = False
) -> str:
    """Return who had the most tokens in how many weeks; level authors count both. Empty without any author.

    Args:
        rows: of all weeks.
        coverage: of all their days.
        is_open: what the daily top 50 leave out may decide who had the most.
    """
    of_week: dict[Window, list[AuthorUseWeekRow]] = {}
    for row in rows:
        named = of_week.setdefault(row.own_window, [])
        if row.standing == "ranked":
            named.append(row)
    led: Counter[Entity] = Counter()
    for named in of_week.values():
        led.update(row.author for row in sentences.at_top(named, lambda row: row.total_tokens))
    if not led:
        return ""
    sentence = _who_led(led, of_week)
    if is_open:
        sentence += ", as far as the daily top 50 shows"
    return coverage.qualified(f"{sentence}.")


def _is_open(week: Totals) -> bool:
    """Return whether another author may have had as much as the first, with what the top 50 leave out."""
    largest_first = sorted(week.by.values(), reverse=True)
    first, second = [*largest_first, 0, 0][:2]
    return week.other > 0 and week.other >= first - second


def _who_led(led: Mapping[Entity, int], weeks: Collection[Window]) -> str:
    """Return ``Of 12 weeks, Xiaomi had the most tokens in 7 and DeepSeek in 5``.

    Args:
        led: the number of weeks that each author led.
        weeks: all weeks.
    """
    owners = sorted(led, key=lambda owner: (-led[owner], owner.name, owner.id))
    if len(weeks) == 1:
        names = sentences.listed([owner.name for owner in owners])
        return f"{names} had the most tokens"
    first = owners[0]
    parts = [f"{first.name} had the most tokens in {led[first]:,}"]
    parts += [f"{owner.name} in {led[owner]:,}" for owner in owners[1:]]
    return f"Of {len(weeks):,} weeks, {sentences.listed(parts)}"


def change_of_shares(
    ends: Collection[tuple[AuthorUseWeekRow, AuthorUseWeekRow]],
    first: date,
    newest: date,
    both: str,
) -> str:
    """Return who gained and who lost the most of those that are named in two weeks.

    Args:
        ends: the first and the last week of each author shown.
        first, newest: the two weeks.
        both: names them.
    """
    names = sentences.model_names(start.author for start, _ in ends)
    both_weeks: _Ends = {}
    for start, end in ends:
        if start.week == first and end.week == newest:
            both_weeks[names[start.author]] = (start, end)
    listed_both = f"models in the daily top 50 both {both}"
    if not both_weeks:
        return f"No author shown had {listed_both}."
    if len(both_weeks) == 1:
        ((name, (before, now)),) = both_weeks.items()
        return f"Of those shown, only {name} had {listed_both}: {_step(before, now)}."

    changes = [_furthest(both_weeks, "gained", 1), _furthest(both_weeks, "lost", -1)]
    changed = "; ".join(filter(None, changes))
    if not changed:
        changed = "none gained or lost 0.1 percentage points"
    return f"Of the {len(both_weeks)} authors shown with {listed_both}, {changed}."


def _furthest(ends: _Ends, verb: str, sign: int) -> str:
    """Return a clause on whose share moved furthest one way; empty where none did so visibly.

    Args:
        ends: the first and the last week, by name.
        verb: what the clause calls it: ``gained``, ``lost``.
        sign: 1 for a rise, -1 for a fall.
    """
    moved: dict[str, float] = {}
    for name, (before, now) in ends.items():
        # Equal changes of shares differ in the last digits of a float.
        moved[name] = round(sign * (now.share - before.share), 12)
    level = sentences.at_top(moved, moved.get)
    before, now = ends[level[0]]
    points = formats.points(now.share - before.share)
    if moved[level[0]] <= 0 or points == "±0":
        return ""

    names = sentences.listed(level)
    limit = "" if _certainly_furthest(ends, level, sign) else ", as far as the daily top 50 shows"
    if len(level) > 1:
        return f"{names} {verb} the most, {points} percentage points each{limit}"
    if formats.share(before.share) == formats.share(now.share):
        return f"{names} {verb} the most, {points} percentage points{limit}"
    return f"{names} {verb} the most, {_step(before, now)}{limit}"


def _certainly_furthest(ends: _Ends, level: Collection[str], sign: int) -> bool:
    """Return whether no other moved as far as these, whatever the days outside the top 50 held.

    Several are level for certain only where the shares of all of them are known.
    """
    rows = chain.from_iterable(ends[name] for name in level)
    if len(level) > 1 and not all(row.exact for row in rows):
        return False
    least = min(_possible_moves(*ends[name], sign)[0] for name in level)
    others = [_possible_moves(*ends[name], sign)[1] for name in ends if name not in level]
    return least > max(others, default=0.0)


def _possible_moves(
    before: AuthorUseWeekRow, now: AuthorUseWeekRow, sign: int
) -> tuple[float, float]:
    """Return the least and the most that a share can have moved; negative the other way."""
    moves = sign * (now.share - before.share_high), sign * (now.share_high - before.share)
    return min(moves), max(moves)


def _step(before: AuthorUseWeekRow, now: AuthorUseWeekRow) -> str:
    """Return ``from 20.0% to 40.0%``, or ``20.0% in both`` where no change shows; lower bounds say so."""
    start = sentences.share_of(before.share, exact=before.exact)
    end = sentences.share_of(now.share, exact=now.exact)
    if start == end:
        return f"{start} in both"
    return f"from {start} to {end}"


MAKER = BoardMaker(families=("use-history",), make=boards, needs=("daily_tokens",))
