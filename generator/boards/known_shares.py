"""The share of a week's tokens that something has, where of some tokens it is not known whether it has them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.archive.daily_tokens import DailyTokens
from generator.base import formats
from generator.base.dates import Window, human_day
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow, WeekRow
from generator.boards.token_columns import SHARE, TOKENS, WEEK
from generator.boards.totals import SCOPE, Totals
from generator.endpoints.rankings_daily import OTHER


@dataclass(frozen=True, slots=True)
class KnownShare:
    """A share with its bounds.

    Attributes:
        window: the week.
        least: of all tokens, those that are known to be part of it.
        most: if all that is not known were part of it.
        of_known: of the tokens of which it is known; None without any.
        known: of all tokens, those of which it is known.
    """

    window: Window
    least: float
    most: float
    of_known: float | None
    known: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow(UnrankedRow, WeekRow):
    """One part of a week's tokens."""

    part: Entity
    total_tokens: int
    share: float


def known_share(week: Totals, yes: str, no: str) -> KnownShare:
    """Return the share of one part; of the tokens of all parts but these two it is not known.

    Args:
        week: its tokens by part.
        yes: the part that it is the share of.
        no: the part that is known not to be of it.
    """
    within, without = week.by.get(yes, 0), week.by.get(no, 0)
    known = within + without
    return KnownShare(
        window=week.window,
        least=week.share(within),
        most=week.share(week.all - without),
        of_known=within / known if known else None,
        known=week.share(known),
    )


def part_rows(weeks: Iterable[Totals], parts: Mapping[str, str]) -> Iterator[PartRow]:
    """Yield each part of each week, in the order of the parts.

    Args:
        weeks: their tokens by part.
        parts: their names; ``other`` is what lies outside the top 50.
    """
    for week in weeks:
        for part, name in parts.items():
            tokens = week.other if part == OTHER else week.by.get(part, 0)
            yield PartRow(
                week=week.window.end,
                part=Entity(part, name),
                total_tokens=tokens,
                share=week.share(tokens),
            )


def parts_board(
    bounds: AnyBoard, id_: BoardId, label: str, weeks: Iterable[Totals], parts: Mapping[str, str]
) -> Board[PartRow]:
    """Return the parts of each week that bounds come from, oldest week first.

    Args:
        bounds: the board of them; what rests on the same days and sources is said of the parts too.
        id_: of the board of parts.
        label: of the column that names them.
        weeks: their tokens by part, oldest first.
        parts: their names, as for :func:`part_rows`.
    """
    return Board(
        id=id_,
        title=bounds.title,
        columns=(WEEK, Column("part", label, "entity"), TOKENS, SHARE),
        rows=tuple(part_rows(weeks, parts)),
        citations=bounds.citations,
        datasets=bounds.datasets,
        finding=bounds.finding,
        notes=bounds.notes,
        scope=SCOPE,
        window=bounds.window,
        coverage=bounds.coverage,
        processing="Sums over weeks and shares are computed from the daily totals.",
    )


def finding(subject: str, weeks: Sequence[KnownShare], daily: DailyTokens) -> str:
    """Return the bounds of the newest week, and of the oldest where there are several.

    Args:
        subject: what has the share, in the plural.
        weeks: newest first.
        daily: says which of their days are not held whole.
    """
    newest, oldest = weeks[0], weeks[-1]
    sentence = (
        f"{subject} had {_between(newest)} of the tokens in the week to "
        f"{human_day(newest.window.end)}{daily.coverage(newest.window).in_brackets}"
    )
    if oldest is not newest:
        before = formats.counted(len(weeks) - 1, "week")
        gaps = daily.coverage(oldest.window).in_brackets
        sentence += f"; {before} before it was {_between(oldest)}{gaps}"
    return f"{sentence}."


def _between(share: KnownShare) -> str:
    if formats.share(share.least) == formats.share(share.most):
        return formats.share(share.least)
    least = formats.share(0)
    if share.least:
        least = formats.share_at_least(share.least)
    return f"between {least} and {formats.share_at_most(share.most)}"
