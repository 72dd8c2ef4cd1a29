"""What a table shows of a value, by the kind of its column, and the exact value for scripts."""

import html
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from markupsafe import Markup

from generator.base import dates, formats
from generator.boards.board import Column, Kind, Moved
from generator.render import inline_svg

_LONGEST_TEXT = 80
"""Characters of a text in a cell; a longer one of several words is folded."""
_GLYPHS = {"up": ("▲", "up"), "down": ("▼", "down")}
_STANDING = {
    "same": ("–", "unchanged"),
    "unknown": (formats.MISSING, "not known"),
    "new": ("new", ""),
    "returned": ("back", ""),
}

_PRICE_CHANGES = ("prompt_change", "completion_change", "price_change")
_COLORED_AS = {" up": " down", " down": " up"}
"""The color of a price that rises is that of a loss, and the other way round."""

Shown = tuple[str, str, str]
"""The exact value and what is shown for it, both as HTML, and classes with a leading space."""
ShowValue = Callable[..., Shown]
"""Returns what a cell shows of a value, which is not None."""


def text(column: Column, value: object) -> str:
    """Return what a cell shows of a number, a price, a day or a text, without markup.

    Args:
        column: of a kind that has a text of its own: no entity, no change of place, no drawing.
        value: as boards hold it, not None.
    """
    return _TEXT[column.kind](value)


def writer(column: Column) -> ShowValue:
    """Return what a column's cells show of their values; its kind is not ``entity``."""
    if column.key == "difference":
        return gained
    if column.key in _PRICE_CHANGES:
        return _price_change
    return _SHOWN[column.kind]


def escaped(value: object) -> str:
    """Return a value's text with the characters escaped that mean something in HTML."""
    return html.escape(str(value))


def as_html(made: str) -> Markup:
    """Return HTML that is put into templates as it is."""
    return Markup(made)  # noqa: S704 - every upstream string in it went through escaped()


def moved(value: Moved) -> Shown:
    """Return a change of rank: an arrow and the number of places, or what else happened."""
    if value.how in _GLYPHS and value.places:
        glyph, way = _GLYPHS[value.how]
        places = abs(value.places)
        unit = "place" if places == 1 else "places"
        words = f'<span class="sr"> {unit} {way}</span>'
        shown = f'<span aria-hidden="true">{glyph}</span>{places}{words}'
        return str(value.places), shown, f" {way}"
    shown, words = _STANDING.get(value.how, _STANDING["same"])
    if words:
        shown = f'<span aria-hidden="true">{shown}</span><span class="sr">{words}</span>'
    if value.how in ("new", "returned"):
        return value.how, shown, " fresh"
    if value.how == "unknown":
        return "", shown, " same"
    return "0", shown, " same"


def gained(value: int) -> Shown:
    """Return a gain or a loss of tokens with its sign, the exact number as a tooltip."""
    if not value:
        return "0", f'<span title="0">{formats.tokens(0)}</span>', " same"
    sign = "+" if value > 0 else formats.MINUS
    size = abs(value)
    shown = f'<span title="{sign}{size:,}">{sign}{formats.tokens(size)}</span>'
    return str(value), shown, _direction(value)


def _direction(value: float) -> str:
    return " up" if value > 0 else " down"


def _difference(write: Callable[[float], str]) -> ShowValue:
    """Return what shows a rise or fall that ``write`` puts into words."""

    def shown(value: float) -> Shown:
        words = write(value)
        if words.startswith("±"):
            return repr(value), words, " same"
        return repr(value), words, _direction(value)

    return shown


def _price_change(value: float) -> Shown:
    exact, shown, direction = _SHOWN["change"](value)
    return exact, shown, _COLORED_AS.get(direction, direction)


def _tokens(value: int) -> Shown:
    return str(value), f'<span title="{value:,}">{formats.tokens(value)}</span>', ""


# A fifth of the time of cells: few prices are of one model alone.
@lru_cache(maxsize=4096)
def _price(value: str) -> Shown:
    shown = formats.per_million(value)
    if shown.startswith("$"):
        return escaped(value), escaped(shown), ""
    return escaped(value), escaped(shown), " word"


def _day(value: date) -> Shown:
    return str(value), f'<time datetime="{value}">{dates.human_day(value)}</time>', " day"


def _text(value: object) -> Shown:
    exact = escaped(value)
    # An ID says what its row is about, and breaks anywhere.
    if len(str(value)) <= _LONGEST_TEXT or " " not in str(value):
        return exact, f"<bdi>{exact}</bdi>", ""
    # Laid out in a narrow column it would make its row taller than ten others.
    return exact, f"<details><summary>Show</summary><bdi>{exact}</bdi></details>", ""


def _flag(value: bool) -> Shown:
    return str(value).lower(), _yes_or_no(value), ""


def _yes_or_no(value: bool) -> str:
    return "yes" if value else "no"


def _spark(values: Sequence[float | None]) -> Shown:
    return "", f"{inline_svg.spark(values)}{_line_in_words(values)}", " line"


def _line_in_words(values: Sequence[float | None]) -> str:
    """Return what a line of tokens says, for those who do not see it; the latest is the last that is known."""
    known = [round(value) for value in values if value is not None]
    if not known:
        return ""
    lowest, highest = formats.tokens(min(known)), formats.tokens(max(known))
    newest = formats.tokens(known[-1])
    return f'<span class="sr">lowest {lowest}, highest {highest}, latest {newest}</span>'


def _plain(write: Callable[..., str]) -> ShowValue:
    """Return what shows a number as it is written, beside its plain digits."""
    return lambda value: (str(value), write(value), "")


def _escaped(write: Callable[..., str]) -> ShowValue:
    """Return what shows a number whose text may have a ``<`` in it."""
    return lambda value: (repr(value), escaped(write(value)), "")


def _score(value: float | Decimal) -> str:
    return formats.number(float(value))


def _rank(value: int) -> Shown:
    return str(value), f"{value:,}", " rank"


def _cost(value: str) -> Shown:
    return escaped(value), escaped(formats.cost(value)), ""


def _with_separators(value: int) -> str:
    return f"{value:,}".replace("-", formats.MINUS)


_TEXT: dict[Kind, Callable[..., str]] = {
    "rank": _with_separators,
    "tokens": formats.tokens,
    "integer": _with_separators,
    "share": formats.share,
    "price": formats.per_million,
    "dollars": formats.dollars,
    "cost": formats.cost,
    "score": _score,
    "context": formats.context,
    "day": dates.human_day,
    "text": str,
    "flag": _yes_or_no,
}
_SHOWN: dict[Kind, ShowValue] = {
    "rank": _rank,
    "moved": moved,
    "tokens": _tokens,
    "integer": _plain(_with_separators),
    "share": _escaped(formats.share),
    "change": _difference(formats.change),
    "points": _difference(formats.points),
    "price": _price,
    "dollars": _escaped(formats.dollars),
    "cost": _cost,
    "score": _plain(_score),
    "context": _plain(formats.context),
    "day": _day,
    "text": _text,
    "flag": _flag,
    "spark": _spark,
}
