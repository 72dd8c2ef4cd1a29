"""Price changes: every change of a listing's prices since the first snapshot, the newest as a board."""

import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

import msgspec

from generator.archive.listings import ListingHistory, PricePoint
from generator.base import files, formats
from generator.base.dates import Window, human_day, parse_day
from generator.boards import listed_prices, price_differences
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.catalogue import SCOPE
from generator.boards.listed_prices import Sheet
from generator.boards.price_differences import Difference, Kind, difference
from generator.boards.sources import BoardMaker, Continued, Sources, required
from generator.endpoints.models import NAME

ID = BoardId("price-changes")
_RECENT_DAYS = 30
SHOWN_DAYS = 366
"""The newest days whose changes are shown: a site of years has tens of thousands."""

KINDS: dict[str, str] = {
    "cheaper": "Price cut",
    "dearer": "Price increase",
    "mixed": "Price changed",
    "paid": "Became paid",
    "free": "Became free",
}
COUNTED: dict[str, tuple[str, str]] = {
    "cheaper": ("price cut", "price cuts"),
    "dearer": ("price increase", "price increases"),
    "mixed": ("price changed both ways", "prices changed both ways"),
    "paid": ("listing became paid", "listings became paid"),
    "free": ("listing became free", "listings became free"),
}


@dataclass(frozen=True, slots=True)
class PriceChange:
    """One change of a listing's prices; prices are US dollars per token.

    Attributes:
        day: of the first list with the new prices.
        after: the last day on which the former prices are known to have been listed.
        kind: how they changed.
        prompt_before, prompt, completion_before, completion: the prices for short prompts, None where they
            depend on the hour.
        text: each price that moved, with the lengths and hours for which it did.
        brief: the same in short.
        is_plain: only input and output moved, and by the same for all lengths and hours.
        short: each price that moved, in a few words.
    """

    day: date
    after: date
    kind: Kind
    prompt_before: str | None
    prompt: str | None
    completion_before: str | None
    completion: str | None
    text: str
    brief: str
    is_plain: bool
    short: str


@dataclass(frozen=True, slots=True)
class PriceChanges:
    """All changes of a listing's prices, and what those of later prices follow from.

    Attributes:
        points: the number of days on which its prices changed, the first with prices included.
        last: the last of these prices.
        changes: oldest first.
    """

    points: int
    last: Sheet | None
    changes: list[PriceChange]


NO_CHANGES = PriceChanges(0, None, [])


def by_listing(
    sources: Sources, *, in_every_list: bool = False
) -> Iterator[tuple[ListingHistory, list[PriceChange]]]:
    """Yield each listing with its changes, oldest first, from what was found of it before.

    Args:
        sources: with the listings.
        in_every_list: prices are known to have been listed on the day of each list; by default on those alone whose
            list differs from the one before.
    """
    listings = sources.listings
    entries = listings.entries
    if in_every_list:
        name, days = "price-changes-in-every-list", listings.days
    else:
        name, days = "price-changes", listings.moved_days()
    found = sources.recalled(
        name,
        PriceChanges,
        (sys.modules[__name__], listed_prices, price_differences, formats),
        [_key(entry, days) for entry in entries],
        lambda at: changes_of(entries[at], days),
        # Saves 0.6 s in a render of five years of days with twelve prices changed on each.
        continued=Continued(
            lambda at: _key(_before_last_day(entries[at]), days),
            lambda at, before: changes_of(entries[at], days, before),
        ),
    )
    for entry, of_entry in zip(entries, found, strict=True):
        yield entry, of_entry.changes


def _key(entry: ListingHistory, days: Sequence[str]) -> str:
    """Return a checksum of all that the changes of a listing follow from: nothing after its last prices."""
    last = _last_changed(entry)
    spans = [(span.first, min(span.last, last)) for span in entry.spans if span.first <= last]
    # The first is that of earlier days, too.
    namings = entry.namings[:1] + [known for known in entry.namings[1:] if known.day <= last]
    days_before = days[: bisect_left(days, last)]
    return files.sha256(msgspec.json.encode((entry.prices, namings, spans, days_before)))


def _before_last_day(entry: ListingHistory) -> ListingHistory:
    """Return a listing without the prices of the last day on which they changed."""
    last = _last_changed(entry)
    prices = [point for point in entry.prices if point.day != last]
    return msgspec.structs.replace(entry, prices=prices)


