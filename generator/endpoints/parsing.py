"""Reading replies: tolerant of what is new, strict about what is documented.

New fields, sources and enum values ship without notice, so they are noticed and passed over. A documented
field with a wrong value makes its row unusable: a few such rows are set aside, more than one in twenty
refuse the reply.
"""

import contextlib
import json
import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeVar

import msgspec

from generator.base import dates, key_text, strict_json
from generator.base.dates import Window
from generator.base.errors import ReplyError
from generator.endpoints.endpoint import Call, Reply

# `$` alone would let a trailing newline pass, and int() takes "1_000" and Arabic digits.
Digits = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,20}(?![\s\S])")]
Decimal = Annotated[
    str, msgspec.Meta(pattern=r"^-?[0-9]{1,30}(\.[0-9]{1,40})?([eE]-?[0-9]{1,2})?(?![\s\S])")
]
# The bounds are far outside of what has been seen. What lies beyond them is a fault of the source, and one
# such number is enough to stop a calculation, or a drawing, of all others. NaN is within no bounds.
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
# What fits 64 bits, as every reader of the published tables expects of an integer.
Count = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
Rank = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]
# Up to the end of the year 9999, the last that a date can have.
UnixSeconds = Annotated[int, msgspec.Meta(ge=0, le=253_402_300_799)]
ClockTime = Annotated[int, msgspec.Meta(ge=0, le=2400)]

FIRST_DAY = date(2025, 1, 1)
"""No ranking is older; an earlier start is moved here by the API, or refused."""

_ROW = TypeVar("_ROW", bound=msgspec.Struct)
_TOLERATED = 20
_WHERE = re.compile(r"^(?P<what>.*?)(?: - at `(?P<path>[^`]*)`)?$", re.DOTALL)
_MOST_QUOTED = 60


@dataclass(frozen=True, slots=True)
class Rows:
    """What a list held: typed rows with their place, what was set aside, and what was new."""

    rows: tuple[Any, ...]
    set_aside: tuple[str, ...]
    noticed: tuple[str, ...]


def refuse(call: Call, place: str, expected: str, got: object) -> ReplyError:
    """The one sentence about a reply that cannot be used: the dataset, the place, what was expected."""
    return ReplyError(
        f"{call.dataset} reply to {call}, {place}: expected {expected}, got {quote(got)}"
    )


def quote(value: object) -> str:
    """A value as JSON, short enough for one line, without a text that looks like an API key."""
    text = key_text.mask(json.dumps(value, ensure_ascii=True, default=str))
    return text if len(text) <= _MOST_QUOTED else text[:_MOST_QUOTED] + "…"


def member(reply: Reply, name: str, kind: type, called: str) -> Any:
    """A member of the reply's top level.

    Raises:
        ReplyError: the reply is no object, or the member is missing or of another type.
    """
    if not isinstance(reply.value, dict):
        raise refuse(reply.call, "top level", "an object", reply.value)
    value = reply.value.get(name)
    if kind is list and isinstance(value, str):
        # One note from the field says that dataset rows once came as a string of JSON.
        with contextlib.suppress(ValueError):
            value = key_text.mask_value(strict_json.loads(value.encode()))
    if not isinstance(value, kind):
        raise refuse(reply.call, name, called, value)
    return value


def meta(reply: Reply) -> Mapping[str, Any]:
    """The reply's ``meta``, with an ``as_of`` that can be cited and the version that is understood.

    Raises:
        ReplyError: either is missing or unusable.
    """
    found: Mapping[str, Any] = member(reply, "meta", dict, "an object")
    as_of(reply.call, found.get("as_of"), "meta.as_of")
    if found.get("version", "v1") != "v1":
        raise refuse(
            reply.call,
            "meta.version",
            '"v1" (a new version of the API needs a new reader)',
            found["version"],
        )
    return found


def as_of(call: Call, value: object, place: str) -> str:
    """The verbatim ``as_of``.

    Raises:
        ReplyError: it is not a time or a day; without it the attribution cannot be written.
    """
    if isinstance(value, str):
        try:
            dates.parse_as_of(value)
        except ValueError:
            pass
        else:
            return value
    raise refuse(call, place, "an ISO 8601 time or day", value)


def window(reply: Reply, found: Mapping[str, Any]) -> Window:
    """The window that the reply says it covers, which may differ from the one asked for.

    Raises:
        ReplyError: it is missing or runs backwards.
    """
    days = []
    for name in ("start_date", "end_date"):
        try:
            days.append(dates.parse_day(found.get(name) or ""))
        except (ValueError, TypeError):
            raise refuse(
                reply.call, f"meta.{name}", "a day as YYYY-MM-DD", found.get(name)
            ) from None
    if days[0] > days[1]:
        raise refuse(reply.call, "meta.start_date", f"a day up to {days[1]}", str(days[0]))
    return Window(days[0], days[1])


