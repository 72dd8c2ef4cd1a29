"""The apps that use most tokens and those that grow most, overall, by category and subcategory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from generator.base import formats
from generator.base.attribution import distinct
from generator.base.dates import Window
from generator.boards import category_words, sentences
from generator.boards.board import AnyBoard, Board, BoardId, BoardRow, Column, Entity, Moved
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
    """An app's place, tokens and requests in the window of its list."""

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
        where: the category in words, empty for all.
    """

    sort: str
    category: str
    subcategory: str
    where: str


_Place = tuple[str, str, str]
"""A list: its sort, category and subcategory."""


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield one board per list, each with the credit and window of its own reply."""
    lists: dict[_Place, list[AppPage]] = {}
    for page in sources.app_pages:
        lists.setdefault((page.sort, page.category, page.subcategory), []).append(page)

    before: dict[_Place, list[ListedApp]] = {}
    for app in sources.apps_week_before:
        place = (app.sort, app.category, app.subcategory)
        if place in lists and _a_week_apart(app.window, lists[place][0].window):
            before.setdefault(place, []).append(app)

    for sort in SORTS:
        for category, subcategory in slices():
            place = (sort, category, subcategory)
            if place in lists:
                yield _board(place, lists[place], before.get(place, ()))


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


def _board(place: _Place, pages: Sequence[AppPage], before: Sequence[ListedApp]) -> AppsBoard:
    sort, category, subcategory = place
    ranks_before = {app.app_id: app.rank for app in before} or None
    apps = chain.from_iterable(page.rows for page in pages)
    rows = tuple(_row(app, ranks_before) for app in apps)
    window = pages[0].window
    where = category_words.phrase(subcategory or category) if category else ""
    if sort == TRENDING:
        title, note = "Fastest-growing apps", _TRENDING_NOTE
        finding = trending_finding(rows, where, window)
    else:
        title, note = "Top apps by tokens", _POPULAR_NOTE
        finding = popular_finding(rows, where, window)
    return AppsBoard(
        id=BoardId(FAMILY, *(part for part in place if part)),
        title=f"{title}: {where}" if where else title,
        columns=_COLUMNS,
        phone=("rank", "app", "total_tokens"),
        rows=rows,
        citations=distinct(page.citation for page in pages),
        datasets=(NAME,),
        finding=finding,
        notes=(note, _compared_with(before)),
        scope=SCOPE,
        window=window,
        processing="Tokens per request and changes of rank are computed here; ranks and sums are the source's.",
        sort=sort,
        category=category,
        subcategory=subcategory,
        where=where,
    )


def _a_week_apart(before: Window, now: Window | None) -> bool:
    """Return whether two lists are of windows that a change "against the week before" may compare."""
    return now is not None and (now.end - before.end).days in DAYS_APART


def _compared_with(before: Sequence[ListedApp]) -> str:
    if not before:
        return "Changes of rank are not shown: no list seven to nine days older is archived."
    return f"Changes of rank are vs the list of {before[0].window.human()}."


def _row(app: ListedApp, ranks_before: dict[int, int] | None) -> AppRow:
    requests = app.total_requests
    return AppRow(
        rank=app.rank,
        moved=rank_change(app.app_id, app.rank, ranks_before, seen_earlier=False),
        app=Entity(str(app.app_id), formats.sanitize(app.app_name)),
        total_tokens=app.tokens,
        total_requests=requests,
        tokens_per_request=round(app.tokens / requests) if requests else None,
    )


def popular_finding(rows: Sequence[AppRow], where: str, window: Window | None) -> str:
    """Return which of the listed apps used the most tokens and how far it is ahead, empty without apps.

    Args:
        rows: of one list.
        where: the category in words, empty for all.
        window: the days of the list, None where the source does not state them.
    """
    if not rows:
        return ""
    listed, period = _listed_apps(rows, where), period_in_words(window)
    first = most_used(rows)
    names = sentences.app_names(row.app for row in rows)
    used = formats.tokens_in_words(first[0].total_tokens)
    leaders = sentences.listed([names[row.app] for row in first])
    if not first[0].total_tokens:
        return f"Of {listed}, none used any tokens {period}."
    if len(rows) == 1:
        return f"{leaders} is the only listed app{_in(where)}: {used} tokens {period}."
    if len(first) > 1:
        return f"Of {listed}, {leaders} share the lead: {used} tokens each {period}."

    behind = [row for row in rows if row not in first]
    second = most_used(behind)
    times = _times(first[0].total_tokens, second[0].total_tokens)
    others = sentences.listed([names[row.app] for row in second])
    ahead = f", {times} {others}" if times else ""
    return f"Of {listed}, {leaders} used the most: {used} tokens {period}{ahead}."