def _last_changed(entry: ListingHistory) -> str:
    """Return the last day on which the prices of a listing changed, empty where it never had any."""
    if not entry.prices:
        return ""
    return entry.prices[-1].day


def changes_of(
    entry: ListingHistory, days: Sequence[str], known: PriceChanges = NO_CHANGES
) -> PriceChanges:
    """Return the changes of a listing's prices that are large enough to count.

    A price that varies, or that the catalog begins or ceases to state, has no change.

    Args:
        entry: the listing.
        days: whose list differs from the one before, oldest first.
        known: those among the first of its prices, if they were found before.
    """
    points = list({point.day: point for point in entry.prices}.values())
    changes, before = list(known.changes), known.last
    # The last prices known are read again: now there is a last day that states them.
    first = max(known.points - 1, 0)
    for number, (point, last_day) in enumerate(_stated(entry, points[first:], days), first):
        day = parse_day(point.day)
        now = Sheet.read(point.pricing, parse_day(last_day), before)
        is_new = number >= known.points
        if is_new and before is not None and not entry.naming(day).is_alias:
            moved = difference(before, now)
            if moved is not None:
                changes.append(_change(day, moved, before, now))
        before = now
    return PriceChanges(len(points), before, changes)


def _stated(
    entry: ListingHistory, points: Sequence[PricePoint], days: Sequence[str]
) -> Iterator[tuple[PricePoint, str]]:
    """Yield each of these prices, one a day, with the last of the days whose list states them."""
    for point, later in pairwise(points):
        listed = _listed_days(entry, days, point.day, later.day)
        yield point, max([point.day, *listed])
    if points:
        newest = points[-1]
        yield newest, newest.day


def _listed_days(entry: ListingHistory, days: Sequence[str], start: str, end: str) -> list[str]:
    """Return the days from one to the last before another whose list holds the entry."""
    between = days[bisect_left(days, start) : bisect_left(days, end)]
    return [day for day in between if entry.was_listed(day)]


def _change(day: date, moved: Difference, before: Sheet, now: Sheet) -> PriceChange:
    return PriceChange(
        day=day,
        after=moved.last_seen,
        kind=moved.kind,
        prompt_before=_exact(before.usual("prompt")),
        prompt=_exact(now.usual("prompt")),
        completion_before=_exact(before.usual("completion")),
        completion=_exact(now.usual("completion")),
        text=moved.text,
        brief=moved.brief,
        is_plain=moved.is_plain,
        short=moved.short,
    )


def _exact(price: Decimal | None) -> str | None:
    if price is None:
        return None
    return f"{price:f}"


