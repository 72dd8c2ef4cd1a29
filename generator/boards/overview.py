"""The overview's headline and its six figures, each one cell of a board."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.base import formats
from generator.base.attribution import Citation
from generator.base.dates import Window
from generator.boards import apps, authors_used, frontier, models_used, sentences
from generator.boards.apps import AppRow
from generator.boards.authors_used import AuthorUseRow
from generator.boards.board import AnyBoard, Board, BoardId, Boards, Entity, Moved
from generator.boards.frontier import FrontierRow
from generator.boards.model_profiles import ModelProfile
from generator.boards.models_used import ModelUseRow
from generator.boards.rank_stability import RankGain, RankRange, rank_words

_WEEK = 7
_MOST_NAMED = 2
"""More models or authors than these are counted, not named."""


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
    """Return the finding of the day; empty while nothing is held."""
    week = boards.find(models_used.WEEK, ModelUseRow)
    if week is None:
        return ""
    return week.finding


def figures(boards: Boards, models: Iterable[ModelProfile]) -> Iterator[Figure]:
    """Yield the figures that the boards and the models allow, in the order of the page."""
    week = boards.find(models_used.WEEK, ModelUseRow)
    if week and week.window and week.ranked:
        yield _tokens(week, week.window)
        yield from _most_used(week, models)
        yield from _rising(week)
    authors = boards.find(authors_used.WEEK, AuthorUseRow)
    if authors and authors.ranked:
        yield _largest_author(authors)
    priced = boards.find(frontier.ID, FrontierRow)
    if priced:
        yield from _cheapest_near_top(priced)
    popular = boards.find(BoardId(apps.FAMILY, apps.POPULAR), AppRow)
    if popular and popular.rows:
        yield _most_used_app(popular)


def _figure(
    board: AnyBoard, path: str, label: str, value: str, *, exact: object, detail: str
) -> Figure:
    return Figure(label, value, str(exact), detail, path, board.datasets, board.citations[:1])


def _tokens(week: Board[ModelUseRow], window: Window) -> Figure:
    """Return the tokens of all models, those outside the top 50 included."""
    total = sum(row.total_tokens for row in week.rows)
    when = window.human()
    if week.gaps:
        when += f" ({week.gaps})"
    shown = formats.tokens_in_words(total)
    return _figure(week, "rankings/", "Tokens this week", shown, exact=total, detail=when)


def _most_used(week: Board[ModelUseRow], models: Iterable[ModelProfile]) -> Iterator[Figure]:
    """Yield the model whose listings together have the most tokens; the ranking itself is of listings."""
    used = [profile for profile in models if profile.tokens and profile.share is not None]
    level = sentences.at_top(used, lambda profile: profile.tokens)
    if not level:
        return

    first = level[0]
    share = first.share or 0.0
    is_exact = all(profile.exact for profile in level)
    detail = f"{sentences.share_of(share, exact=is_exact)} of tokens"
    if len(level) == 1:
        label, path = "Most-used model", first.model.path or "rankings/"
        detail += _open_lead(first.ranks)
    else:
        label, path = "Most-used models", "rankings/"
        detail += " each"
    name = _named([profile.model for profile in level])
    yield _figure(week, path, label, name, exact=share, detail=detail)


def _open_lead(ranks: RankRange | None) -> str:
    """Return `` (rank 1–2)`` of a first place that single days, or days outside the top 50, leave open."""
    if ranks is None or ranks.high == 1:
        return ""
    return f" (rank {ranks.words})"


def _rising(week: Board[ModelUseRow]) -> Iterator[Figure]:
    """Yield the biggest climber, or else the newcomer in front."""
    path = "rankings/"
    climbers = [row for row in week.ranked if _climbed_firmly(row)]
    if climbers:
        yield _climber(week, path, climbers)
    else:
        yield from _newcomer(week, path)


def _newcomer(week: Board[ModelUseRow], path: str) -> Iterator[Figure]:
    """Yield who entered highest, with all whose ranks can be as high; nobody where an entry is not firm."""
    new = [row for row in week.ranked if _is_new(row)]
    level = [row for row in new if _may_be_as_high(row, new[0])]
    if not level or not all(row.firm for row in level):
        return

    label = formats.inflected(len(level), "Highest new entry", "Highest new entries")
    places = [f"No. {_rank(row)}" for row in level]
    detail = f"straight to {formats.list_in_words(places)}"
    named = _named(sentences.models_of(level))
    yield _figure(week, path, label, named, exact=level[0].rank, detail=detail)


def _is_new(row: ModelUseRow) -> bool:
    return row.moved is not None and row.moved.how == "new"


def _may_be_as_high(row: ModelUseRow, first: ModelUseRow) -> bool:
    """Return whether a row's best rank is no worse than the worst rank of the first."""
    if row.ranks is None or first.ranks is None:
        return False
    return row.ranks.low <= first.ranks.high


def _rank(row: ModelUseRow) -> str:
    return row.ranks.words if row.ranks else ""


