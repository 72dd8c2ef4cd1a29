"""/datasets/app-rankings: the apps that use most tokens, or grow most, overall and by category."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import msgspec

from generator.base import attribution
from generator.base.dates import Window
from generator.endpoints import parsing
from generator.endpoints.endpoint import Call, Endpoint, HeldState, Parsed, Reply

NAME = "app-rankings"
PATH = "/datasets/app-rankings"
SORTS = ("popular", "trending")
CATEGORIES = {
    "coding": (
        "cli-agent",
        "ide-extension",
        "cloud-agent",
        "programming-app",
        "native-app-builder",
    ),
    "creative": ("creative-writing", "video-gen", "image-gen", "audio-gen"),
    "productivity": ("writing-assistant", "general-chat", "personal-agent", "legal"),
    "entertainment": ("roleplay", "game"),
}
DAYS = 30
PAGE = 100
DEEPEST_OFFSET = 100


class AppRow(msgspec.Struct, frozen=True):
    """One app of one list; ``app_id`` is its identity, names change and repeat."""

    rank: parsing.Rank
    app_id: parsing.Count
    app_name: str
    total_tokens: parsing.Digits
    total_requests: parsing.Count


class ListedApp(msgspec.Struct, frozen=True):
    """An app's place in one list (``sort``, ``category``, ``subcategory``) over one window."""

    sort: str
    category: str
    subcategory: str
    window: Window
    as_of: str
    rank: int
    app_id: int
    app_name: str
    total_tokens: str
    total_requests: int

    @property
    def tokens(self) -> int:
        return int(self.total_tokens)


def slices() -> Iterator[tuple[str, str]]:
    """(category, subcategory) of all twenty lists; empty strings mean all."""
    yield "", ""
    for category, subcategories in CATEGORIES.items():
        yield category, ""
        for subcategory in subcategories:
            yield category, subcategory


def calls(today: date, _held: HeldState) -> list[Call]:
    """The first page of every list, over the thirty days up to yesterday."""
    window = Window.ending(today - timedelta(days=1), DAYS)
    return [
        _call(window, sort, category, subcategory)
        for category, subcategory in slices()
        for sort in SORTS
    ]


def _call(window: Window, sort: str, category: str, subcategory: str, offset: int = 0) -> Call:
    asked = (
        ("sort", sort),
        ("category", category),
        ("subcategory", subcategory),
        ("start_date", str(window.start)),
        ("end_date", str(window.end)),
        ("limit", str(PAGE)),
        ("offset", str(offset)),
    )
    return Call(NAME, PATH, tuple((name, value) for name, value in asked if value))


def more(reply: Reply, parsed: Parsed) -> list[Call]:
    """The next page: only after a full one, and never past the deepest offset that is documented."""
    offset = int(reply.call.param("offset", "0")) + PAGE
    if len(parsed.rows) + len(parsed.set_aside) < PAGE or offset > DEEPEST_OFFSET:
        return []
    params = tuple(
        (name, str(offset) if name == "offset" else value) for name, value in reply.call.params
    )
    return [Call(NAME, PATH, params)]


def parse(reply: Reply) -> Parsed:
    meta = parsing.meta(reply)
    window = parsing.window(reply, meta)
    found = parsing.rows(reply, parsing.member(reply, "data", list, "a list"), AppRow)
    rows = parsing.unique(reply.call, found.rows, lambda row: row.app_id)
    noticed = list(found.noticed)
    offset = int(reply.call.param("offset", "0"))
    expected = range(offset + 1, offset + 1 + len(rows))
    if not found.set_aside and [row.rank for row in rows] != list(expected):
        noticed.append(
            f"{NAME}: ranks of {reply.call} do not run from {offset + 1} to {offset + len(rows)}"
        )
    listed = tuple(
        ListedApp(
            sort=reply.call.param("sort"),
            category=reply.call.param("category"),
            subcategory=reply.call.param("subcategory"),
            window=window,
            as_of=meta["as_of"],
            **{name: getattr(row, name) for name in AppRow.__struct_fields__},
        )
        for row in rows
    )
    return Parsed(listed, attribution.apps(meta["as_of"]), window, found.set_aside, tuple(noticed))


def key(row: ListedApp) -> tuple[object, ...]:
    return (row.sort, row.category, row.subcategory, row.app_id)


def table(row: ListedApp) -> list[dict[str, Any]]:
    return [
        {
            "sort": row.sort,
            "category": row.category,
            "subcategory": row.subcategory,
            "start_date": str(row.window.start),
            "end_date": str(row.window.end),
            "rank": row.rank,
            "app_id": row.app_id,
            "app_name": row.app_name,
            "total_tokens": row.total_tokens,
            "total_requests": row.total_requests,
        }
    ]


ENDPOINT = Endpoint(
    name=NAME,
    title="App rankings",
    about="The apps that use most tokens, and those that grow most, over thirty days: overall and by category.",
    calls=calls,
    more=more,
    parse=parse,
    key=key,
    table=table,
    # The API gives one app's aliases in turn, and as_of is the time of the question.
    volatile=frozenset({"as_of", "app_name"}),
    longest=lambda today, held: 2 * len(calls(today, held)),
    columns=(
        (
            "sort",
            "`popular` (by tokens) or `trending` (by tokens above the mean of the three windows before)",
        ),
        ("category", "empty for all"),
        ("subcategory", "empty for the whole category"),
        ("start_date", "first UTC day of the window, as the reply gives it"),
        ("end_date", "last UTC day of the window"),
        ("rank", "place in that list, from 1"),
        ("app_id", "the app's identity; names change and repeat"),
        ("app_name", "the name at the time of the snapshot"),
        ("total_tokens", "tokens in the window, an exact integer"),
        ("total_requests", "requests in the window"),
    ),
)
