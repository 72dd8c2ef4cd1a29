"""Models that gained and lost most tokens, the newest week against the one before."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.base import formats
from generator.boards import token_columns
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.totals import (
    SCOPE,
    relative_change,
    week_on_week,
)
from generator.endpoints.rankings_daily import NAME

ID = BoardId("movers-7d")
EACH = 8
"""How many models that gained, and how many that lost, are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoverRow(UnrankedRow):
    """A model's tokens of this week and the week before."""

    model_permaslug: Entity
    total_tokens: int
    before: int
    difference: int
    change: float | None


_COLUMNS = (
    token_columns.MODEL,
    Column("total_tokens", "This week", "tokens"),
    Column("before", "Week before", "tokens"),
    Column("difference", "Difference", "tokens", "Tokens gained or lost"),
    Column("change", "Change", "change"),
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the models that gained and lost most tokens in the newest week."""
    daily = required(sources.daily_tokens)
    window = daily.window(7)
    weeks = week_on_week(daily, window)
    now, before = weeks.now.by, weeks.before.by
    gains: dict[str, int] = {}
    if weeks.comparable:
        gains = {slug: now[slug] - before[slug] for slug in now if slug in before}
    by_gain = sorted(gains, key=lambda slug: (-gains[slug], slug))
    risen = [slug for slug in by_gain if gains[slug] > 0][:EACH]
    fallen = [slug for slug in by_gain if gains[slug] < 0][-EACH:]
    rows = [
        MoverRow(
            model_permaslug=sources.names.model(slug),
            total_tokens=now[slug],
            before=before[slug],
            difference=gains[slug],
            change=relative_change(now[slug], before[slug]),
        )
        for slug in risen + fallen
    ]
    yield Board(
        id=ID,
        title="Which models gained and lost most?",
        columns=_COLUMNS,
        rows=tuple(rows),
        citations=(daily.citation,),
        datasets=(NAME,),
        finding=_finding(rows),
        notes=(
            "Models that were in a daily top fifty in both weeks.",
            *token_columns.notes(window, daily),
        ),
        scope=SCOPE,
        window=window,
        coverage=daily.coverage(window),
        processing=token_columns.PROCESSING,
    )


def _finding(rows: list[MoverRow]) -> str:
    """A sentence on the first and the last row, empty when no model gained."""
    if not rows or rows[0].difference <= 0:
        return ""
    first, last = rows[0], rows[-1]
    gained = formats.tokens_in_words(first.difference)
    finding = f"{first.model_permaslug.name} gained most: {gained} tokens"
    if last.difference < 0:
        lost = formats.tokens_in_words(-last.difference)
        finding += f"; {last.model_permaslug.name} lost most, {lost}"
    return finding + "."


MAKER = BoardMaker(families=("movers-7d",), make=boards, needs=("daily_tokens",))
