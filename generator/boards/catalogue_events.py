"""What each list of the catalog changes against the one before: listings, retirements and prices."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from generator.archive.listings import ListingHistory
from generator.base import formats
from generator.base.dates import human_day, parse_day
from generator.boards import price_changes
from generator.boards.board import Entity
from generator.boards.events import Event, when
from generator.boards.names import Names
from generator.boards.price_changes import PriceChange
from generator.boards.sources import Sources
from generator.endpoints import models

NEW_WITHIN_DAYS = 7
"""A listing is new when it was created at most this many days before the first snapshot that lists it."""
_PRICE_WORDS = {
    "cheaper": "listed price cut",
    "dearer": "listed price increase",
    "mixed": "listed price changed both ways",
}


def catalogue_events(sources: Sources, start: date) -> Iterator[Event]:
    """Yield the listings that came, went or are to retire on any day, and the price changes from a day on."""
    days, names = sources.listings.moved_days(), sources.names
    for entry, changes in price_changes.by_listing(sources):
        yield from _listing_events(entry, days, names)
        yield from _retirement_events(entry, days, names)
        for change in changes:
            if change.day >= start:
                yield _price_event(entry, change, names)


def _listing_events(entry: ListingHistory, days: Sequence[str], names: Names) -> Iterator[Event]:
    """Yield what the spans of a listing show; in the first list of all it is not new, only seen.

    Args:
        days: whose list differs from the one before, with the first of all.
    """
    last_listed: date | None = None
    for span in entry.spans:
        first, last = parse_day(span.first), parse_day(span.last)
        at_first = bisect_left(days, span.first)
        if at_first > 0 and not entry.naming(first).is_alias:
            yield _arrival(entry, parse_day(days[at_first - 1]), first, last_listed, names)
        behind_last = bisect_right(days, span.last)
        if behind_last < len(days) and not entry.naming(last).is_alias:
            after, day = parse_day(days[behind_last - 1]), parse_day(days[behind_last])
            yield _departure(entry, after, day, names)
        last_listed = last


def _arrival(
    entry: ListingHistory, after: date, day: date, last_listed: date | None, names: Names
) -> Event:
    """Return the event of a listing that a list has, and the one before has not.

    Args:
        after: the day of the list before.
        day: of the list that has it.
        last_listed: the last day of an earlier list that had it too, None where none had.
    """
    model = names.listing(entry, day)
    created = datetime.fromtimestamp(entry.naming(day).created, UTC).date()
    new_since = min(after, day - timedelta(days=NEW_WITHIN_DAYS))
    if last_listed is not None:
        kind, verb = "relisted", "returned to"
        more = f"; it was last listed on {human_day(last_listed)}"
    elif created >= new_since:
        kind, verb, more = "added", "was added to", ""
    else:
        kind, verb = "listed", "was added to"
        more = f"; it was created on {human_day(created)}"
    text = f"{model.name} {verb} the catalog{when(after, day)}{more}."
    return _event(entry, kind, model, text, after=after, day=day)


def _departure(entry: ListingHistory, after: date, day: date, names: Names) -> Event:
    """Return the event of a listing that a list has not, and the one before has."""
    model = names.listing(entry, after)
    text = f"{model.name} was removed from the catalog{when(after, day)}."
    return _event(entry, "withdrawn", model, text, after=after, day=day)


def _retirement_events(entry: ListingHistory, days: Sequence[str], names: Names) -> Iterator[Event]:
    """Yield what later lists than the first of all state as the day of a listing's retirement, or state no more.

    Args:
        days: whose list differs from the one before, with the first of all.
    """
    retires_on: str | None = None
    for stated in entry.retirements:
        former, retires_on = retires_on, stated.date
        day, at = parse_day(stated.day), bisect_left(days, stated.day)
        if at > 0 and not entry.naming(day).is_alias:
            model = names.listing(entry, day)
            kind, text = _retirement(model.name, former, retires_on)
            yield _event(entry, kind, model, text, after=parse_day(days[at - 1]), day=day)


def _retirement(name: str, before: str | None, now: str | None) -> tuple[str, str]:
    """Return the kind and the sentence of a retirement that was announced, moved or, with no day now, taken back."""
    former = human_day(parse_day(before)) if before else ""
    if now is None:
        return "staying", f"The retirement of {name} on {former} is no longer announced."
    text = f"{name} is to be retired on {human_day(parse_day(now))}"
    if former:
        text += f", not on {former} as announced before"
    return "retiring", f"{text}."


def _price_event(entry: ListingHistory, change: PriceChange, names: Names) -> Event:
    model = names.listing(entry, change.day)
    between = when(change.after, change.day)
    if change.kind == "paid":
        now = _pair(change.prompt, change.completion) or change.brief
        text = f"{model.name} became paid{between}: {now}."
    elif change.kind == "free":
        text = f"{model.name} became free{between}"
        before = _pair(change.prompt_before, change.completion_before)
        if before:
            text += f"; it cost {before}"
        text += "."
    else:
        text = f"{model.name}: {_PRICE_WORDS[change.kind]}{between}: {change.brief}."
    return _event(entry, change.kind, model, text, after=change.after, day=change.day)


def _event(
    entry: ListingHistory, kind: str, model: Entity, text: str, *, after: date, day: date
) -> Event:
    """Return an event that the id of its listing tells from others, as two listings can have one name."""
    return Event(day, kind, model, text, models.NAME, after, entry.id)


def _pair(prompt: str | None, completion: str | None) -> str:
    """Return ``$0.50 / $1 per million tokens (input / output)``; empty where it varies by hour, or both are free."""
    if prompt is None or completion is None:
        return ""
    if prompt == completion == "0":
        return ""
    prices = f"{formats.per_million(prompt)} / {formats.per_million(completion)}"
    return f"{prices} per million tokens (input / output)"
