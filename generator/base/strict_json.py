"""JSON as the standard defines it, without the extensions that Python accepts."""

import json
import re
from collections.abc import Iterable
from typing import Any, NoReturn

DEEPEST = 100
"""The largest depth of lists and objects within each other; the documented replies have five."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""What some programs write before a text in UTF-8; it is no part of it."""

_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)


class TooDeepError(ValueError):
    """The document is nested so deep that later steps could fail on it."""


def loads(data: bytes) -> Any:
    """Return the value of one JSON document in UTF-8: no NaN, no member twice, numbers within the range of a float.

    A number like ``1.0`` becomes the integer that it is, and half a surrogate pair becomes U+FFFD; the
    verbatim body is kept beside. A byte order mark is passed over.

    Raises:
        TooDeepError: more than :data:`DEEPEST` lists and objects lie within each other.
        ValueError: it is not such a document.
    """
    try:
        value = json.loads(
            without_halves(data.removeprefix(BYTE_ORDER_MARK)).decode("utf-8"),
            parse_constant=_no_constant,
            parse_float=_plain_number,
            object_pairs_hook=_once_each,
        )
    except RecursionError:
        raise TooDeepError("nested too deep") from None
    except ValueError as error:
        # Python's own words are about a setting of Python.
        if "int_max_str_digits" in str(error):
            raise ValueError("an integer has thousands of digits") from None
        raise
    if _is_too_deep(value):
        raise TooDeepError("nested too deep")
    return value


def without_halves(data: bytes) -> bytes:
    """Return the JSON text with U+FFFD for every escape of half a surrogate pair.

    Such a half is part of an emoji that was cut in two. Python reads it and cannot encode it again, and
    msgspec does not read it at all.
    """
    return _ESCAPE.sub(_whole, data) if _HALF.search(data) else data


def _whole(escape: re.Match[bytes]) -> bytes:
    return rb"\ufffd" if escape["half"] else escape[0]


def _is_too_deep(document: Any) -> bool:
    # Level by level: a recursion would itself fail at the depth that it looks for.
    level = [document]
    for _ in range(DEEPEST):
        below: list[Any] = []
        for value in level:
            below.extend(_nested_members(value))
        if not below:
            return False
        level = below
    return True


def _nested_members(value: Any) -> list[Any]:
    members: Iterable[Any] = ()
    if isinstance(value, dict):
        members = value.values()
    elif isinstance(value, list):
        members = value
    return [member for member in members if isinstance(member, (dict, list))]


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _plain_number(text: str) -> float | int:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError("a number is too large")
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("an object has one member twice")
    return members
