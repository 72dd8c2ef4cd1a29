"""The days on which a model had the most tokens."""

from collections.abc import Sequence

from generator.base import formats
from generator.base.dates import human_day
from generator.boards import sentences
from generator.boards.model_days import ModelDayRow


def finding(known: Sequence[ModelDayRow]) -> str:
    """Return the sentence on a model's highest days.

    Args:
        known: its days in the top 50.
    """
    best = sentences.at_top(known, lambda row: row.total_tokens)
    tokens = formats.tokens_in_words(best[0].total_tokens or 0)
    if len(best) == len(known):
        return f"It had {tokens} tokens on each of its {len(known)} days in the top 50."
    days = sentences.listed([human_day(row.date) for row in best])
    of_days = f"Of its {len(known)} days in the top 50, {days}"
    if len(best) == 1:
        return f"{of_days} was the highest, with {tokens} tokens."
    return f"{of_days} were the highest, with {tokens} tokens each."
