"""The apps that use most tokens and those that grow most, overall, by category and subcategory."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from generator.base import formats
from generator.base.attribution import distinct
from generator.base.dates import Window
from generator.boards import category_words, sentences
from generator.boards.board import (
    AnyBoard,
    Board,
    BoardId,
    BoardRow,
    Column,
    Entity,
    Moved,
    grouped,
)
from generator.boards.sources import AppPage, BoardMaker, Sources
from generator.boards.totals import rank_change
from generator.endpoints.app_rankings import NAME, SORTS, ListedApp, slices

SCOPE = (
    "Apps that identify themselves to OpenRouter; tokens are counted by each provider's own tokenizer. "
    "An app can be in several subcategories, so lists overlap."
)
FAMILY = "apps"
POPULAR, TRENDING = "popular", "trending"
DAYS_APART = range(7, 10)
"""The days between two lists of which one is the other's week before: a run or two may have failed between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppRow(BoardRow):
    """An app's place, tokens and requests in the window of its list.

    Attributes:
        moved: against the same list a week before.
        tokens_per_request: to the next whole number; None without requests.
    """

    rank: int
    moved: Moved
    app: Entity
    total_tokens: int
    total_requests: int
    tokens_per_request: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppsBoard(Board[AppRow]):
    """One list of apps.

    Attributes:
        sort: ``popular`` or ``trending``.
        category, subcategory: as the source writes them, empty for all.
    """

    sort: str
    category: str
    subcategory: str