def _climbed_firmly(row: ModelUseRow) -> bool:
    """Return whether it was in the top 50 on all days of both weeks, and its rank certainly rose."""
    every_day = row.days == row.days_before == _WEEK
    return every_day and _rose_firmly(row)


def _rose_firmly(row: ModelUseRow) -> bool:
    return bool(row.firm) and places_gained(row.moved) > 0


def _climber(week: Board[ModelUseRow], path: str, climbers: Sequence[ModelUseRow]) -> Figure:
    """Return who climbed the most, with all that can have climbed as far."""
    certain = max(_places(row).low for row in climbers)
    best = _can_have_gained(certain, climbers)
    others = [row for row in week.ranked if _rose_firmly(row) and row not in climbers]
    detail = _climb_in_words(best)
    if _can_have_gained(certain, others):
        detail += ", of models in the top 50 on all 14 days"
    label = formats.inflected(len(best), "Biggest climber this week", "Biggest climbers this week")
    named = _named(sentences.models_of(best))
    return _figure(week, path, label, named, exact=certain, detail=detail)


def _can_have_gained(places: int, rows: Iterable[ModelUseRow]) -> list[ModelUseRow]:
    """Return the rows that can have climbed by so many places or more."""
    return [row for row in rows if _places(row).high >= places]


def _climb_in_words(best: Sequence[ModelUseRow]) -> str:
    """Return ``up 4–6 places to No. 3``; of several models by how much each climbed."""
    spans = [_places_in_words(_places(row)) for row in best]
    if len(best) == 1:
        return f"up {spans[0]} to No. {_rank(best[0])}"
    if len(set(spans)) == 1:
        return f"up {spans[0]} each"
    return f"up {formats.list_in_words(spans)}"


def _places(row: ModelUseRow) -> RankGain:
    """Return the fewest and the most places that a climber can have gained."""
    places = places_gained(row.moved)
    return RankGain(row.moved_low or places, row.moved_high or places)


def _places_in_words(gain: RankGain) -> str:
    """Return ``4–6 places``."""
    unit = formats.inflected(gain.high, "place", "places")
    return f"{rank_words(gain.low, gain.high)} {unit}"


def _named(entities: Sequence[Entity], kind: str = "models") -> str:
    """Return the names of one or two; more are counted: ``3 models``."""
    if len(entities) > _MOST_NAMED:
        return f"{len(entities):,} {kind}"
    return formats.list_in_words([entity.name for entity in entities])


def places_gained(moved: Moved | None) -> int:
    """Return the places gained, 0 for anything else that can have happened."""
    if moved is None or moved.how != "up":
        return 0
    return moved.places or 0


def _largest_author(authors: Board[AuthorUseRow]) -> Figure:
    """Return who has the most tokens; of a single one also by how much its share has changed, where that is certain."""
    first = authors.ranked[0]
    level = sentences.at_top(authors.ranked, lambda row: row.total_tokens)
    is_exact = all(row.total_tokens == row.total_tokens_high for row in level)
    detail = f"{sentences.share_of(first.share, exact=is_exact)} of tokens"
    if len(level) > 1:
        label = "Top authors"
        detail += " each"
    else:
        label = "Top author"
        detail += _open_lead(first.ranks)
        if first.points is not None and first.points_low == first.points_high:
            detail += f", {formats.points(first.points)} percentage points"
    name = _named([row.author for row in level], "authors")
    return _figure(authors, "rankings/authors/", label, name, exact=first.share, detail=detail)


def _cheapest_near_top(priced: Board[FrontierRow]) -> Iterator[Figure]:
    """Yield the cheapest models that cost anything and whose index comes close to the highest."""
    cheapest = frontier.cheapest_near_top(priced.rows)
    if not cheapest:
        return
    price = formats.per_million(cheapest[0].blended)
    index = formats.index(_highest_index(cheapest))
    highest = formats.index(_highest_index(priced.rows))
    scored = formats.inflected(len(cheapest), "intelligence index", "intelligence index up to")
    beside = ", the highest" if index == highest else f" vs {highest}"
    yield _figure(
        priced,
        "frontier/",
        f"Cheapest within {frontier.NEAR_TOP_POINTS} points of the top score",
        sentences.models_listed(cheapest, among=priced.rows),
        exact=cheapest[0].blended,
        detail=f"{price} per 1M tokens (blended 3:1), {scored} {index}{beside}",
    )


def _highest_index(rows: Iterable[FrontierRow]) -> float:
    return max(row.intelligence_index for row in rows)


def _most_used_app(popular: Board[AppRow]) -> Figure:
    """Return the app with the most tokens, or those that are level."""
    level = apps.most_used(popular.rows)
    names = sentences.app_names(row.app for row in popular.rows)
    tokens = level[0].total_tokens
    period = apps.period_in_words(popular.window)
    return _figure(
        popular,
        "apps/",
        formats.inflected(len(level), "Top app", "Top apps"),
        sentences.listed([names[row.app] for row in level]),
        exact=tokens,
        detail=f"{formats.tokens(tokens)} tokens{sentences.each(level)} {period}",
    )
