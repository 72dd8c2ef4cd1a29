"""Recent changes: who entered or left the top 10, leads, is new or withdrawn; prices; indices that were re-based.

Every event belongs to a day and says where it can be seen. It rests on the snapshots up to that day alone,
so it keeps its id and its words whatever later snapshots state.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.archive.coverage import Coverage
from generator.archive.daily_tokens import DailyTokens
from generator.base import formats
from generator.base.dates import Window, human_day
from generator.boards import price_changes, rebasing
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.catalogue_events import catalogue_events
from generator.boards.credits import Credits
from generator.boards.events import KINDS, Event
from generator.boards.ranking_events import ranking_events
from generator.boards.sources import BoardMaker, Sources
from generator.endpoints import benchmarks, models, rankings_daily

DAYS = 60
"""The number of days before today whose events are listed."""
ID = BoardId("changes")

_COUNTED: Mapping[str, tuple[str, str]] = {
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
"""How each kind is counted: the words for one event, and for several."""
_ANALYSIS = Entity("artificial-analysis", "Artificial Analysis", "benchmarks/artificial-analysis/")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow(UnrankedRow):
    """One change; ``event`` is the same for feeds, with its id and dataset."""

    day: date
    after: date | None = None
    kind: str
    model_permaslug: Entity
    text: str
    event: Event


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the events of the last sixty days, newest first; no board while nothing is held to compare."""
    start = sources.today - timedelta(days=DAYS)
    sourced = Credits()
    events = [event for event in _events(sources, start, sourced) if event.day >= start]
    if not sourced.datasets:
        return

    daily, coverage = sources.daily_tokens, None
    if daily:
        coverage = daily.coverage(daily.window(7))
    events.sort(key=_newest_first)
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
        coverage=coverage,
        citations=sourced.citations,
        datasets=sourced.datasets,
        finding=_finding(events),
        notes=tuple(_notes(daily, start)),
        processing="Events are computed here from successive days.",
    )


def _events(sources: Sources, start: date, sourced: Credits) -> Iterator[Event]:
    """Yield the events of each source, some older than ``start``, and add the sources to those of the board."""
    if sources.daily_tokens:
        yield from ranking_events(sources.weeks_told, sources.names, start)
        sourced.add(rankings_daily.NAME, sources.daily_tokens.citation)
    if sources.catalogue:
        yield from catalogue_events(sources, start)
        sourced.add(models.NAME, sources.catalogue.citations[0])
    rebased = [event for event in _rebasings(sources) if event.day >= start]
    if sources.analysis and rebased:
        yield from rebased
        sourced.add(benchmarks.ARTIFICIAL_ANALYSIS.name, sources.analysis.citations[0])


def _newest_first(event: Event) -> tuple[int, int, str]:
    """Return a sort key: the newest day first, of one day in the order of the kinds."""
    kinds = list(KINDS)
    return -event.day.toordinal(), kinds.index(event.kind), event.key


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
    of_newest = [event for event in events if event.day == newest]
    day_before = [event for event in events if event.day == newest - timedelta(days=1)]
    known = {event.dataset for event in of_newest}
    of_others = [event for event in day_before if event.dataset not in known]
    if not of_others:
        return _counts(of_newest)
    return f"{_counts(of_newest)} {_counts(of_others)}"


def _counts(events: Sequence[Event]) -> str:
    """Return ``21 Nov 2026: 2 price cuts and 1 listing removed.``, of events of one day."""
    counts = Counter(event.kind for event in events)
    words: list[str] = []
    for kind, (one, many) in _COUNTED.items():
        if counts[kind]:
            words.append(formats.counted(counts[kind], one, many))
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
    if daily is None:
        return
    coverage = _coverage(daily, start)
    if not coverage.whole:
        yield (
            f"{coverage.causes}: weeks with such a day are not compared, "
            "and changes since then are reported for the next whole week."
        )


def _coverage(daily: DailyTokens, start: date) -> Coverage:
    """Return what is held of the days of all weeks that end on ``start`` or later."""
    first = Window.ending(start, 7).start
    return daily.coverage(Window(max(daily.first, first), daily.last))


def _rebasings(sources: Sources) -> Iterator[Event]:
    """Yield the days on which an index was re-based."""
    dataset = benchmarks.ARTIFICIAL_ANALYSIS.name
    for shift in rebasing.rebasings(sources):
        yield Event(
            day=shift.day,
            kind="rebased",
            model=_ANALYSIS,
            text=shift.sentence,
            dataset=dataset,
            after=shift.after,
            of=shift.index,
        )


MAKER = BoardMaker(families=("changes",), make=boards)
