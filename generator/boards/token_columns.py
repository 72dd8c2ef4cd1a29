"""What all boards on tokens have in common: columns, the row of the rest, notes."""

from generator.archive.history import DailyTokens
from generator.base.dates import Window
from generator.boards import totals as use
from generator.boards.board import Column, Entity, Row

PROCESSING = "Sums over days, shares, ranks and changes are computed here from the daily totals."

RANK = Column("rank", "Rank", "rank", "Place by tokens in the window")
MOVED = Column(
    "moved", "Change", "moved", "Places gained or lost against the same window a week before"
)
MODEL = Column("model_permaslug", "Model", "entity")
AUTHOR = Column("author", "Author", "entity", "Whose models: the part of the slug before the slash")
TOKENS = Column("total_tokens", "Tokens", "tokens", "Prompt plus completion tokens", bar=True)
SHARE = Column("share", "Share", "share", "Of all tokens of the window, the other models included")
WEEK = Column("week", "Week ending", "day", "Last day of a window of seven days")


def other_row(
    now: use.Totals,
    before: use.Totals | None,
    entity: Entity,
    key: str,
    spark: tuple[float | None, ...] = (),
) -> Row:
    return Row(
        {
            key: entity,
            "total_tokens": now.other,
            "share": now.share(now.other),
            "change": use.change(now.other, before.other) if before else None,
            "points": now.share(now.other) - before.share(before.other) if before else None,
            "spark": spark,
        },
        "other",
    )


def notes(window: Window, usage: DailyTokens) -> tuple[str, ...]:
    gaps = use.missing_days(window, usage.days)
    return (use.ABSENT, *([gaps] if gaps else []))
