"""Typed rows from replies: tolerant of new fields, strict about documented ones.

New fields, sources and enum values ship without notice, so they are noticed and passed over. A documented
field with a wrong value makes its row unusable: a few such rows are set aside, more than one in twenty
refuse the reply. One row among others is set aside however short the list is.
"""

import contextlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, Generic, TypeAlias, TypeVar, get_args, get_type_hints

import msgspec

from generator.base import dates, formats, key_text, strict_json
from generator.base.dates import Window
from generator.base.errors import ReplyError
from generator.endpoints.columns import DECIMAL_PATTERN
from generator.endpoints.endpoint import Call, Reply, RowT, RowT_co

# `$` alone would let a trailing newline pass, and int() takes "1_000" and Arabic digits.
Digits = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,20}(?![\s\S])")]
Decimal = Annotated[str, msgspec.Meta(pattern=rf"^{DECIMAL_PATTERN}(?![\s\S])")]
# The bounds are far outside of all values seen so far. A number beyond them is a fault of the source, and one
# is enough to stop a calculation, or a drawing, of all others. NaN is within no bounds.
# An integer stays one: a score of 78 is published as 78, not as 78.0.
Share = Annotated[int, msgspec.Meta(ge=0, le=1)] | Annotated[float, msgspec.Meta(ge=0, le=1)]
Percent = Annotated[int, msgspec.Meta(ge=0, le=100)] | Annotated[float, msgspec.Meta(ge=0, le=100)]
Score = (
    Annotated[int, msgspec.Meta(ge=-(10**4), le=10**4)]
    | Annotated[float, msgspec.Meta(ge=-1e4, le=1e4)]
)
Elo = (
    Annotated[int, msgspec.Meta(ge=-(10**4), le=10**5)]
    | Annotated[float, msgspec.Meta(ge=-1e4, le=1e5)]
)
Milliseconds = (
    Annotated[int, msgspec.Meta(ge=0, le=10**9)] | Annotated[float, msgspec.Meta(ge=0, le=1e9)]
)
Amount = Annotated[int, msgspec.Meta(ge=0, le=10**6)] | Annotated[float, msgspec.Meta(ge=0, le=1e6)]
Name = Annotated[str, msgspec.Meta(min_length=1)]
# Integers that fit 64 bits, as every reader of the published tables expects of an integer.
Count = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
Rank = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]
# Up to the end of the year 9999, the last that a date can have.
UnixSeconds = Annotated[int, msgspec.Meta(ge=0, le=253_402_300_799)]
ClockTime = Annotated[int, msgspec.Meta(ge=0, le=2400)]

FIRST_DAY = date(2025, 1, 1)
"""No ranking is older; an earlier start is moved here by the API, or refused."""

MemberT = TypeVar("MemberT")

RowTypeOf: TypeAlias = Callable[[Mapping[str, Any]], type[RowT] | None]
"""Returns the row type of an item by its fields, None for an item of a kind that is not documented."""

_ROWS_PER_WRONG_ROW = 20
"""A reply with more than one wrong row in this many is refused, unless it is one among others."""
_LONGEST_QUOTE = 60
_PATH_STEP = re.compile(r"\.(?P<name>[^.\[]+)|\[(?P<number>\d+)\]")
_TYPE_NAMES = {
    "int": "an integer",
    "str": "a string",
    "float": "a number",
    "array": "a list",
    "object": "an object",
    "date": "a day as YYYY-MM-DD",
}
"""The types of msgspec's messages, in words for readers of JSON."""


@dataclass(frozen=True, slots=True)
class Rows(Generic[RowT_co]):
    """The typed rows of a list.

    Attributes:
        rows: in the list's order.
        set_aside: one sentence for each row with a wrong value.
        noticed: one sentence for each undocumented field or kind of row.
    """

    rows: tuple[RowT_co, ...]
    set_aside: tuple[str, ...]
    noticed: tuple[str, ...]


def refuse(call: Call, place: str, expected: str, got: object) -> ReplyError:
    """Return the error for a reply that cannot be used; it names the dataset, the place and both values."""
    text = f"{call.dataset} reply to {call}, {place}: expected {expected}, got {quote(got)}"
    return ReplyError(text, of_call=True)


def quote(value: object) -> str:
    """Return a value as JSON of at most 61 characters, without any text that looks like an API key."""
    text = formats.clean(json.dumps(value, ensure_ascii=True, default=str))
    if len(text) <= _LONGEST_QUOTE:
        return text
    return text[:_LONGEST_QUOTE] + "…"


