"""Columns and notes that all boards on tokens share."""

from generator.archive.daily_tokens import DailyTokens
from generator.base.dates import Window
from generator.boards.board import Column, Kind
from generator.boards.totals import ABSENT, missing_days_notes

_WEEK = 7

PROCESSING = "Sums over days, shares, ranks and changes are computed here from the daily totals."

RANK = Column("rank", "Rank", "rank", "Rank by tokens in this period")
MOVED = Column(
    "moved", "Change", "moved", "Places gained or lost vs the same period a week earlier"
)
LISTING = "A listing: variants such as :free are listed separately"
MODEL = Column("model_permaslug", "Model", "entity", LISTING)
AUTHOR = Column("author", "Author", "entity", "Model author: the part of the slug before the slash")
TOKENS = Column("total_tokens", "Tokens", "tokens", "Prompt plus completion tokens", bar=True)
SHARE = Column(
    "share", "Share", "share", "Share of all tokens in this period, including the other models"
)
DAYS = Column("days", "Days in top 50", "integer", "Days of this period in the daily top 50")
RANK_RANGE = (
    Column(
        "rank_low",
        "Best rank",
        "rank",
        "Best rank that is possible with any one day left out, whatever the days outside the top 50 held",
        in_table=False,
    ),
    Column(
        "rank_high",
        "Worst rank",
        "rank",
        "Worst rank that is possible with any one day left out, whatever the days outside the top 50 held",
        in_table=False,
    ),
)
FIRM = Column(
    "firm",
    "Firm change",
    "flag",
    "Whether the change keeps its sign whichever weekday is left out of both periods, "
    "whatever the days outside the top 50 held; empty where there is no change",
    in_table=False,
)
TOKENS_HIGH = Column(
    "total_tokens_high",
    "Tokens at most",
    "tokens",
    "With the most that the days outside the top 50 can have held",
    in_table=False,
)
SHARE_HIGH = Column(
    "share_high",
    "Share at most",
    "share",
    "With the most that the days outside the top 50 can have held",
    in_table=False,
)
DAYS_BEFORE = Column(
    "days_before",
    "Days in top 50, a week earlier",
    "integer",
    "Days in the daily top 50 in the same period a week earlier",
    in_table=False,
)
WEEK = Column("week", "Week ending", "day", "Last day of a period of seven days")


def bounds(key: str, label: str, kind: Kind, about: str) -> tuple[Column, Column]:
    """Return the columns ``<key>_low`` and ``<key>_high``: the least and the most that a number can be."""
    least, most = f"{about}: the least that is possible", f"{about}: the most that is possible"
    return (
        Column(f"{key}_low", f"{label}: at least", kind, least, in_table=False),
        Column(f"{key}_high", f"{label}: at most", kind, most, in_table=False),
    )


def notes(window: Window, daily: DailyTokens) -> tuple[str, ...]:
    """Return the notes on days outside the top 50, on what changes are from, and on days that are missing."""
    return (ABSENT, *_compared_with(window, daily), *missing_days_notes(daily, window))


def _compared_with(window: Window, daily: DailyTokens) -> tuple[str, ...]:
    """Return a note on the days that changes are from; none for a week, and none where changes are not shown."""
    earlier = window.shifted(-_WEEK)
    is_whole = daily.coverage(window).whole and daily.coverage(earlier).whole
    if window.days == _WEEK or not is_whole:
        return ()
    return (f"Changes are vs {earlier.human()}, a week earlier.",)
