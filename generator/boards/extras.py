"""Smaller boards that mostly feed one chart each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from generator.archive.history import DailyTokens
from generator.base import formats
from generator.base.dates import Window
from generator.boards import token_columns
from generator.boards import totals as use
from generator.boards.board import Board, Column, Row
from generator.boards.catalogue import created, listed
from generator.boards.names import Names, author
from generator.endpoints import models, rankings_daily
from generator.endpoints.endpoint import Facts

RELEASE_MONTHS = 24


def usage_boards(usage: DailyTokens, today: date) -> Iterator[Board]:
    """How much of the traffic lies outside the top fifty, over the week up to each day."""
    days = [day for day in usage.days if use.totals(usage, Window.ending(day, 7)).whole]
    rows = []
    for day in days:
        week = use.totals(usage, Window.ending(day, 7))
        rows.append(
            Row({"date": day, "other": week.other, "share": week.share(week.other)}, "unranked")
        )
    if rows:
        yield _other(usage, rows, today)


def _other(usage: DailyTokens, rows: list[Row], today: date) -> Board:
    window = Window(min(usage.days), usage.last)
    shares = [row.number("share") or 0.0 for row in rows]
    finding = (
        f"{formats.share(shares[-1])} of the tokens of the newest week went to models outside the daily top fifty; "
        f"it was between {formats.share(min(shares))} and {formats.share(max(shares))} since the first day held."
    )
    return Board(
        id="other-share",
        title="How much lies outside the top fifty?",
        columns=(
            Column("date", "Week to", "day"),
            Column("other", "Tokens", "tokens", "Outside the daily top fifty, over seven days"),
            Column("share", "Share", "share", "Of all tokens of the seven days"),
        ),
        rows=tuple(rows),
        citations=(usage.citation,),
        datasets=(rankings_daily.NAME,),
        finding=finding,
        notes=("Windows of seven days that overlap by six, so that weekends do not show.",),
        scope=use.SCOPE,
        window=window,
        provisional=use.provisional(usage, window, today.toordinal()),
        processing=token_columns.PROCESSING,
    )


def catalogue_boards(facts: Facts, names: Names, today: date) -> Iterator[Board]:
    """When models were added, and which parameters they take."""
    rows = listed(facts)
    yield _releases(rows, facts, names, today)
    yield _parameters(rows, facts)


def _releases(rows: Sequence[models.ModelRow], facts: Facts, names: Names, today: date) -> Board:
    plain = {
        row.canonical_slug: day
        for row in rows
        if ":" not in row.id and (day := created(row)) is not None
    }
    months = Counter(
        (day.replace(day=1), author(slug)) for slug, day in plain.items() if day <= today
    )
    first = _months_before(today, RELEASE_MONTHS - 1)
    found = [
        Row({"month": month, "author": names.author(name), "models": count}, "unranked")
        for (month, name), count in sorted(
            months.items(), key=lambda item: (item[0][0], -item[1], item[0][1])
        )
        if month >= first
    ]
    this = sum(count for (month, _), count in months.items() if month == today.replace(day=1))
    return Board(
        id="releases",
        title="When were the models on offer added?",
        columns=(
            Column("month", "Month", "day", "First day of the month"),
            Column("author", "Author", "entity"),
            Column("models", "Models", "integer", "Models of today's catalogue, without variants"),
        ),
        rows=tuple(found),
        citations=facts.citations[:1],
        datasets=(models.NAME,),
        finding=f"{this} models were added this month; {len(plain)} are on offer.",
        notes=("Models that have been withdrawn since are not counted.",),
        scope="Days on which OpenRouter added a model, not those on which its author released it.",
        processing="Counts are computed here.",
    )


def _months_before(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def _parameters(rows: Sequence[models.ModelRow], facts: Facts) -> Board:
    counts = Counter(
        formats.sanitize(name) for row in rows for name in set(row.supported_parameters)
    )
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    found = [
        Row({"rank": rank, "parameter": name, "models": count, "share": count / len(rows)})
        for rank, (name, count) in enumerate(ordered, 1)
    ]
    return Board(
        id="parameters",
        title="Which parameters do models take?",
        columns=(
            Column("rank", "Rank", "rank"),
            Column("parameter", "Parameter", "text"),
            Column("models", "Models", "integer"),
            Column("share", "Share", "share", "Of all models and variants on offer", bar=True),
        ),
        rows=tuple(found),
        citations=facts.citations[:1],
        datasets=(models.NAME,),
        finding=f"{ordered[0][0]} is taken by {ordered[0][1]} of {len(rows)} models and variants."
        if ordered
        else "",
        scope="Parameters as the catalogue lists them; providers can differ.",
        processing="Counts are computed here.",
    )
