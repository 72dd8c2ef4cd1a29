"""Columns and notes that all boards on tokens share."""

from generator.archive.history import DailyTokens
from generator.base.dates import Window
from generator.boards.board import Column, Kind
from generator.boards.totals import ABSENT, missing_days_notes

PROCESSING = "Sums over days, shares, ranks and changes are computed here from the daily totals."

RANK = Column("rank", "Rank", "rank", "Place by tokens in the window")
MOVED = Column(
    "moved", "Change", "moved", "Places gained or lost against the same window a week before"
)
LISTING = "A listing: a variant such as :free is one of its own"
MODEL = Column("model_permaslug", "Model", "entity", LISTING)
AUTHOR = Column("author", "Author", "entity", "Whose models: the part of the slug before the slash")
TOKENS = Column("total_tokens", "Tokens", "tokens", "Prompt plus completion tokens", bar=True)
SHARE = Column("share", "Share", "share", "Of all tokens of the window, the other models included")
DAYS = Column(
    "days", "Days in top 50", "integer", "Days of the window on which the daily top fifty names it"
)
RANK_RANGE = (
    Column(
        "rank_low",
        "Best rank",
        "rank",
        "Best rank that is possible with any one day left out, whatever the days outside the top fifty held",
        in_table=False,
    ),
    Column(
        "rank_high",
        "Worst rank",
        "rank",
        "Worst rank that is possible with any one day left out, whatever the days outside the top fifty held",
        in_table=False,
    ),
)
FIRM = Column(
    "firm",
    "Firm change",
    "flag",
    "Whether the change keeps its sign whichever weekday is left out of both windows, "
    "whatever the days outside the top fifty held; empty where there is no change",
    in_table=False,
)
TOKENS_HIGH = Column(
    "total_tokens_high",
    "Tokens at most",
    "tokens",
    "With the most that the days outside the top fifty can have held",
    in_table=False,
)
DAYS_BEFORE = Column(
    "days_before",
    "Days in top 50, week before",
    "integer",
    "Days in the daily top fifty in the same window a week before",
    in_table=False,
)
WEEK = Column("week", "Week ending", "day", "Last day of a window of seven days")


def bounds(key: str, kind: Kind, about: str) -> tuple[Column, Column]:
    """Return the columns ``<key>_low`` and ``<key>_high``: the least and the most that a number can be."""
    return (
        Column(
            f"{key}_low", "At least", kind, f"{about}: the least that is possible", in_table=False
        ),
        Column(
            f"{key}_high", "At most", kind, f"{about}: the most that is possible", in_table=False
        ),
    )


def notes(window: Window, daily: DailyTokens) -> tuple[str, ...]:
    """Return the notes on days outside the top fifty and on days that are missing."""
    return (ABSENT, *missing_days_notes(daily, window))
