"""Which models are used most: on the newest day, over 7 and over 30 days."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from operator import call

from generator.archive.history import DailyTokens
from generator.base import formats
from generator.boards import authors_used, token_columns, weekly
from generator.boards import totals as use
from generator.boards.board import Board, Column, Row
from generator.boards.names import Names
from generator.endpoints.rankings_daily import NAME, OTHER

SPARK_DAYS = 30


def boards(usage: DailyTokens, names: Names, today: date) -> Iterator[Board]:
    """Return all boards on tokens, each made when it is asked for; where one raises, the next still comes."""
    makers: list[Callable[[], Board]] = [partial(_models, usage, names, today, 1)]
    for days in (7, 30):
        makers += [
            partial(make, usage, names, today, days) for make in (_models, authors_used.board)
        ]
    makers += [
        partial(make, usage, names, today) for make in (weekly.weekly_models, weekly.weekly_authors)
    ]
    makers += [partial(weekly.ranks, usage, names), partial(weekly.movers, usage, names, today)]
    return map(call, makers)


_MODELS_COLUMNS = (
    token_columns.RANK,
    token_columns.MOVED,
    token_columns.MODEL,
    token_columns.TOKENS,
    token_columns.SHARE,
    Column(
        "change",
        "Against the week before",
        "change",
        "Of tokens, against the same window a week before",
    ),
    Column(
        "spark",
        f"{SPARK_DAYS} days",
        "spark",
        "Tokens of each day; gaps are days outside the top fifty",
        minor=True,
    ),
)


def _models(usage: DailyTokens, names: Names, today: date, days: int) -> Board:
    window = usage.window(days)
    now, before = use.totals(usage, window), use.totals(usage, window.shifted(-7))
    comparable = now.whole and before.whole
    ranks_before = before.ranks() if comparable else None
    earlier = use.ever_before(usage, window)
    rows = [
        Row(
            {
                "rank": rank,
                "moved": use.moved(slug, rank, ranks_before, seen_earlier=slug in earlier),
                "model_permaslug": names.model(slug),
                "total_tokens": now.by[slug],
                "share": now.share(now.by[slug]),
                "change": use.change(now.by[slug], before.by.get(slug)) if comparable else None,
                "spark": _spark(usage, slug),
            }
        )
        for rank, slug in enumerate(now.ranked(), 1)
    ]
    if now.other:
        rows.append(
            token_columns.other_row(
                now,
                before if comparable else None,
                names.model(OTHER),
                "model_permaslug",
                _spark(usage, OTHER),
            )
        )
    return Board(
        id=f"models-{days}d",
        title="Which models are used most?",
        columns=_MODELS_COLUMNS,
        rows=tuple(rows),
        citations=(usage.citation,),
        datasets=(NAME,),
        finding=_models_finding(usage, names, now, before)
        if days == 7
        else _lead_finding(names, now, days),
        notes=(
            *token_columns.notes(window, usage),
            *(_left(now, before, names) if comparable else ()),
        ),
        scope=use.SCOPE,
        window=window,
        provisional=use.provisional(usage, window, today.toordinal()),
        processing=token_columns.PROCESSING,
    )


def _left(now: use.Totals, before: use.Totals, names: Names) -> tuple[str, ...]:
    """Who was ranked in the window a week before and is not any more, the largest first."""
    gone = [names.model(slug).name for slug in before.ranked() if slug not in now.by]
    return (f"Left since the week before: {', '.join(gone)}.",) if gone else ()


def _spark(usage: DailyTokens, slug: str) -> tuple[float | None, ...]:
    return tuple(usage.days.get(day, {}).get(slug) for day in usage.window(SPARK_DAYS))


def _models_finding(usage: DailyTokens, names: Names, now: use.Totals, before: use.Totals) -> str:
    leader = now.ranked()[0]
    weeks = use.weeks_in_front(usage, leader)
    lead = f"leads for the {_ordinal(weeks)} week running" if weeks > 1 else "leads"
    share = now.share(now.by[leader])
    sentence = f"{names.model(leader).name} {lead} with {formats.share(share)} of all tokens"
    if now.whole and before.whole and leader in before.by:
        points = share - before.share(before.by[leader])
        word = "up" if points >= 0 else "down"
        sentence += f", {word} {abs(points) * 100:.1f} points on the week before"
    return sentence + "."


def _lead_finding(names: Names, now: use.Totals, days: int) -> str:
    leader, *rest = now.ranked()
    when = f"{days} days" if days > 1 else "the day"
    sentence = f"{names.model(leader).name} has {formats.share(now.share(now.by[leader]))} of all tokens of {when}"
    if rest:
        sentence += f", ahead of {names.model(rest[0]).name} with {formats.share(now.share(now.by[rest[0]]))}"
    return sentence + "."


def _ordinal(number: int) -> str:
    words = (
        "",
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
    )
    if number < len(words):
        return words[number]
    ending = (
        "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{ending}"
