"""Phrases that subtitles, labels, tooltips and alt texts share."""

from collections.abc import Iterable, Mapping
from datetime import date

from generator.base import attribution, dates, formats
from generator.base.dates import Window
from generator.boards.board import AnyBoard, BoardRow

_NAMED = 3
_WEEK = 7
_MILLION = 1_000_000


def when(board: AnyBoard) -> str:
    """Return ``11 to 17 Aug 2026, last 3 days provisional``; without a window the day of each source."""
    if board.window is None:
        return f"as of {attribution.days_in_words(board.citations)}"
    return board.window.human() + known(board)


def week_to(board: AnyBoard, last: date) -> str:
    """Return ``the week to 17 Aug 2026``, with the days in brackets that the rankings do not hold whole."""
    words = f"the week to {dates.human_day(last)}"
    if board.coverage is None:
        return words
    return words + board.coverage.within(Window.ending(last, _WEEK)).in_brackets


def known(board: AnyBoard) -> str:
    """Return ``, 16 Aug 2026 is missing, last 3 days provisional``; empty for whole and settled days."""
    if board.coverage is None:
        return ""
    said = (board.coverage.causes, board.coverage.provisional_days)
    return "".join(f", {words}" for words in said if words)


def most(count: int, shown: int, which: str, what: str) -> str:
    """Return ``The 15 most common of 29 tasks.``; ``All 12 tasks.`` where none is left out."""
    if count <= shown:
        return f"All {count} {what}." if count > 1 else ""
    return f"The {shown} {which} of {count} {what}."


def moved(ratio: float | None) -> str:
    """Return ``▲ 12.5%``, ``▼ 3.1%``, empty where there is nothing to compare with."""
    if ratio is None or abs(ratio) < 0.0005:
        return ""
    size = formats.change(ratio).lstrip("+" + formats.MINUS)
    return f"{'▲' if ratio > 0 else '▼'} {size}"


def moved_in_words(ratio: float | None) -> str:
    if ratio is None:
        return ""
    if abs(ratio) < 0.0005:
        return ", unchanged from the previous week"
    size = formats.change(ratio).lstrip("+" + formats.MINUS)
    return f", {'up' if ratio > 0 else 'down'} {size} from the previous week"


def number(row: BoardRow, key: str) -> float:
    """Return a number that every row of the board has; 0 where the source left it out."""
    return row.number(key) or 0.0


def largest(rows: Iterable[BoardRow], key: str, value: str) -> str:
    """Return ``X has the most, 14.0%``, ``X and Y have the most, 14.0% each``: whose value is the largest, with its share.

    Args:
        rows: those with a standing of their own are looked at.
        key: of the column that names them.
        value: of the column that is compared.
    """
    ranked = [row for row in rows if row.standing == "ranked"]
    most = max((number(row, value) for row in ranked), default=0.0)
    first = [row for row in ranked if number(row, value) == most]
    if most <= 0:
        return "none has a share"
    share = formats.share(number(first[0], "share"))
    names = [formats.sanitize(row.entity(key).name) for row in first]
    if len(names) == 1:
        return f"{names[0]} has the most, {share}"
    named = formats.list_in_words(names) if len(names) <= _NAMED else f"{len(names)} names"
    return f"{named} have the most, {share} each"


def ranks(row: BoardRow) -> str:
    """Return ``3``, or ``3–5`` where the rank hangs on one day or on what the days do not name."""
    low, high = row["rank_low"], row["rank_high"]
    return str(row["rank"]) if low is None or low == high else f"{low}–{high}"


def dollars(row: BoardRow, key: str) -> float | None:
    """Return US dollars per million tokens; None where the price varies or is unknown."""
    price = row[key]
    return formats.dollars_per_million(price) if isinstance(price, str) else None


def fixed(row: BoardRow, key: str) -> float:
    """Return US dollars per million tokens; negative where the price varies or is unknown."""
    price = dollars(row, key)
    return -1.0 if price is None else price


def day(row: BoardRow, key: str) -> date:
    value = row[key]
    if not isinstance(value, date):
        raise TypeError(f"{key} holds {value!r}, not a day")
    return value


def short_day(when_: date) -> str:
    """Return ``17 Aug``: for ticks, whose year stands in the subtitle."""
    return dates.human_day(when_).rsplit(" ", 1)[0]


def tip(*pairs: tuple[str, str]) -> Mapping[str, str]:
    """Return the labels and texts shown at the pointer, without missing ones."""
    return {label: text for label, text in pairs if text and text != formats.MISSING}


def count(number: float | None) -> str:
    """Return a number as tables show it: ``4.41 T``, and in full below a million; nothing for a missing one."""
    if number is None:
        return ""
    whole = round(number)
    return formats.tokens(whole) if whole >= _MILLION else f"{whole:,}"


def dated(when_: date) -> str:
    """Return ``17 Aug 2026``."""
    return dates.human_day(when_)
