"""/datasets/app-rankings: the apps that use most tokens, or grow most, overall and by category."""

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from generator.base import attribution
from generator.base.dates import Window
from generator.endpoints import columns, parsing
from generator.endpoints.endpoint import Call, Endpoint, HeldState, Parsed, Reply
from generator.endpoints.ordering import Record

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
"""The largest offset that is documented; with pages of a hundred it allows two."""


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
    """Yield the category and the subcategory of all twenty lists; an empty string means all."""
    yield "", ""
    for category, subcategories in CATEGORIES.items():
        yield category, ""
        for subcategory in subcategories:
            yield category, subcategory


def calls(today: date, _state: HeldState) -> list[Call]:
    """Return calls for the first page of every list, over the thirty days up to yesterday."""
    window = Window.ending(today - timedelta(days=1), DAYS)
    first_pages = []
    for category, subcategory in slices():
        first_pages += [_call(window, sort, category, subcategory) for sort in SORTS]
    return first_pages


def _call(window: Window, sort: str, category: str, subcategory: str) -> Call:
    params = (
        ("sort", sort),
        ("category", category),
        ("subcategory", subcategory),
        ("start_date", str(window.start)),
        ("end_date", str(window.end)),
        ("limit", str(PAGE)),
        ("offset", "0"),
    )
    sent = tuple((name, value) for name, value in params if value)
    return Call(NAME, PATH, sent, separable=bool(category))


def more(reply: Reply, parsed: Parsed[ListedApp]) -> list[Call]:
    """Return the call for the next page: only after a full one, and never past the deepest offset."""
    is_full = len(parsed.rows) + len(parsed.set_aside) >= PAGE
    next_offset = _offset(reply.call) + PAGE
    if not is_full or next_offset > DEEPEST_OFFSET:
        return []
    params = {**dict(reply.call.params), "offset": str(next_offset)}
    return [Call(NAME, PATH, tuple(params.items()))]


def max_calls(today: date, state: HeldState) -> int:
    """Return the number of calls when every list has a second page."""
    return 2 * len(calls(today, state))


def parse(reply: Reply) -> Parsed[ListedApp]:
    """Return the page's apps by rank, in whatever order they came; ranks that do not run on are noticed.

    Raises:
        ReplyError: the reply cannot be used.
    """
    meta = parsing.meta(reply)
    window = parsing.window(reply, meta)
    page = parsing.rows(reply, parsing.member(reply, "data", list, "a list"), AppRow)

    noticed = [*page.noticed, *parsing.window_notices(reply, window)]
    first_rank = _offset(reply.call) + 1
    last_rank = first_rank + len(page.rows) - 1
    ranks = [row.rank for row in page.rows]
    if not page.set_aside and ranks != list(range(first_rank, last_rank + 1)):
        noticed.append(f"{NAME}: ranks of {reply.call} do not run from {first_rank} to {last_rank}")

    rows = sorted(page.rows, key=lambda row: (row.rank, row.app_id))
    listed = [_listed(reply.call, window, meta["as_of"], row) for row in rows]
    citation = attribution.apps(meta["as_of"])
    return Parsed(tuple(listed), citation, window, page.set_aside, tuple(noticed))


def _offset(call: Call) -> int:
    return int(call.param("offset", "0"))


def _listed(call: Call, window: Window, as_of: str, row: AppRow) -> ListedApp:
    return ListedApp(
        sort=call.param("sort"),
        category=call.param("category"),
        subcategory=call.param("subcategory"),
        window=window,
        as_of=as_of,
        rank=row.rank,
        app_id=row.app_id,
        app_name=row.app_name,
        total_tokens=row.total_tokens,
        total_requests=row.total_requests,
    )


def key(row: ListedApp) -> tuple[str, str, str, int]:
    """Return the list and the app: a list names each app once, on whatever page."""
    return (row.sort, row.category, row.subcategory, row.app_id)


def list_of(row: ListedApp) -> str:
    """Return the name of the row's list: ``popular``, ``trending coding`` or ``popular coding/cli-agent``."""
    group = "/".join(part for part in (row.category, row.subcategory) if part)
    return f"{row.sort} {group}".strip()


def table(row: ListedApp) -> list[dict[str, object]]:
    """Return one record for one row."""
    record = {
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
    return [record]


def order(record: Record) -> tuple[object, ...]:
    """Return what sorts records by list, all apps first, then by rank."""
    names = ("category", "subcategory", "sort", "rank", "app_id")
    return tuple(record[name] for name in names)


ENDPOINT = Endpoint(
    name=NAME,
    title="App rankings",
    about="The most-used and fastest-growing apps over thirty days: overall and by category.",
    calls=calls,
    more=more,
    parse=parse,
    key=key,
    table=table,
    # The API gives one app's aliases in turn, and as_of is the time of the request.
    volatile=frozenset({"as_of", "app_name"}),
    max_calls=max_calls,
    key_columns=("sort", "category", "subcategory", "app_id"),
    order=order,
    row_window=lambda row: row.window,
    list_of=list_of,
    # What is trending is another list each day, and an empty one on a day without growth.
    is_steady=lambda row: row.sort == "popular",
    columns=(
        columns.text(
            "sort",
            "`popular` (by tokens) or `trending` (by tokens above the average of the previous three periods)",
            always=True,
            least=1,
        ),
        columns.text("category", "empty for all", always=True),
        columns.text("subcategory", "empty for the whole category", always=True),
        columns.date(
            "start_date", "first UTC day of the period, as the reply gives it", always=True
        ),
        columns.date("end_date", "last UTC day of the period", always=True),
        columns.integer("rank", "rank in that list, from 1", always=True, least=1),
        columns.integer(
            "app_id", "the app's identity; names change and repeat", always=True, least=0
        ),
        columns.text("app_name", "the name at the time of the snapshot", always=True),
        columns.tokens("total_tokens", "tokens in the period, an exact integer", always=True),
        columns.integer("total_requests", "requests in the period", always=True, least=0),
    ),
)
