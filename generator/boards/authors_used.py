"""Whose models are used most."""

from datetime import date

from generator.archive.history import DailyTokens
from generator.base import formats
from generator.base.dates import Window
from generator.boards import token_columns
from generator.boards import totals as use
from generator.boards.board import Board, Column, Entity, Row
from generator.boards.names import Names, author
from generator.endpoints.rankings_daily import NAME, OTHER

_BOARD_COLUMNS = (
    token_columns.RANK,
    token_columns.MOVED,
    token_columns.AUTHOR,
    token_columns.TOKENS,
    token_columns.SHARE,
    Column(
        "points", "Points", "points", "Change of the share against the same window a week before"
    ),
    Column(
        "models",
        "Models",
        "integer",
        "Models of this author in a top fifty of the window",
        minor=True,
    ),
)


def board(usage: DailyTokens, names: Names, today: date, days: int) -> Board:
    window = usage.window(days)
    now, before = use.totals(usage, window, author), use.totals(usage, window.shifted(-7), author)
    comparable = now.whole and before.whole
    ranks_before = before.ranks() if comparable else None
    earlier = frozenset(author(slug) for slug in use.ever_before(usage, window))
    models = _models(usage, window)
    rows = [
        Row(
            {
                "rank": rank,
                "moved": use.moved(name, rank, ranks_before, seen_earlier=name in earlier),
                "author": names.author(name),
                "total_tokens": now.by[name],
                "share": now.share(now.by[name]),
                "points": _points(name, now, before) if comparable else None,
                "models": len(models[name]),
            }
        )
        for rank, name in enumerate(now.ranked(), 1)
    ]
    if now.other:
        rows.append(
            token_columns.other_row(
                now,
                before if comparable else None,
                Entity(OTHER, "Models outside the top fifty"),
                "author",
            )
        )
    return Board(
        id=f"authors-{days}d",
        title="Whose models are used most?",
        columns=_BOARD_COLUMNS,
        rows=tuple(rows),
        citations=(usage.citation,),
        datasets=(NAME,),
        finding=_finding(names, now, before, comparable),
        notes=(
            *token_columns.notes(window, usage),
            "Models outside the daily top fifty count for no author, so each author's share is a lower bound.",
        ),
        scope=use.SCOPE,
        window=window,
        provisional=use.provisional(usage, window, today.toordinal()),
        processing=token_columns.PROCESSING,
    )


def _models(usage: DailyTokens, window: Window) -> dict[str, set[str]]:
    """Each author's models in a top fifty of the window, variants of one counted once."""
    models: dict[str, set[str]] = {}
    for day in window:
        for slug in usage.days.get(day, {}):
            models.setdefault(author(slug), set()).add(slug.partition(":")[0])
    return models


def _points(name: str, now: use.Totals, before: use.Totals) -> float | None:
    return now.share(now.by[name]) - before.share(before.by[name]) if name in before.by else None


def _finding(names: Names, now: use.Totals, before: use.Totals, comparable: bool) -> str:
    three = now.ranked()[:3]
    total = sum(now.share(now.by[name]) for name in three)
    sentence = f"{_listed([names.author(name).name for name in three])} together make up {formats.share(total)} of all tokens"
    gains = {name: _points(name, now, before) or 0.0 for name in now.by}
    if comparable and gains:
        best = max(gains, key=lambda name: (gains[name], name))
        if gains[best] > 0:
            sentence += f"; {names.author(best).name} gained most, {gains[best] * 100:.1f} points"
    return sentence + "."


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
