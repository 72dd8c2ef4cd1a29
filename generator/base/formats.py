"""Numbers and names as text for people; exact values are published beside them, never replaced by them."""

import math
import re
import unicodedata
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

from generator.base import key_text

_UNITS = (
    (10**15, "quadrillion", "Q"),
    (10**12, "trillion", "T"),
    (10**9, "billion", "B"),
    (10**6, "million", "M"),
)
# What XML forbids, what aborts vl-convert (NUL, ESC, U+FFFE, U+FFFF), lone surrogates, and the
# directional controls that let a name reorder the text around it.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069\u2028\u2029\ufdd0-\ufdef]"
)
# What is nothing to look at, fillers that Unicode counts as letters or symbols included.
_INVISIBLE = re.compile(
    "[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u2800\u3164\uffa0\ufe00-\ufe0f\U000e0000-\U000e0fff\\s]+"
)
_ORDINAL_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_LONGEST_NAME = 200
_MOST_MARKS = 4
_LEAST_COST = Decimal("0.000001")
_ALL_DIGITS = Context(prec=400)
"""Of the largest number that there is, so that rounding one to cents never fails."""

_UP = 1 + 1e-15
"""What a number is multiplied by before its places are cut, so that halves go up (below zero down): 0.0625 is 6.3%.

A half is one as it stands in files: of 14.35 the nearest float is a little less, which this makes up for. Numbers that
differ by less than this look the same. To round decimals takes five times as long.
"""

MISSING = "–"
UNNAMED = "(unnamed)"
MINUS = "−"


def tokens(count: int) -> str:
    """Return a count with three significant figures and a unit: ``1.24 T``, ``386 B``, ``950``."""
    for size, _, unit in _UNITS:
        if _reaches(count, size):
            return f"{_significant(count / size)} {unit}"
    return f"{count:,}"


def tokens_at_least(count: int) -> str:
    """Return a lower bound as :func:`tokens` does, rounded down so that it stays one."""
    for size, _, unit in _UNITS:
        if count >= size:
            return f"{_significant_down(count, size)} {unit}"
    return f"{count:,}"