def rows(
    reply: Reply,
    items: list[Any],
    kind: type[_ROW] | Callable[[Mapping[str, Any]], type[_ROW] | None],
    place: str = "data",
) -> Rows:
    """The items as typed rows, in their order.

    Args:
        kind: the row's type, or a choice of it by the item; a choice of None passes over the item as a
            shape that is not known here (it stays in the snapshot).

    Raises:
        ReplyError: more than one item in twenty has a documented field with a wrong value.
    """
    kept: list[Any] = []
    wrong: list[str] = []
    unknown: dict[str, None] = {}
    strangers: list[int] = []
    for number, item in enumerate(items):
        chosen = kind if isinstance(kind, type) else kind(item) if isinstance(item, dict) else None
        if chosen is None and isinstance(item, dict):
            strangers.append(number)
            continue
        try:
            kept.append(msgspec.convert(item, chosen or dict))
        except msgspec.ValidationError as error:
            wrong.append(_sentence(reply.call, f"{place}[{number}]", item, error))
            continue
        if chosen is not None:
            _notice(item, chosen, unknown)
    if strangers:
        source = quote(items[strangers[0]].get("source"))
        unknown[
            f"{len(strangers)} rows of an unknown kind, first {place}[{strangers[0]}], source {source}"
        ] = None
    if len(wrong) * _TOLERATED > len(items):
        raise ReplyError(f"{wrong[0]} ({len(wrong)} of {len(items)} rows are wrong)")
    return Rows(
        tuple(kept),
        tuple(f"{sentence}; the row was set aside" for sentence in wrong),
        tuple(
            f"{reply.call.dataset}: {sentence}; kept in the snapshot, not shown"
            for sentence in unknown
        ),
    )


def _notice(item: Mapping[str, Any], kind: type[msgspec.Struct], unknown: dict[str, None]) -> None:
    for name in item.keys() - set(kind.__struct_encode_fields__):
        unknown[f'an undocumented field "{key_text.mask(name)[:_MOST_QUOTED]}"'] = None


def _sentence(call: Call, place: str, item: object, error: msgspec.ValidationError) -> str:
    match = _WHERE.match(str(error))
    what = match["what"] if match else str(error)
    path = ((match["path"] or "") if match else "").removeprefix("$")
    value = _at(item, path)
    expected = what.split(", got ")[0].replace("Expected ", "expected ").replace("`", "")
    if expected.startswith("Object missing required field"):
        return f"{call.dataset} reply to {call}, {place}{path}.{expected.split()[-1]}: expected a value, got nothing"
    if expected.startswith("Invalid"):
        expected = "expected a day as YYYY-MM-DD"
    return (
        f"{call.dataset} reply to {call}, {place}{path}: {_friendly(expected)}, got {quote(value)}"
    )


def _friendly(expected: str) -> str:
    if "matching regex" in expected:
        return (
            "expected a string of 1 to 20 digits"
            if "{1,20}" in expected
            else "expected a decimal number as a string"
        )
    words = {
        "int": "an integer",
        "str": "a string",
        "float": "a number",
        "array": "a list",
        "object": "an object",
    }
    for name, word in words.items():
        expected = re.sub(rf"\b{name}\b", word, expected)
    return expected


def _at(item: object, path: str) -> object:
    for step in re.findall(r"\.([^.\[]+)|\[(\d+)\]", path):
        name, number = step
        if name and isinstance(item, dict):
            item = item.get(name)
        elif number and isinstance(item, list) and int(number) < len(item):
            item = item[int(number)]
        else:
            return None
    return item


def unique(call: Call, found: Iterable[_ROW], key: Callable[[_ROW], Hashable]) -> list[_ROW]:
    """The rows without exact repetitions.

    Raises:
        ReplyError: two rows for one key say different things.
    """
    seen: dict[Hashable, _ROW] = {}
    for row in found:
        first = seen.setdefault(key(row), row)
        if first is not row and first != row:
            raise ReplyError(
                f"{call.dataset} reply to {call}: two different rows for {quote(key(row))}"
            )
    return list(seen.values())


def set_aside_if(found: Rows, wrong: Callable[[Any], str | None]) -> Rows:
    """Also sets aside the rows about which ``wrong`` has a sentence."""
    kept, aside = [], list(found.set_aside)
    for row in found.rows:
        sentence = wrong(row)
        if sentence is None:
            kept.append(row)
        else:
            aside.append(f"{sentence}; the row was set aside")
    return Rows(tuple(kept), tuple(aside), found.noticed)