def member(reply: Reply, name: str, expected_type: type[MemberT], in_words: str) -> MemberT:
    """Return a member of the reply's top level.

    Args:
        in_words: the expected type for the error message, such as "a list".

    Raises:
        ReplyError: the reply is not an object, or the member is missing or of another type.
    """
    if not isinstance(reply.value, dict):
        raise refuse(reply.call, "top level", "an object", reply.value)
    value = reply.value.get(name)
    if expected_type is list and isinstance(value, str):
        # One user reported that dataset rows came as a string of JSON.
        with contextlib.suppress(ValueError):
            value = key_text.mask_value(strict_json.loads(value.encode()))
    if not isinstance(value, expected_type):
        raise refuse(reply.call, name, in_words, value)
    return value


def meta(reply: Reply) -> Mapping[str, Any]:
    """Return the reply's ``meta``; it has an ``as_of`` that can be cited and a version that is understood.

    Raises:
        ReplyError: either is missing or unusable.
    """
    value: Mapping[str, Any] = member(reply, "meta", dict, "an object")
    as_of(reply.call, value.get("as_of"), "meta.as_of")
    version = value.get("version", "v1")
    if version != "v1":
        expected = '"v1" (a new version of the API needs a new reader)'
        raise refuse(reply.call, "meta.version", expected, version)
    return value


def as_of(call: Call, value: object, place: str) -> str:
    """Return the ``as_of`` verbatim.

    Raises:
        ReplyError: it is neither a time nor a day; without it the attribution cannot be written.
    """
    expected = "an ISO 8601 time or day"
    if not isinstance(value, str):
        raise refuse(call, place, expected, value)
    try:
        dates.parse_as_of(value)
    except ValueError:
        raise refuse(call, place, expected, value) from None
    return value


def window(reply: Reply, meta: Mapping[str, Any]) -> Window:
    """Return the window that the reply says it covers, which may differ from the one asked for.

    Raises:
        ReplyError: it is missing or ends before it starts.
    """
    start = _day(reply.call, meta, "start_date")
    end = _day(reply.call, meta, "end_date")
    if start > end:
        raise refuse(reply.call, "meta.start_date", f"a day up to {end}", str(start))
    return Window(start, end)


def window_notices(reply: Reply, window: Window) -> tuple[str, ...]:
    """Return a sentence if a reply covers other days than were asked for; the rows keep those that it states."""
    asked = (reply.call.param("start_date"), reply.call.param("end_date"))
    covered = (str(window.start), str(window.end))
    if "" in asked or asked == covered:
        return ()
    sentence = (
        f"{reply.call.dataset}: the reply to {reply.call} covers {' to '.join(covered)}, "
        f"where {' to '.join(asked)} was asked for"
    )
    return (sentence,)


def _day(call: Call, meta: Mapping[str, Any], name: str) -> date:
    value = meta.get(name)
    expected = "a day as YYYY-MM-DD"
    if not isinstance(value, str):
        raise refuse(call, f"meta.{name}", expected, value)
    try:
        return dates.parse_day(value)
    except ValueError:
        raise refuse(call, f"meta.{name}", expected, value) from None


def rows(reply: Reply, items: list[Any], row_type: type[RowT], place: str = "data") -> Rows[RowT]:
    """Return the items as rows of one type, in their order.

    Args:
        place: the list's path in the reply, for sentences.

    Raises:
        ReplyError: more than one item, and more than one in twenty, has a documented field with a wrong value.
    """
    return rows_of_kinds(reply, items, lambda _item: row_type, place)


