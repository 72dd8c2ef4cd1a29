"""The overview's headline and its six figures, each one cell of a board."""

from collections.abc import Iterator, Mapping

from generator.base import formats
from generator.boards.board import Board, Entity, Moved, Row
from generator.boards.site import Figure

NEAR_BEST_RATIO = 0.9
"""The part of the best score that counts as close to it."""
_CLIMBERS = 30
"""A climb among the last places is an accident of small numbers."""


def headline(boards: Mapping[str, Board]) -> str:
    """The finding of the day, with the leader under its short name; empty while nothing is held."""
    used = boards.get("models-7d")
    if used is None or not used.ranked:
        return ""
    name = used.ranked[0].entity("model_permaslug").name
    return used.finding.replace(name, _short(used.ranked[0].entity("model_permaslug")), 1)


def figures(boards: Mapping[str, Board]) -> Iterator[Figure]:
    """Those that the held boards allow, in the order of the page."""
    used = boards.get("models-7d")
    if used and used.window and used.ranked:
        yield from _used(used)
    authors = boards.get("authors-7d")
    if authors and authors.ranked:
        row, share = authors.ranked[0], authors.ranked[0].number("share") or 0.0
        points = row.number("points")
        detail = f"{formats.share(share)} of all tokens"
        if points is not None:
            detail += f", {formats.points(points)} points"
        name = row.entity("author").name
        yield _figure(
            authors, "rankings/authors/", "Largest author", name, exact=share, detail=detail
        )
    frontier = boards.get("frontier")
    if frontier:
        yield from _bargain(frontier)
    apps = boards.get("apps.popular")
    if apps and apps.rows:
        row = apps.rows[0]
        detail = f"{formats.tokens(int(row.number('total_tokens') or 0))} tokens in 30 days"
        name, exact = row.entity("app").name, row["total_tokens"]
        yield _figure(apps, "apps/", "Most used app", name, exact=exact, detail=detail)


def _figure(
    board: Board, path: str, label: str, value: str, *, exact: object, detail: str
) -> Figure:
    return Figure(label, value, str(exact), detail, path, board.datasets, board.citations[:1])


def _used(used: Board) -> Iterator[Figure]:
    total = sum(int(row.number("total_tokens") or 0) for row in used.rows)
    when = used.window.human() if used.window else ""
    yield _figure(
        used, "rankings/", "Tokens", formats.tokens_in_words(total), exact=total, detail=when
    )
    first = used.ranked[0]
    share = first.number("share") or 0.0
    detail = f"{formats.share(share)} of all tokens"
    name = _short(first.entity("model_permaslug"))
    yield _figure(used, "rankings/", "Most used model", name, exact=share, detail=detail)
    climbs = [
        (_climbed(row["moved"]), row) for row in used.ranked[:_CLIMBERS] if _climbed(row["moved"])
    ]
    if climbs:
        places, row = max(climbs, key=lambda one: (one[0], -(one[1].number("rank") or 0)))
        now = int(row.number("rank") or 0)
        detail = f"up {places} {'place' if places == 1 else 'places'} in a week, to number {now}"
        name = _short(row.entity("model_permaslug"))
        yield _figure(used, "rankings/", "Biggest climber", name, exact=places, detail=detail)


def _climbed(moved: object) -> int:
    """Places gained, 0 for anything else that can have happened."""
    return moved.places or 0 if isinstance(moved, Moved) and moved.how == "up" else 0


def _bargain(frontier: Board) -> Iterator[Figure]:
    """The cheapest priced model whose index comes close to the highest: a score per dollar that one would want."""
    scored = [row for row in frontier.rows if row.number("intelligence_index") is not None]
    best = max((row.number("intelligence_index") or 0.0 for row in scored), default=0.0)
    near = [
        row
        for row in scored
        if _paid(row) and (row.number("intelligence_index") or 0.0) >= NEAR_BEST_RATIO * best
    ]
    if not near:
        return
    row = min(near, key=lambda one: formats.decimal(str(one["blended"])) or 0)
    price, index = str(row["blended"]), formats.number(row.number("intelligence_index") or 0.0)
    detail = f"{formats.per_million(price)} / M, {index} of {formats.number(best)} points"
    name = _short(row.entity("model_permaslug"))
    yield _figure(
        frontier, "frontier/", "Cheapest near the top score", name, exact=price, detail=detail
    )


def _paid(row: Row) -> bool:
    price = formats.decimal(str(row["blended"]))
    return price is not None and price > 0


def _short(model: Entity) -> str:
    """The name without the author that the catalogue writes before it."""
    start, colon, rest = model.name.partition(": ")
    return rest if colon and rest.strip() and len(start) < 40 else model.name
