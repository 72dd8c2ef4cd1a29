"""The shares that apps have of the tokens of their kind, among the apps that its list names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from generator.base import formats
from generator.boards import category_words, sentences
from generator.boards.apps import FAMILY, POPULAR, SCOPE, AppsBoard
from generator.boards.board import (
    AnyBoard,
    Board,
    BoardId,
    BoardRow,
    Column,
    Entity,
    citations_of,
    grouped,
)
from generator.boards.sources import BoardMaker, Sources
from generator.boards.token_columns import SHARE, TOKENS
from generator.endpoints.app_rankings import NAME

LARGEST = 3
"""The number of apps of a kind that are named; the remainder is "other"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppShareRow(BoardRow):
    """An app's share of the tokens of its kind.

    Attributes:
        subcategory: the kind, as the source writes it.
        kind: the same in words.
        place: by tokens among the apps of the kind, from 1; None for the remainder.
        share: of the tokens of all apps that the list names.
        listed: how many apps the list names.
    """

    subcategory: str
    kind: str
    place: int | None
    app: Entity
    total_tokens: int
    share: float
    listed: int


_COLUMNS = (
    Column("subcategory", "ID", "text"),
    Column("kind", "Kind of app", "text"),
    Column("place", "Rank", "integer", "Among apps of this kind, by tokens; empty for the rest"),
    Column("app", "App", "entity"),
    TOKENS,
    Column(SHARE.key, SHARE.label, SHARE.kind, "Share of tokens among listed apps"),
    Column("listed", "Listed apps", "integer", "Apps listed for this kind"),
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield one board over all kinds of app."""
    yield from shares(sources.boards.of_type(AppsBoard))


def shares(lists: Iterable[AppsBoard]) -> Iterator[Board[AppShareRow]]:
    """Yield one board over the subcategories' popular lists, largest kind first; none without such a list.

    Args:
        lists: of any sort; the popular ones of subcategories are picked out, those without tokens left out.
    """
    popular = [board for board in lists if board.sort == POPULAR and board.subcategory]
    kinds = [kind for kind in popular if _tokens(kind) > 0]
    kinds.sort(key=lambda kind: (-_tokens(kind), kind.id))
    if kinds:
        yield _board(kinds)


def _tokens(kind: AppsBoard) -> int:
    """Return the tokens of all apps in the list."""
    return sum(row.total_tokens for row in kind.rows)


def _board(kinds: Sequence[AppsBoard]) -> Board[AppShareRow]:
    rows = tuple(chain.from_iterable(_rows(kind) for kind in kinds))
    # The lists are replies of one run, moments apart; one credit line of the newest is enough for all.
    newest = max(citations_of(kinds), key=lambda citation: citation.as_of)
    return Board(
        id=BoardId("apps-shares"),
        title="Which app leads each category?",
        columns=_COLUMNS,
        phone=("kind", "app", "share"),
        rows=rows,
        citations=(newest,),
        datasets=(NAME,),
        finding=finding(rows),
        notes=(
            "Each list names its most-used apps only; smaller apps are not included.",
            "An app in several subcategories counts in full in each of them: summing over kinds would count it twice.",
        ),
        scope=SCOPE,
        window=kinds[0].window,
        processing="Shares within each list are computed here.",
    )


def finding(rows: Sequence[AppShareRow]) -> str:
    """Return which kind's first app has the largest share, empty without rows.

    A list of one app is no race: it is left out where another list has more.
    """
    named = [row for row in rows if row.place is not None]
    contested = _contested(named)
    largest = sentences.at_top(contested, lambda row: row.share)
    if not largest:
        return ""

    share = formats.share(largest[0].share)
    names = sentences.app_names(row.app for row in named)
    by_kind = grouped(largest, lambda row: row.subcategory)
    clauses = [_in_kind(of_kind, share, names) for of_kind in by_kind.values()]

    sentence = clauses[0]
    kinds = len({row.subcategory for row in contested})
    if kinds > 1:
        sentence += f", the largest share of {kinds} kinds of app"
        if len(contested) < len(named):
            sentence += " that list several"
    if len(clauses) > 1:
        sentence += f"; level with that, {formats.list_in_words(clauses[1:])}"
    return f"{sentence}."


def _contested(rows: Sequence[AppShareRow]) -> Sequence[AppShareRow]:
    """Return the apps that are not alone in their list; all of them where each is."""
    return [row for row in rows if row.listed > 1] or rows


def _in_kind(rows: Sequence[AppShareRow], share: str, names: Mapping[Entity, str]) -> str:
    """Return ``A has 40.0% of the tokens of the 5 listed apps in the game category``, without a full stop.

    Args:
        rows: apps of one kind with equal shares.
        share: the share of each, as displayed.
        names: what sentences call the apps.
    """
    first = rows[0]
    who = sentences.listed([names[row.app] for row in rows])
    have = "has" if len(rows) == 1 else "each have"
    apps = f"{first.listed} listed apps"
    if first.listed == 1:
        apps = "only listed app"
    where = category_words.within(first.subcategory)
    return f"{who} {have} {share} of the tokens of the {apps} {where}"


def _rows(kind: AppsBoard) -> Iterator[AppShareRow]:
    """Yield the kind's largest apps, then the remainder, if that has tokens."""
    subcategory, words = kind.subcategory, category_words.heading(kind.subcategory)
    total = _tokens(kind)
    ordered = sorted(kind.rows, key=lambda row: (-row.total_tokens, row.app.id))
    for place, row in enumerate(ordered[:LARGEST], 1):
        yield AppShareRow(
            subcategory=subcategory,
            kind=words,
            place=place,
            app=row.app,
            total_tokens=row.total_tokens,
            share=row.total_tokens / total,
            listed=len(ordered),
        )
    rest = sum(row.total_tokens for row in ordered[LARGEST:])
    if rest:
        yield AppShareRow(
            standing="other",
            subcategory=subcategory,
            kind=words,
            place=None,
            app=Entity("other", "All other listed apps"),
            total_tokens=rest,
            share=rest / total,
            listed=len(ordered),
        )


MAKER = BoardMaker(families=("apps-shares",), make=boards, after=(FAMILY,))
