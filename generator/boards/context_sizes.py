"""The most-used listings by the size of their context window, and what the longest ones cost."""

from bisect import bisect_right
from collections.abc import Sequence

from generator.base import formats
from generator.boards import sentences
from generator.boards.board import AnyBoard, rows_of
from generator.boards.catalogue import CatalogueRow

MOST = 50
SIZES = {125_000: "128K", 250_000: "256K", 500_000: "512K", 1_000_000: "1M"}
"""The least context of each size but the lowest; windows of 128,000 and of 131,072 tokens are both called 128K."""


def listed(board: AnyBoard) -> list[CatalogueRow]:
    """Return the most-used listings with a price and a context, the most used first; of several entries of one the first."""
    by_rank: dict[int, CatalogueRow] = {}
    for row in rows_of(board, CatalogueRow):
        if row.rank and row.context_length and price(row) >= 0:
            by_rank.setdefault(row.rank, row)
    return [by_rank[rank] for rank in sorted(by_rank)[:MOST]]


def price(row: CatalogueRow) -> float:
    """Return US dollars per million input tokens; negative where the price varies or is unknown."""
    value = formats.dollars_per_million(row.prompt)
    return -1.0 if value is None else value


def place(row: CatalogueRow) -> int:
    """Return the place of a model's size in :data:`SIZES`; 0 where its context is below all of them."""
    return bisect_right(list(SIZES), row.context_length or 0)


def finding(rows: Sequence[CatalogueRow]) -> str:
    """Return the sentence on the longest context, and on the cheapest of the largest size.

    Args:
        rows: from :func:`listed`.
    """
    listings = f"{len(rows)} most-used listings that state"
    if len(rows) == 1:
        listings = "most-used listing that states"
    longest = formats.context(max(row.context_length or 0 for row in rows))
    sentence = f"The longest context window of the {listings} a fixed price and a context window is {longest} tokens"
    paid = [row for row in rows if place(row) == len(SIZES) and price(row) > 0]
    if not paid:
        return f"{sentence}."
    cheapest = sentences.at_top(paid, lambda row: -price(row))
    start = formats.per_million(cheapest[0].prompt)
    if len(rows) == 1:
        return f"{sentence}; its input costs {start} per million tokens."
    names = sentences.model_names(row.model_permaslug for row in rows)
    level = sentences.listed([names[row.model_permaslug] for row in cheapest])
    return (
        f"{sentence}; those of them that cost money and have at least 1 million tokens start at {start} "
        f"per million input tokens: {level}."
    )
