"""How much a model gained or lost, in words that round only toward what is certain."""

from generator.base import formats
from generator.boards.movers import MoverRow


def difference(row: MoverRow) -> str:
    """Return ``+293 B``, or ``≤ −293 B`` where it is only what is certain of a loss."""
    form, sign = formats.tokens, "+"
    limit = _limit(row.difference, row.difference_low, row.difference_high)
    if limit:
        form = formats.tokens_at_least
    if row.difference <= 0:
        sign = formats.MINUS
    return f"{limit}{sign}{form(abs(row.difference))}"


def change(row: MoverRow) -> str:
    """Return ``+12.5%``, or ``≥ +12.5%`` where it is only what is certain of a gain; nothing where none is."""
    if row.change is None:
        return ""
    limit = _limit(row.change, row.change_low, row.change_high)
    if limit:
        return limit + formats.change_toward_zero(row.change)
    return formats.change(row.change)


def _limit(certain: float, low: float | None, high: float | None) -> str:
    """Return ``≥`` or ``≤`` where a number is only what is certain of a change, else nothing."""
    if low == high:
        return ""
    return "≥ " if certain > 0 else "≤ "
