"""How the tokens of each kind of app are shared among the apps that its list names."""

from collections.abc import Iterable, Sequence

from generator.base import formats
from generator.boards import category_words
from generator.boards.apps import SCOPE
from generator.boards.board import Board, Column, Entity, Row
from generator.boards.token_columns import SHARE, TOKENS
from generator.endpoints.app_rankings import NAME

LARGEST = 3
"""So many apps of a kind are named, the others are one rest."""

_COLUMNS = (
    Column("subcategory", "Key", "text"),
    Column("kind", "Kind of app", "text"),
    Column(
        "place", "Place", "integer", "Among the apps of this kind, by tokens; none for the rest"
    ),
    Column("app", "App", "entity"),
    TOKENS,
    Column(SHARE.key, SHARE.label, SHARE.kind, "Of the tokens of the apps that the list names"),
)


def boards(lists: Iterable[Board]) -> Iterable[Board]:
    """One board over the subcategories' lists of most used apps, largest kind first; none without such a list.

    Args:
        lists: boards of any kind; those of subcategories are picked out.
    """
    kinds = [
        one for one in lists if one.extra.get("sort") == "popular" and one.extra.get("subcategory")
    ]
    kinds = [one for one in kinds if _sum(one) > 0]
    kinds.sort(key=lambda one: (-_sum(one), one.id))
    if kinds:
        yield _board(kinds)


def _tokens(row: Row) -> int:
    return round(row.number("total_tokens") or 0)


def _sum(one: Board) -> int:
    return sum(map(_tokens, one.rows))


def _board(kinds: Sequence[Board]) -> Board:
    best = max(kinds, key=lambda one: (max(map(_tokens, one.rows)) / _sum(one), one.id))
    leader = max(best.rows, key=_tokens)
    share = formats.share(_tokens(leader) / _sum(best))
    kind = category_words.phrase(str(best.extra["subcategory"]))
    return Board(
        id="apps-shares",
        title="Who leads each kind of app, and by how much?",
        columns=_COLUMNS,
        rows=tuple(row for one in kinds for row in _shares(one)),
        # The lists are replies of one run, moments apart; one credit line of the newest stands for all.
        citations=(
            max(
                (citation for one in kinds for citation in one.citations), key=lambda one: one.as_of
            ),
        ),
        datasets=(NAME,),
        finding=f"{leader.entity('app').name} has {share} of the tokens of the listed apps in {kind}.",
        notes=(
            "Each list names its most used apps only; what smaller apps used is in none of these sums.",
            "An app in several subcategories counts in full in each of them: summing over kinds would count it twice.",
        ),
        scope=SCOPE,
        window=kinds[0].window,
        processing="Shares within each list are computed here.",
    )


def _shares(one: Board) -> list[Row]:
    key = str(one.extra["subcategory"])
    every = _sum(one)
    ordered = sorted(one.rows, key=lambda row: (-_tokens(row), row.entity("app").id))
    shared: dict[str, object] = {"subcategory": key, "kind": category_words.heading(key)}
    rows = [
        Row(
            {
                **shared,
                "place": place,
                "app": row["app"],
                "total_tokens": _tokens(row),
                "share": _tokens(row) / every,
            }
        )
        for place, row in enumerate(ordered[:LARGEST], 1)
    ]
    rest = sum(map(_tokens, ordered[LARGEST:]))
    if rest:
        other = {
            "app": Entity("other", "All other listed apps"),
            "total_tokens": rest,
            "share": rest / every,
        }
        rows.append(Row({**shared, "place": None, **other}, "other"))
    return rows