def tokens_at_most(count: int) -> str:
    """Return an upper bound as :func:`tokens` does, rounded up so that it stays one."""
    if count < _UNITS[-1][0]:
        return tokens(count)
    step = 10 ** (len(str(count)) - 3)
    return tokens(-(-count // step) * step)


def tokens_in_words(count: int) -> str:
    """Return a count for sentences: ``1.24 trillion``."""
    for size, word, _ in _UNITS:
        if _reaches(count, size):
            return f"{_significant(count / size)} {word}"
    return f"{count:,}"


def tokens_in_words_at_least(count: int) -> str:
    """Return a lower bound for sentences, rounded down so that it stays one: ``at least 1.23 trillion``."""
    for size, word, _ in _UNITS:
        if count >= size:
            return f"at least {_significant_down(count, size)} {word}"
    return f"at least {count:,}"


def _reaches(count: int, size: int) -> bool:
    """Return whether a count takes a unit: from 999.5 of the unit below, which would be shown as a thousand of them.

    Below a million counts are shown in full, so the smallest unit starts at its own size.
    """
    smallest = _UNITS[-1][0]
    if size == smallest:
        return abs(count) >= size
    return 2 * abs(count) >= 1999 * (size // 1000)


def _significant(value: float) -> str:
    size = abs(value)
    places = 0
    if size < 9.995:
        places = 2
    elif size < 99.95:
        places = 1
    return f"{value * _UP:,.{places}f}"


def _significant_down(count: int, size: int) -> str:
    whole_digits = len(str(count // size))
    places = max(3 - whole_digits, 0)
    return f"{count * 10**places // size / 10**places:,.{places}f}"


def share_at_least(part: float) -> str:
    """Return a lower bound as :func:`share` does, rounded down so that it stays one; below a tenth with two places."""
    places = 1 if part >= 0.001 else 2
    return f"{toward_zero(part * 100, places):.{places}f}%"


def share_at_most(part: float) -> str:
    """Return an upper bound as :func:`share` does, rounded up so that it stays one; never more than 100%."""
    # What a float has behind the sixth decimal is noise.
    return share(min(math.ceil(round(part * 1000, 6)) / 1000, 1.0))


def share(part: float) -> str:
    """Return a fraction as a percentage with one place: ``14.3%``; a smaller one than that is ``<0.1%``."""
    if 0 < part < 0.0005:
        return "<0.1%"
    return f"{part * 100 * _UP:.1f}%"


def points(difference: float) -> str:
    """Return a difference of two fractions in percentage points, with its sign: ``+2.1``."""
    return signed(difference * 100, 1)


def toward_zero(value: float, places: int) -> float:
    """Return a number with so many places that is nowhere farther from zero: of a least rise or fall a least one."""
    size = float(10**places)
    # What a float has behind the sixth decimal is noise.
    return math.trunc(round(value * size, 6)) / size


def signed(value: float, places: int = 0) -> str:
    """Return a number with its sign, plus included, and a real minus; one that rounds to zero is ``±0``."""
    text = f"{abs(value) * _UP:,.{places}f}"
    if not text.strip("0.,"):
        return "±0"
    sign = "+" if value > 0 else MINUS
    return f"{sign}{text}"


def change(ratio: float) -> str:
    """Return a relative change as a signed percentage, ``+12.5%``, or from threefold on as a factor, ``×8.2``."""
    if ratio >= 99:
        return f"×{(ratio + 1) * _UP:,.0f}"
    if ratio >= 2:
        return f"×{(ratio + 1) * _UP:.1f}"
    return f"{signed(ratio * 100, 1)}%"


def change_toward_zero(ratio: float) -> str:
    """Return a bound of a change as :func:`change` does, rounded toward zero so that it stays one."""
    # From threefold on it is a factor, with one place.
    places = 3 if abs(ratio) < 2 else 1
    return change(toward_zero(ratio, places))


def number(value: float) -> str:
    """Return a score with at most two places, without a trailing ``.0``."""
    if float(value).is_integer():
        return fixed(value, 0)
    return fixed(value, 2).rstrip("0").rstrip(".")


def fixed(value: float, places: int) -> str:
    """Return a number with so many places, separators and, where it is negative, a real minus."""
    return f"{value * _UP:z,.{places}f}".replace("-", MINUS)


def index(value: float) -> str:
    """Return a score on a scale of tenths, such as a composite index, with one place at least: ``78.0``."""
    return fixed(value, 1) if float(value).is_integer() else number(value)


def per_million(price_per_token: str) -> str:
    """Return US dollars per million tokens: ``$0.28``, ``$15``, ``free``, or ``varies`` for a negative price."""
    price = decimal(price_per_token)
    if price is None:
        return MISSING
    if price < 0:
        return "varies"
    if price == 0:
        return "free"
    million = price * 1_000_000
    if million >= Decimal("99.995"):
        return f"${_half_up(million, 0):,}"
    if million >= Decimal("0.09995"):
        return f"${_half_up(million, 2)}".removesuffix(".00")
    # Four decimals, or as many as two significant digits take: a price is never rounded to nothing.
    places = max(4, 1 - million.adjusted())
    return f"${_half_up(million, places).normalize():f}"


def _half_up(amount: Decimal, places: int) -> Decimal:
    """Return an amount with so many places, of which halves go up, as on a bill: $0.125 is $0.13."""
    return amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _ALL_DIGITS)


def exact_dollars(amount: Decimal) -> str:
    """Return US dollars with all their digits, cents in full: ``$15``, ``$0.50``, ``$0.00123``."""
    whole, _, fraction = f"{amount:f}".partition(".")
    fraction = fraction.rstrip("0")
    if not fraction:
        return f"${whole}"
    return f"${whole}.{fraction.ljust(2, '0')}"


def dollars(amount: float | Decimal) -> str:
    """Return US dollars: ``$1,235``, ``$12.30``, ``$0``, or ``< $0.01`` for what a cent is too much for."""
    if 0 < amount < 0.005:
        return "< $0.01"
    cents = _half_up(Decimal(amount), 2)
    if cents < 100:
        return f"${cents}".removesuffix(".00")
    return f"${_half_up(Decimal(amount), 0):,}"


def dollars_in_words(amount: float) -> str:
    """Return US dollars for sentences: ``$12.3 million``, and below a million as :func:`dollars`."""
    if amount < 10**6:
        return dollars(amount)
    return f"${tokens_in_words(round(amount))}"


def cost(amount: str) -> str:
    """Return US dollars of one use: ``$12.30``, ``$0.83``, ``$0.0034``: at least two digits, down to a millionth."""
    value = decimal(amount)
    if value is None:
        return MISSING
    if value >= Decimal("0.0995") or value <= 0:
        return dollars(value)
    if value < _LEAST_COST:
        return f"< ${_LEAST_COST}"
    return f"${_half_up(value, 1 - value.adjusted())}"


def decimal(text: str | None) -> Decimal | None:
    """Return the number of a decimal text; None for anything else, ``NaN`` and ``Infinity`` included."""
    if text is None:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def dollars_per_million(price_per_token: str | None) -> float | None:
    """Return US dollars for a million tokens; None where the price varies (is negative) or is unknown."""
    price = decimal(price_per_token)
    if price is None or price < 0:
        return None
    return float(price) * 1_000_000


def file_size(size: int) -> str:
    """Return a number of bytes as ``812 bytes``, ``14.2 kB``, ``5.9 MB``."""
    if size < 1000:
        return counted(size, "byte")
    if size < 999_950:
        return f"{fixed(size / 1000, 1)} kB"
    return f"{fixed(size / 10**6, 1)} MB"


def list_in_words(words: Sequence[str]) -> str:
    """Return ``A``, ``A and B`` or ``A, B and C``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun, ``1 model`` or ``1,234 models``.

    Args:
        count: how many.
        one: the noun, or noun and verb, for a single one.
        many: the same for any other number; without it ``one`` with an s.
    """
    return f"{count:,} {inflected(count, one, many or f'{one}s')}"


def inflected(count: int, one: str, many: str) -> str:
    """Return the form of a word that goes with a count: ``is`` with 1, ``are`` with any other number."""
    return one if count == 1 else many


def how_often(count: int) -> str:
    """Return ``once``, ``twice``, ``3 times``."""
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")


def times(factor: str) -> str:
    """Return a factor, or a range of them, with its noun: ``1.5 times``; of 1 ``1.0 times``."""
    if factor.rpartition(" ")[2] == "1":
        factor += ".0"
    return f"{factor} times"


def ordinal(rank: int) -> str:
    """Return a rank as ``1st``, ``2nd``, ``3rd``, ``11th``."""
    ending = _ORDINAL_ENDINGS.get(rank % 10, "th")
    if 11 <= rank % 100 <= 13:
        ending = "th"
    return f"{rank:,}{ending}"


def context(length: int) -> str:
    """Return a context length in tokens as ``128K``, ``1M`` or ``1.05M``."""
    if length >= 999_500:
        return f"{number(length / 1_000_000)}M"
    if length >= 1_000:
        return f"{fixed(length / 1_000, 0)}K"
    return str(length)


def sanitize(text: str) -> str:
    """Return an upstream string that is safe to show: of bounded length, without control or reordering characters.

    Control characters become U+FFFD, which a reader can see; a text that looks like an API key becomes
    ``sk-or-…``; a string with nothing visible in it becomes ``(unnamed)``.
    """
    # Before the text is cut: the beginning of a key would no longer look like one.
    text = key_text.mask(" ".join(_strip_controls(text).split()))
    if not _INVISIBLE.sub("", text):
        return UNNAMED
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1] + "…"


def clean(text: str) -> str:
    """Return a text that may quote upstream's, as it may be shown and stored: :func:`sanitize` without any limit.

    Line breaks stay.
    """
    return key_text.mask(_strip_controls(text))


def _strip_controls(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", _UNFIT.sub("\ufffd", text))
    allowed: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MOST_MARKS:
            allowed.append(char)
    return "".join(allowed)