def rows_of_kinds(
    reply: Reply, items: list[Any], row_type_of: RowTypeOf[RowT], place: str = "data"
) -> Rows[RowT]:
    """Return the items as rows of the types that their fields say, in their order.

    Args:
        row_type_of: where it returns None, the item is noticed and stays in the snapshot.
        place: the list's path in the reply, for sentences.

    Raises:
        ReplyError: more than one item, and more than one in twenty, has a documented field with a wrong value.
    """
    typed: list[RowT] = []
    wrong: list[str] = []
    unknown_fields: dict[str, None] = {}
    unknown_items: list[int] = []
    for number, item in enumerate(items):
        if not isinstance(item, dict):
            wrong.append(str(refuse(reply.call, f"{place}[{number}]", "an object", item)))
            continue
        item_type = row_type_of(item)
        if item_type is None:
            unknown_items.append(number)
            continue
        try:
            typed.append(_typed(item, item_type))
        except msgspec.ValidationError as error:
            wrong.append(_sentence(reply.call, f"{place}[{number}]", item, error))
            continue
        unknown_fields.update(dict.fromkeys(_undocumented(item, item_type)))

    if len(wrong) > max(len(items) // _ROWS_PER_WRONG_ROW, min(1, len(items) - 1)):
        text = f"{wrong[0]} ({len(wrong)} of {len(items)} rows are wrong)"
        raise ReplyError(text, of_call=True)

    dataset = reply.call.dataset
    noticed = _fields_noticed(unknown_fields) + _items_noticed(items, unknown_items, place)
    return Rows(
        tuple(typed),
        tuple(f"{sentence}; row skipped" for sentence in wrong),
        tuple(f"{dataset}: {what}; kept in the archive, not displayed" for what in noticed),
    )


def _typed(item: Mapping[str, Any], row_type: type[RowT]) -> RowT:
    """Return an item as a row; null for a member that may be absent means that it is.

    Raises:
        msgspec.ValidationError: a documented field has a wrong value.
    """
    try:
        return msgspec.convert(item, row_type)
    except msgspec.ValidationError:
        return msgspec.convert(_without_absent(item, row_type), row_type)


def _without_absent(item: Mapping[str, Any], item_type: type[msgspec.Struct]) -> dict[str, Any]:
    """Return an item without its members that are null and may be absent, those of objects inside neither."""
    required = {field.name for field in msgspec.structs.fields(item_type) if field.required}
    inside = _objects_inside(item_type)
    stated: dict[str, Any] = {}
    for name, value in item.items():
        if isinstance(value, dict) and name in inside:
            stated[name] = _without_absent(value, inside[name])
        elif value is not None or name in required:
            stated[name] = value
    return stated


def _undocumented(
    item: Mapping[str, Any], item_type: type[msgspec.Struct], place: str = ""
) -> Iterator[str]:
    """Yield the members that a type does not have, those of objects inside with the way to them."""
    inside = _objects_inside(item_type)
    for name, value in item.items():
        if name not in item_type.__struct_encode_fields__:
            yield f"{place}{name}"
        elif name in inside:
            for member in value if isinstance(value, list) else [value]:
                if isinstance(member, dict):
                    yield from _undocumented(member, inside[name], f"{place}{name}.")


@cache
def _objects_inside(item_type: type[msgspec.Struct]) -> Mapping[str, type[msgspec.Struct]]:
    """Return the types of a type's members that are objects, or lists of objects."""
    inside = {}
    for name, hint in get_type_hints(item_type).items():
        for part in (hint, *get_args(hint)):
            if isinstance(part, type) and issubclass(part, msgspec.Struct):
                inside[name] = part
    return inside


def _fields_noticed(names: Iterable[str]) -> list[str]:
    shown = [formats.sanitize(name)[:_LONGEST_QUOTE] for name in names]
    return [f'an undocumented field "{name}"' for name in shown]


def _items_noticed(items: list[Any], unknown: list[int], place: str) -> list[str]:
    if not unknown:
        return []
    first = unknown[0]
    source = quote(items[first].get("source"))
    rows = formats.counted(len(unknown), "row")
    return [f"{rows} of an unknown kind, first {place}[{first}], source {source}"]


def _sentence(call: Call, place: str, item: object, error: msgspec.ValidationError) -> str:
    """Return the place of a wrong value, the expected one and the one that came, as one sentence."""
    # msgspec says, for example: Expected `int`, got `str` - at `$.pricing.discount`
    expected, _, path = str(error).partition(" - at `")
    path = path.removesuffix("`").removeprefix("$")
    reply = f"{call.dataset} reply to {call}, {place}{path}"

    expected = expected.split(", got ")[0].replace("`", "")
    if expected.startswith("Object missing required field"):
        name = expected.split()[-1]
        return f"{reply}.{name}: expected a value, got nothing"
    return f"{reply}: {_in_words(expected)}, got {quote(_value_at(item, path))}"


def _in_words(expected: str) -> str:
    """Return what msgspec expected in words for readers of JSON."""
    if expected.startswith("Invalid"):
        return "expected a day as YYYY-MM-DD"
    if "matching regex" in expected:
        is_digits = "{1,20}" in expected
        form = "a string of 1 to 20 digits" if is_digits else "a decimal number as a string"
        return f"expected {form}"

    sentence = expected.replace("Expected ", "expected ")
    for name, words in _TYPE_NAMES.items():
        sentence = re.sub(rf"\b{name}\b", words, sentence)
    return sentence


def _value_at(item: object, path: str) -> object:
    """Return the value at a path such as ``.pricing.overrides[0].prompt``, None where it leads nowhere."""
    for step in _PATH_STEP.finditer(path):
        name, number = step["name"], step["number"]
        if name and isinstance(item, dict):
            item = item.get(name)
        elif number and isinstance(item, list) and int(number) < len(item):
            item = item[int(number)]
        else:
            return None
    return item


def set_aside_if(listed: Rows[RowT], wrong: Callable[[RowT], str | None]) -> Rows[RowT]:
    """Return the rows without those for which ``wrong`` returns a sentence; the sentence is added."""
    accepted = []
    set_aside = list(listed.set_aside)
    for row in listed.rows:
        sentence = wrong(row)
        if sentence is None:
            accepted.append(row)
        else:
            set_aside.append(f"{sentence}; row skipped")
    return Rows(tuple(accepted), tuple(set_aside), listed.noticed)