class _List(NamedTuple):
    """What tells one list of apps from another: its category and subcategory are empty for all."""

    sort: str
    category: str
    subcategory: str

    @property
    def innermost(self) -> str:
        """The subcategory, or the category of a list without one."""
        return self.subcategory or self.category


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield one board per list, each with the credit and window of its own reply."""
    pages = grouped(sources.app_pages, _list_of)
    earlier = grouped(sources.apps_week_before, _list_of)
    for sort in SORTS:
        for category, subcategory in slices():
            list_ = _List(sort, category, subcategory)
            if list_ in pages:
                yield _board(list_, pages[list_], earlier.get(list_, ()))


def _list_of(part: AppPage | ListedApp) -> _List:
    return _List(part.sort, part.category, part.subcategory)


_COLUMNS = (
    Column("rank", "Rank", "rank", "Rank in this list"),
    Column("moved", "Change", "moved", "Places gained or lost vs the list a week earlier"),
    Column("app", "App", "entity"),
    Column("total_tokens", "Tokens", "tokens", "In this period", bar=True),
    Column("total_requests", "Requests", "tokens", "In this period"),
    Column("tokens_per_request", "Tokens per request", "integer"),
)
_POPULAR_NOTE = "Ordered by tokens in this period."
_TRENDING_NOTE = (
    "Ordered by growth: tokens in this period minus the average of the previous three periods. "
    "The tokens shown are the period's total, so they do not fall from row to row."
)


def _board(list_: _List, pages: Sequence[AppPage], earlier: Sequence[ListedApp]) -> AppsBoard:
    """Return the board of a list.

    Args:
        list_: which of the lists it is.
        pages: of the list, the first ranks first.
        earlier: the same list of an earlier snapshot, empty where none is held.
    """
    window = pages[0].window
    before = [app for app in earlier if _a_week_apart(app.window, window)]
    ranks_before = None
    if before:
        ranks_before = {app.app_id: app.rank for app in before}
    apps = chain.from_iterable(page.rows for page in pages)
    rows = tuple(_row(app, ranks_before) for app in apps)

    title, note, find = "Top apps by tokens", _POPULAR_NOTE, popular_finding
    if list_.sort == TRENDING:
        title, note, find = "Fastest-growing apps", _TRENDING_NOTE, trending_finding
    if list_.innermost:
        title += f": {category_words.phrase(list_.innermost)}"
    return AppsBoard(
        id=BoardId(FAMILY, *filter(None, list_)),
        title=title,
        columns=_COLUMNS,
        phone=("rank", "app", "total_tokens"),
        rows=rows,
        citations=distinct(page.citation for page in pages),
        datasets=(NAME,),
        finding=find(rows, list_.innermost, window),
        notes=(note, _compared_with(before)),
        scope=SCOPE,
        window=window,
        processing="Tokens per request and changes of rank are computed here; ranks and sums are the source's.",
        sort=list_.sort,
        category=list_.category,
        subcategory=list_.subcategory,
    )


def _a_week_apart(before: Window, now: Window | None) -> bool:
    """Return whether two lists are of windows that a change "against the week before" may compare."""
    return now is not None and (now.end - before.end).days in DAYS_APART


def _compared_with(before: Sequence[ListedApp]) -> str:
    if not before:
        return "Changes of rank are not shown: no list seven to nine days older is archived."
    return f"Changes of rank are vs the list of {before[0].window.human()}."


def _row(app: ListedApp, ranks_before: Mapping[int, int] | None) -> AppRow:
    tokens_per_request = None
    if app.total_requests:
        tokens_per_request = round(app.tokens / app.total_requests)
    return AppRow(
        rank=app.rank,
        moved=rank_change(app.app_id, app.rank, ranks_before, seen_earlier=False),
        app=Entity(str(app.app_id), formats.sanitize(app.app_name)),
        total_tokens=app.tokens,
        total_requests=app.total_requests,
        tokens_per_request=tokens_per_request,
    )


def popular_finding(rows: Sequence[AppRow], category: str, window: Window | None) -> str:
    """Return which of the listed apps used the most tokens and how far it is ahead, empty without apps.

    Args:
        rows: of one list.
        category: or subcategory, as the source writes it, empty for all.
        window: the days of the list, None where the source does not state them.
    """
    if not rows:
        return ""
    listed, period = _listed_apps(rows, category), period_in_words(window)
    first = most_used(rows)
    leaders = _names(first, rows)
    used = formats.tokens_in_words(first[0].total_tokens)
    if not first[0].total_tokens:
        return f"Of {listed}, none used any tokens {period}."
    if len(rows) == 1:
        return f"{leaders} is the only listed app{_in(category)}: {used} tokens {period}."
    if len(first) > 1:
        return f"Of {listed}, {leaders} share the lead: {used} tokens each {period}."
    ahead = _ahead(first[0], [row for row in rows if row not in first], rows)
    return f"Of {listed}, {leaders} used the most: {used} tokens {period}{ahead}."


def period_in_words(window: Window | None) -> str:
    """Return ``in 30 days``, or ``in the period`` where the source does not state one."""
    return f"in {formats.counted(window.days, 'day')}" if window else "in the period"


def most_used(rows: Sequence[AppRow]) -> list[AppRow]:
    """Return the apps that share the most tokens."""
    return sentences.at_top(rows, lambda row: row.total_tokens)


def trending_finding(rows: Sequence[AppRow], category: str, window: Window | None) -> str:
    """Return which of the listed apps the source puts first by growth, empty without apps.

    The source publishes the order by growth and the tokens used, not the growth itself.

    Args:
        rows: of one list.
        category: or subcategory, as the source writes it, empty for all.
        window: the days of the list, None where the source does not state them.
    """
    if not rows:
        return ""
    listed, unpublished = _listed_apps(rows, category), "(the amount is not published)"
    first = sentences.at_top(rows, lambda row: -row.rank)
    leaders = _names(first, rows)
    if len(first) > 1:
        return f"Of {listed}, {leaders} share the lead in tokens added over the earlier average {unpublished}."

    who = f"Of {listed}, {leaders} added the most tokens"
    if len(rows) == 1:
        who = f"{leaders} is the only listed app{_in(category)} that added tokens"
    used = formats.tokens_in_words(first[0].total_tokens)
    return (
        f"{who} over its earlier average {unpublished}; "
        f"it used {used} tokens {period_in_words(window)}."
    )


def request_sizes(rows: Sequence[AppRow]) -> str:
    """Return which app sends the most tokens per request and which the fewest, empty without requests.

    Apps are level where their tokens per request are the same to the next whole number, as they are displayed.
    """
    counted = [row for row in rows if row.total_tokens > 0 and row.total_requests > 0]
    if not counted:
        return ""
    most = sentences.at_top(counted, _whole_per_request)
    fewest = sentences.at_top(counted, lambda row: -_whole_per_request(row))
    high, low = _names(most, rows), _names(fewest, rows)
    highest, lowest = _whole_per_request(most[0]), _whole_per_request(fewest[0])
    if len(counted) == 1:
        return f"{high} uses {highest:,} tokens per request, the most and the fewest of one app."
    if highest == lowest:
        return f"All {len(counted)} apps use the same number of tokens per request, {highest:,}."
    return (
        f"Of {formats.counted(len(counted), 'app')}, {high} {_verb(most)} the most tokens per "
        f"request, {highest:,}; {low} {_verb(fewest)} the fewest, {lowest:,}."
    )


def per_request(row: AppRow) -> float:
    """Return the tokens per request of an app that has requests."""
    return row.total_tokens / row.total_requests


def _whole_per_request(row: AppRow) -> int:
    return round(per_request(row))


def _verb(rows: Sequence[AppRow]) -> str:
    return "uses" if len(rows) == 1 else "use"


def _listed_apps(rows: Sequence[AppRow], category: str) -> str:
    return formats.counted(len(rows), "listed app") + _in(category)


def _names(some: Sequence[AppRow], rows: Sequence[AppRow]) -> str:
    """Return the names of some apps of a list, which are told apart from all others."""
    names = sentences.app_names(row.app for row in rows)
    return sentences.listed([names[row.app] for row in some])


def _in(category: str) -> str:
    return f" {category_words.within(category)}" if category else ""


def _ahead(first: AppRow, others: Sequence[AppRow], rows: Sequence[AppRow]) -> str:
    """Return ``, 4.1 times as many as A``, ``, just ahead of A`` where that would be 1.0; empty where others have none.

    Args:
        first: the most used app.
        others: the others of its list.
        rows: all of the list.
    """
    second = most_used(others)
    tokens = second[0].total_tokens
    if not tokens:
        return ""
    factor = formats.fixed(first.total_tokens / tokens, 1)
    if factor == "1.0":
        return f", just ahead of {_names(second, rows)}"
    return f", {formats.times(factor)} as many as {_names(second, rows)}"


MAKER = BoardMaker(families=(FAMILY,), make=boards, needs=("app_pages",))
