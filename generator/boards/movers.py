"""Models that gained and lost most tokens, the newest week against the one before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.base import formats
from generator.boards import sentences, token_columns
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.names import Names
from generator.boards.rank_stability import TokenGain, certain_change, token_gains
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.totals import (
    SCOPE,
    BoundsWeekOnWeek,
    bounds_week_on_week,
    most_first,
    relative_change,
    week_on_week,
)
from generator.endpoints.rankings_daily import NAME

ID = BoardId("movers-7d")
EACH = 8
"""The number of models that gained, and of those that lost, that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoverRow(UnrankedRow):
    """A model's tokens of this week and the week before; None for a week in which no top 50 names it.

    Attributes:
        total_tokens, before: of the days in a top 50, so the least that is possible.
        difference: the gain or, negative, the loss that is certain.
        firm: whether its sign holds whichever weekday is left out of both weeks.
        change: what is certain of the relative change, None where not even its sign is.
        days, days_before: in the top 50, in this week and the week before.
    """

    model_permaslug: Entity
    total_tokens: int | None
    total_tokens_high: int
    before: int | None
    before_high: int
    difference: int
    difference_low: int
    difference_high: int
    firm: bool
    change: float | None
    change_low: float | None
    change_high: float | None
    days: int
    days_before: int


_COLUMNS = (
    token_columns.MODEL,
    Column("total_tokens", "This week", "tokens", "Of the days in the top 50"),
    token_columns.TOKENS_HIGH,
    Column("before", "Previous week", "tokens", "Of the days in the top 50"),
    Column(
        "before_high",
        "Previous week at most",
        "tokens",
        "With the most that the days outside the top 50 can have held",
        in_table=False,
    ),
    Column("difference", "Change, tokens", "tokens", "Tokens gained or lost, as far as is certain"),
    *token_columns.bounds("difference", "Change, tokens", "tokens", "Difference"),
    token_columns.FIRM,
    Column("change", "Change, %", "change", "Of tokens, as far as is certain"),
    *token_columns.bounds("change", "Change, %", "change", "Change of tokens"),
    replace(token_columns.DAYS, in_table=False),
    token_columns.DAYS_BEFORE,
)


