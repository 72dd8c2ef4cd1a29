"""The state that earlier runs left, from which the day's run is planned."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

from generator.archive.coverage import is_provisional
from generator.archive.history import History
from generator.archive.stored_snapshot import StoredSnapshot
from generator.base.dates import parse_as_of, parse_day
from generator.base.slugs import Slug
from generator.endpoints import BY_NAME, benchmarks, models, rankings_daily, session_cost
from generator.endpoints.endpoint import AnyEndpoint, Endpoint, HeldState, Parsed
from generator.endpoints.rankings_daily import OTHER

NamingT = TypeVar(
    "NamingT",
    bound=benchmarks.AnalysisRow
    | benchmarks.EvalRow
    | benchmarks.SearchRow
    | session_cost.SessionCost,
)

RANKED_DAYS = 30
"""The number of newest days whose models are looked up where no catalog names them."""


def of_dataset(history: History, dataset: str) -> HeldState:
    """Return the state that runs before the history's day left of a dataset.

    The day's own snapshots do not count, so a second run of a day makes the same calls as the first.
    """
    state = HeldState()
    newest = history.newest(dataset, history.today - timedelta(days=1))
    if newest is not None:
        as_of = _comparable_as_of(newest)
        state = HeldState(newest=newest.day, rows=newest.manifest.rows, as_of=as_of)
        if BY_NAME[dataset].row_day is not None:
            stated, settled = _stated_days(history, dataset)
            state = replace(state, days=settled, stated_days=stated)
    if dataset == models.NAME:
        state = _with_slugs(history, state)
    return state


def _comparable_as_of(snapshot: StoredSnapshot) -> str | None:
    """Return the snapshot's as_of; None when it lies after the day on which the snapshot was made.

    Before such replies were refused, one could enter the archive; every later reply would look old
    beside it.
    """
    as_of = snapshot.manifest.as_of
    if parse_as_of(as_of).date() > snapshot.day:
        return None
    return as_of


def _stated_days(history: History, dataset: str) -> tuple[frozenset[date], frozenset[date]]:
    """Return the days that snapshots before today state, and those of them that are settled."""
    yesterday = history.today - timedelta(days=1)
    if dataset == rankings_daily.NAME:
        days = history.stated_rankings(yesterday)
        return days.stated, days.settled

    endpoint = BY_NAME[dataset]
    stated: set[date] = set()
    settled: set[date] = set()
    for snapshot in history.snapshots(dataset, yesterday):
        for parsed in history.parsed(endpoint, snapshot):
            # Many rows state the same days: each is looked at once.
            for first, last in dict(_spans(endpoint, parsed)).items():
                stated.add(first)
                if not is_provisional(last, snapshot.day):
                    settled.add(first)
    return frozenset(stated), frozenset(settled)


def _spans(endpoint: AnyEndpoint, parsed: Parsed[Any]) -> Iterator[tuple[date, date]]:
    """Yield the first and the last day that each row of a reply states."""
    for row in parsed.rows:
        last = endpoint.last_day(row)
        if endpoint.row_day and last:
            yield endpoint.row_day(row), last


def _with_slugs(history: History, state: HeldState) -> HeldState:
    """Return the state with the slugs that the catalog names, lacks, and should be asked for."""
    known: set[str] = set()
    for entry in history.listings.entries:
        if entry.first_seen < str(history.today):
            known |= {entry.id, entry.canonical_slug}
    absent: dict[str, date] = {}
    for slug, text in history.listings.absent.items():
        day = parse_day(text)
        if day < history.today:
            absent[slug] = day
    return replace(
        state,
        known_slugs=frozenset(known),
        absent_slugs=absent,
        wanted_slugs=ranked_slugs(history),
    )


def ranked_slugs(history: History) -> tuple[str, ...]:
    """Return the slugs that rankings, benchmarks and session costs name, most used first, without variants."""
    named = _slugs_by_tokens(history)
    named += _named_slugs(history, benchmarks.ARTIFICIAL_ANALYSIS)
    named += _named_slugs(history, benchmarks.OPENROUTER)
    named += _named_slugs(history, session_cost.ENDPOINT)

    ranked: dict[str, None] = {}
    for text in named:
        slug = Slug.parse(text).base
        if not slug.alias and str(slug) != OTHER:
            ranked[str(slug)] = None
    return tuple(ranked)


def _slugs_by_tokens(history: History) -> list[str]:
    """Return the permaslugs by their tokens of the last thirty days, most used first."""
    rankings = history.daily_tokens
    if rankings is None:
        return []
    totals: dict[str, int] = {}
    for day in rankings.window(RANKED_DAYS):
        for slug, tokens in rankings.days.get(day, {}).items():
            totals[slug] = totals.get(slug, 0) + tokens
    return sorted(totals, key=lambda slug: (-totals[slug], slug))


def _named_slugs(history: History, endpoint: Endpoint[NamingT]) -> list[str]:
    """Return the slugs that the endpoint's newest snapshot names, without variants, in the order of the alphabet."""
    named: set[str] = set()
    for _, reply in history.newest_answers(endpoint):
        named.update(row.model_permaslug for row in reply.rows)
    return sorted(str(Slug.parse(slug).base) for slug in named)
