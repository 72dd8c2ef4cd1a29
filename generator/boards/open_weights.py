"""The share of tokens that goes to models with open weights, week by week, with what is not known of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from generator.base.attribution import distinct
from generator.base.dates import Window
from generator.boards import known_shares
from generator.boards.board import AnyBoard, Board, BoardId, Column, UnrankedRow, WeekRow
from generator.boards.known_shares import KnownShare
from generator.boards.names import Names
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.token_columns import WEEK
from generator.boards.totals import SCOPE, recent_weeks, token_totals
from generator.endpoints import models, rankings_daily

ID, PARTS_ID = BoardId("open-weights"), BoardId("open-weights", "parts")
Part = Literal["open", "unlisted", "other", "closed"]
PARTS: Mapping[str, str] = {
    "open": "Open weights",
    "unlisted": "Not in the model list",
    "other": "Outside the top 50",
    "closed": "No open weights stated",
}
"""What the tokens of a week are divided into; what is not known stands between the two that are."""
_NOTES = (
    (
        "A model counts as open where the catalog names its weights on Hugging Face, and as closed where it "
        "names none; what the catalog said last holds for all weeks."
    ),
    (
        "Not known: models that no archived catalog lists, and all models outside a day's top 50. If all of "
        "them were open, the share would be the highest possible; if none were, the lowest."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWeekRow(UnrankedRow, WeekRow):
    """A week's share of open weights: the least and the most it can be, and that of the known models alone.

    Attributes:
        open_share: of all tokens, what goes to models known to be open: the least.
        open_share_most: if all that is not known were open.
        open_of_known: of the tokens of models of which it is known.
        known: of all tokens, those of models of which it is known.
    """

    open_share: float
    open_share_most: float
    open_of_known: float | None
    known: float


_COLUMNS = (
    WEEK,
    Column("open_share", "At least", "share", "Of all tokens, those of models known to be open"),
    Column("open_share_most", "At most", "share", "If all that is not known were open"),
    Column(
        "open_of_known", "Of known models", "share", "Of the tokens of models of which it is known"
    ),
    Column("known", "Known", "share", "Of all tokens, those of models of which it is known"),
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the bounds of each week, newest first, and the parts that they come from, oldest first."""
    daily, catalogue = required(sources.daily_tokens), required(sources.catalogue)
    part = _part_of(sources.names)
    weeks = [token_totals(daily, window, part) for window in recent_weeks(daily)]
    window = Window(weeks[0].window.start, weeks[-1].window.end)
    shares = [known_shares.known_share(week, "open", "closed") for week in reversed(weeks)]
    rows = [_week_row(share) for share in shares]

    bounds = Board(
        id=ID,
        title="How much of the traffic goes to open weights?",
        columns=_COLUMNS,
        rows=tuple(rows),
        citations=distinct((daily.citation, catalogue.citations[0])),
        datasets=(rankings_daily.NAME, models.NAME),
        phone=("week", "open_share", "open_share_most"),
        finding=known_shares.finding("Models listed with open weights", shares, daily),
        notes=_NOTES,
        scope=SCOPE,
        window=window,
        coverage=daily.coverage(window),
        processing="Sums over weeks, shares and bounds are computed from the daily totals.",
    )
    yield bounds
    yield known_shares.parts_board(bounds, PARTS_ID, "Weights", weeks, PARTS)


def _part_of(names: Names) -> Callable[[str], str]:
    """Return a function that gives the part to which the tokens of a listing count."""

    # A listing is in many weeks.
    @cache
    def part(slug: str) -> Part:
        entries = names.entries(names.canonical(slug))
        if not entries:
            return "unlisted"
        if any(entry.hugging_face_id for entry in entries):
            return "open"
        return "closed"

    return part


def _week_row(share: KnownShare) -> OpenWeekRow:
    return OpenWeekRow(
        week=share.window.end,
        open_share=share.least,
        open_share_most=share.most,
        open_of_known=share.of_known,
        known=share.known,
    )


MAKER = BoardMaker(families=("open-weights",), make=boards, needs=("daily_tokens", "catalogue"))
