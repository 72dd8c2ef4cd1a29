"""Recent changes: who entered or left the top 10, leads, is new or withdrawn; prices; indices that were re-based.

Every event belongs to a day and says where it can be seen. It rests on the snapshots up to that day alone,
so it keeps its id and its words whatever later snapshots state.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from generator.archive.coverage import Coverage
from generator.archive.daily_tokens import DailyTokens
from generator.archive.listings import ListingHistory
from generator.base import formats
from generator.base.attribution import Citation
from generator.base.dates import Window, between, human_day, parse_day
from generator.boards import price_changes, rebasing
from generator.boards.board import (
    AnyBoard,
    Board,
    BoardId,
    Column,
    Entity,
    UnrankedRow,
)
from generator.boards.names import Names
from generator.boards.price_changes import PriceChange
from generator.boards.sources import BoardMaker, Sources
from generator.boards.weeks_told import TOP, WeekTold
from generator.endpoints import benchmarks, models, rankings_daily

DAYS = 60
NEW_WITHIN_DAYS = 7
"""A listing is new when it was created at most this many days before the first snapshot that lists it."""
ID = BoardId("changes")

KINDS: dict[str, str] = {
    "leader": "New leader",
    "entered": "Entered the top 10",
    "returned": "Returned to the top 10",
    "left": "Left the top 10",
    "rebased": "Index re-based",
    "added": "New listing",
    **price_changes.KINDS,
    "listed": "Listed",
    "relisted": "Listed again",
    "withdrawn": "Removed",
    "retiring": "Retirement announced",
    "staying": "Retirement no longer announced",
}
_ORDER = tuple(KINDS)
_COUNTED: dict[str, tuple[str, str]] = {
    "leader": ("new leader", "new leaders"),
    "entered": ("model entered the top 10", "models entered the top 10"),
    "returned": ("model returned to the top 10", "models returned to the top 10"),
    "left": ("model left the top 10", "models left the top 10"),
    "rebased": ("index re-based", "indices re-based"),
    "added": ("new listing", "new listings"),
    **price_changes.COUNTED,
    "listed": ("older listing added", "older listings added"),
    "relisted": ("listing returned", "listings returned"),
    "withdrawn": ("listing removed", "listings removed"),
    "retiring": ("retirement announced", "retirements announced"),
    "staying": ("retirement no longer announced", "retirements no longer announced"),
}
_PRICE_WORDS = {
    "cheaper": "listed price cut",
    "dearer": "listed price increase",
    "mixed": "listed price changed both ways",
}
_ANALYSIS = Entity("artificial-analysis", "Artificial Analysis", "benchmarks/artificial-analysis/")


@dataclass(frozen=True, slots=True)
class Event:
    """One change.

    Attributes:
        day: the first that shows it.
        kind: a key of KINDS.
        model: what changed, under its name of that day.
        text: a sentence, which holds that name.
        dataset: the source.
        after: the last day that shows the former state; the change happened after it.
        of: what tells it from other changes of the kind and day, where the model's id does not.
    """

    day: date
    kind: str
    model: Entity
    text: str
    dataset: str
    after: date | None = None
    of: str = ""

    @property
    def id(self) -> str:
        """The same for the same event in every build: what a feed tells events apart by."""
        return f"{self.day}/{self.kind}/{self.of or self.model.id}"

    @property
    def title(self) -> str:
        """The sentence for a place of its own, such as a feed: the model's first mention says its author."""
        return self.text.replace(self.model.name, self.model.titled, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow(UnrankedRow):
    """One change; ``event`` is the same for feeds, with its key and dataset."""

    day: date
    after: date | None = None
    kind: str
    model_permaslug: Entity
    text: str
    event: Event


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the events of the last sixty days, newest first; no board while nothing is held to compare."""
    daily, catalogue, names = sources.daily_tokens, sources.catalogue, sources.names
    start = sources.today - timedelta(days=DAYS)
    events: list[Event] = []
    citations: list[Citation] = []
    datasets: list[str] = []
    if daily:
        events += _ranking_events(sources.weeks_told, names, start)
        citations.append(daily.citation)
        datasets.append(rankings_daily.NAME)
    if catalogue:
        events += _catalogue_events(sources, start)
        citations.append(catalogue.citations[0])
        datasets.append(models.NAME)
    rebased = [event for event in _rebasings(sources) if event.day >= start]
    if sources.analysis and rebased:
        events += rebased
        citations.append(sources.analysis.citations[0])
        datasets.append(benchmarks.ARTIFICIAL_ANALYSIS.name)
    if not citations:
        return

    events = sorted((event for event in events if event.day >= start), key=_newest_first)
    yield Board(
        id=ID,
        title="What's new",
        columns=(
            Column("day", "Day", "day", "The first that shows the change"),
            Column("after", "After", "day", "The last that shows the former state"),
            Column("kind", "Type", "text"),
            Column("model_permaslug", "Model", "entity"),
            Column("text", "Change", "text"),
        ),
        phone=("day", "model_permaslug", "text"),
        rows=tuple(_row(event) for event in events),
        coverage=daily.coverage(daily.window(7)) if daily else None,
        citations=tuple(citations),
        datasets=tuple(datasets),
        finding=_finding(events),
        notes=tuple(_notes(daily, start)),
        processing="Events are computed here from successive days.",
    )


def _newest_first(event: Event) -> tuple[int, int, str]:
    return -event.day.toordinal(), _ORDER.index(event.kind), event.of or event.model.id


def _row(event: Event) -> ChangeRow:
    return ChangeRow(
        day=event.day,
        after=event.after,
        kind=KINDS[event.kind],
        model_permaslug=event.model,
        text=event.text,
        event=event,
    )


def _finding(events: Sequence[Event]) -> str:
    """Return the counts by kind of the newest day, and of the day before for a source that ends there."""
    if not events:
        return ""
    newest = events[0].day
    sources_of_newest = {event.dataset for event in events if event.day == newest}
    day_before = newest - timedelta(days=1)
    sentences = [_counts([event for event in events if event.day == newest])]
    others = [
        event
        for event in events
        if event.day == day_before and event.dataset not in sources_of_newest
    ]
    if others:
        sentences.append(_counts(others))
    return " ".join(sentences)


def _counts(events: Sequence[Event]) -> str:
    """Return ``21 Nov 2026: 2 price cuts and 1 listing withdrawn.``"""
    counts = Counter(event.kind for event in events)
    words = [
        f"{counts[kind]} {forms[counts[kind] > 1]}"
        for kind, forms in _COUNTED.items()
        if counts[kind]
    ]
    return f"{human_day(events[0].day)}: {formats.list_in_words(words)}."


def _notes(daily: DailyTokens | None, start: date) -> Iterator[str]:
    yield (
        "Ranks cover the seven days ending that day. A change of rank is listed on the first day on which "
        "it holds with any one of the seven days left out."
    )
    yield (
        "Each catalog is compared with the one before; where days between them are missing, or the catalog stood still, "
        "both dates are given. "
        "Prices are listed prices; changes under 1% are left out."
    )
    coverage = _coverage(daily, start) if daily else None
    if coverage and not coverage.whole:
        yield (
            f"{coverage.causes}: weeks with such a day are not compared, "
            "and changes since then are reported for the next whole week."
        )


def _coverage(daily: DailyTokens, start: date) -> Coverage:
    """Return what is held of the days that reach into the weeks since ``start``."""
    return daily.coverage(Window(max(daily.first, start - timedelta(days=6)), daily.last))


@dataclass(slots=True)
class _TopTen:
    """Who firmly leads and is in the top 10: a rank that one day decides changes nothing here.

    Attributes:
        day: the end of the last whole week that was compared.
        leader, members: by slug.
        seen: everyone who ever was a member.
    """

    day: date
    leader: str
    members: set[str]
    seen: set[str]


@dataclass(frozen=True, slots=True)
class _Move:
    """A firm change of the top 10: its kind, whose it is, and of a new leader who led before."""

    kind: str
    slug: str
    former: str = ""


def _ranking_events(told: Sequence[WeekTold], names: Names, start: date) -> Iterator[Event]:
    """Yield the changes of the top 10 as they were first stated, each on the first day on which it is firm.

    Args:
        told: all weeks, as what is known of the top 10 rests on each of them.
        names: of models.
        start: the first day of an event that is yielded.
    """
    known: _TopTen | None = None
    for week in told:
        if known is None:
            known = _TopTen(week.day, week.top[0], set(week.top), set(week.top))
        elif week.top[0] != known.leader or set(week.top) != known.members:
            moves = list(_moves(known, week))
            if week.day >= start:
                yield from (_ranking_event(move, week, known.day, names) for move in moves)
        known.day = week.day


def _moves(known: _TopTen, week: WeekTold) -> Iterator[_Move]:
    """Yield the firm changes of the top 10 against what is known, and bring that up to date."""
    top, ranges = week.top, week.ranges
    if top[0] != known.leader and ranges[top[0]].high == 1:
        yield _Move("leader", top[0], known.leader)
        known.leader = top[0]
    for slug in top:
        if slug in known.members or ranges[slug].high > TOP:
            continue
        yield _Move("returned" if slug in known.seen else "entered", slug)
        known.members.add(slug)
        known.seen.add(slug)
    for slug in sorted(known.members):
        if slug not in ranges:
            yield _Move("left", slug)
            known.members.discard(slug)


def _ranking_event(move: _Move, week: WeekTold, before: date, names: Names) -> Event:
    """Return a change of the top 10 in words.

    Args:
        move: what changed.
        week: that shows it.
        before: the end of the last week that was compared.
        names: of models.
    """
    pause = between(before, week.day)
    when = f" {pause}" if pause else ""
    if move.kind == "leader":
        former = names.model_on(move.former, week.told_on).name
        what = f"took the lead by tokens over seven days from {former}{when}"
    elif move.kind == "left":
        what = f"left the top 10 by tokens over seven days{when}"
    else:
        verb = "entered"
        if move.kind == "returned":
            verb = "returned to" if pause else "re-entered"
        ranks = week.ranges[move.slug].words
        what = f"{verb} the top 10 by tokens over seven days{when}, at No. {ranks}"
    model = names.model_on(move.slug, week.told_on)
    text = f"{model.name} {what}."
    return Event(week.day, move.kind, model, text, rankings_daily.NAME, before)


def _catalogue_events(sources: Sources, start: date) -> Iterator[Event]:
    """Yield the listings that were added, withdrawn or returned, and the price changes from a day on."""
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
        days: whose list differs from the one before.
    """
    gone: date | None = None
    for span in entry.spans:
        first, last = parse_day(span.first), parse_day(span.last)
        at = bisect_left(days, span.first)
        if at > 0 and not entry.naming(first).is_alias:
            yield _arrival(entry, parse_day(days[at - 1]), first, gone, names)
        next_ = bisect_right(days, span.last)
        if next_ < len(days) and not entry.naming(last).is_alias:
            yield _departure(entry, parse_day(days[next_ - 1]), parse_day(days[next_]), names)
        gone = last


def _arrival(
    entry: ListingHistory, after: date, day: date, gone: date | None, names: Names
) -> Event:
    model = names.listing(entry, day)
    created = datetime.fromtimestamp(entry.naming(day).created, UTC).date()
    pause = between(after, day)
    if gone is not None:
        kind, verb = "relisted", "returned to"
        more = f"; it was last listed on {human_day(gone)}"
    elif created >= min(after, day - timedelta(days=NEW_WITHIN_DAYS)):
        kind, verb, more = "added", "was added to", ""
    else:
        kind, verb = "listed", "was added to"
        more = f"; it was created on {human_day(created)}"
    when = f" {pause}" if pause else ""
    text = f"{model.name} {verb} the catalog{when}{more}."
    return Event(day, kind, model, text, models.NAME, after, entry.id)


def _departure(entry: ListingHistory, after: date, day: date, names: Names) -> Event:
    model = names.listing(entry, after)
    pause = between(after, day)
    when = f" {pause}" if pause else ""
    text = f"{model.name} was removed from the catalog{when}."
    return Event(day, "withdrawn", model, text, models.NAME, after, entry.id)


def _retirement_events(entry: ListingHistory, days: Sequence[str], names: Names) -> Iterator[Event]:
    """Yield what later lists than the first of all state as the day of a listing's retirement, or state no more.

    Args:
        days: whose list differs from the one before.
    """
    before: str | None = None
    for stated in entry.retirements:
        former, before = before, stated.date
        at = bisect_left(days, stated.day)
        day = parse_day(stated.day)
        if at == 0 or entry.naming(day).is_alias:
            continue
        model = names.listing(entry, day)
        kind, text = _retirement(model.name, former, stated.date)
        after = parse_day(days[at - 1])
        yield Event(day, kind, model, text, models.NAME, after, entry.id)


def _retirement(name: str, before: str | None, now: str | None) -> tuple[str, str]:
    """Return the kind and the sentence of a retirement that was announced, moved or, with no day now, taken back."""
    former = human_day(parse_day(before)) if before else ""
    if now is None:
        return "staying", f"The retirement of {name} on {former} is no longer announced."
    text = f"{name} is to be retired on {human_day(parse_day(now))}"
    return "retiring", f"{text}, not on {former} as announced before." if former else f"{text}."


def _price_event(entry: ListingHistory, change: PriceChange, names: Names) -> Event:
    model = names.listing(entry, change.day)
    pause = between(change.after, change.day)
    when = f" {pause}" if pause else ""
    if change.kind == "paid":
        now = _pair(change.prompt, change.completion) or change.brief
        text = f"{model.name} became paid{when}: {now}."
    elif change.kind == "free":
        before = _pair(change.prompt_before, change.completion_before)
        text = f"{model.name} became free{when}{f'; it cost {before}' if before else ''}."
    else:
        text = f"{model.name}: {_PRICE_WORDS[change.kind]}{when}: {change.brief}."
    return Event(change.day, change.kind, model, text, models.NAME, change.after, entry.id)


def _pair(prompt: str | None, completion: str | None) -> str:
    """Return ``$0.50 / $1 per million tokens (input / output)``; empty where it varies by hour, or both are free."""
    if prompt is None or completion is None or prompt == completion == "0":
        return ""
    prices = f"{formats.per_million(prompt)} / {formats.per_million(completion)}"
    return f"{prices} per million tokens (input / output)"


def _rebasings(sources: Sources) -> Iterator[Event]:
    """Yield the days on which an index was re-based."""
    dataset = benchmarks.ARTIFICIAL_ANALYSIS.name
    for shift in rebasing.rebasings(sources):
        yield Event(
            shift.day, "rebased", _ANALYSIS, shift.sentence, dataset, shift.after, shift.index
        )


MAKER = BoardMaker(families=("changes",), make=boards)
