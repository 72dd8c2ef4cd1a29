"""What changed lately: who entered, left and returned, who leads, what is new or withdrawn, what got cheaper.

Every event belongs to a day and says where it can be seen. Days come from the snapshots that were compared,
so the same archive always tells the same story.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator.archive.history import DailyTokens
from generator.archive.listings import Listings
from generator.base import formats
from generator.base.attribution import Citation
from generator.base.dates import Window, parse_day
from generator.boards import totals as use
from generator.boards.board import Board, Column, Entity, Row
from generator.boards.names import Names
from generator.endpoints import models, rankings_daily

DAYS = 60
LEAST_PRICE_CHANGE = 0.01
"""Price changes of less than one in a hundred are noise of conversions, not news."""
TOP = 10

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


@dataclass(frozen=True, slots=True)
class Event:
    """One change: its day, its kind (a key of KINDS), whom it is about, a sentence, and its dataset."""

    day: date
    kind: str
    model: Entity
    text: str
    dataset: str

    @property
    def id(self) -> str:
        """The same for the same event in every build: what a feed tells events apart by."""
        return f"{self.day}/{self.kind}/{self.model.id}"


def board(
    usage: DailyTokens | None, memory: Listings, names: Names, today: date, listed: Citation | None
) -> Board | None:
    """The events of the last sixty days, newest first; None while nothing is held to compare."""
    events = list(_usage_events(usage, names, today)) if usage else []
    events += _catalogue_events(memory, names, today) if listed else []
    events.sort(
        key=lambda event: (-event.day.toordinal(), list(KINDS).index(event.kind), event.model.id)
    )
    citations = [usage.citation] if usage else []
    citations += [listed] if listed else []
    datasets = [rankings_daily.NAME] if usage else []
    datasets += [models.NAME] if listed else []
    if not citations:
        return None
    newest = events[0].day if events else None
    count = sum(1 for event in events if event.day == newest)
    finding = f"{count} changes on the newest day; the latest: {events[0].text}" if events else ""
    return Board(
        id="changes",
        title="What has changed?",
        columns=(
            Column("day", "Day", "day"),
            Column("kind", "What", "text"),
            Column("model_permaslug", "Model", "entity"),
            Column("text", "Change", "text"),
        ),
        rows=tuple(
            Row(
                {
                    "day": event.day,
                    "kind": KINDS[event.kind],
                    "model_permaslug": event.model,
                    "text": event.text,
                    "event": event,
                },
                "unranked",
            )
            for event in events
        ),
        citations=tuple(citations),
        datasets=tuple(datasets),
        finding=finding,
        notes=(
            "Ranks are of whole weeks ending on the day, compared with the week that ended the day before.",
            "The catalogue is compared with the snapshot before; price changes under one in a hundred are left out.",
        ),
        processing="Events are computed here from successive days.",
    )


def _usage_events(usage: DailyTokens, names: Names, today: date) -> Iterator[Event]:
    start = max(min(usage.days) + timedelta(days=7), today - timedelta(days=DAYS))
    before: list[str] = []
    seen: set[str] = set()
    for day in sorted(usage.days):
        now = use.totals(usage, Window.ending(day, 7))
        top = now.ranked()[:TOP] if now.whole else []
        if before and top and day >= start:
            yield from _moves(day, before, top, names, seen)
        seen.update(top)
        before = top


def _moves(
    day: date, before: list[str], top: list[str], names: Names, seen: set[str]
) -> Iterator[Event]:
    if top[0] != before[0]:
        model = names.model(top[0])
        text = f"{model.name} took the lead by tokens over seven days from {names.model(before[0]).name}."
        yield Event(day, "leader", model, text, rankings_daily.NAME)
    for slug in top:
        if slug not in before:
            model = names.model(slug)
            kind = "returned" if slug in seen else "entered"
            what = "is back in" if slug in seen else "entered"
            text = f"{model.name} {what} the top ten by tokens over seven days, at number {top.index(slug) + 1}."
            yield Event(day, kind, model, text, rankings_daily.NAME)
    for slug in before:
        if slug not in top:
            model = names.model(slug)
            text = f"{model.name} left the top ten by tokens over seven days."
            yield Event(day, "left", model, text, rankings_daily.NAME)


def _catalogue_events(memory: Listings, names: Names, today: date) -> Iterator[Event]:
    start = today - timedelta(days=DAYS)
    known = [
        entry for entry in memory.entries if entry.alias_of is None and not entry.id.startswith("~")
    ]
    if not known:
        return
    watched = min(parse_day(entry.first_seen) for entry in known)
    newest = max(parse_day(entry.last_seen) for entry in known)
    for entry in known:
        first, last = parse_day(entry.first_seen), parse_day(entry.last_seen)
        variant = entry.id.partition(":")[2]
        model = names.model(
            f"{entry.canonical_slug}:{variant}" if variant else entry.canonical_slug
        )
        # What stood in the very first snapshot is not new, only seen for the first time.
        if start <= first > watched:
            yield Event(
                first, "added", model, f"{model.name} is new in the catalogue.", models.NAME
            )
        if start <= last < newest:
            gone = last + timedelta(days=1)
            yield Event(
                gone,
                "withdrawn",
                model,
                f"{model.name} is no longer in the catalogue.",
                models.NAME,
            )
        for (_, prompt, completion), (day, *prices) in zip(
            entry.prices, entry.prices[1:], strict=False
        ):
            yield from _price_event(
                parse_day(day), model, (prompt, completion), (prices[0], prices[1]), start
            )


def _price_event(
    day: date, model: Entity, before: tuple[str, str], now: tuple[str, str], start: date
) -> Iterator[Event]:
    changes = [change for change in map(relative, before, now) if change is not None]
    if day < start or not changes or max(map(abs, changes)) < LEAST_PRICE_CHANGE:
        return
    kind = "cheaper" if sum(changes) < 0 else "dearer"
    texts = [
        f"{what} {formats.per_million(old)} to {formats.per_million(new)}"
        for what, old, new in zip(("input", "output"), before, now, strict=True)
        if old != new
    ]
    text = f"{model.name}: {' and '.join(texts)} per million tokens."
    yield Event(day, kind, model, text, models.NAME)


def relative(before: str, now: str) -> float | None:
    """The relative change of a price; None where a price varies, is free, or was."""
    old, new = formats.decimal(before), formats.decimal(now)
    if old is None or new is None or old <= 0 or new < 0:
        return None
    return float(new / old) - 1
