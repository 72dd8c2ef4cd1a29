"""The overview's headline and its six figures, each one cell of a board."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.base import formats
from generator.base.attribution import Citation
from generator.boards import apps, authors_used, frontier, models_used
from generator.boards.apps import AppRow
from generator.boards.authors_used import AuthorUseRow
from generator.boards.board import AnyBoard, Board, BoardId, Boards, Moved
from generator.boards.frontier import FrontierRow
from generator.boards.models_used import ModelUseRow
from generator.boards.names import short_name

NEAR_BEST_RATIO = 0.9
"""The part of the best score that counts as close to it."""
_CLIMBERS = 30
"""A climb among the last places is an accident of small numbers."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One headline figure: ``value`` is for people, ``exact`` for ``data-v``, ``path`` the page of its board."""

    label: str
    value: str
    exact: str
    detail: str
    path: str
    datasets: tuple[str, ...]
    citations: tuple[Citation, ...] = ()


def headline(boards: Boards) -> str:
    """Return the finding of the day, with the leader under its short name; empty while nothing is held."""
    week = boards.find(models_used.WEEK, ModelUseRow)
    if week is None or not week.ranked:
        return ""
    leader = week.ranked[0].model_permaslug
    return week.finding.replace(leader.name, short_name(leader), 1)


def figures(boards: Boards) -> Iterator[Figure]:
    """Yield the figures that the boards allow, in the order of the page."""
    week = boards.find(models_used.WEEK, ModelUseRow)
    if week and week.window and week.ranked:
        yield from _models(week)
    authors = boards.find(authors_used.WEEK, AuthorUseRow)
    if authors and authors.ranked:
        yield _largest_author(authors)
    priced = boards.find(frontier.ID, FrontierRow)
    if priced:
        yield from _cheapest_near_best(priced)
    popular = boards.find(BoardId(apps.FAMILY, apps.POPULAR), AppRow)
    if popular and popular.rows:
        yield _most_used_app(popular)


def _figure(
    board: AnyBoard, path: str, label: str, value: str, *, exact: object, detail: str
) -> Figure:
    return Figure(label, value, str(exact), detail, path, board.datasets, board.citations[:1])


def _models(week: Board[ModelUseRow]) -> Iterator[Figure]:
    """All tokens, the most used model, and the biggest climber if any model climbed."""
    path = "rankings/"
    total = sum(row.total_tokens for row in week.rows)
    when = week.window.human() if week.window else ""
    when += f" ({week.gaps})" if week.gaps else ""
    yield _figure(week, path, "Tokens", formats.tokens_in_words(total), exact=total, detail=when)

    first = week.ranked[0]
    detail = f"{formats.share(first.share)} of all tokens"
    name = short_name(first.model_permaslug)
    yield _figure(week, path, "Most used model", name, exact=first.share, detail=detail)

    # Of the models that climbed most, the one in front.
    climbers = week.ranked[:_CLIMBERS]
    best = max(climbers, key=lambda row: places_gained(row.moved))
    places = places_gained(best.moved)
    if places:
        unit = "place" if places == 1 else "places"
        detail = f"up {places} {unit} in a week, to number {best.rank}"
        name = short_name(best.model_permaslug)
        yield _figure(week, path, "Biggest climber", name, exact=places, detail=detail)


def places_gained(moved: Moved | None) -> int:
    """Return the places gained, 0 for anything else that can have happened."""
    if moved is None or moved.how != "up":
        return 0
    return moved.places or 0


def _largest_author(authors: Board[AuthorUseRow]) -> Figure:
    row = authors.ranked[0]
    detail = f"{formats.share(row.share)} of all tokens"
    if row.points is not None:
        detail += f", {formats.points(row.points)} points"
    path = "rankings/authors/"
    return _figure(authors, path, "Largest author", row.author.name, exact=row.share, detail=detail)


def _cheapest_near_best(priced: Board[FrontierRow]) -> Iterator[Figure]:
    """The cheapest model that costs anything and whose index comes close to the highest."""
    best = max((row.intelligence_index for row in priced.rows), default=0.0)
    near = [row for row in priced.rows if row.intelligence_index >= NEAR_BEST_RATIO * best]
    paid = [row for row in near if _price(row) > 0]
    if not paid:
        return
    cheapest = min(paid, key=_price)
    price = formats.per_million(cheapest.blended)
    index, highest = formats.number(cheapest.intelligence_index), formats.number(best)
    yield _figure(
        priced,
        "frontier/",
        "Cheapest near the top score",
        short_name(cheapest.model_permaslug),
        exact=cheapest.blended,
        detail=f"{price} / M, {index} of {highest} points",
    )


def _price(row: FrontierRow) -> Decimal:
    """US dollars per token, 0 where it is not known."""
    return formats.decimal(row.blended) or Decimal(0)


def _most_used_app(popular: Board[AppRow]) -> Figure:
    row = popular.rows[0]
    detail = f"{formats.tokens(row.total_tokens)} tokens in 30 days"
    return _figure(
        popular, "apps/", "Most used app", row.app.name, exact=row.total_tokens, detail=detail
    )
