"""JSON read strictly: what the standard has, and nothing that Python lets through besides."""

import json
from typing import Any, NoReturn


def loads(data: bytes) -> Any:
    """JSON as the standard has it: one document in UTF-8, no NaN, no member twice, numbers within reason.

    A number like ``1.0`` becomes the integer that it is; the verbatim body is kept beside.

    Raises:
        ValueError: it is anything else, or nested absurdly deep.
    """
    try:
        return json.loads(
            data.decode("utf-8"), parse_constant=_no_constant, parse_float=_plain_number, object_pairs_hook=_once_each
        )
    except RecursionError:
        raise ValueError("nested too deep") from None
    except ValueError as error:
        # Python's own words are about a setting of Python.
        if "int_max_str_digits" in str(error):
            raise ValueError("an integer has thousands of digits") from None
        raise


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _plain_number(text: str) -> float | int:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError("a number is too large")
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("an object has one member twice")
    return found
