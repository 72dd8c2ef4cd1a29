"""Which apps use most tokens and which grow most, overall, by category and subcategory."""

from collections.abc import Iterator, Mapping, Sequence

from generator.base import formats
from generator.boards import category_words
from generator.boards.board import Board, Column, Entity, Row
from generator.boards.totals import moved
from generator.endpoints.app_rankings import NAME, SORTS, ListedApp, slices
from generator.endpoints.endpoint import Call, Parsed

SCOPE = (
    "Apps that identify themselves to OpenRouter; tokens are counted by each provider's own tokenizer. "
    "An app can be in several subcategories, so lists overlap."
)
Place = tuple[str, str, str]


def boards(answers: Sequence[tuple[Call, Parsed]], before: Sequence[Parsed]) -> Iterator[Board]:
    """One board per list, each with the credit and window of its own reply.

    Args:
        answers: the newest snapshot's calls and what came.
        before: the replies of a snapshot at least a week older, empty when there is none.
    """
    lists: dict[Place, list[Parsed]] = {}
    for call, one in answers:
        place = (call.param("sort"), call.param("category"), call.param("subcategory"))
        lists.setdefault(place, []).append(one)
    earlier = _ranks(before)
    for sort in SORTS:
        for category, subcategory in slices():
            pages = lists.get((sort, category, subcategory))
            if pages:
                yield _board(
                    (sort, category, subcategory), pages, earlier.get((sort, category, subcategory))
                )


def _ranks(parsed: Sequence[Parsed]) -> Mapping[Place, Mapping[int, int]]:
    found: dict[Place, dict[int, int]] = {}
    for one in parsed:
        for row in one.rows:
            found.setdefault((row.sort, row.category, row.subcategory), {})[row.app_id] = row.rank
    return found


def board_id(place: Place) -> str:
    return ".".join(("apps", *(part for part in place if part)))


def _board(place: Place, pages: Sequence[Parsed], before: Mapping[int, int] | None) -> Board:
    sort, category, subcategory = place
    apps: list[ListedApp] = [row for page in pages for row in page.rows]
    window = pages[0].window
    rows = tuple(
        Row(
            {
                "rank": app.rank,
                "moved": moved(app.app_id, app.rank, before, seen_earlier=False),
                "app": Entity(str(app.app_id), formats.sanitize(app.app_name)),
                "total_tokens": app.tokens,
                "total_requests": app.total_requests,
                "tokens_per_request": round(app.tokens / app.total_requests)
                if app.total_requests
                else None,
            }
        )
        for app in apps
    )
    trending = sort == "trending"
    where = category_words.phrase(subcategory or category) if category else ""
    return Board(
        id=board_id(place),
        title=f"Which apps {'grow' if trending else 'use'} most{' in ' + where if where else ''}?",
        columns=(
            Column("rank", "Rank", "rank", "Place in this list"),
            Column(
                "moved",
                "Change",
                "moved",
                "Places gained or lost against the list of a week before",
            ),
            Column("app", "App", "entity"),
            Column("total_tokens", "Tokens", "tokens", "In the window", bar=True),
            Column("total_requests", "Requests", "tokens", "In the window"),
            Column("tokens_per_request", "Tokens per request", "integer", minor=True),
        ),
        rows=rows,
        citations=tuple(dict.fromkeys(page.citation for page in pages)),
        datasets=(NAME,),
        finding=_finding(apps, trending),
        notes=(_TRENDING if trending else _POPULAR,),
        scope=SCOPE,
        window=window,
        processing="Tokens per request and changes of rank are computed here; ranks and sums are the source's.",
        extra={"sort": sort, "category": category, "subcategory": subcategory, "where": where},
    )


_POPULAR = "Ordered by tokens over the window."
_TRENDING = (
    "Ordered by growth: tokens in the window above the mean of the three windows before it. "
    "The tokens shown are the window's total, so they do not fall from row to row."
)


def _finding(apps: Sequence[ListedApp], trending: bool) -> str:
    if not apps:
        return ""
    first = apps[0]
    name = formats.sanitize(first.app_name)
    if trending:
        return f"{name} grows most; it used {formats.tokens_in_words(first.tokens)} tokens in the window."
    sentence = f"{name} uses most, {formats.tokens_in_words(first.tokens)} tokens in the window"
    if len(apps) > 1 and apps[1].tokens:
        sentence += f", {first.tokens / apps[1].tokens:.1f} times as many as {formats.sanitize(apps[1].app_name)}"
    return sentence + "."
