"""Recent changes: models that entered or left the top ten, that lead, that are new or withdrawn, price changes.

Every event belongs to a day and says where it can be seen. Days come from the snapshots that were compared,
so the same archive always gives the same events.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.archive.history import DailyTokens
from generator.archive.listings import ListingHistory, Listings
from generator.base import formats
from generator.base.attribution import Citation
from generator.base.dates import Window, parse_day
from generator.base.slugs import listing_slug
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.names import Names
from generator.boards.price_changes import PriceChange, changes_of
from generator.boards.sources import BoardMaker, Sources
from generator.boards.totals import token_totals
from generator.endpoints import models, rankings_daily

DAYS = 60
TOP = 10
ID = BoardId("changes")

KINDS = {
    "leader": "New leader",
    "entered": "Entered the top ten",
    "returned": "Returned to the top ten",
    "left": "Left the top ten",
    "added": "New in the catalogue",
    "withdrawn": "Withdrawn from the catalogue",
    "cheaper": "Price cut",
    "dearer": "Price rise",
}
_ORDER = tuple(KINDS)


@dataclass(frozen=True, slots=True)
class Event:
    """One change: its day, its kind (a key of KINDS), the model, a sentence, and its dataset."""

    day: date
    kind: str
    model: Entity
    text: str
    dataset: str

    @property
    def id(self) -> str:
        """The same for the same event in every build: what a feed tells events apart by."""
        return f"{self.day}/{self.kind}/{self.model.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow(UnrankedRow):
    """One change; ``event`` is the same for feeds, with its key and dataset."""

    day: date
    kind: str
    model_permaslug: Entity
    text: str
    event: Event


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the events of the last sixty days, newest first; no board while nothing is held to compare."""
    daily, catalogue = sources.daily_tokens, sources.catalogue
    events: list[Event] = []
    citations: list[Citation] = []
    datasets: list[str] = []
    if daily:
        events += _ranking_events(daily, sources.names, sources.today)
        citations.append(daily.citation)
        datasets.append(rankings_daily.NAME)
    if catalogue:
        events += _catalogue_events(sources.listings, sources.names, sources.today)
        citations.append(catalogue.citations[0])
        datasets.append(models.NAME)
    if not citations:
        return

    events.sort(key=_newest_first)
    yield Board(
        id=ID,
        title="What has changed?",
        columns=(
            Column("day", "Day", "day"),
            Column("kind", "What", "text"),
            Column("model_permaslug", "Model", "entity"),
            Column("text", "Change", "text"),
        ),
        rows=tuple(_row(event) for event in events),
        citations=tuple(citations),
        datasets=tuple(datasets),
        finding=_finding(events),
        notes=(
            "Ranks are of whole weeks ending on the day, compared with the week that ended the day before.",
            "The catalogue is compared with the snapshot before; price changes under one in a hundred are left out.",
        ),
        processing="Events are computed here from successive days.",
    )


def _newest_first(event: Event) -> tuple[int, int, str]:
    return -event.day.toordinal(), _ORDER.index(event.kind), event.model.id


def _row(event: Event) -> ChangeRow:
    return ChangeRow(
        day=event.day,
        kind=KINDS[event.kind],
        model_permaslug=event.model,
        text=event.text,
        event=event,
    )


def _finding(events: Sequence[Event]) -> str:
    if not events:
        return ""
    count = sum(1 for event in events if event.day == events[0].day)
    return f"{count} changes on the newest day; the latest: {events[0].text}"


def _ranking_events(daily: DailyTokens, names: Names, today: date) -> Iterator[Event]:
    """Changes of the top ten of the week up to each day."""
    first_week_end = daily.first + timedelta(days=7)
    start = max(first_week_end, today - timedelta(days=DAYS))
    before: list[str] = []
    seen: set[str] = set()
    for day in sorted(daily.days):
        week = token_totals(daily, Window.ending(day, 7))
        top = week.ranked()[:TOP] if week.whole else []
        if before and top and day >= start:
            yield from _top_ten_events(day, before, top, names, seen)
        seen.update(top)
        before = top


def _top_ten_events(
    day: date, before: list[str], top: list[str], names: Names, seen: set[str]
) -> Iterator[Event]:
    def event(kind: str, slug: str, what: str) -> Event:
        model = names.model(slug)
        return Event(day, kind, model, f"{model.name} {what}.", rankings_daily.NAME)

    if top[0] != before[0]:
        former = names.model(before[0]).name
        yield event("leader", top[0], f"took the lead by tokens over seven days from {former}")
    for place, slug in enumerate(top, 1):
        where = f"the top ten by tokens over seven days, at number {place}"
        if slug in before:
            continue
        if slug in seen:
            yield event("returned", slug, f"is back in {where}")
        else:
            yield event("entered", slug, f"entered {where}")
    for slug in before:
        if slug not in top:
            yield event("left", slug, "left the top ten by tokens over seven days")


def _catalogue_events(listings: Listings, names: Names, today: date) -> Iterator[Event]:
    """Models that were added or withdrawn, and price changes."""
    entries = [entry for entry in listings.entries if not entry.is_alias]
    if not entries:
        return
    oldest = min(parse_day(entry.first_seen) for entry in entries)
    newest = max(parse_day(entry.last_seen) for entry in entries)
    snapshots = Window(oldest, newest)
    start = today - timedelta(days=DAYS)
    for entry in entries:
        model = names.model(listing_slug(entry.id, entry.canonical_slug))
        yield from _listing_events(entry, model, snapshots, start)
        for change in changes_of(entry):
            if change.day >= start:
                yield _price_event(change, model)


def _listing_events(
    entry: ListingHistory, model: Entity, snapshots: Window, start: date
) -> Iterator[Event]:
    first, last = parse_day(entry.first_seen), parse_day(entry.last_seen)
    # What was in the very first snapshot is not new, only seen for the first time.
    if start <= first > snapshots.start:
        yield Event(first, "added", model, f"{model.name} is new in the catalogue.", models.NAME)
    if start <= last < snapshots.end:
        day = last + timedelta(days=1)
        text = f"{model.name} is no longer in the catalogue."
        yield Event(day, "withdrawn", model, text, models.NAME)


def _price_event(change: PriceChange, model: Entity) -> Event:
    texts: list[str] = []
    for what, before, now in (
        ("input", change.prompt_before, change.prompt),
        ("output", change.completion_before, change.completion),
    ):
        if before != now:
            old, new = formats.per_million(before), formats.per_million(now)
            texts.append(f"{what} {old} to {new}")
    kind = "cheaper" if change.mean < 0 else "dearer"
    text = f"{model.name}: {' and '.join(texts)} per million tokens."
    return Event(change.day, kind, model, text, models.NAME)


MAKER = BoardMaker(families=("changes",), make=boards)
