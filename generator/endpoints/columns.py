"""The columns of the published tables: each with one name, one type and one description."""

from dataclasses import dataclass
from enum import Enum


class ColumnType(Enum):
    """The type of a column's values, from which every file format takes its own.

    DECIMAL and TOKENS are text in JSON and CSV, because a binary fraction is not exact and a token count can
    pass 2**53; typed formats such as Parquet hold them as exact numbers.
    """

    INTEGER = "a whole number"
    NUMBER = "a number, whole or not"
    DECIMAL = "a decimal number as text, with all its places"
    TOKENS = "a token count as text of digits"
    DATE = "a UTC day as YYYY-MM-DD"
    TIME = "a time in the words of the source"
    TEXT = "text"
    TEXT_LIST = "texts, separated by commas"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a dataset's table.

    Attributes:
        name: as in the published files; members of nested objects have the path as their name.
        type: of every value that is not missing.
        about: one sentence for people.
    """

    name: str
    type: ColumnType
    about: str


def integer(name: str, about: str) -> Column:
    return Column(name, ColumnType.INTEGER, about)


def number(name: str, about: str) -> Column:
    return Column(name, ColumnType.NUMBER, about)


def decimal(name: str, about: str) -> Column:
    return Column(name, ColumnType.DECIMAL, about)


def tokens(name: str, about: str) -> Column:
    return Column(name, ColumnType.TOKENS, about)


def date(name: str, about: str) -> Column:
    return Column(name, ColumnType.DATE, about)


def time(name: str, about: str) -> Column:
    return Column(name, ColumnType.TIME, about)


def text(name: str, about: str) -> Column:
    return Column(name, ColumnType.TEXT, about)


def text_list(name: str, about: str) -> Column:
    return Column(name, ColumnType.TEXT_LIST, about)
