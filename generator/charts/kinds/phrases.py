"""Phrases that subtitles, labels, tooltips and alt texts share."""

from collections.abc import Callable, Mapping
from datetime import date

from generator.base import attribution, dates, formats
from generator.base.dates import Window
from generator.boards.board import AnyBoard, BoardRow
from generator.boards.rank_stability import rank_words

PRICE = "US dollars per million tokens"
_STILL = 0.0005


def when(board: AnyBoard) -> str:
    """Return ``11 to 17 Aug 2026, last 3 days provisional``; without a window the day of each source."""
    if board.window is None:
        return f"as of {attribution.days_in_words(board.citations)}"
    return board.window.human() + known(board)


def subtitle(text: str) -> Callable[[AnyBoard], str]:
    """Return the subtitle of a chart, with :func:`when` in the place of ``{when}``."""
    return lambda board: text.replace("{when}", when(board))


def week_to(board: AnyBoard, last: date) -> str:
    """Return ``the week to 17 Aug 2026``, with the days in brackets that the rankings do not hold whole."""
    words = f"the week to {dates.human_day(last)}"
    if board.coverage is None:
        return words
    return words + board.coverage.within(Window.ending(last, 7)).in_brackets


def known(board: AnyBoard) -> str:
    """Return ``, 16 Aug 2026 is missing, last 3 days provisional``; empty for whole and settled days."""
    if board.coverage is None:
        return ""
    remarks = (board.coverage.causes, board.coverage.provisional_days)
    return "".join(f", {words}" for words in remarks if words)


def most(count: int, shown: int, which: str, what: str) -> str:
    """Return ``The 15 most common of 29 tasks.``; ``All 12 tasks.`` where none is left out; nothing of a single one."""
    if count > shown:
        return f"The {shown} {which} of {count} {what}."
    if count > 1:
        return f"All {count} {what}."
    return ""


def moved(ratio: float | None) -> str:
    """Return ``▲ 12.5%``, ``▼ 3.1%``, empty where there is nothing to compare with."""
    if ratio is None or abs(ratio) < _STILL:
        return ""
    unsigned = formats.change(ratio).lstrip("+" + formats.MINUS)
    return f"{'▲' if ratio > 0 else '▼'} {unsigned}"


def number(row: BoardRow, key: str) -> float:
    """Return a number that every row of the board has; 0 where the source left it out."""
    return row.number(key) or 0.0


def unless_missing(value: float | None, form: Callable[[float], str]) -> str:
    """Return a number as ``form`` writes it; nothing for a missing one."""
    return "" if value is None else form(value)


def score(row: BoardRow, key: str) -> str:
    """Return a number as tables show scores; nothing for a missing one."""
    return unless_missing(row.number(key), formats.number)


def ranks(row: BoardRow) -> str:
    """Return ``3``, or ``3–5`` where ties, intervals or single days leave the rank open; empty without a rank."""
    if not row.has("rank"):
        return ""
    if row.has("rank_low"):
        low, high = row.number("rank_low"), row.number("rank_high")
        if low is not None and high is not None:
            return rank_words(int(low), int(high))
    return unless_missing(row.number("rank"), "{:.0f}".format)


def fixed(row: BoardRow, key: str) -> float:
    """Return US dollars per million tokens; negative where the price varies or is unknown."""
    value = formats.dollars_per_million(str(row[key]))
    return -1.0 if value is None else value


def day(row: BoardRow, key: str) -> date:
    value = row[key]
    if not isinstance(value, date):
        raise TypeError(f"{key} holds {value!r}, not a day")
    return value


def short_day(when_: date) -> str:
    """Return ``17 Aug``: for ticks, whose year stands in the subtitle."""
    return dates.human_day(when_).rsplit(" ", 1)[0]


def tip(title: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Return a tooltip: its title, and its texts by their labels, without missing ones."""
    known = {label: text for label, text in texts.items() if text and text != formats.MISSING}
    return {"title": title, **known}


def price(per_token: str) -> str:
    """Return ``$0.28 per million``; ``free`` or ``varies`` alone."""
    words = formats.per_million(per_token)
    if not words.startswith("$"):
        return words
    return f"{words} per million"


def count(number: float | None) -> str:
    """Return a number as tables show it: ``4.41 T``, and in full below a million; nothing for a missing one."""
    return unless_missing(number, lambda known: formats.tokens(round(known)))


def count_between(least: int | None, most: int) -> str:
    """Return a count between two bounds: ``4.41 T`` where they are level, else ``4.41 T to 4.53 T``."""
    if least is None:
        return f"at most {formats.tokens_at_most(most)}"
    if least == most:
        return count(least)
    return f"{formats.tokens_at_least(least)} to {formats.tokens_at_most(most)}"


def count_or_more(least: int, most: int) -> str:
    """Return a count that is at least so large, as short as a label: ``≥ 4.41 T``, without the sign where it is exact."""
    if least == most:
        return count(least)
    return f"≥ {formats.tokens_at_least(least)}"


def share_or_more(least: float, most: float) -> str:
    """Return a share that is at least so large, as short as a label: ``≥ 14.3%``, without the sign where it is exact."""
    if least == most:
        return formats.share(least)
    return f"≥ {formats.share_at_least(least)}"


def share_between(least: float, most: float) -> str:
    """Return a share between two bounds: ``14.3%`` where they are level, else ``14.3% to 14.6%``."""
    if least == most:
        return formats.share(least)
    return f"{formats.share_at_least(least)} to {formats.share_at_most(most)}"