def period_in_words(window: Window | None) -> str:
    """Return ``in 30 days``, or ``in the period`` where the source does not state one."""
    return f"in {formats.counted(window.days, 'day')}" if window else "in the period"


def most_used(rows: Sequence[AppRow]) -> list[AppRow]:
    """Return the apps that share the most tokens."""
    return sentences.at_top(rows, lambda row: row.total_tokens)


def trending_finding(rows: Sequence[AppRow], where: str, window: Window | None) -> str:
    """Return which of the listed apps the source puts first by growth, empty without apps.

    The source publishes the order by growth and the tokens used, not the growth itself.

    Args:
        rows: of one list.
        where: the category in words, empty for all.
        window: the days of the list, None where the source does not state them.
    """
    if not rows:
        return ""
    names = sentences.app_names(row.app for row in rows)
    first = sentences.at_top(rows, lambda row: -row.rank)
    leaders = sentences.listed([names[row.app] for row in first])
    if len(rows) == 1:
        growth = f"{leaders} is the only listed app{_in(where)} that added tokens over its earlier average"
    elif len(first) > 1:
        growth = (
            f"Of {_listed_apps(rows, where)}, {leaders} share the lead in tokens added "
            "over the earlier average"
        )
    else:
        growth = f"Of {_listed_apps(rows, where)}, {leaders} added the most tokens over its earlier average"
    sentence = f"{growth} (the amount is not published)"
    if len(first) > 1:
        return f"{sentence}."
    used = formats.tokens_in_words(first[0].total_tokens)
    return f"{sentence}; it used {used} tokens {period_in_words(window)}."


def request_sizes(rows: Sequence[AppRow]) -> str:
    """Return which app sends the most tokens per request and which the fewest, empty without requests."""
    counted = [row for row in rows if row.total_tokens > 0 and row.total_requests > 0]
    if not counted:
        return ""
    most = sentences.at_top(counted, per_request)
    fewest = sentences.at_top(counted, lambda row: -per_request(row))
    names = sentences.app_names(row.app for row in rows)
    high = sentences.listed([names[row.app] for row in most])
    low = sentences.listed([names[row.app] for row in fewest])
    highest, lowest = (f"{per_request(level[0]):,.0f}" for level in (most, fewest))
    if len(counted) == 1:
        return f"{high} uses {highest} tokens per request, the most and the fewest of one app."
    if most == fewest:
        return f"All {len(counted)} apps use the same number of tokens per request, {highest}."
    return (
        f"Of {formats.counted(len(counted), 'app')}, {high} {_verb(most)} the most tokens per "
        f"request, {highest}; {low} {_verb(fewest)} the fewest, {lowest}."
    )


def per_request(row: AppRow) -> float:
    """Return the tokens per request of an app that has requests."""
    return row.total_tokens / row.total_requests


def _verb(rows: Sequence[AppRow]) -> str:
    return "uses" if len(rows) == 1 else "use"


def _listed_apps(rows: Sequence[AppRow], where: str) -> str:
    return formats.counted(len(rows), "listed app") + _in(where)


def _in(where: str) -> str:
    return f" in {where}" if where else ""


def _times(more: int, less: int) -> str:
    """Return ``4.1 times as many as``; ``just ahead of`` where that would be 1.0, empty where there is no measure."""
    if not less:
        return ""
    times = f"{more / less:,.1f}"
    return "just ahead of" if times == "1.0" else f"{times} times as many as"


MAKER = BoardMaker(families=(FAMILY,), make=boards, needs=("app_pages",))
