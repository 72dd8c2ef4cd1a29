"""Texts that look like an API key, which are masked, and one given key, which is found in any encoding.

A text that resembles a key is anybody's: an app may be called so, a model's description may hold an example.
It is shown masked and stops nothing. The run's own key must never be stored or shown, however it is written.
"""

import base64
import html
import itertools
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

MASK = "sk-or-…"
"""The replacement of a text that looks like an API key."""
PIECE = 12
"""The number of characters of the key in a row that count as the key."""

_START = "sk-or-"
_LOOK_ALIKE = re.compile(r"sk-or-(?:v[0-9]+-)?[0-9a-zA-Z]{24,}")
_LOOK_ALIKE_BYTES = re.compile(_LOOK_ALIKE.pattern.encode())
# All keys begin alike, so the beginning of one says nothing.
_PREFIX = re.compile(r"sk-or-(?:v[0-9]+-)?")
# An escaped letter, digit or hyphen: nothing else can hide a key from a search of the undecoded text.
_ESCAPED_ASCII = re.compile(rb"\\u00[2-7]")
_ESCAPE = re.compile(rb"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_MEMBER_NAME = re.compile(rb'"[^"\\]*"\s*:')
_WHITE_ESCAPES = b"bfnrt"
_NOT_PRINTED = bytes([*range(0x21), *range(0x7F, 0x100)])
_NOT_ALPHANUMERIC = bytes(code for code in range(0x100) if not chr(code).isalnum() or code > 0x7F)
_ROUNDS = 6
_ANCHOR = 6
_LEAST_STEPS = 4


def mask(text: str) -> str:
    """Return the text with everything masked that looks like an API key."""
    return _LOOK_ALIKE.sub(MASK, text) if _START in text else text


def mask_value(value: Any) -> Any:
    """Return a JSON value with every string and member name masked."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, list):
        return [mask_value(member) for member in value]
    if isinstance(value, dict):
        return {mask(name): mask_value(member) for name, member in value.items()}
    return value


def mask_json(document: bytes) -> bytes:
    """Return a JSON document whose unescaped text is masked; what was JSON stays JSON."""
    return _LOOK_ALIKE_BYTES.sub(MASK.encode(), document)


def may_look_alike(document: bytes) -> bool:
    """Return whether a JSON document may hold a look-alike: cheap, and never wrong when it says no."""
    return _START.encode() in document or _ESCAPED_ASCII.search(document) is not None


def has_look_alike(data: bytes) -> bool:
    """Return whether the bytes hold, as they are, a text that looks like an API key."""
    return _LOOK_ALIKE_BYTES.search(data) is not None


class _Spelling:
    """The key in one spelling, prepared once for many searches."""

    def __init__(self, key: str) -> None:
        prefix = _PREFIX.match(key)
        self.whole = key.encode()
        # The key without the prefix that all keys share.
        self.secret_part = key[prefix.end() if prefix else 0 :].encode()
        self._pieces = _pieces(self.secret_part)
        self._anchors = _anchors(self.secret_part, self._pieces)

    def stands_in(self, data: bytes) -> bool:
        """Return whether the bytes, as they are, hold the key or twelve characters of it in a row."""
        return self.whole in data or any(
            self._piece_around(anchor, data) for anchor in self._anchors
        )

    def _piece_around(self, anchor: bytes, data: bytes) -> bool:
        reach = PIECE - _ANCHOR
        at = data.find(anchor)
        while at >= 0:
            for start in range(max(0, at - reach), at + 1):
                if data[start : start + PIECE] in self._pieces:
                    return True
            at = data.find(anchor, at + 1)
        return False


class Needle:
    """A key to search for.

    Args:
        key: the whole key.
    """

    def __init__(self, key: str) -> None:
        self._as_it_is = _Spelling(key)
        self._in_lower_case = _Spelling(key.lower())
        self._encoded = _encoded(self._as_it_is)
        self._bare = _bare(self._as_it_is.secret_part)

    def plainly_in(self, data: bytes) -> bool:
        """Return whether the bytes, as they are, hold the key or twelve characters of it in a row."""
        return self._as_it_is.stands_in(data)

    def in_any_form(self, data: bytes) -> bool:
        """Return whether the bytes hold the key, or a piece of it, in any spelling that a server may echo.

        Looked for: as it is, in the other case, with JSON, percent or HTML escapes (also nested), split by
        spaces or invisible characters, in UTF-16, and the whole key in base64, as hexadecimal digits, or split by
        anything but letters and digits, as it is when each part is in a field of its own.
        """
        return any(self._in_reading(reading) for reading in _readings(data))

    def in_escapes(self, data: bytes) -> bool:
        """Return whether JSON escapes hide the key, or a piece of it; cheap where nothing is escaped."""
        return _ESCAPED_ASCII.search(data) is not None and self.plainly_in(_unescaped(data))

    def _in_reading(self, reading: bytes) -> bool:
        if self.plainly_in(reading) or self._in_lower_case.stands_in(reading.lower()):
            return True
        return any(encoded in reading for encoded in self._encoded) or self.split_in(reading)

    def split_in(self, reading: bytes) -> bool:
        """Return whether the whole key stands in the data, with whatever between its letters and digits."""
        if len(self._bare) < PIECE:
            return False
        # Parts may be the values of an object, between which the names of its members stand.
        values = _MEMBER_NAME.sub(b"", reading)
        return self._bare in _bare(reading) or self._bare in _bare(values)


def _bare(text: bytes) -> bytes:
    """Return the letters and digits of a text, in lower case."""
    return text.translate(None, _NOT_ALPHANUMERIC).lower()


def _pieces(part: bytes) -> frozenset[bytes]:
    """Return every twelve characters in a row that identify the key."""
    windows = (part[at : at + PIECE] for at in range(len(part) - PIECE + 1))
    return frozenset(window for window in windows if _is_telling(window))


def _anchors(part: bytes, pieces: frozenset[bytes]) -> tuple[bytes, ...]:
    """Return six characters of every seventh place: any twelve in a row hold one of them whole.

    Nine searches in place of 53 for a key of 64 characters (0.4 s in place of 2 s for a tree of 90 MB).
    """
    starts = range(0, len(part) - _ANCHOR + 1, PIECE - _ANCHOR + 1)
    anchors = (part[at : at + _ANCHOR] for at in starts)
    used: dict[bytes, None] = {}
    for anchor in anchors:
        if any(anchor in piece for piece in pieces):
            used[anchor] = None
    return tuple(used)


def _encoded(spelling: _Spelling) -> tuple[bytes, ...]:
    """Return the secret part in base64, from each of the three positions in a group, and as hexadecimal digits."""
    part = spelling.secret_part
    if len(part) < PIECE:
        part = spelling.whole
    encoded = [part.hex().encode(), part.hex().upper().encode()]
    for lead in range(3):
        text = base64.b64encode(bytes(lead) + part)
        # The characters at both ends also depend on what stands beside the key.
        inner = text[-(-lead * 8 // 6) : (lead + len(part)) * 8 // 6]
        encoded += [inner, inner.translate(bytes.maketrans(b"+/", b"-_"))]
    return tuple(dict.fromkeys(encoded))


def _is_telling(piece: bytes) -> bool:
    """Return whether a piece identifies the key; a sequence such as 0123456789ab or aaaa occurs in many texts."""
    steps = {after - before for before, after in itertools.pairwise(piece)}
    return len(steps) >= _LEAST_STEPS


def _readings(data: bytes) -> Iterator[bytes]:
    """Yield the data as it is, without unprinted characters, and decoded until nothing is left to decode."""
    yield data
    reading = data.translate(None, _NOT_PRINTED)
    if reading != data:
        yield reading
    for _ in range(_ROUNDS):
        decoded = _decoded(reading).translate(None, _NOT_PRINTED)
        if decoded == reading:
            return
        yield decoded
        reading = decoded


def _decoded(data: bytes) -> bytes:
    if b"\\" in data:
        data = _unescaped(data)
    if b"%" in data:
        data = unquote_to_bytes(data)
    if b"&" in data:
        data = html.unescape(data.decode("latin-1")).encode("latin-1", "ignore")
    return data


def _unescaped(data: bytes) -> bytes:
    return _ESCAPE.sub(_character, data)


def _character(escape: re.Match[bytes]) -> bytes:
    digits = escape[1] or escape[2]
    if digits:
        code = int(digits, 16)
        return bytes([code]) if code < 0x80 else b""
    return b" " if escape[3] in _WHITE_ESCAPES else escape[3]
