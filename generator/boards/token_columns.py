"""Columns and notes that all boards on tokens share."""

from generator.archive.history import DailyTokens
from generator.base.dates import Window
from generator.boards.board import Column
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
WEEK = Column("week", "Week ending", "day", "Last day of a window of seven days")


def notes(window: Window, daily: DailyTokens) -> tuple[str, ...]:
    """Return the notes on days outside the top fifty and on days that are missing."""
    return (ABSENT, *missing_days_notes(daily, window))