def relative_change(before: str | None, now: str | None) -> float | None:
    """Return the relative change of a price; None where a price is unknown, varies, or was free."""
    old, new = formats.decimal(before), formats.decimal(now)
    if old is None or new is None or old <= 0 or new < 0:
        return None
    return float(new / old - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceChangeRow(UnrankedRow):
    """One change of a listing's prices; prices are US dollars per token.

    Attributes:
        after: the last day on which the former prices are known to have been listed.
        what: where more moved than input and output for all: each price, with its lengths and hours.
        instead: where neither the change of input nor that of output says it: what moved, in a few words.
    """

    day: date
    after: date
    model_permaslug: Entity
    kind: str
    prompt_before: str | None
    prompt: str | None
    prompt_change: float | None
    completion_before: str | None
    completion: str | None
    completion_change: float | None
    what: str | None
    instead: str

    @property
    def note(self) -> str:
        return self.instead


_COLUMNS = (
    Column("day", "Day", "day", "The snapshot in which the new price was first seen"),
    Column(
        "after",
        "After",
        "day",
        "The last day on which the former price is known to have been listed",
    ),
    Column("model_permaslug", "Model", "entity", "The listing, with its variant"),
    Column("kind", "Change", "text"),
    Column("prompt_before", "Old input", "price"),
    Column("prompt", "New input", "price"),
    Column("prompt_change", "Input change", "change"),
    Column("completion_before", "Old output", "price"),
    Column("completion", "New output", "price"),
    Column("completion_change", "Output change", "change"),
    Column("what", "Details", "text", "Where the change differs by length of prompt or hour"),
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the newest price changes, newest first."""
    facts = required(sources.catalogue)
    listed, days = list(by_listing(sources)), sources.listings.days
    shown = shown_days(days)
    rows = list(_rows(sources, listed, shown))
    rows.sort(key=lambda row: (-row.day.toordinal(), row.model_permaslug.api_id))

    kinds: Counter[str] = Counter()
    for _, changes in listed:
        kinds.update(change.kind for change in changes)
    yield Board(
        id=ID,
        title="Recent price changes",
        columns=_COLUMNS,
        models="model_permaslug",
        phone=("day", "model_permaslug", "prompt_change", "completion_change"),
        rows=tuple(rows),
        citations=facts.citations[:1],
        datasets=(NAME,),
        finding=_finding(rows, kinds, days),
        notes=(
            "These are listed prices. Changes under 1% are left out.",
            "A price that other hours of the day hide is compared when it is visible again.",
            "Changes from or to free, and prices that vary, have no % change.",
            "Where input and output are ±0%, another price changed: the details name it.",
            *not_shown(days, "changes"),
        ),
        scope=SCOPE,
        processing="Changes are computed here from successive snapshots.",
    )


def shown_days(listed: Sequence[str]) -> Window:
    """Return the newest days whose changes are shown, of all days of lists, oldest first."""
    first, newest = parse_day(listed[0]), parse_day(listed[-1])
    return Window(max(first, Window.ending(newest, SHOWN_DAYS).start), newest)


def not_shown(listed: Sequence[str], what: str) -> tuple[str, ...]:
    """Return a note on where the changes, or other things, of earlier days are; none where there are no such days."""
    first = parse_day(listed[0])
    if first >= shown_days(listed).start:
        return ()
    return (
        (
            f"Shown are the {what} of the newest {SHOWN_DAYS} days; the history of the catalog has all prices since "
            f"{human_day(first)}."
        ),
    )


def counted(kinds: Mapping[str, int]) -> str:
    """Return the number of price changes of each kind in words: ``2 price cuts and 1 price increase``.

    Args:
        kinds: how many there are of each kind.
    """
    parts: list[str] = []
    for kind, words in COUNTED.items():
        count = kinds.get(kind, 0)
        if count:
            parts.append(formats.counted(count, *words))
    return formats.list_in_words(parts)


def _finding(
    rows: Sequence[PriceChangeRow], kinds: Mapping[str, int], snapshots: Sequence[str]
) -> str:
    """Return the number of changes, of the last thirty days before those of all days where there are more.

    Args:
        rows: the newest changes.
        kinds: how many there are of each kind on all days.
        snapshots: the days of all lists, oldest first.
    """
    if not kinds:
        return ""
    first, newest = parse_day(snapshots[0]), parse_day(snapshots[-1])
    every = f"{counted(kinds)} since {human_day(first)}."
    recent = Window.ending(newest, _RECENT_DAYS)
    if first >= recent.start:
        return every
    kinds_by_label = {label: kind for kind, label in KINDS.items()}
    recent_kinds = Counter(kinds_by_label[row.kind] for row in rows if row.day in recent)
    in_them = counted(recent_kinds) or "no price changes"
    return f"In the last {_RECENT_DAYS} days: {in_them}. In all: {every}"


def _rows(
    sources: Sources, listed: Iterable[tuple[ListingHistory, list[PriceChange]]], shown: Window
) -> Iterator[PriceChangeRow]:
    """Yield the changes of the days shown, listing by listing."""
    for entry, changes in listed:
        for change in changes:
            if change.day not in shown:
                continue
            yield PriceChangeRow(
                day=change.day,
                after=change.after,
                model_permaslug=sources.names.listing(entry, change.day),
                kind=KINDS[change.kind],
                prompt_before=change.prompt_before,
                prompt=change.prompt,
                prompt_change=relative_change(change.prompt_before, change.prompt),
                completion_before=change.completion_before,
                completion=change.completion,
                completion_change=relative_change(change.completion_before, change.completion),
                what=None if change.is_plain else change.text,
                instead=_instead(change),
            )


def _instead(change: PriceChange) -> str:
    """Return what changed where input and output, as they are stated, do not show it; else an empty text."""
    former, now = (
        (change.prompt_before, change.completion_before),
        (change.prompt, change.completion),
    )
    if None in former or None in now:
        return "price varies"
    return change.short if former == now else ""


MAKER = BoardMaker(families=("price-changes",), make=boards, needs=("catalogue",))
