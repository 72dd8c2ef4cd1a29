"""The apps that use most tokens and those that grow most, overall, by category and subcategory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from generator.base import formats
from generator.base.attribution import distinct
from generator.base.dates import Window
from generator.boards import category_words
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
    Column("rank", "Rank", "rank", "Place in this list"),
    Column("moved", "Change", "moved", "Places gained or lost against the list of a week before"),
    Column("app", "App", "entity"),
    Column("total_tokens", "Tokens", "tokens", "In the window", bar=True),
    Column("total_requests", "Requests", "tokens", "In the window"),
    Column("tokens_per_request", "Tokens per request", "integer"),
)
_POPULAR_NOTE = "Ordered by tokens over the window."
_TRENDING_NOTE = (
    "Ordered by growth: tokens in the window above the mean of the three windows before it. "
    "The tokens shown are the window's total, so they do not fall from row to row."
)


def _board(place: _Place, pages: Sequence[AppPage], before: Sequence[ListedApp]) -> AppsBoard:
    sort, category, subcategory = place
    trending = sort == TRENDING
    ranks_before = {app.app_id: app.rank for app in before} or None
    apps = list(chain.from_iterable(page.rows for page in pages))
    where = category_words.phrase(subcategory or category) if category else ""
    verb = "grow" if trending else "use"
    return AppsBoard(
        id=BoardId(FAMILY, *(part for part in place if part)),
        title=f"Which apps {verb} most in {where}?" if where else f"Which apps {verb} most?",
        columns=_COLUMNS,
        rows=tuple(_row(app, ranks_before) for app in apps),
        citations=distinct(page.citation for page in pages),
        datasets=(NAME,),
        finding=_trending_finding(apps) if trending else _popular_finding(apps),
        notes=(_TRENDING_NOTE if trending else _POPULAR_NOTE, _compared_with(before)),
        scope=SCOPE,
        window=pages[0].window,
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
        return "Changes of rank are not stated: no list that is seven to nine days older is held."
    return f"Changes of rank are against the list of {before[0].window.human()}."


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


def _trending_finding(apps: Sequence[ListedApp]) -> str:
    if not apps:
        return ""
    name, tokens = formats.sanitize(apps[0].app_name), formats.tokens_in_words(apps[0].tokens)
    return f"{name} grows most; it used {tokens} tokens in the window."


def _popular_finding(apps: Sequence[ListedApp]) -> str:
    if not apps:
        return ""
    first = apps[0]
    name, tokens = formats.sanitize(first.app_name), formats.tokens_in_words(first.tokens)
    sentence = f"{name} uses most, {tokens} tokens in the window"
    if len(apps) > 1 and apps[1].tokens:
        times = first.tokens / apps[1].tokens
        sentence += f", {times:.1f} times as many as {formats.sanitize(apps[1].app_name)}"
    return sentence + "."


MAKER = BoardMaker(families=(FAMILY,), make=boards, needs=("app_pages",))
