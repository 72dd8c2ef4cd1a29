"""The columns of the published tables: each with one name, one type and one description."""

from dataclasses import dataclass
from enum import Enum
from typing import TypedDict, Unpack

LARGEST_INTEGER = 2**63 - 1
"""Integers fit 64 bits, as every reader of the published tables expects of an integer."""

# Below ten million dollars for one token: seven digits before the point, or one and an exponent of up to six.
DECIMAL_PATTERN = (
    r"-?([0-9]{1,7}(\.[0-9]{1,40})?([eE]-[0-9]{1,2})?|[0-9](\.[0-9]{1,40})?[eE]\+?0?[0-6])"
)


class ColumnType(Enum):
    """The type of a column's values, from which every file format takes its own.

    DECIMAL and TOKENS are text in JSON and CSV, because a binary fraction is not exact and a token count can
    pass 2**53. Parquet holds a token count as an exact number, and a decimal as text too.
    """

    INTEGER = "a whole number"
    NUMBER = "a number, whole or not"
    DECIMAL = "a decimal number as text, with all its places"
    TOKENS = "a token count as text of digits"
    DATE = "a UTC day as YYYY-MM-DD"
    TIME = "a time in the words of the source"
    FLAG = "true or false"
    TEXT = "text"
    TEXT_LIST = "texts, separated by commas"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a dataset's table.

    Attributes:
        name: as in the published files; members of nested objects have the path as their name.
        type: of every value that is not missing.
        about: one sentence for people.
        always: no row is without a value; a text may still be empty.
        least, most: the bounds of a number, or of the length of a text; None where there is none.
    """

    name: str
    type: ColumnType
    about: str
    always: bool = False
    least: float | None = None
    most: float | None = None


class Limits(TypedDict, total=False):
    """What a column promises besides its type: the optional attributes of :class:`Column`."""

    always: bool
    least: float
    most: float


def integer(name: str, about: str, **limits: Unpack[Limits]) -> Column:
    return Column(name, ColumnType.INTEGER, about, **limits)


def number(name: str, about: str, **limits: Unpack[Limits]) -> Column:
    return Column(name, ColumnType.NUMBER, about, **limits)


def decimal(name: str, about: str, **limits: Unpack[Limits]) -> Column:
    return Column(name, ColumnType.DECIMAL, about, **limits)


def tokens(name: str, about: str, **limits: Unpack[Limits]) -> Column:
    return Column(name, ColumnType.TOKENS, about, **limits)


def date(name: str, about: str, **limits: Unpack[Limits]) -> Column:
    return Column(name, ColumnType.DATE, about, **limits)


def time(name: str, about: str, **limits: Unpack[Limits]) -> Column:
    return Column(name, ColumnType.TIME, about, **limits)


def flag(name: str, about: str, **limits: Unpack[Limits]) -> Column:
    return Column(name, ColumnType.FLAG, about, **limits)


def text(name: str, about: str, **limits: Unpack[Limits]) -> Column:
    return Column(name, ColumnType.TEXT, about, **limits)


def text_list(name: str, about: str, **limits: Unpack[Limits]) -> Column:
    return Column(name, ColumnType.TEXT_LIST, about, **limits)