_Gains = Mapping[str, TokenGain]


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the models that certainly gained and lost most tokens in the newest week."""
    daily = required(sources.daily_tokens)
    window = daily.window(7)
    weeks = week_on_week(daily, window)
    bounds = bounds_week_on_week(daily, window)
    gains: _Gains = {}
    if weeks.comparable:
        gains = token_gains(bounds.now, bounds.before)
    rows = [_row(slug, gains[slug], sources.names, bounds) for slug in _shown(gains)]
    yield Board(
        id=ID,
        title="Which models gained and lost the most?",
        columns=_COLUMNS,
        models="model_permaslug",
        phone=("model_permaslug", "total_tokens", "difference"),
        rows=tuple(rows),
        citations=(daily.citation,),
        datasets=(NAME,),
        finding=_finding(rows, gains),
        notes=(
            (
                "Models that were in a daily top 50 in either week. A day outside the top 50 counts with the "
                "least and the most that it can have held; models whose tokens may have risen or fallen are left out."
            ),
            *token_columns.notes(window, daily),
        ),
        scope=SCOPE,
        window=window,
        coverage=daily.coverage(window),
        processing=token_columns.PROCESSING,
    )


def _shown(gains: _Gains) -> list[str]:
    """Return the largest certain gains, largest first, then the largest certain losses, largest last."""
    certain: dict[str, int] = {}
    for slug, gain in gains.items():
        certain[slug] = certain_change(gain.low, gain.high) or 0
    by_gain = most_first(certain)
    risen = [slug for slug in by_gain if certain[slug] > 0][:EACH]
    fallen = [slug for slug in by_gain if certain[slug] < 0][-EACH:]
    return risen + fallen


def _row(slug: str, gain: TokenGain, names: Names, bounds: BoundsWeekOnWeek) -> MoverRow:
    now, before = bounds.now.span(slug), bounds.before.span(slug)
    days, days_before = bounds.now.days_named[slug], bounds.before.days_named[slug]
    low = relative_change(now.low, before.high)
    high = relative_change(now.high, before.low)
    return MoverRow(
        model_permaslug=names.model(slug),
        total_tokens=now.low if days else None,
        total_tokens_high=now.high,
        before=before.low if days_before else None,
        before_high=before.high,
        difference=certain_change(gain.low, gain.high) or 0,
        difference_low=gain.low,
        difference_high=gain.high,
        firm=gain.firm,
        change=certain_change(low, high),
        change_low=low,
        change_high=high,
        days=days,
        days_before=days_before,
    )


def _finding(rows: Sequence[MoverRow], gains: _Gains) -> str:
    """Return who certainly gained and lost most, and the largest newcomer; empty when no change is firm."""
    firm = [row for row in rows if row.firm]
    risen = [row for row in firm if row.difference > 0]
    fallen = [row for row in reversed(firm) if row.difference < 0]
    parts: list[str] = []
    if risen:
        parts.append(_most_gained(risen, gains))
    newcomers = [row for row in risen if row.before is None]
    if newcomers and newcomers[0] is not risen[0]:
        parts.append(_entry(newcomers[0]))
    if fallen:
        parts.append(_most_lost(fallen, gains))
    return sentences.joined(parts)


def _most_gained(risen: Sequence[MoverRow], gains: _Gains) -> str:
    """Return ``X gained the most, 4.16 trillion tokens``, of rows with the largest gain first."""
    level = _level(risen)
    who = _names(level)
    if len(level) == 1 and level[0].before is None:
        who += ", which entered the top 50,"
    others = _gains_of_others(level, gains)
    return f"{who} gained {_most(level, [gain.high for gain in others])}"


def _most_lost(fallen: Sequence[MoverRow], gains: _Gains) -> str:
    """Return ``X lost the most, 4.16 trillion tokens``, of rows with the largest loss first."""
    level = _level(fallen)
    others = _gains_of_others(level, gains)
    return f"{_names(level)} lost {_most(level, [-gain.low for gain in others])}"


def _entry(newcomer: MoverRow) -> str:
    """Return ``X entered the top 50 with 1.2 trillion tokens``."""
    is_whole = newcomer.total_tokens == newcomer.total_tokens_high
    tokens = sentences.tokens_of(newcomer.total_tokens or 0, exact=is_whole)
    return f"{newcomer.model_permaslug.name} entered the top 50 with {tokens} tokens"


def _level(rows: Sequence[MoverRow]) -> list[MoverRow]:
    """Return the first row with those that changed by as much; the first alone where that is not exact of all."""
    level = sentences.at_top(rows, lambda row: abs(row.difference))
    if all(_is_exact(row) for row in level):
        return level
    return level[:1]


def _is_exact(row: MoverRow) -> bool:
    return row.difference_low == row.difference_high


def _gains_of_others(level: Sequence[MoverRow], gains: _Gains) -> list[TokenGain]:
    """Return the gains and losses of all models but these."""
    named = {model.id for model in sentences.models_of(level)}
    return [gain for slug, gain in gains.items() if slug not in named]


def _most(level: Sequence[MoverRow], possible: Iterable[int]) -> str:
    """Return ``the most, 4.16 trillion tokens each``; "the most" only where nobody can have as much.

    Args:
        level: rows that changed by as much.
        possible: the most that each of the other models can have changed in the same direction.
    """
    certain = abs(level[0].difference)
    tokens = sentences.tokens_of(certain, exact=_is_exact(level[0]))
    changed_by = f"{tokens} tokens{sentences.each(level)}"
    if max(possible, default=0) >= certain:
        return changed_by
    return f"the most, {changed_by}"


def _names(rows: Sequence[MoverRow]) -> str:
    return formats.list_in_words([model.name for model in sentences.models_of(rows)])


MAKER = BoardMaker(families=("movers-7d",), make=boards, needs=("daily_tokens",))
