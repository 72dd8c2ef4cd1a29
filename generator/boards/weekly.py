"""Tokens week by week: whose they were, how ranks changed, who gained and lost."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from generator.archive.history import DailyTokens
from generator.base import formats
from generator.base.dates import Window, human_day
from generator.boards import token_columns
from generator.boards import totals as use
from generator.boards.board import Board, Column, Entity, Row
from generator.boards.names import Names, author
from generator.endpoints.rankings_daily import NAME, OTHER

WEEKS = 12
SERIES = 9
BUMPS = 15
MOVERS = 8


@dataclass(frozen=True, slots=True)
class _Kind:
    """What differs between the series of models and of authors."""

    id: str
    title: str
    column: Column
    rest: str
    namer: use.Namer | None
    entity: Callable[[str], Entity]


def weekly_models(usage: DailyTokens, names: Names, today: date) -> Board:
    """Week by week the tokens of the newest week's largest models, and of all others."""
    title = "How many tokens, and whose models?"
    return _weekly(
        usage,
        today,
        _Kind("models-weekly", title, token_columns.MODEL, "All other models", None, names.model),
    )


def weekly_authors(usage: DailyTokens, names: Names, today: date) -> Board:
    """The same by author."""
    title = "How do authors share the tokens?"
    return _weekly(
        usage,
        today,
        _Kind(
            "authors-weekly", title, token_columns.AUTHOR, "All other authors", author, names.author
        ),
    )


def _weekly(usage: DailyTokens, today: date, kind: _Kind) -> Board:
    weeks = use.weeks(usage, WEEKS) or [usage.window(7)]
    sums = [use.totals(usage, week, kind.namer) for week in weeks]
    newest = sums[-1]
    top = use.largest(newest, SERIES)
    rows: list[Row] = []
    for now in sums:
        named = [(kind.entity(name), now.by[name]) for name in top if name in now.by]
        rest = (Entity(OTHER, kind.rest), now.all - sum(tokens for _, tokens in named))
        for entity, tokens in (*named, rest):
            values = {
                "week": now.window.end,
                kind.column.key: entity,
                "total_tokens": tokens,
                "share": now.share(tokens),
            }
            rows.append(Row(values, "other" if entity.id == OTHER else "ranked"))
    first = top[0] if top else OTHER
    total, share = (
        formats.tokens_in_words(newest.all),
        formats.share(newest.share(newest.by.get(first, 0))),
    )
    provisional = use.provisional(usage, weeks[-1], today.toordinal())
    return Board(
        id=kind.id,
        title=kind.title,
        columns=(token_columns.WEEK, kind.column, token_columns.TOKENS, token_columns.SHARE),
        rows=tuple(rows),
        citations=(usage.citation,),
        datasets=(NAME,),
        finding=(
            f"{total} tokens in the week to {human_day(weeks[-1].end)}; {kind.entity(first).name} has {share} of them."
        ),
        notes=(use.ABSENT,),
        scope=use.SCOPE,
        window=Window(weeks[0].start, weeks[-1].end),
        provisional=provisional,
        processing=token_columns.PROCESSING,
        extra={"provisional": provisional},
    )


def ranks(usage: DailyTokens, names: Names) -> Board:
    weeks = use.weeks(usage, WEEKS) or [usage.window(7)]
    top = use.largest(use.totals(usage, weeks[-1]), BUMPS)
    rows = []
    for week in weeks:
        places = use.totals(usage, week).ranks()
        rows += [
            Row({"week": week.end, "model_permaslug": names.model(slug), "rank": places[slug]})
            for slug in top
            if slug in places
        ]
    first = use.totals(usage, weeks[0]).ranks()
    climbs = {slug: first[slug] - place for place, slug in enumerate(top, 1) if slug in first}
    best = max(climbs, key=lambda slug: (climbs[slug], slug), default=None)
    new = [slug for slug in top if slug not in first]
    finding = f"{len(new)} of today's top {len(top)} were not in a top fifty {len(weeks) - 1} weeks earlier"
    if best is not None and climbs[best] > 0:
        finding += (
            f"; of those that were, {names.model(best).name} climbed most, {climbs[best]} places"
        )
    return Board(
        id="models-ranks",
        title="How have the ranks changed?",
        columns=(token_columns.WEEK, token_columns.MODEL, token_columns.RANK),
        rows=tuple(rows),
        citations=(usage.citation,),
        datasets=(NAME,),
        finding=finding + ".",
        notes=("A line breaks where a model was in no daily top fifty of that week.", use.ABSENT),
        scope=use.SCOPE,
        window=Window(weeks[0].start, weeks[-1].end),
        processing=token_columns.PROCESSING,
    )


_MOVERS_COLUMNS = (
    token_columns.MODEL,
    Column("total_tokens", "This week", "tokens"),
    Column("before", "Week before", "tokens"),
    Column("difference", "Difference", "tokens", "Tokens gained or lost"),
    Column("change", "Change", "change"),
)


def movers(usage: DailyTokens, names: Names, today: date) -> Board:
    window = usage.window(7)
    now, before = use.totals(usage, window), use.totals(usage, window.shifted(-7))
    both = sorted(set(now.by) & set(before.by)) if now.whole and before.whole else []
    both.sort(key=lambda slug: (before.by[slug] - now.by[slug], slug))
    risen = [slug for slug in both if now.by[slug] > before.by[slug]][:MOVERS]
    fallen = [slug for slug in both if now.by[slug] < before.by[slug]][-MOVERS:]
    rows = tuple(
        Row(
            {
                "model_permaslug": names.model(slug),
                "total_tokens": now.by[slug],
                "before": before.by[slug],
                "difference": now.by[slug] - before.by[slug],
                "change": use.change(now.by[slug], before.by[slug]),
            },
            "unranked",
        )
        for slug in risen + fallen
    )
    finding = ""
    if risen:
        best = risen[0]
        finding = f"{names.model(best).name} gained most: {formats.tokens_in_words(now.by[best] - before.by[best])} tokens"
        if fallen:
            worst = fallen[-1]
            lost = formats.tokens_in_words(before.by[worst] - now.by[worst])
            finding += f"; {names.model(worst).name} lost most, {lost}"
        finding += "."
    return Board(
        id="movers-7d",
        title="Which models gained and lost most?",
        columns=_MOVERS_COLUMNS,
        rows=rows,
        citations=(usage.citation,),
        datasets=(NAME,),
        finding=finding,
        notes=("Models that were in a daily top fifty in both weeks.", use.ABSENT),
        scope=use.SCOPE,
        window=window,
        provisional=use.provisional(usage, window, today.toordinal()),
        processing=token_columns.PROCESSING,
    )
